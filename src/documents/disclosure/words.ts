import { counted, grouped } from '../common/words.ts';
import type { Tier } from '../../model/disclosure.ts';
import type { Disclosure, DisclosureReport, DisclosureSpot } from '../../model/disclosure-report.ts';

/** ` and 4 more`, when but the first `shown` of its places are named. */
export function moreSpotsWords({ spots, moreSpots }: Disclosure, shown: number): string {
  const more = spots.length - shown;
  return more <= 0 ? '' : ` and ${moreSpots === true ? 'more than ' : ''}${grouped(more)} more`;
}

/** ` and 9 others in the same file`, of a fold. */
export function othersWords(others: number): string {
  return others === 0 ? '' : ` and ${grouped(others)} ${others === 1 ? 'other' : 'others'} in the same file`;
}

/** `src/config.ts:12`, or what it is when it is no file. */
export function spotWords({ source, path, line, object, within }: DisclosureSpot): string {
  const inside = within.length === 0 ? '' : ` › ${within.join(' › ')}`;
  const id = object?.slice(0, 12) ?? '';
  switch (source) {
    case 'file':
      return `${path ?? `object ${id}`}${line === undefined ? '' : `:${line}`}${inside}`;
    case 'path':
      return `the path ${path ?? ''}`;
    case 'ref-name':
      return `the reference ${path ?? ''}`;
    case 'commit-message':
      return `the message of commit ${id}`;
    case 'person':
      return `a person's name in commit ${id}`;
    case 'tag-message':
      return `the message of tag ${id}`;
    case 'note':
      return `a note on commit ${path ?? id}`;
    case 'document-property':
      return `a property of ${path ?? id}${inside}`;
  }
}

/** What was read: `20,233 commits, 42,832 versions of files`. */
export function coverageWords({ target, coverage }: DisclosureReport): string {
  const { objects } = coverage;
  if (objects !== undefined)
    return `${counted(objects.commit, 'commit')}, ${grouped(objects.blob)} ${objects.blob === 1 ? 'version of a file' : 'versions of files'}, ${counted(objects.tree, 'folder')}, ${counted(objects.tag, 'tag')}`;
  const what = target.mode === 'range' ? 'files, names and messages' : 'files and names';
  return `${grouped(coverage.texts)} ${what}`;
}

export function bytesWords(bytes: number): string {
  if (bytes < 10_000) return `${grouped(bytes)} bytes`;
  if (bytes < 10_000_000) return `${grouped(Math.round(bytes / 1000))} kB`;
  return `${grouped(Math.round(bytes / 1_000_000))} MB`;
}

/** How many of each tier count, and how many are covered. */
export function tierCounts(disclosures: readonly Disclosure[]): Readonly<Record<Tier | 'covered', number>> {
  const counts = { certain: 0, likely: 0, possible: 0, covered: 0 };
  for (const { tier, covered } of disclosures) counts[covered === undefined ? tier : 'covered']++;
  return counts;
}

/** Since when, until when, on how many references; of what is no history, how many texts have it. */
export function historyWords({ history, copies }: Disclosure): string | undefined {
  if (history === undefined) return copies > 1 ? `in ${grouped(copies)} texts` : undefined;
  const { first, last, inHead, refs, moreRefs = 0 } = history;
  const since =
    first === undefined
      ? 'no commit has it: only an object that nothing leads to'
      : `since ${first.authoredAt.slice(0, 10)} (${first.commit.slice(0, 12)})`;
  const until = inHead
    ? 'still in HEAD'
    : last === undefined || first === undefined
      ? undefined
      : `last in ${last.commit.slice(0, 12)} of ${last.authoredAt.slice(0, 10)}, not in HEAD`;
  const where =
    first === undefined
      ? undefined
      : refs.length === 0
        ? 'on no branch or tag (unreachable, but stored)'
        : `in the history of ${refs.length === 1 ? refs[0]! : `${grouped(refs.length + moreRefs)} references`}`;
  const versions = copies > 1 ? `${grouped(copies)} versions` : undefined;
  return [since, until, where, versions].filter((word) => word !== undefined).join(', ');
}
