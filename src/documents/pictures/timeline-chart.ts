import { TIMELINE_SEVERITIES, type Timeline, type TimelinePoint } from '../../model/timeline.ts';
import { plainNumber } from '../common/markup.ts';
import { exposureWords, mainPoints, trendWords } from '../timeline/words.ts';
import {
  HEAD_SIZE,
  axisTicks,
  element,
  filled,
  group,
  grouped,
  label,
  legend,
  line,
  picture,
  rect,
  textWidth,
  words,
  wrapText,
  type Canvas,
  type DataTable,
  type Fill,
  type Markup,
  type Picture,
} from './svg.ts';

/** Narrowest column that still shows its patterns; with more points than fit, the last of each few is drawn. */
const LEAST_COLUMN = 4;
const ADVISORY_HEIGHT = 200;
const COMPONENT_HEIGHT = 64;
const LEFT = 44;

/**
 * Open advisories from release to release: columns by severity as known now, a line for what was known on the day,
 * and below it how many components there were. What is not known is a gap with a question mark, never a column of height 0.
 */
export function timelineChart(timeline: Timeline, canvas: Canvas): Picture {
  const width = canvas.width ?? 720;
  const all = mainPoints(timeline);
  const step = stepOf(all.length, width - LEFT - 8);
  const points = all.filter((_, index) => (all.length - 1 - index) % step === 0);
  const plot: Plot = { canvas, left: LEFT, width: width - LEFT - 8, points };
  const title = `${timeline.target.name}: open advisories, ${wordOf(timeline)} by ${wordOf(timeline)}`;
  const said = trendWords(timeline);
  const head = headOf(capital(said), spanWords(timeline, all, step), width);
  const key = keyOf(plot, head.height + 10, width);
  const top = head.height + 10 + key.height + 14;
  const advisories = advisoryPanel(plot, top);
  const middle = top + ADVISORY_HEIGHT + 46;
  const components = componentPanel(plot, middle);
  const svg = picture(canvas, {
    title,
    description: [said, ...exposureWords(timeline.exposure)].join('; '),
    width,
    height: middle + COMPONENT_HEIGHT + 14,
    body: [...head.body, ...key.body, ...advisories, ...components],
  });
  return { svg, table: tableOf(timeline) };
}

interface Plot {
  readonly canvas: Canvas;
  readonly left: number;
  readonly width: number;
  readonly points: readonly TimelinePoint[];
}

const wordOf = (timeline: Timeline): string =>
  ({ tags: 'release', commits: 'commit', months: 'month' })[timeline.sampling.by];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The answer, and what it is about; on a phone in more lines. */
function headOf(
  answer: string,
  about: string,
  width: number,
): { readonly body: readonly Markup[]; readonly height: number } {
  const first = wrapText(answer, width, HEAD_SIZE, 3, true);
  const second = wrapText(about, width, 12, 3);
  const start = 20 * first.length + 18;
  return {
    body: [
      ...first.map((text, i) => label(0, 18 + 20 * i, text, { size: HEAD_SIZE, bold: true, width })),
      ...second.map((text, i) => label(0, start + 16 * i, text, { size: 12, tone: 'muted', width })),
    ],
    height: start + 16 * (second.length - 1),
  };
}

function spanWords({ takenAt, target }: Timeline, points: readonly TimelinePoint[], step: number): string {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return target.name;
  const drawn = step === 1 ? '' : ` (one in ${step} drawn)`;
  return `${target.name}, ${grouped(points.length)} points${drawn}, ${first.at.slice(0, 10)} to ${last.at.slice(0, 10)}; advisories as of ${takenAt.slice(0, 10)}`;
}

/** Every how many-th point is drawn, counted from the last one, so that columns stay wide enough to see. */
const stepOf = (points: number, width: number): number =>
  Math.max(1, Math.ceil(points / Math.floor(width / LEAST_COLUMN)));

function keyOf(
  plot: Plot,
  y: number,
  width: number,
): { readonly body: readonly Markup[]; readonly height: number } {
  const present = TIMELINE_SEVERITIES.filter((severity) =>
    plot.points.some(({ knownNow }) => (knownNow?.bySeverity[severity] ?? 0) > 0),
  );
  const isLeast = plot.points.some(({ undated }) => undated !== undefined);
  const text = isLeast ? 'at least known that day' : 'known on the day';
  const own = 22 + textWidth(text, 12) + 16;
  const swatch = [
    line(0, y + 8, 16, y + 8, { class: 'p-s-ink', 'stroke-width': 2 }),
    label(22, y + 12, text, { size: 12, width: width - 22 }),
  ];
  const entries: (readonly [Fill, string])[] = present.map((severity) => [
    severity,
    severity === 'unknown' ? 'unscored' : severity,
  ]);
  if (plot.points.some(({ knownNow }) => knownNow === undefined)) entries.push(['none', 'not known']);
  const { markup, height } = legend(plot.canvas, entries, own, y, width - own);
  return { body: [...swatch, markup], height: Math.max(20, height) };
}

