import { basename, resolve } from 'node:path';
import { AssayError } from '../../model/problem.ts';
import type { Problem } from '../../model/problem.ts';
import type { Tree } from '../../model/tree.ts';
import { isObjectId } from '../git/commit-object.ts';
import type { ObjectOptions, Objects } from '../git/objects.ts';
import { openObjects } from '../git/objects.ts';
import { unsafePath } from '../git/path-bytes.ts';
import { openRefs } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import { resolveRevision } from '../git/revision.ts';
import { MODE_FOLDER, MODE_LINK, MODE_SUBMODULE, parseTree } from '../git/tree-object.ts';
import type { TreeObjectEntry } from '../git/tree-object.ts';
import { treeFrom } from './from-source.ts';
import type { Wanted } from './left-out.ts';
import { isInstalled } from './left-out.ts';
import type { Found } from './listing.ts';
import { emptyFound, MAX_ENTRIES, tooManyFiles, WHY_NODE_MODULES, WHY_SUBMODULE } from './listing.ts';

/** Deepest folders that are opened; git itself refuses far less by way of path length. */
const MAX_DEPTH = 1024;
const MAX_LINK_BYTES = 4096;

export interface CommitOptions extends Wanted {
  /** Only this folder of the commit, `/`-separated; paths are relative to it. */
  readonly folder?: string;
  /** As the person named it; default: folder name and revision. */
  readonly name?: string;
  /** Most entries; what is above is left out with a problem. */
  readonly maxEntries?: number;
  /** As `ObjectOptions` has them. */
  readonly objects?: Pick<ObjectOptions, 'verify' | 'inflater'>;
}

/**
 * The files of one commit, read from the object database: no checkout, nothing run; bare repositories too.
 * Bytes are checked against their blob ids, so an entry's `blob` can be trusted once it was read.
 * AssayErrors of `resolveRevision`; a folder or file whose objects are missing or damaged is a problem of the listing.
 */
export function commit(repository: Repository, revision: string, options: CommitOptions = {}): Tree {
  const objects = openObjects(repository, options.objects);
  try {
    const found = resolveRevision(revision, openRefs(repository), objects);
    const folder = options.folder ?? '';
    const top = folder === '' ? found.commit.tree : folderId(found.commit.tree, folder, repository, objects);
    const place = basename(resolve(repository.workTree ?? repository.gitDir));
    return treeFrom({
      kind: 'commit',
      name: () => options.name ?? `${place}@${isObjectId(revision) ? revision.slice(0, 12) : revision}`,
      commit: found.id,
      find: (signal) =>
        listTree(top, repository, objects, signal, { wanted: options, most: options.maxEntries }),
      bytes: (entry, limit) => objects.read(entry.blob!, limit).bytes,
      close: () => objects.close(),
    });
  } catch (error) {
    objects.close();
    throw error;
  }
}

function folderId(tree: string, folder: string, repository: Repository, objects: Objects): string {
  let id = tree;
  for (const part of folder.split('/')) {
    const entries = parseTree(objects.read(id).bytes, repository.algorithm === 'sha1' ? 20 : 32);
    const entry = entries?.find(({ name, mode }) => name === part && mode === MODE_FOLDER);
    if (entry === undefined)
      throw new AssayError('tree/not-found', `there is no folder ${folder} in that commit`);
    id = entry.id;
  }
  return id;
}

interface Listing {
  /** Before the paths. */
  readonly prefix?: string;
  /** What there is already. */
  readonly found?: Found;
  readonly most?: number | undefined;
  readonly wanted?: Wanted;
}

/** Lists all below a tree object, itself included. Used for commits and for the folders of a sparse index. */
export function listTree(
  top: string,
  repository: Repository,
  objects: Objects,
  signal: AbortSignal | undefined,
  { prefix = '', found = emptyFound(), most = MAX_ENTRIES, wanted = {} }: Listing = {},
): Found {
  const idBytes = repository.algorithm === 'sha1' ? 20 : 32;
  const stack: OpenFolder[] = [];
  let folders = 0;
  const open = (id: string, folder: string): void => {
    signal?.throwIfAborted();
    folders++;
    const at = { path: folder === '' ? '.' : folder.slice(0, -1) };
    const entries = readFolder(id, idBytes, objects);
    if (Array.isArray(entries)) stack.push({ entries, next: 0, prefix: folder, at });
    else found.problems.push({ ...entries, at });
  };
  open(top, prefix);
  // Folders are gone into where they stand: git's order of names is then that of paths.
  for (let folder = stack.at(-1); folder !== undefined; folder = stack.at(-1)) {
    const { at } = folder;
    const entry = folder.entries[folder.next++];
    if (entry === undefined) {
      stack.pop();
      continue;
    }
    const { mode, name, id } = entry;
    const path = folder.prefix + name;
    const wrong = name.includes('/') ? 'a slash in the name' : unsafePath(name);
    if (wrong !== undefined || name === '.git') {
      found.problems.push({
        code: 'git/unsafe-name',
        message: `${JSON.stringify(name)} is left out: ${wrong ?? 'the name'} is not allowed`,
        at,
        lost: true,
      });
    } else if (found.entries.length === most || folders > most) {
      found.problems.push(tooManyFiles(at.path, most));
      return found;
    } else if (mode === MODE_FOLDER) {
      if (isInstalled(name) && wanted.installed !== true) found.skipped.push({ path, why: WHY_NODE_MODULES });
      else if (stack.length > MAX_DEPTH)
        found.problems.push({
          code: 'tree/too-deep',
          message: `folders nest deeper than ${MAX_DEPTH} levels`,
          at,
          lost: true,
        });
      else open(id, `${path}/`);
    } else if (mode === MODE_SUBMODULE) found.skipped.push({ path, why: WHY_SUBMODULE });
    else if (mode === MODE_LINK) found.links.push({ path, target: linkTarget(id, objects) });
    else found.entries.push({ path, size: -1, blob: id });
  }
  return found;
}

interface OpenFolder {
  readonly entries: readonly TreeObjectEntry[];
  next: number;
  readonly prefix: string;
  /** Where problems of it are. */
  readonly at: { readonly path: string };
}

function readFolder(
  id: string,
  idBytes: number,
  objects: Objects,
): (ReturnType<typeof parseTree> & object) | Problem {
  try {
    const object = objects.read(id);
    const entries = object.type === 'tree' ? parseTree(object.bytes, idBytes) : undefined;
    return entries ?? { code: 'git/damaged-object', message: `tree ${id} cannot be read`, lost: true };
  } catch (error) {
    return problemOf(error);
  }
}

/** An object that could not be read, as a problem of the scan; anything else is thrown on. */
function problemOf(error: unknown): Problem {
  if (!(error instanceof AssayError)) throw error;
  const { code, message, hint } = error;
  return { code, message, lost: true, ...(hint === undefined ? {} : { hint }) };
}

/** What a symbolic link says; `undefined` when it cannot be read or leaves the tree. */
export function linkTarget(id: string, objects: Objects): string | undefined {
  try {
    return objects.read(id, MAX_LINK_BYTES).bytes.toString('utf8');
  } catch (error) {
    problemOf(error);
    return undefined;
  }
}
