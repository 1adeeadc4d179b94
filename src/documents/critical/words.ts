import type { Critical, CriticalComponent, Weight } from '../../model/critical.ts';
import { grouped } from '../common/words.ts';
import { many } from '../cost/words.ts';

/** What a report is cut into, most urgent first. */
export const GROUPS = ['both', 'badlyKept', 'critical', 'others'] as const;
export type Group = (typeof GROUPS)[number];

export function groupOf({ critical, badlyKept }: CriticalComponent): Group {
  if (badlyKept) return critical ? 'both' : 'badlyKept';
  return critical ? 'critical' : 'others';
}

/**
 * `12 of 62 direct dependencies need it, only through express 4.17.1, 223 others go with it, 31 % of all ways lead through it`;
 * with the file's path where there are several.
 */
export function weightWords(weight: Weight, several: boolean): string {
  const { neededBy, directs, holds, through, onlyThrough, manifest } = weight;
  return [
    `${grouped(neededBy)} of ${many(directs, 'direct dependency', 'direct dependencies')} ${neededBy === 1 ? 'needs' : 'need'} it`,
    ...(onlyThrough === undefined ? [] : [`only through ${onlyThrough.name} ${onlyThrough.version}`.trim()]),
    ...(holds > 1 ? [`${grouped(holds - 1)} ${holds === 2 ? 'other goes' : 'others go'} with it`] : []),
    ...(through !== undefined && through >= 0.01 ? [`${percent(through)} of all ways lead through it`] : []),
    ...(several ? [`in ${manifest}`] : []),
  ].join(', ');
}

/** Whether what hangs on components is known from more than one file: then each figure says which. */
export function isFromSeveral({ components }: Critical): boolean {
  return new Set(components.flatMap(({ weights }) => weights.map(({ manifest }) => manifest))).size > 1;
}

/** `31 %`. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** What the answer rests on, in sentences; empty when there is nothing to say. */
export function restsOn({ components, edgesUnknown, withMetadata, undated }: Critical): string[] {
  const shown = edgesUnknown.slice(0, 3).join(', ');
  const more = edgesUnknown.length > 3 ? ` and ${grouped(edgesUnknown.length - 3)} more` : '';
  const known = (what: CriticalComponent['unknown'][number]): number =>
    components.filter(({ unknown }) => !unknown.includes(what)).length;
  const uncounted = components.some(({ weights }) => weights.some(({ through }) => through === undefined));
  return [
    withMetadata === 0
      ? 'who keeps the components and when they were released is unknown: `--metadata FILE|DIR` gives it'
      : `how many accounts may publish is known for ${grouped(known('maintainers'))} of ${many(components.length, 'component')}, when they came out for ${grouped(known('age'))}`,
    ...undated.map(
      (given) =>
        `the metadata of ${many(given.components, 'component')} ${given.components === 1 ? 'gives' : 'give'} no dates to go by: ${given.why}`,
    ),
    ...(edgesUnknown.length === 0
      ? []
      : [`edges unknown in ${shown}${more}: what hangs on their components is not known`]),
    ...(uncounted ? ['ways were too many to count in some file: `through` is missing there'] : []),
  ];
}