function advisoryPanel(plot: Plot, top: number): readonly Markup[] {
  const { canvas, points } = plot;
  const totals = points.map(({ knownNow }) => knownNow?.total);
  const most = Math.max(
    1,
    ...points.map(({ knownNow, knownThen }) => Math.max(knownNow?.total ?? 0, knownThen?.total ?? 0)),
  );
  const axis = axisOf(plot, top, ADVISORY_HEIGHT, most, 4);
  const bottom = top + ADVISORY_HEIGHT;
  const numbered = worthSaying(plot, totals);
  const marks = unknownMarks(plot);
  const columns = points.map((point, index) => {
    const { x, width } = columnOf(plot, index);
    const { knownNow } = point;
    if (knownNow === undefined)
      return group({}, [
        tooltip(point),
        rect(x, bottom - 14, width, 14, filled(canvas, 'none')),
        ...(marks.has(index)
          ? [label(marks.get(index)!, bottom - 3, '?', { size: 11, anchor: 'middle' })]
          : []),
      ]);
    const pieces: Markup[] = [tooltip(point)];
    let y = bottom;
    for (const severity of TIMELINE_SEVERITIES) {
      const height = axis.heightOf(knownNow.bySeverity[severity]);
      if (height === 0) continue;
      y -= height;
      pieces.push(rect(x, y, width, height, filled(canvas, severity)));
    }
    return group({}, pieces);
  });
  const numbers = numbered.map((index) =>
    numberAt(plot, index, totals[index]!, bottom - 6, (other) => {
      const { knownNow, knownThen } = points[other]!;
      return Math.max(axis.heightOf(knownNow?.total ?? 0), axis.heightOf(knownThen?.total ?? 0));
    }),
  );
  return [
    ...axis.lines,
    ...columns,
    ...thenLine(plot, bottom, axis.heightOf),
    ...numbers,
    ...names(plot, bottom),
  ];
}

/** Where question marks stand, by the point that brings them: in each column, or where those are too narrow, in the middle of the run. */
function unknownMarks(plot: Plot): ReadonlyMap<number, number> {
  const marks = new Map<number, number>();
  const { points } = plot;
  for (let start = 0; start < points.length; start++) {
    if (points[start]!.knownNow !== undefined) continue;
    let end = start;
    while (end + 1 < points.length && points[end + 1]!.knownNow === undefined) end++;
    const first = columnOf(plot, start);
    const last = columnOf(plot, end);
    if (first.width < 10) marks.set(end, (first.x + last.x + last.width) / 2);
    else for (let i = start; i <= end; i++) marks.set(i, columnOf(plot, i).x + first.width / 2);
    start = end;
  }
  return marks;
}

function componentPanel(plot: Plot, top: number): readonly Markup[] {
  const { points } = plot;
  const totals = points.map(({ components }) => components);
  const most = Math.max(1, ...totals.map((total) => total ?? 0));
  const axis = axisOf(plot, top, COMPONENT_HEIGHT, most, 2);
  const bottom = top + COMPONENT_HEIGHT;
  const columns = points.flatMap((point, index) => {
    if (point.components === undefined) return [];
    const { x, width } = columnOf(plot, index);
    const height = axis.heightOf(point.components);
    return [rect(x, bottom - height, width, height, { class: 'p-exclusive' })];
  });
  const last = totals.at(-1);
  return [
    label(0, top - 10, 'Components', { size: 12, tone: 'muted' }),
    ...axis.lines,
    ...columns,
    ...(last === undefined
      ? []
      : [numberAt(plot, points.length - 1, last, bottom - 4, (other) => axis.heightOf(totals[other] ?? 0))]),
  ];
}

function tooltip({ label: name, at, knownNow, knownThen }: TimelinePoint): Markup {
  const counts =
    knownNow === undefined
      ? 'not known'
      : `${grouped(knownNow.total)} known now, ${grouped(knownThen!.total)} known on the day`;
  return element('title', {}, words(`${name} (${at.slice(0, 10)}): ${counts}`));
}

/** Rules and numbers at the left; heights are 0 for 0 and never below what can be seen. */
function axisOf(
  { left, width }: Plot,
  top: number,
  height: number,
  most: number,
  count: number,
): { readonly lines: readonly Markup[]; readonly heightOf: (value: number) => number } {
  const ticks = axisTicks(most, count);
  const highest = ticks.at(-1)!;
  const heightOf = (value: number): number => (value === 0 ? 0 : Math.max(1, (value / highest) * height));
  return {
    heightOf,
    lines: ticks.flatMap((tick) => {
      const y = top + height - (tick / highest) * height;
      return [
        line(left, y, left + width, y, tick === 0 ? {} : { 'stroke-dasharray': '2 4', 'stroke-width': 0.5 }),
        label(left - 6, y + 4, grouped(tick), { size: 11, anchor: 'end', tone: 'muted' }),
      ];
    }),
  };
}

function columnOf(
  { left, width, points }: Plot,
  index: number,
): { readonly x: number; readonly width: number } {
  const step = Math.min(width / points.length, 64);
  const gap = step >= 8 ? Math.min(8, step / 5) : step >= LEAST_COLUMN ? 0.5 : 0;
  return { x: left + index * step + gap / 2, width: step - gap };
}

