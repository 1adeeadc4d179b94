import { keyOf } from '../history/id-key.ts';
import type { History } from '../history/read-history.ts';
import { linkCommits } from './commit-order.ts';
import type { Commits } from './commits.ts';
import type { ContainingTrees } from './containing-trees.ts';
import { findContainingTrees } from './containing-trees.ts';
import type { Entries } from './entries.ts';
import type { LabelSets } from './label-sets.ts';
import { createLabelSets } from './label-sets.ts';
import { likeLabels } from './like-labels.ts';
import type { RefNames } from './ref-names.ts';
import { refNames } from './ref-names.ts';

/** What a label (a secret) is about: the objects that have it. */
export interface Labelled {
  /** Blobs, commits and tags with it, by number. */
  readonly objects: readonly number[];
}

export interface RefTip {
  readonly name: string;
  /** The commit that it leads to. */
  readonly commit: string;
}

/** Where a label was and is. */
export interface Whereabouts {
  /** The commit that brought it in (of several, the earliest by author date); absent when no commit has it. */
  readonly first?: number;
  /** The newest commit (by committer date) that has it; HEAD's when it is there. */
  readonly last?: number;
  readonly inHead: boolean;
  /** References whose history has it. */
  readonly refs: RefNames;
}

export interface Located {
  readonly whereabouts: readonly Whereabouts[];
  /** Paths of a label in a commit, with the blob at each; sorted. At most `most`. */
  pathsIn(
    commit: number,
    label: number,
    most: number,
  ): readonly { readonly path: string; readonly object: number }[];
}

/**
 * Follows labels from objects to trees, commits and references. `readEntryName` gives the name of an entry (an index of
 * `entries`) for paths.
 */
export function locate(
  history: History,
  entries: Entries,
  commits: Commits,
  labels: readonly Labelled[],
  tips: readonly RefTip[],
  head: string | undefined,
  readEntryName: (entry: number) => string,
): Located {
  const { classOf, firsts } = likeLabels(labels);
  const classes = firsts.map((first) => labels[first]!);
  const each = locateEach(history, entries, commits, classes, tips, head, readEntryName);
  /** By class and commit: what is asked for one label of a class is asked for all. */
  const known = new Map<number, { readonly most: number; readonly paths: ReturnType<Located['pathsIn']> }>();
  return {
    whereabouts: Array.from(classOf, (own) => each.whereabouts[own]!),
    pathsIn: (commit, label, most) => {
      const own = classOf[label]!;
      const key = commit * firsts.length + own;
      let found = known.get(key);
      if (found?.most !== most) {
        found = { most, paths: each.pathsIn(commit, own, most) };
        known.set(key, found);
      }
      return found.paths;
    },
  };
}

