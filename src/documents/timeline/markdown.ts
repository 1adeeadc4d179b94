import type { AdvisoryCounts, Timeline, TimelinePoint } from '../../model/timeline.ts';
import { grouped } from '../common/words.ts';
import { code, plain } from '../markdown/escape.ts';
import { byMove, exposureWords, samplingWords, trendWords } from './words.ts';

/** Most changed points that are told in full; the table has every point. */
const MOST_CHANGES = 10;

/** A timeline for a README or a release page: the answer, the table, and what the last releases closed and opened. */
export function timelineMarkdown(timeline: Timeline): string {
  const { target, points, caveats, takenAt } = timeline;
  const changed = points.filter(({ change }) => change.closed.length + change.opened.length > 0);
  const shown = changed.slice(-MOST_CHANGES).reverse();
  return [
    `## ${plain(target.name)}: advisories from release to release`,
    `${plain(trendWords(timeline))}. As of ${takenAt.slice(0, 10)}.`,
    exposureWords(timeline.exposure)
      .map((line) => `- ${plain(line)}`)
      .join('\n'),
    [
      '| point | date | components | direct | duplicates | known now | critical | high | medium | low | unscored | of these dev | known then | closed | opened |',
      '|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
      ...points.map(rowOf),
    ].join('\n'),
    shown.length === 0
      ? ''
      : `### What changed\n\n${shown.flatMap((point) => changeLines(point, timeline)).join('\n')}`,
    changed.length > shown.length
      ? `… and ${changed.length - shown.length} earlier points: see the JSON.`
      : '',
    `### Good to know\n\n${[...samplingWords(timeline), ...caveats].map((line) => `- ${plain(line)}`).join('\n')}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function rowOf(point: TimelinePoint): string {
  const { label, at, side, components, direct, duplicates, knownNow, knownThen, change } = point;
  const counts: readonly (number | undefined)[] = [
    knownNow?.total,
    knownNow?.bySeverity.critical,
    knownNow?.bySeverity.high,
    knownNow?.bySeverity.medium,
    knownNow?.bySeverity.low,
    knownNow?.bySeverity.unknown,
    knownNow?.development,
    knownThen?.total,
  ];
  const cells = [
    `${code(label).replaceAll('|', '\\|')}${side === true ? ' (older line)' : ''}`,
    at.slice(0, 10),
    ...[components, direct, duplicates, ...counts].map(number),
    number(change.closed.length),
    number(change.opened.length),
  ];
  cells[5] = marked(knownNow, point);
  return `| ${cells.join(' | ')} |`;
}

const marked = (now: AdvisoryCounts | undefined, { state }: TimelinePoint): string =>
  now === undefined ? '?' : `**${grouped(now.total)}**${state === 'part' ? ' or more' : ''}`;

const number = (value: number | undefined): string => (value === undefined ? '?' : grouped(value));

function changeLines({ label, change }: TimelinePoint, timeline: Timeline): string[] {
  const lines = (word: string, changes: TimelinePoint['change']['closed']): string[] =>
    byMove(changes, timeline).map(
      ({ words, ids }) => `  - ${word}: ${plain(words)} (${plain(ids.join(', '))})`,
    );
  return [`- ${code(label)}`, ...lines('closed', change.closed), ...lines('opened', change.opened)];
}
