import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { readdirSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { TreeEntry } from '../../model/tree.ts';
import { parseGitConfig } from '../git/config.ts';
import type { IgnoreRules } from '../git/ignore.ts';
import { parseIgnore } from '../git/ignore.ts';
import { pathFromBytes } from '../git/path-bytes.ts';
import type { Repository } from '../git/repository.ts';
import { findRepository, openRepository } from '../git/repository.ts';
import { readSmallText } from '../git/small-file.ts';
import type { Wanted } from './left-out.ts';
import { isInstalled } from './left-out.ts';
import type { Found } from './listing.ts';
import {
  emptyFound,
  MAX_ENTRIES,
  tooManyFiles,
  WHY_NESTED,
  WHY_NODE_MODULES,
  WHY_NOT_COMMITTED,
  WHY_SPECIAL,
  WHY_SUBMODULE,
} from './listing.ts';
import type { Tracked } from './tracked.ts';
import { trackedFiles } from './tracked.ts';

const MAX_IGNORE_BYTES = 4 * 1024 * 1024;
/** How long the walk may hold the thread before it lets a Ctrl-C be seen. */
const SLICE_MS = 25;

/** What holds below a folder: whose ignore rules, and whether only tracked files count. */
interface Scope {
  /** `undefined` outside every repository. */
  readonly repository: RepositoryScope | undefined;
  /** Nearest first. `base` is the length of the way from the root of the walk to the folder of the rules. */
  readonly rules: RuleLink | undefined;
  /** Below an ignored folder: only what git tracks is part of the tree. */
  readonly trackedOnly: boolean;
}

interface RuleLink {
  readonly rules: IgnoreRules;
  readonly base: number;
  readonly next: RuleLink | undefined;
}

interface RepositoryScope {
  readonly submodules: ReadonlySet<string>;
  tracked(): Tracked;
}

interface Folder {
  readonly path: string;
  readonly disk: string | Buffer;
  readonly scope: Scope;
}

/** A name in a folder; `bytes` where it is not UTF-8. */
interface Named {
  readonly name: string;
  readonly bytes: Buffer | undefined;
  readonly entry: Dirent | Dirent<Buffer>;
}

/** What is still to come, in order of path: a folder to open, or a file that sorts after one. */
type Pending = { readonly key: string } & (
  | { readonly folder: Folder; readonly file?: never }
  | { readonly file: TreeEntry; readonly folder?: never }
);

/** Walks a folder. `names` holds what the disk calls entries whose names are not UTF-8. Throws when the signal is aborted. */
export async function walk(
  root: string,
  signal: AbortSignal | undefined,
  wanted: Wanted = {},
): Promise<{ readonly found: Found; readonly names: ReadonlyMap<string, Buffer> }> {
  const found = emptyFound();
  const names = new Map<string, Buffer>();
  const stack: Pending[] = [{ key: '', folder: { path: '', disk: root, scope: startScope(root) } }];
  let sliceEnd = Date.now() + SLICE_MS;
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (found.entries.length >= MAX_ENTRIES) {
      found.problems.push(tooManyFiles(next.key));
      break;
    }
    if (next.file !== undefined) {
      found.entries.push(next.file);
      continue;
    }
    if (Date.now() > sliceEnd) {
      await setImmediate();
      signal?.throwIfAborted();
      sliceEnd = Date.now() + SLICE_MS;
    }
    visit(root, next.folder, found, names, stack, wanted);
  }
  return { found, names };
}

