import type { EcosystemId } from '../../model/ecosystem.ts';
import type { IssueChange, PointChange, VersionMove } from '../../model/timeline.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import type { TimelineComponent } from './component-table.ts';
import type { IssueFacts } from './issues.ts';
import type { PointFacts } from './point-facts.ts';
import type { Present } from './present.ts';

/** A point as far as changes need it. */
export interface Standing {
  readonly facts: PointFacts;
  readonly present: Present;
  /** Seconds since 1970. */
  readonly at: number;
}

/** What is common to all points. */
export interface Known {
  readonly components: readonly TimelineComponent[];
  readonly issues: readonly IssueFacts[];
  /** The name's number by issue. */
  readonly namedOf: readonly number[];
  /** Orders issues: by severity, then name, then id. */
  readonly rankOf: readonly number[];
}

/**
 * What happened to issues and components from one point to another. `before` gives, for an ecosystem, the last point at which its
 * exact versions were to be seen; `undefined` when they never were.
 */
export function changeBetween(
  before: (ecosystem: EcosystemId) => Standing | undefined,
  last: Standing | undefined,
  now: Standing,
  known: Known,
): PointChange {
  const closed: IssueChange[] = [];
  const opened: IssueChange[] = [];
  const firstSeen: IssueChange[] = [];
  const published: number[] = [];
  const from = new Set<Standing>();
  for (const ecosystem of new Set([...now.facts.ecosystems, ...(last?.facts.ecosystems ?? [])])) {
    const earlier = before(ecosystem);
    if (earlier !== undefined) from.add(earlier);
  }
  for (const issue of now.present.issues.keys()) {
    const earlier = before(known.issues[issue]!.ecosystem);
    if (earlier === undefined) firstSeen.push(changeOf(issue, undefined, now, known));
    else if (!earlier.present.issues.has(issue)) opened.push(changeOf(issue, earlier, now, known));
    else {
      const { published: day } = now.present.issues.get(issue)!;
      if (day !== undefined && day > earlier.at && day <= now.at) published.push(issue);
    }
  }
  for (const earlier of from)
    for (const issue of earlier.present.issues.keys()) {
      if (now.present.issues.has(issue)) continue;
      const { ecosystem } = known.issues[issue]!;
      if (before(ecosystem) === earlier && !isHidden(issue, now, known))
        closed.push(changeOf(issue, earlier, now, known));
    }
  const byRank = (a: number, b: number): number => known.rankOf[a]! - known.rankOf[b]!;
  const inOrder = (list: IssueChange[]): IssueChange[] => list.sort((a, b) => byRank(a.issue, b.issue));
  return {
    closed: inOrder(closed),
    opened: inOrder(opened),
    firstSeen: inOrder(firstSeen),
    published: published.sort(byRank),
    components: componentChange(last?.facts, now.facts, known.components),
  };
}

/** Whether an ecosystem's exact versions are to be seen at a point, or it is certainly not there. */
export function isSeen(ecosystem: EcosystemId, { files, unseen, hasLost, ecosystems }: PointFacts): boolean {
  if (files === 0) return false;
  return ecosystems.has(ecosystem) ? !unseen.has(ecosystem) : !hasLost;
}

/** An issue that a point does not show may still be there: its ecosystem is not to be seen, or its name has no exact version any more. */
export function isHidden(issue: number, { facts, present }: Standing, known: Known): boolean {
  const named = known.namedOf[issue]!;
  return (
    !isSeen(known.issues[issue]!.ecosystem, facts) || (facts.loose.has(named) && !present.versions.has(named))
  );
}

function changeOf(issue: number, before: Standing | undefined, now: Standing, known: Known): IssueChange {
  const named = known.namedOf[issue]!;
  const move: VersionMove = {
    from: versionsOf(before?.present.versions.get(named), known),
    to: versionsOf(now.present.versions.get(named), known),
  };
  return { issue, move };
}

/** The versions of some components of one name, ascending, each once. */
export function versionsOf(numbers: readonly number[] | undefined, { components }: Known): readonly string[] {
  if (numbers === undefined || numbers.length === 0) return [];
  const { compare } = ecosystemOf(components[numbers[0]!]!.ecosystem).versions;
  return [...new Set(numbers.map((number) => components[number]!.version))].sort(
    (a, b) => compare(a, b) || (a < b ? -1 : 1),
  );
}

function componentChange(
  before: PointFacts | undefined,
  now: PointFacts,
  components: readonly TimelineComponent[],
): PointChange['components'] {
  if (before === now) return { added: 0, removed: 0, moved: 0 };
  const gone = namesOf(missingFrom(before?.components ?? NOTHING, now.components), components);
  const come = namesOf(missingFrom(now.components, before?.components ?? NOTHING), components);
  let added = 0;
  let moved = 0;
  for (const [named, count] of come)
    if (gone.delete(named)) moved++;
    else added += count;
  let removed = 0;
  for (const count of gone.values()) removed += count;
  return { added, removed, moved };
}

const NOTHING = new Uint32Array();

function namesOf(numbers: readonly number[], components: readonly TimelineComponent[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const number of numbers) {
    const { named } = components[number]!;
    counts.set(named, (counts.get(named) ?? 0) + 1);
  }
  return counts;
}

/** Those of `a` that `b` has not; both ascending. */
function missingFrom(a: Uint32Array, b: Uint32Array): number[] {
  const missing: number[] = [];
  let j = 0;
  for (const number of a) {
    while (j < b.length && b[j]! < number) j++;
    if (b[j] !== number) missing.push(number);
  }
  return missing;
}