/** All numbers where there is room; else the last, the highest and the first, which the headline has too. */
function worthSaying(plot: Plot, totals: readonly (number | undefined)[]): readonly number[] {
  const known = totals.flatMap((total, index) => (total === undefined ? [] : [index]));
  if (columnOf(plot, 0).width >= 26 || known.length < 3) return known;
  const highest = known.reduce((best, index) => (totals[index]! > totals[best]! ? index : best), known[0]!);
  const chosen: number[] = [];
  // Those that would touch one that is said already are left away.
  for (const index of [known.at(-1)!, highest, known[0]!])
    if (chosen.every((other) => Math.abs(columnOf(plot, other).x - columnOf(plot, index).x) > 36))
      chosen.push(index);
  return chosen;
}

/**
 * A number over a column and over those beside it that it would cover, inside of the picture at both ends, on a ground that keeps the
 * line behind it from crossing it. `heightOf` what is drawn at each point, over `bottom`.
 */
function numberAt(
  plot: Plot,
  index: number,
  value: number,
  bottom: number,
  heightOf: (index: number) => number,
): Markup {
  const text = grouped(value);
  const half = textWidth(text, 12, true) / 2;
  const own = columnOf(plot, index);
  const middle = Math.max(plot.left + half, Math.min(plot.left + plot.width - half, own.x + own.width / 2));
  let highest = heightOf(index);
  for (let other = 0; other < plot.points.length; other++) {
    const { x, width } = columnOf(plot, other);
    if (x < middle + half && x + width > middle - half) highest = Math.max(highest, heightOf(other));
  }
  const y = bottom - highest;
  return group({}, [
    rect(middle - half - 1, y - 10, half * 2 + 2, 12, { class: 'p-paper' }),
    label(middle, y, text, { size: 12, anchor: 'middle', bold: true }),
  ]);
}

/** What was known on the day: steps, broken where nothing is known. A pale edge sets it off from the columns. */
function thenLine(plot: Plot, bottom: number, heightOf: (value: number) => number): readonly Markup[] {
  let path = '';
  let open = false;
  plot.points.forEach(({ knownThen }, index) => {
    if (knownThen === undefined) {
      open = false;
      return;
    }
    const { x, width } = columnOf(plot, index);
    const y = plainNumber(bottom - heightOf(knownThen.total));
    path += `${open ? 'L' : 'M'}${plainNumber(x)} ${y}H${plainNumber(x + width)}`;
    open = true;
  });
  if (path === '') return [];
  return [
    element('path', { d: path, class: 'p-s-paper', 'stroke-width': 4.5, 'stroke-linejoin': 'round' }),
    element('path', { d: path, class: 'p-s-ink', 'stroke-width': 2, 'stroke-linejoin': 'round' }),
  ];
}

/** Names below the columns: the first and the last, and between them as many as do not touch. */
function names(plot: Plot, bottom: number): readonly Markup[] {
  const { points, left, width } = plot;
  const wide = (index: number): number => Math.min(96, textWidth(points[index]!.label, 11));
  const placed: { readonly from: number; readonly to: number; readonly index: number }[] = [];
  const place = (index: number): void => {
    const column = columnOf(plot, index);
    const half = wide(index) / 2;
    const middle = Math.max(left + half - 20, Math.min(left + width - half, column.x + column.width / 2));
    const from = middle - half - 6;
    const to = middle + half + 6;
    if (placed.every((other) => to <= other.from || from >= other.to)) placed.push({ from, to, index });
  };
  if (points.length === 0) return [];
  place(points.length - 1);
  place(0);
  const step = Math.max(1, Math.round(points.length / (width / 110)));
  for (let index = step; index < points.length - 1; index += step) place(index);
  return placed.flatMap(({ from, to, index }) => {
    const column = columnOf(plot, index);
    const x = column.x + column.width / 2;
    return [
      line(x, bottom, x, bottom + 4),
      label((from + to) / 2, bottom + 16, points[index]!.label, {
        size: 11,
        width: 96,
        anchor: 'middle',
        tone: 'muted',
        keep: 'end',
      }),
    ];
  });
}

const SIZES = ['date', 'components', 'direct', 'duplicates'];
const SEVERITY_WORDS = ['critical', 'high', 'medium', 'low', 'unscored'];
const REST = ['development only', 'known on the day', 'closed', 'opened'];

function tableOf(timeline: Timeline): DataTable {
  const value = (count: number | undefined): number | string => count ?? '?';
  return {
    caption: `Open advisories and components at each ${wordOf(timeline)}`,
    columns: [wordOf(timeline), ...SIZES, 'known now', ...SEVERITY_WORDS, ...REST],
    rows: timeline.points.map(
      ({ label: name, side, at, components, direct, duplicates, knownNow, knownThen, change }) => [
        side === true ? `${name} (older line)` : name,
        at.slice(0, 10),
        ...[components, direct, duplicates, knownNow?.total].map(value),
        ...TIMELINE_SEVERITIES.map((severity) => value(knownNow?.bySeverity[severity])),
        ...[knownNow?.development, knownThen?.total, change.closed.length, change.opened.length].map(value),
      ],
    ),
  };
}