function visit(
  root: string,
  folder: Folder,
  found: Found,
  names: Map<string, Buffer>,
  stack: Pending[],
  wanted: Wanted,
): void {
  const entries = listFolder(folder.disk);
  if (typeof entries === 'string') {
    found.problems.push({
      code: 'tree/unreadable',
      message: `the folder cannot be read (${entries})`,
      at: { path: folder.path === '' ? '.' : folder.path },
      hint: 'what lies in it was not scanned',
      lost: true,
    });
    return;
  }
  const scope = scopeOf(root, folder, entries, found);
  if (scope === undefined) return;
  const prefix = folder.path === '' ? '' : `${folder.path}/`;
  const pending: Pending[] = [];
  let folders = 0;
  for (const { name, bytes, entry } of entries) {
    if (name === '.git') continue;
    const path = prefix + name;
    const isFolder = entry.isDirectory();
    let { trackedOnly } = scope;
    if (trackedOnly || (scope.rules !== undefined && isIgnored(scope.rules, path, name, isFolder))) {
      const tracked = scope.repository!.tracked();
      if (!(isFolder ? tracked.folders : tracked.files).has(path)) continue;
      trackedOnly = true;
    }
    let why: string | undefined;
    if (isFolder && isInstalled(name)) {
      // What lies there beside what is committed is the work of a package manager.
      const isCommitted = trackedOnly || scope.repository?.tracked().folders.has(path) === true;
      if (wanted.installed !== true) why = WHY_NODE_MODULES;
      else if (isCommitted) trackedOnly = true;
      else why = WHY_NOT_COMMITTED;
    }
    if (isFolder) {
      if (why !== undefined) found.skipped.push({ path, why });
      else {
        folders++;
        const inner = trackedOnly === scope.trackedOnly ? scope : { ...scope, trackedOnly };
        pending.push({
          key: `${path}/`,
          folder: { path, disk: below(folder.disk, bytes ?? name), scope: inner },
        });
      }
    } else if (entry.isFile()) {
      pending.push({ key: path, file: { path, size: -1 } });
      const disk = below(folder.disk, bytes ?? name);
      if (typeof disk !== 'string') names.set(path, disk);
    } else if (entry.isSymbolicLink())
      found.links.push({ path, target: linkTarget(root, folder, below(folder.disk, bytes ?? name)) });
    else found.skipped.push({ path, why: WHY_SPECIAL });
  }
  // A folder sorts as its entries do, with the slash. Files go out at once as long as no folder comes before them;
  // the rest waits on the stack: last in, first out.
  pending.sort((a, b) => (a.key < b.key ? -1 : 1));
  const firstFolder = folders === 0 ? pending.length : pending.findIndex((next) => next.folder !== undefined);
  for (let i = 0; i < firstFolder; i++) found.entries.push(pending[i]!.file!);
  for (let i = pending.length - 1; i >= firstFolder; i--) stack.push(pending[i]!);
}