/** The same, of labels that differ in their objects. */
function locateEach(
  history: History,
  entries: Entries,
  commits: Commits,
  labels: readonly Labelled[],
  tips: readonly RefTip[],
  head: string | undefined,
  readEntryName: (entry: number) => string,
): Located {
  const sets = createLabelSets();
  const { blobs, others } = labelsByObject(history, labels, sets);
  const trees = findContainingTrees(history, entries, blobs, sets);
  const graph = linkCommits(commits);
  const own = ownSets(commits, trees, others, sets);
  const ever = new Int32Array(graph.count);
  const first = new Int32Array(labels.length).fill(-1);
  const newestOf = new Map<number, number>();
  const isEarlier = (a: number, b: number): boolean =>
    commits.authoredAt.at(a) < commits.authoredAt.at(b) ||
    (commits.authoredAt.at(a) === commits.authoredAt.at(b) && commits.keys.at(a) < commits.keys.at(b));
  for (const commit of graph.order) {
    const set = own[commit]!;
    let before = 0;
    let past = 0;
    for (let at = graph.starts[commit]!; at < graph.starts[commit + 1]!; at++) {
      before = sets.union(before, own[graph.parents[at]!]!);
      past = sets.union(past, ever[graph.parents[at]!]!);
    }
    ever[commit] = sets.union(past, set);
    if (set === 0) continue;
    const newest = newestOf.get(set);
    if (newest === undefined || commits.committedAt.at(commit) > commits.committedAt.at(newest))
      newestOf.set(set, commit);
    if (set === before) continue;
    for (const label of sets.labels(set))
      if (!sets.has(before, label) && (first[label] === -1 || isEarlier(commit, first[label]!)))
        first[label] = commit;
  }
  const headCommit = head === undefined ? -1 : graph.find(keyOf(head));
  const headSet = headCommit === -1 ? 0 : own[headCommit]!;
  const last = newestByLabel(newestOf, commits, sets, labels.length);
  const everAt = ({ commit }: RefTip): number => {
    const number = graph.find(keyOf(commit));
    return number === -1 ? 0 : ever[number]!;
  };
  const refsOf = refNames(tips, everAt, sets, labels.length);
  return {
    whereabouts: labels.map((_, label) => {
      const inHead = sets.has(headSet, label);
      const end = inHead ? headCommit : last[label]!;
      return {
        ...(first[label] === -1 ? {} : { first: first[label]! }),
        ...(end === -1 ? {} : { last: end }),
        inHead,
        refs: refsOf[label]!,
      };
    }),
    pathsIn: (commit, label, most) => {
      const root = trees.byKey(commits.trees.at(commit));
      return root === undefined ? [] : pathsBelow(trees, root, label, sets, most, readEntryName);
    },
  };
}

/** Blobs with the number of their set; and of commits, whose own text has labels, the same. */
function labelsByObject(
  { objects }: History,
  labels: readonly Labelled[],
  sets: LabelSets,
): { readonly blobs: ReadonlyMap<number, number>; readonly others: ReadonlyMap<number, number> } {
  const byObject = new Map<number, number[]>();
  labels.forEach((label, number) => {
    for (const object of label.objects) {
      const own = byObject.get(object) ?? [];
      own.push(number);
      byObject.set(object, own);
    }
  });
  const blobs = new Map<number, number>();
  const others = new Map<number, number>();
  for (const [object, own] of byObject) {
    const kind = objects.kindOf(object);
    (kind === 'blob' || kind === 'tree' ? blobs : others).set(object, sets.of(own));
  }
  return { blobs, others };
}

/** What each commit shows: in its files, and in its own text. */
function ownSets(
  commits: Commits,
  trees: ContainingTrees,
  others: ReadonlyMap<number, number>,
  sets: LabelSets,
): Int32Array {
  const own = new Int32Array(commits.count);
  for (let commit = 0; commit < commits.count; commit++) {
    const holder = trees.byKey(commits.trees.at(commit));
    const files = holder === undefined ? 0 : trees.setOf(holder);
    own[commit] = sets.union(files, others.get(commits.objects.at(commit)) ?? 0);
  }
  return own;
}

function newestByLabel(
  newestOf: ReadonlyMap<number, number>,
  commits: Commits,
  sets: LabelSets,
  count: number,
): Int32Array {
  const last = new Int32Array(count).fill(-1);
  for (const [set, commit] of newestOf)
    for (const label of sets.labels(set))
      if (last[label] === -1 || commits.committedAt.at(commit) > commits.committedAt.at(last[label]!))
        last[label] = commit;
  return last;
}

function pathsBelow(
  trees: ContainingTrees,
  root: number,
  label: number,
  sets: LabelSets,
  most: number,
  readEntryName: (entry: number) => string,
): { readonly path: string; readonly object: number }[] {
  const found: { path: string; object: number }[] = [];
  const stack: { readonly holder: number; readonly path: string }[] = [{ holder: root, path: '' }];
  for (let top = stack.pop(); top !== undefined && found.length < most; top = stack.pop()) {
    const { holder, path } = top;
    if (sets.has(trees.ownOf(holder), label) && path !== '')
      found.push({ path, object: trees.objectOf(holder) });
    trees.eachChild(holder, (child, entry) => {
      if (!sets.has(trees.setOf(child), label)) return;
      const name = readEntryName(entry);
      stack.push({ holder: child, path: path === '' ? name : `${path}/${name}` });
    });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
