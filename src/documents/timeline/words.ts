import type {
  DayFigures,
  Exposure,
  IssueChange,
  LeftOut,
  Timeline,
  TimelinePoint,
} from '../../model/timeline.ts';
import { grouped } from '../common/words.ts';

/** The points that follow each other: older lines' releases aside. */
export function mainPoints(timeline: Timeline): readonly TimelinePoint[] {
  return timeline.points.filter(({ side }) => side !== true);
}

/** `27 → 0`, over the first and the last point that are known; `undefined` when none is. */
export function trend(
  timeline: Timeline,
): { readonly from: TimelinePoint; readonly to: TimelinePoint } | undefined {
  const known = mainPoints(timeline).filter(({ knownNow }) => knownNow !== undefined);
  const [from] = known;
  const to = known.at(-1);
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** The answer in one sentence, with its bounds. */
export function trendWords(timeline: Timeline): string {
  const found = trend(timeline);
  if (found === undefined) return 'no exact versions are to be seen at any point: nothing could be checked';
  const { from, to } = found;
  const first = from.knownNow!.total;
  const last = to.knownNow!.total;
  const now = `${countWords(last, to)} at ${to.label}`;
  if (from === to) return `${now}${laterWords(timeline, to)}`;
  const turn = first === last ? 'as' : `${last < first ? 'down from' : 'up from'} ${grouped(first)}`;
  return `${now}, ${turn} at ${from.label}${highestWords(timeline, Math.max(first, last))}${laterWords(timeline, to)}`;
}

/** What first and last point do not tell: that it was worse in between. */
function highestWords(timeline: Timeline, told: number): string {
  let worst: TimelinePoint | undefined;
  for (const point of mainPoints(timeline))
    if ((point.knownNow?.total ?? 0) > (worst?.knownNow?.total ?? told)) worst = point;
  return worst === undefined ? '' : ` (most: ${grouped(worst.knownNow!.total)} at ${worst.label})`;
}

const countWords = (count: number, { state, decided }: TimelinePoint): string =>
  `${grouped(count)} open ${count === 1 ? 'advisory' : 'advisories'} ${state === 'part' ? 'in what could be checked ' : ''}(as known now${decided === undefined ? '' : `, without ${grouped(decided)} decided`})`;

/** What came after the last point that is known. */
function laterWords(timeline: Timeline, last: TimelinePoint): string {
  const points = mainPoints(timeline);
  const later = points.length - 1 - points.indexOf(last);
  return later === 0
    ? ''
    : `; ${later === 1 ? 'the point after it' : `the ${grouped(later)} points after it`} could not be judged`;
}

/** How long vulnerable versions stayed, in sentences. */
export function exposureWords({ closed, open, beforePublic, undated, unseen }: Exposure): readonly string[] {
  return [
    closed.count === 0
      ? 'no vulnerable version was ended after its advisory was public'
      : `once an advisory was public, the vulnerable version stayed ${dayWords(closed)} over ${grouped(closed.count)} that ended`,
    ...(open.count === 0 ? [] : [`still open: ${grouped(open.count)}, for ${dayWords(open)} so far`]),
    ...(beforePublic === 0 ? [] : [`gone before the advisory was public: ${grouped(beforePublic)}`]),
    ...(undated === 0 ? [] : [`without days, since the advisory has no date: ${grouped(undated)}`]),
    ...(unseen === 0 ? [] : [`end not to be seen: ${grouped(unseen)}`]),
  ];
}

const dayWords = ({ mean, median }: DayFigures): string =>
  `${days(mean!)} on average (median ${numberWords(median!)})`;

const days = (count: number): string => `${numberWords(count)} ${count === 1 ? 'day' : 'days'}`;

const numberWords = (count: number): string => {
  const [whole, rest] = String(count).split('.');
  return `${grouped(Number(whole))}${rest === undefined ? '' : `.${rest}`}`;
};

const WHY: Readonly<Record<LeftOut['why'], string>> = {
  'not-a-version': 'do not look like versions',
  prerelease: 'are prereleases (--prereleases)',
  'other-prefix': 'have another prefix (--tags)',
  'older-line': 'are of older lines, after a higher version was out (--tags)',
  'not-merged': 'are on branches that were not merged (--tags)',
  'not-a-commit': 'lead to no commit',
  unreadable: 'lead to objects that are absent or damaged',
  'before-since': 'are before --since',
};

/** What the points are, and what of the history is no point. */
export function samplingWords({ points, sampling }: Timeline): readonly string[] {
  return [
    `${grouped(points.length)} ${points.length === 1 ? 'point' : 'points'}: ${sampling.says}`,
    ...sampling.leftOut.map(
      ({ why, count, examples }) =>
        `left out: ${grouped(count)} that ${WHY[why]} (${examples.join(', ')}${count > examples.length ? ', …' : ''})`,
    ),
  ];
}

/** `lodash 4.17.20 → 4.17.21`, `lodash 4.17.20 removed`, `lodash 4.17.20 added`. */
export function moveWords(name: string, { move }: IssueChange): string {
  const from = move.from.join(', ');
  const to = move.to.join(', ');
  if (from === to) return `${name} ${to}`;
  if (to === '') return `${name} ${from} removed`;
  return from === '' ? `${name} ${to} added` : `${name} ${from} → ${to}`;
}

/** Changes of one component together: people move components, not advisories. In the order of the worst one. */
export function byMove(
  changes: readonly IssueChange[],
  timeline: Timeline,
): readonly { readonly words: string; readonly ids: readonly string[]; readonly severity: string }[] {
  const found = new Map<string, { words: string; ids: string[]; severity: string }>();
  for (const change of changes) {
    const { id, name, ecosystem, severity } = timeline.issues[change.issue]!;
    const known = found.get(`${ecosystem}\0${name}`);
    if (known === undefined)
      found.set(`${ecosystem}\0${name}`, { words: moveWords(name, change), ids: [id], severity });
    else known.ids.push(id);
  }
  return [...found.values()];
}
