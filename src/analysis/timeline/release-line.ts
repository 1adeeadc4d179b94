import type { Ancestry } from './ancestry.ts';
import { compareTags, type VersionTag } from './version-tag.ts';

/** A tag and the commit that it leads to. */
export interface Release {
  readonly tag: VersionTag;
  /** Names of other tags of the same commit, sorted. */
  readonly also: readonly string[];
  readonly commit: string;
  /** Seconds since 1970. */
  readonly at: number;
}

export interface ReleaseLine {
  /** By date, each of a higher version than the one before. */
  readonly main: readonly Release[];
  /** By date: an older line's releases, made when a higher version was out. */
  readonly older: readonly Release[];
  /** By date: releases on a branch that HEAD does not contain, and that later releases which it contains are below of. */
  readonly notMerged: readonly Release[];
}

/** One release a commit: the highest version names it. By date, then version. */
export function releasesOf(
  tags: readonly { readonly tag: VersionTag; readonly commit: string }[],
  dateOf: (commit: string) => number,
): Release[] {
  const byCommit = new Map<string, VersionTag[]>();
  for (const { tag, commit } of tags) {
    const found = byCommit.get(commit);
    if (found === undefined) byCommit.set(commit, [tag]);
    else found.push(tag);
  }
  return [...byCommit]
    .map(([commit, list]): Release => {
      const [tag, ...others] = list.sort((a, b) => compareTags(b, a));
      return { tag: tag!, also: others.map(({ name }) => name).sort(), commit, at: dateOf(commit) };
    })
    .sort(byDate);
}

/**
 * The releases that follow each other, so that `better than the release before` means something. A release made when a higher
 * version was out belongs to an older line (v1.1.3 after v2.0). A branch that was never merged does not make the merged
 * releases after it old, however high its number: then it is the one that is set aside.
 * `releases` are ordered by date; without `ancestry` every release counts as merged.
 */
export function releaseLine(releases: readonly Release[], ancestry: Ancestry | undefined): ReleaseLine {
  const notMerged = ancestry === undefined ? new Set<Release>() : abandoned(releases, ancestry);
  const main: Release[] = [];
  const older: Release[] = [];
  for (const release of releases) {
    if (notMerged.has(release)) continue;
    const last = main.at(-1);
    if (last !== undefined && compareTags(release.tag, last.tag) < 0) older.push(release);
    else main.push(release);
  }
  return { main, older, notMerged: releases.filter((release) => notMerged.has(release)) };
}

/** Whether some release could be an abandoned branch's, going by versions alone: more lower ones than higher ones come after it. */
export function mayBeAbandoned(releases: readonly Release[]): boolean {
  const ranks = new Map(
    releases.toSorted((a, b) => compareTags(a.tag, b.tag)).map((one, rank) => [one, rank]),
  );
  // A tree of sums (Fenwick) over the ranks of the releases that come later.
  const sums = new Uint32Array(releases.length + 1);
  return releases.toReversed().some((release, later) => {
    const rank = ranks.get(release)!;
    let lower = 0;
    for (let at = rank; at > 0; at &= at - 1) lower += sums[at]!;
    for (let at = rank + 1; at <= releases.length; at += at & -at) sums[at]!++;
    return lower * 2 > later;
  });
}

/**
 * Releases that HEAD does not contain, when all merged ones after them have lower versions, and are more than the unmerged ones
 * after them: many projects release from branches that are never merged, and those are no less releases.
 */
function abandoned(releases: readonly Release[], ancestry: Ancestry): Set<Release> {
  const found = new Set<Release>();
  let highest: Release | undefined;
  let merged = 0;
  let unmerged = 0;
  for (const release of releases.toReversed())
    if (ancestry.isMerged(release.commit)) {
      merged++;
      if (highest === undefined || compareTags(release.tag, highest.tag) > 0) highest = release;
    } else {
      if (highest !== undefined && compareTags(highest.tag, release.tag) < 0 && merged > unmerged)
        found.add(release);
      unmerged++;
    }
  return found;
}

const byDate = (a: Release, b: Release): number => a.at - b.at || compareTags(a.tag, b.tag);
