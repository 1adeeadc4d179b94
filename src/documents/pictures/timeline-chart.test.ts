import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import type { AdvisoryCounts, Timeline, TimelinePoint } from '../../model/timeline.ts';
import { timelineCsv } from '../timeline/csv.ts';
import { timelineMarkdown } from '../timeline/markdown.ts';
import { timelineChart } from './timeline-chart.ts';

const counts = (high: number): AdvisoryCounts => ({
  total: high,
  bySeverity: { critical: 0, high, medium: 0, low: 0, unknown: 0 },
  development: 0,
  developmentBySeverity: { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 },
});

/** One point a day; `undefined`: not known. */
function timelineOf(open: readonly (number | undefined)[], name = 'app'): Timeline {
  return {
    format: 'assay-timeline',
    schema: 1,
    tool: { name: 'assay', version: '0.0.0' },
    target: { name, commit: '0'.repeat(40) },
    takenAt: '2026-11-01T00:00:00Z',
    sampling: { by: 'tags', says: 'tags that look like versions', leftOut: [] },
    knowledge: { sources: [], digest: '' },
    points: open.map((high, i): TimelinePoint => ({
      label: `v1.${i}`,
      also: [],
      commit: String(i),
      at: new Date(Date.UTC(2026, 0, 1 + i)).toISOString(),
      state: high === undefined ? 'unknown' : 'whole',
      gaps: [],
      files: 1,
      components: 10,
      direct: 2,
      duplicates: 0,
      development: 0,
      ...(high === undefined ? {} : { knownNow: counts(high), knownThen: counts(Math.floor(high / 2)) }),
      change: {
        closed: [],
        opened: [],
        firstSeen: [],
        published: [],
        components: { added: 0, removed: 0, moved: 0 },
      },
    })),
    issues: [],
    exposure: {
      closed: { count: 0 },
      open: { count: 0 },
      production: { closed: { count: 0 }, open: { count: 0 } },
      beforePublic: 0,
      undated: 0,
      unseen: 0,
    },
    caveats: [],
    problems: [],
  };
}

interface Drawn {
  readonly texts: readonly string[];
  readonly titles: readonly string[];
  /** Rectangles that look like `high`. */
  readonly high: number;
}

/** What is in the picture; throws when it is not well-formed. */
function drawn(timeline: Timeline, width?: number): Drawn {
  const texts: string[] = [];
  const titles: string[] = [];
  let high = 0;
  let inside = '';
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    inside = name;
    if (name === 'rect' && (attributes['class'] ?? attributes['fill'] ?? '').includes('high')) high++;
  });
  parser.on('text', (text) => {
    if (inside === 'text') texts.push(text);
    if (inside === 'title') titles.push(text);
  });
  parser.on('error', (error) => {
    throw error;
  });
  const canvas = { prefix: 't', ...(width === undefined ? {} : { width }) };
  parser.write(String(timelineChart(timeline, canvas).svg)).close();
  return { texts, titles, high };
}

test('the answer above, a column and its figures a point, and the same as a table', () => {
  const timeline = timelineOf([27, 15, 15, 10, 5, 0]);
  const { texts, titles, high } = drawn(timeline);
  expect(texts).toContain('0 open advisories (as known now) at v1.5, down from 27 at v1.0');
  expect(texts.join(' ')).toContain('app, 6 points, 2026-01-01 to 2026-01-06; advisories as of 2026-11-01');
  expect(titles).toContain('v1.1 (2026-01-02): 15 known now, 7 known on the day');
  // Five columns (nothing is drawn for zero), the key, and the pattern itself.
  expect(high).toBe(7);
  const { table } = timelineChart(timeline, { prefix: 't' });
  const column = (name: string): unknown[] => table.rows.map((row) => row[table.columns.indexOf(name)]);
  expect(column('known now')).toEqual([27, 15, 15, 10, 5, 0]);
  expect(column('known on the day')).toEqual([13, 7, 7, 5, 2, 0]);
});

test('what is not known is a question mark, in the table and the other formats too, never a zero', () => {
  const timeline = timelineOf([undefined, undefined, 3]);
  const { texts, titles } = drawn(timeline);
  expect(texts.filter((text) => text === '?')).toHaveLength(2);
  expect(titles).toContain('v1.0 (2026-01-01): not known');
  const { table } = timelineChart(timeline, { prefix: 't' });
  expect(table.rows[0]?.[table.columns.indexOf('known now')]).toBe('?');
  expect(timelineMarkdown(timeline)).toContain('| `v1.0` | 2026-01-01 | 10 | 2 | 0 | ? |');
  const [head, first] = timelineCsv(timeline).split('\n');
  expect(first?.split(',')[head!.split(',').indexOf('now')]).toBe('');
});

test('the answer says where not all could be seen, and says what came after the last that is known', () => {
  const { points, ...timeline } = timelineOf([3, 1, undefined, undefined]);
  const partly = points.map((point, i) => (i === 1 ? { ...point, state: 'part' as const } : point));
  expect(drawn({ ...timeline, points: partly }).texts.join(' ')).toContain(
    '1 open advisory in what could be checked (as known now) at v1.1, down from 3 at v1.0; the 2 points after it could not be judged',
  );
});

test('on a phone the answer takes more lines, and points that are not drawn are said', () => {
  const timeline = timelineOf(Array.from({ length: 200 }, (_, i) => 200 - i));
  const wide = drawn(timeline, 1232);
  const narrow = drawn(timeline, 343);
  expect(wide.texts.join(' ')).toContain('app, 200 points, 2026');
  expect(narrow.texts.join(' ')).toContain('app, 200 points (one in 3 drawn), 2026');
  expect(narrow.texts.join(' ')).toContain('1 open advisory (as known now) at v1.199, down from 200 at v1.0');
  expect(narrow.texts.some((text) => text.includes('…'))).toBe(false);
});

test('where columns are too narrow for a question mark their run has one', () => {
  const open = Array.from({ length: 60 }, (_, i) => (i < 10 || i === 30 ? undefined : 5));
  expect(drawn(timelineOf(open), 343).texts.filter((text) => text === '?')).toHaveLength(2);
});

test('no point, one point, and a name that is markup', () => {
  expect(drawn(timelineOf([])).texts.join(' ')).toContain('nothing could be checked');
  expect(drawn(timelineOf([2])).texts).toContain('2 open advisories (as known now) at v1.0');
  expect(drawn(timelineOf([1], '<script>&"')).texts.join(' ')).toContain('<script>&"');
});

test('a number stands above the columns that it would cover, not on them', () => {
  const open = Array.from({ length: 100 }, (_, i) => (i < 99 ? 20 : 1));
  const { svg } = timelineChart(timelineOf(open), { prefix: 't', width: 720 });
  const y = Number(/y="([\d.]+)"[^>]*font-weight="600">1</.exec(svg)![1]);
  const highest = Math.min(
    ...[...svg.matchAll(/<rect x="[\d.]+" y="([\d.]+)"[^>]*fill="url\(#t-fill-high\)"/g)]
      .slice(1)
      .map(([, top]) => Number(top)),
  );
  expect(y).toBeLessThan(highest);
});
