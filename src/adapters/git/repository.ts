import { statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { AssayError } from '../../model/problem.ts';
import { parseGitConfig } from './config.ts';
import { readSmallText } from './small-file.ts';

/** Where the parts of a repository are. Nothing of it is run: no hooks, filters, aliases or configured commands. */
export interface Repository {
  /** The folder with HEAD and the index: `.git`, or `.git/worktrees/NAME` of a linked working tree. */
  readonly gitDir: string;
  /** The folder with objects and refs; equal to `gitDir` but for linked working trees. */
  readonly commonDir: string;
  /** The folder that holds the `.git` entry; absent for a bare repository. */
  readonly workTree: string | undefined;
  readonly algorithm: 'sha1' | 'sha256';
  /** Objects may be absent on purpose (a partial clone's filter). */
  readonly partial: boolean;
  /** History ends early on purpose. */
  readonly shallow: boolean;
}

/**
 * The repository that `path` is: a folder with a `.git`, or a git folder itself (bare). `undefined` when it is none.
 * AssayError `git/unsupported` when it needs what we cannot read.
 * https://git-scm.com/docs/gitrepository-layout
 */
export function openRepository(path: string): Repository | undefined {
  const inside = join(path, '.git');
  if (isGitDir(inside)) return describe(inside, path);
  const linked = linkedGitDir(inside);
  if (linked !== undefined && isGitDir(linked)) return describe(linked, path);
  if (isGitDir(path)) return describe(path, undefined);
  return undefined;
}

/** The nearest repository at or above `path`, as git itself would find it. */
export function findRepository(path: string): Repository | undefined {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const found = openRepository(folder);
    if (found !== undefined) return found;
    if (dirname(folder) === folder) return undefined;
  }
}

/** A `.git` file says where the git folder is: `gitdir: ../.git/modules/x` (submodules and linked working trees). */
function linkedGitDir(file: string): string | undefined {
  const match = /^gitdir: (.+?)[\r\n]*$/s.exec(readSmallText(file, 8192) ?? '');
  if (match === null || match[1]!.includes('\0')) return undefined;
  return isAbsolute(match[1]!) ? match[1]! : resolve(dirname(file), match[1]!);
}

/** Git's own test: HEAD, objects and refs (a linked working tree has a `commondir` file instead of the latter two). */
export function isGitDir(path: string): boolean {
  if (!exists(join(path, 'HEAD'), 'file')) return false;
  const common = commonDirOf(path);
  return exists(join(common, 'objects'), 'folder') && exists(join(common, 'refs'), 'folder');
}

function commonDirOf(gitDir: string): string {
  const text = readSmallText(join(gitDir, 'commondir'), 8192)?.trim();
  return text === undefined || text === '' || text.includes('\0') ? gitDir : resolve(gitDir, text);
}

function exists(path: string, kind: 'file' | 'folder'): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && (kind === 'file' ? stat.isFile() : stat.isDirectory());
}

function describe(gitDir: string, workTree: string | undefined): Repository {
  const commonDir = commonDirOf(gitDir);
  const config = parseGitConfig(readSmallText(join(commonDir, 'config'), 1024 * 1024) ?? '');
  const refStorage = config.get('extensions.refstorage');
  if (refStorage !== undefined && refStorage !== 'files')
    throw new AssayError(
      'git/unsupported',
      `${gitDir} keeps its references as "${refStorage}"; only "files" can be read`,
      {
        hint: 'run `git refs migrate --ref-format=files`',
      },
    );
  const algorithm = config.get('extensions.objectformat') ?? 'sha1';
  if (algorithm !== 'sha1' && algorithm !== 'sha256')
    throw new AssayError(
      'git/unsupported',
      `${gitDir} uses the object format "${algorithm}"; sha1 and sha256 can be read`,
    );
  return {
    gitDir,
    commonDir,
    workTree,
    algorithm,
    partial: [...config.keys()].some(
      (key) => key === 'extensions.partialclone' || /^remote\..*\.promisor$/.test(key),
    ),
    shallow: exists(join(commonDir, 'shallow'), 'file'),
  };
}