/** The names in a folder, or the error code when it cannot be read. Only names that are not UTF-8 cost a second look. */
function listFolder(disk: string | Buffer): Named[] | string {
  try {
    const entries = readdirSync(disk, { withFileTypes: true });
    if (!entries.some((entry) => entry.name.includes('\uFFFD')))
      return entries.map((entry) => ({ name: entry.name, bytes: undefined, entry }));
    return readdirSync(disk, { withFileTypes: true, encoding: 'buffer' }).map((entry) => {
      const bytes = Buffer.from(entry.name);
      return { name: pathFromBytes(bytes), bytes: isUtf8(bytes) ? undefined : bytes, entry };
    });
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

/** What holds in a folder, its own repository and ignore file counted in; `undefined` when the folder is left out (and says so). */
function scopeOf(root: string, folder: Folder, entries: readonly Named[], found: Found): Scope | undefined {
  let { scope } = folder;
  const prefix = folder.path === '' ? '' : `${folder.path}/`;
  let hasIgnore = false;
  let hasGit = false;
  for (const { name } of entries) {
    if (name === '.gitignore') hasIgnore = true;
    else if (name === '.git') hasGit = true;
  }
  if (hasGit && folder.path !== '') {
    if (scope.repository !== undefined) {
      const isSubmodule = scope.repository.submodules.has(folder.path);
      found.skipped.push({ path: folder.path, why: isSubmodule ? WHY_SUBMODULE : WHY_NESTED });
      return undefined;
    }
    scope = nestedScope(join(root, folder.path), prefix);
  }
  if (scope.repository === undefined && folder.path !== '' && isBare(entries)) {
    found.skipped.push({ path: folder.path, why: 'a bare git repository: scan it by its own path' });
    return undefined;
  }
  if (!hasIgnore || scope.repository === undefined || typeof folder.disk !== 'string') return scope;
  return withRules(scope, readSmallText(join(folder.disk, '.gitignore'), MAX_IGNORE_BYTES), prefix);
}

function below(folder: string | Buffer, name: string | Buffer): string | Buffer {
  if (typeof folder === 'string' && typeof name === 'string') return `${folder}/${name}`;
  return Buffer.concat([Buffer.from(folder), Buffer.from('/'), Buffer.from(name)]);
}
/** The nearest rule decides; a file further up only where the nearer ones say nothing. */
function isIgnored(rules: RuleLink, path: string, name: string, isFolder: boolean): boolean {
  for (let link: RuleLink | undefined = rules; link !== undefined; link = link.next) {
    const decided = link.rules.decide(path.slice(link.base), name, isFolder);
    if (decided !== undefined) return decided;
  }
  return false;
}

function withRules(scope: Scope, text: string | undefined, prefix: string): Scope {
  if (text === undefined) return scope;
  return { ...scope, rules: { rules: parseIgnore(text), base: prefix.length, next: scope.rules } };
}

/** The scope of the folder that a person named: its own repository, or the one it lies in with the rules from there down. */
function startScope(root: string): Scope {
  const none: Scope = { repository: undefined, rules: undefined, trackedOnly: false };
  const repository = findRepository(root);
  if (repository?.workTree === undefined) return none;
  const inside = relative(repository.workTree, root);
  if (inside === '') return nestedScope(root, '');
  const above = inside.split(/[\\/]/);
  const levels: { readonly rules: IgnoreRules; readonly depth: number }[] = [];
  const add = (depth: number, ...file: string[]): void => {
    const text = readSmallText(join(...file), MAX_IGNORE_BYTES);
    if (text !== undefined) levels.unshift({ rules: parseIgnore(text), depth });
  };
  add(0, repository.commonDir, 'info', 'exclude');
  for (let depth = 0; depth < above.length; depth++)
    add(depth, repository.workTree, ...above.slice(0, depth), '.gitignore');
  for (let end = 1; end <= above.length; end++) {
    for (const { rules, depth } of levels) {
      const decided =
        depth < end ? rules.decide(above.slice(depth, end).join('/'), above[end - 1]!, true) : undefined;
      // The person named an ignored folder: it is wanted as it is.
      if (decided === true) return none;
      if (decided === false) break;
    }
  }
  let links: RuleLink | undefined;
  for (const { rules, depth } of levels.reverse()) {
    const inFront = above.slice(depth).join('/');
    const decide: IgnoreRules['decide'] = (path, name, isFolder) =>
      rules.decide(`${inFront}/${path}`, name, isFolder);
    links = { rules: { decide }, base: 0, next: links };
  }
  return {
    repository: repositoryScope(repository, `${above.join('/')}/`, ''),
    rules: links,
    trackedOnly: false,
  };
}

function nestedScope(folder: string, prefix: string): Scope {
  const repository = openRepository(folder);
  if (repository === undefined) return { repository: undefined, rules: undefined, trackedOnly: false };
  return withRules(
    { repository: repositoryScope(repository, '', prefix), rules: undefined, trackedOnly: false },
    readSmallText(join(repository.commonDir, 'info', 'exclude'), MAX_IGNORE_BYTES),
    prefix,
  );
}

/** `strip` is the way from the repository to the root of the walk, `prefix` the way from the root to the repository. */
function repositoryScope(repository: Repository, strip: string, prefix: string): RepositoryScope {
  const submodules = new Set<string>();
  const config = readSmallText(join(repository.workTree!, '.gitmodules'), MAX_IGNORE_BYTES) ?? '';
  for (const [key, value] of parseGitConfig(config))
    if (/^submodule\..*\.path$/s.test(key) && value.startsWith(strip))
      submodules.add(prefix + value.slice(strip.length));
  let tracked: Tracked | undefined;
  return { submodules, tracked: () => (tracked ??= trackedFiles(repository, strip, prefix)) };
}

function isBare(entries: readonly Named[]): boolean {
  const has = (name: string, folder: boolean): boolean =>
    entries.some((found) => found.name === name && found.entry.isDirectory() === folder);
  return has('HEAD', false) && has('objects', true) && has('refs', true);
}

/** What a link says, relative to its folder; `undefined` when it leaves the root or cannot be read. */
function linkTarget(root: string, folder: Folder, disk: string | Buffer): string | undefined {
  try {
    const target = readlinkSync(disk, 'utf8');
    if (!target.startsWith('/')) return target;
    const inside = relative(join(root, folder.path), target);
    return inside.startsWith('/') ? undefined : inside;
  } catch {
    return undefined;
  }
}
