import type { DisclosureRule } from '../../../model/disclosure.ts';
import { columnOf, numbersOf } from '../whereabouts/column.ts';
import type { Column } from '../whereabouts/column.ts';
import type { Commits } from '../whereabouts/commits.ts';
import type { Entries } from '../whereabouts/entries.ts';
import type { Sighting } from './detector.ts';
import type { Keeper, LeftOut } from './keeper.ts';
import type { ScanPart } from './scan-part.ts';

type Numbers = Float64Array | Uint32Array;

/** A part as plain data, for another thread that has the same rules in the same order. */
export interface PostedPart extends Omit<ScanPart, 'entries' | 'commits' | 'plain' | 'inside'> {
  readonly entries: Readonly<Record<EntryColumn, Numbers>>;
  readonly commits: Readonly<Record<CommitColumn, Numbers>>;
  readonly plain: PostedFinds;
  readonly inside: PostedFinds;
}

interface PostedFinds {
  /** `rule` is an index. */
  readonly found: readonly (Omit<Sighting, 'rule'> & { readonly rule: number })[];
  readonly leftOut: readonly (LeftOut & { readonly rule: number })[];
}

const ENTRY_COLUMNS = ['keys', 'objects', 'starts', 'sizes'] as const;
const COMMIT_COLUMNS = [
  'objects',
  'keys',
  'trees',
  'authoredAt',
  'committedAt',
  'firstParent',
  'parents',
] as const;
type EntryColumn = (typeof ENTRY_COLUMNS)[number];
type CommitColumn = (typeof COMMIT_COLUMNS)[number];
/** Columns whose numbers have 32 bits. */
const NARROW: ReadonlySet<string> = new Set(['objects', 'starts', 'sizes', 'firstParent']);

export function postPart(part: ScanPart, rules: readonly DisclosureRule[]): PostedPart {
  const indexOf = new Map(rules.map((rule, i) => [rule, i]));
  const finds = ({ found, leftOut }: Pick<Keeper, 'found' | 'leftOut'>): PostedFinds => ({
    found: found.map((one) => ({ ...one, rule: indexOf.get(one.rule)! })),
    leftOut: Array.from(leftOut, ([rule, left]) => ({ rule: indexOf.get(rule)!, ...left })),
  });
  return {
    ...part,
    entries: toArrays(part.entries, ENTRY_COLUMNS),
    commits: toArrays(part.commits, COMMIT_COLUMNS),
    plain: finds(part.plain),
    inside: finds(part.inside),
  };
}

/** What of it another thread may have without a copy. */
export function transferable({ entries, commits }: PostedPart): ArrayBuffer[] {
  return [...Object.values(entries), ...Object.values(commits)].map(({ buffer }) => buffer as ArrayBuffer);
}

export function takePart(posted: PostedPart, rules: readonly DisclosureRule[]): ScanPart {
  const finds = ({ found, leftOut }: PostedFinds): Pick<Keeper, 'found' | 'leftOut'> => ({
    found: found.map((one) => ({ ...one, rule: rules[one.rule]! })),
    leftOut: new Map(leftOut.map(({ rule, ...left }) => [rules[rule]!, left])),
  });
  const { keys } = posted.entries;
  const { keys: commitKeys } = posted.commits;
  return {
    ...posted,
    entries: {
      ...toColumns<EntryColumn>(posted.entries),
      count: keys.length,
      read: isWhole,
    } satisfies Entries,
    commits: {
      ...toColumns<CommitColumn>(posted.commits),
      count: commitKeys.length,
      read: isWhole,
    } satisfies Commits,
    plain: finds(posted.plain),
    inside: finds(posted.inside),
  };
}

function isWhole(): never {
  throw new Error('a part that came from another thread is whole');
}

function toArrays<Name extends string>(
  of: Readonly<Record<Name, Column>>,
  names: readonly Name[],
): Record<Name, Numbers> {
  return Object.fromEntries(
    names.map((name) => [name, numbersOf<Numbers>(of[name], NARROW.has(name) ? Uint32Array : Float64Array)]),
  ) as Record<Name, Numbers>;
}

function toColumns<Name extends string>(of: Readonly<Record<Name, Numbers>>): Record<Name, Column> {
  return Object.fromEntries(
    Object.entries<Numbers>(of).map(([name, numbers]) => [name, columnOf(numbers)]),
  ) as Record<Name, Column>;
}
