import { basename, join } from 'node:path';
import type { Problem } from '../../model/problem.ts';
import { AssayError } from '../../model/problem.ts';
import type { Tree } from '../../model/tree.ts';
import { parseIndex } from '../git/index-file.ts';
import type { IndexEntry } from '../git/index-file.ts';
import { openObjects } from '../git/objects.ts';
import type { Objects } from '../git/objects.ts';
import { unsafePath } from '../git/path-bytes.ts';
import type { Repository } from '../git/repository.ts';
import { readSmallFile } from '../git/small-file.ts';
import { MODE_FOLDER, MODE_LINK, MODE_SUBMODULE } from '../git/tree-object.ts';
import { linkTarget, listTree } from './commit.ts';
import { treeFrom } from './from-source.ts';
import type { Wanted } from './left-out.ts';
import { installedFolder } from './left-out.ts';
import type { Found } from './listing.ts';
import { emptyFound, WHY_NODE_MODULES, WHY_SUBMODULE } from './listing.ts';

const MAX_INDEX_BYTES = 1024 * 1024 * 1024;
const OURS = 2;

/**
 * What is staged: the next commit as it stands. Blobs come from the object database and are checked against their ids.
 * While a merge is unresolved our side is taken and each such path is a problem. No index at all is an empty tree.
 * AssayError `git/unsupported` for a split index, `git/damaged-index` when it cannot be read whole.
 */
export function staged(repository: Repository, name?: string, wanted: Wanted = {}): Tree {
  const objects = openObjects(repository);
  return treeFrom({
    kind: 'index',
    name: () => name ?? `${basename(repository.workTree ?? repository.gitDir)} (staged)`,
    find: (signal) => gather(readEntries(repository), repository, objects, signal, wanted),
    bytes: (entry, limit) => objects.read(entry.blob!, limit).bytes,
    close: () => objects.close(),
  });
}

function readEntries(repository: Repository): readonly IndexEntry[] {
  const path = join(repository.gitDir, 'index');
  const bytes = readSmallFile(path, MAX_INDEX_BYTES);
  if (bytes === undefined) return [];
  const { entries, fault } = parseIndex(bytes, repository.algorithm);
  if (fault?.kind === 'split')
    throw new AssayError('git/unsupported', `${path}: ${fault.message}`, {
      hint: 'run `git update-index --no-split-index`',
    });
  if (fault !== undefined)
    throw new AssayError('git/damaged-index', `${path} cannot be read: ${fault.message}`, {
      hint: 'run `git reset` to write it anew',
    });
  return entries;
}

function gather(
  entries: readonly IndexEntry[],
  repository: Repository,
  objects: Objects,
  signal: AbortSignal | undefined,
  wanted: Wanted,
): Found {
  const found = emptyFound();
  const installed = new Set<string>();
  const unmerged = new Set<string>();
  for (const { path, mode, id, stage, intentToAdd } of entries) {
    const folder = wanted.installed === true ? undefined : installedFolder(path);
    if (folder !== undefined) {
      installed.add(folder);
      continue;
    }
    const wrong = unsafePath(mode === MODE_FOLDER ? path.slice(0, -1) : path);
    if (wrong !== undefined)
      found.problems.push({
        code: 'git/unsafe-name',
        message: `${JSON.stringify(path)} is left out: ${wrong}`,
        lost: true,
      });
    if (wrong !== undefined) continue;
    if (stage !== 0 && !unmerged.has(path)) found.problems.push(unresolved(path));
    if (stage !== 0) unmerged.add(path);
    if (stage !== 0 && stage !== OURS) continue;
    if (intentToAdd) found.skipped.push({ path, why: 'named with --intent-to-add, nothing staged yet' });
    else if (mode === MODE_FOLDER) listTree(id, repository, objects, signal, { prefix: path, found, wanted });
    else if (mode === MODE_SUBMODULE) found.skipped.push({ path, why: WHY_SUBMODULE });
    else if (mode === MODE_LINK) found.links.push({ path, target: linkTarget(id, objects) });
    else found.entries.push({ path, size: -1, blob: id });
  }
  for (const path of installed) found.skipped.push({ path, why: WHY_NODE_MODULES });
  return found;
}

function unresolved(path: string): Problem {
  return {
    code: 'git/unmerged',
    message: 'a merge is not resolved here; our side was read',
    at: { path },
    hint: 'resolve it and `git add` the file',
    lost: true,
  };
}
