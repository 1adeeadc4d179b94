import type { AdvisorySource, Instant } from '../../model/advisory.ts';
import type { PointGap, Timeline } from '../../model/timeline.ts';

export interface CaveatInput extends Pick<Timeline, 'decisions' | 'points' | 'problems'> {
  readonly notes: readonly string[];
  readonly sources: readonly AdvisorySource[];
  readonly shallow: boolean;
  readonly partial: boolean;
  readonly ignore: readonly string[];
  /** Most of any point. */
  readonly submodules: number;
  readonly now: Instant;
}

/** What a reader must know before trusting a timeline, in sentences. */
export function timelineCaveats(input: CaveatInput): readonly string[] {
  const { points, problems, sources, ignore } = input;
  const undated = points.reduce((most, point) => Math.max(most, point.undated ?? 0), 0);
  const unknown = points.filter(({ state }) => state === 'unknown').length;
  const empty = points.filter(({ files }) => files === 0).length;
  const starter = sources.filter(({ kind }) => kind === 'starter');
  return [
    ...(starter.length > 0
      ? [
          `starter set: ${starter.reduce((sum, { advisories }) => sum + advisories, 0)} advisories, landmarks only: run \`assay db update\` for all of them`,
        ]
      : []),
    ...(empty > 0 ? [`${many(empty, 'point has', 'points have')} no manifest or lockfile yet`] : []),
    ...(unknown > empty
      ? [
          `at ${many(unknown - empty, 'point', 'points')} no exact versions are to be seen, so advisories there are unknown, not zero`,
        ]
      : []),
    ...gapWords(points.at(-1)?.gaps ?? []),
    ...(problems.length > 0
      ? [`${many(problems.length, 'problem means', 'problems mean')} that some numbers are not whole`]
      : []),
    ...(input.shallow ? ['this is a shallow clone: history before its first commits is not to be seen'] : []),
    ...(input.partial
      ? ['this is a partial clone: what is not in it was not fetched, and counts as not read']
      : []),
    ...(input.submodules > 0 ? [`submodules are not looked into (${input.submodules} at most)`] : []),
    ...(ignore.length > 0
      ? [
          `left out at every point, as .assay/config.yaml of HEAD says: ${ignore.slice(0, 3).join(', ')}${ignore.length > 3 ? ' …' : ''}`,
        ]
      : []),
    ...input.notes,
    ...(undated > 0
      ? [
          `up to ${many(undated, 'advisory of a point has', 'advisories of a point have')} no date of publication: they are in no figure of what was known on the day`,
        ]
      : []),
    'advisories withdrawn since are counted nowhere; affected versions are as known today',
    decisionWords(input),
  ];
}

function decisionWords({ decisions, points }: CaveatInput): string {
  if (decisions === undefined)
    return 'decisions are not applied, since they were made for today’s code: where there are any, a scan of the last point has fewer open (--decisions)';
  const { recorded, used, ended, notApplied } = decisions;
  const most = points.reduce((sum, { decided = 0 }) => Math.max(sum, decided), 0);
  return [
    `decisions: ${used} of ${recorded} recorded at HEAD cover something; what they cover today is left out at every point, as if it never was (${many(points.at(-1)?.decided ?? 0, 'advisory', 'advisories')} at the last point, ${grouped(most)} at most)`,
    ...(ended === 0 ? [] : [`${many(ended, 'has ended and covers', 'have ended and cover')} nothing`]),
    ...(notApplied === 0
      ? []
      : [
          `${many(notApplied, 'is', 'are')} about a path, manifest or scope, which a timeline does not follow: not applied`,
        ]),
  ].join('; ');
}

const WHY: Readonly<Record<PointGap['why'], string>> = {
  'no-data': 'advisories for them are not installed',
  'no-source': 'there is no public advisory data for them',
  'not-locked': 'no exact version is locked',
  'not-registry': 'they come from git, a file or a URL',
  'no-files': 'no manifest or lockfile',
  lost: 'could not be read',
};

/** Why the last point is not all that there is. */
function gapWords(gaps: readonly PointGap[]): readonly string[] {
  return gaps
    .filter(({ why }) => why !== 'no-files' && why !== 'lost')
    .map(
      ({ why, ecosystem, count, examples }) =>
        `not checked at the last point: ${many(count, `${ecosystem} component`, `${ecosystem} components`)} (${examples.join(', ')}${count > examples.length ? ', …' : ''}): ${WHY[why]}`,
    );
}

/** `1,234 points`. */
export function many(count: number, one: string, more: string): string {
  return `${grouped(count)} ${count === 1 ? one : more}`;
}

export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
