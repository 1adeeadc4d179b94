import { AssayError } from '../../model/problem.ts';
import type { Problem } from '../../model/problem.ts';
import { parseCommit } from './commit-object.ts';
import { newCommits } from './new-commits.ts';
import type { Objects } from './objects.ts';
import type { TreeObjectEntry } from './tree-object.ts';
import { MODE_FOLDER, MODE_SUBMODULE, parseTree } from './tree-object.ts';

/** A file of a commit that differs from the same file of every parent. */
export interface ChangedFile {
  readonly path: string;
  readonly blob: string;
  /** What the parents have there. */
  readonly before: readonly string[];
}

/** A commit of a range, and what it brings in: of a merge, what none of its parents has. */
export interface CommitChanges {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly files: readonly ChangedFile[];
}

export interface RangeChanges {
  /** Newest first. */
  readonly commits: readonly CommitChanges[];
  readonly problems: readonly Problem[];
}

/**
 * What the commits bring in that `to` leads to and none of `without` does. Whatever cannot be read (a shallow clone's end) is
 * a problem and ends its line.
 */
export function changesInRange(
  objects: Objects,
  idBytes: number,
  to: readonly string[],
  without: readonly string[],
): RangeChanges {
  const problems: Problem[] = [];
  const own = newCommits(objects, to, without, problems);
  const trees = treeReader(objects, idBytes, problems);
  const commits: CommitChanges[] = [];
  for (const id of own) {
    const read = readOr(objects, id, problems);
    const commit = read === undefined ? undefined : parseCommit(read);
    if (commit === undefined) continue;
    const parents = commit.parents.flatMap((parent) => {
      const bytes = readOr(objects, parent, []);
      const found = bytes === undefined ? undefined : parseCommit(bytes);
      return found === undefined ? [] : [found.tree];
    });
    const files: ChangedFile[] = [];
    collect(trees, commit.tree, parents, '', files);
    commits.push({ id, bytes: read!, files });
  }
  return { commits, problems };
}

/** The files of a tree that differ from the same file of every other tree given. */
export function changedFiles(
  objects: Objects,
  idBytes: number,
  tree: string,
  before: readonly string[],
  problems: Problem[],
): readonly ChangedFile[] {
  const files: ChangedFile[] = [];
  collect(treeReader(objects, idBytes, problems), tree, before, '', files);
  return files;
}

type TreeReader = (id: string) => readonly TreeObjectEntry[];

function treeReader(objects: Objects, idBytes: number, problems: Problem[]): TreeReader {
  const known = new Map<string, readonly TreeObjectEntry[]>();
  return (id) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const bytes = readOr(objects, id, problems);
    const entries = (bytes === undefined ? undefined : parseTree(bytes, idBytes)) ?? [];
    if (known.size > 20_000) known.clear();
    known.set(id, entries);
    return entries;
  };
}

function collect(
  trees: TreeReader,
  tree: string,
  parents: readonly string[],
  folder: string,
  into: ChangedFile[],
): void {
  const waiting = [{ tree, parents, folder }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const olds = next.parents.map((id) => new Map(trees(id).map((entry) => [entry.name, entry])));
    for (const { name, id, mode } of trees(next.tree)) {
      const before = olds.flatMap((old) => old.get(name) ?? []);
      if (mode === MODE_SUBMODULE || before.some((entry) => entry.id === id)) continue;
      const path = next.folder === '' ? name : `${next.folder}/${name}`;
      if (mode === MODE_FOLDER) {
        const folders = before.filter((entry) => entry.mode === MODE_FOLDER).map((entry) => entry.id);
        waiting.push({ tree: id, parents: folders, folder: path });
      } else
        into.push({
          path,
          blob: id,
          before: before
            .filter((entry) => entry.mode !== MODE_FOLDER && entry.mode !== MODE_SUBMODULE)
            .map((entry) => entry.id),
        });
    }
  }
}

function readOr(objects: Objects, id: string, problems: Problem[]): Buffer | undefined {
  try {
    return objects.read(id).bytes;
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const { code, message, hint } = error;
    problems.push({ code, message, lost: true, ...(hint === undefined ? {} : { hint }) });
    return undefined;
  }
}
