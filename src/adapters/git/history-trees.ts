import { posix } from 'node:path';
import { AssayError } from '../../model/problem.ts';
import type { Problem } from '../../model/problem.ts';
import type { HistoryFile, HistoryFiles } from '../../model/commit-history.ts';
import type { Objects } from './objects.ts';
import { unsafePath } from './path-bytes.ts';
import { isInstalled } from '../tree/left-out.ts';
import { MODE_FOLDER, MODE_LINK, MODE_SUBMODULE, parseTree } from './tree-object.ts';
import type { TreeObjectEntry } from './tree-object.ts';

const MAX_DEPTH = 1024;
const MAX_LINK_STEPS = 16;
const MAX_LINK_BYTES = 4096;
/** Parsed folders that are kept for look-ups of single paths. */
const MOST_PARSED = 2048;

/** What is wanted of one folder. Equal folders are one object, so that `id` tells them apart. */
interface Node {
  readonly id: number;
  readonly files: readonly HistoryFile[];
  readonly links: readonly HistoryFile[];
  readonly problems: readonly Problem[];
  readonly submodules: number;
  readonly children: readonly Node[];
}

type Draft = Omit<Node, 'id'>;

/**
 * Looks into the trees of many commits. A folder is read once for each path that it is seen under: from one commit to the next
 * nearly all are the same. Folders without anything wanted count as equal, so commits that touch only code have equal ids.
 */
export function historyTrees(
  idBytes: number,
  objects: Objects,
  folder: string,
): {
  files(tree: string, wanted: (path: string) => boolean): HistoryFiles;
  blobAt(tree: string, path: string): string | undefined;
} {
  const seenBy = new Map<(path: string) => boolean, Map<string, Node>>();
  const distinct = new Map<string, Node>();
  const parsed = new Map<string, TreeObjectEntry[] | Problem>();
  const tops = new Map<string, string | undefined>();

  const entriesOf = (id: string): TreeObjectEntry[] | Problem => {
    const known = parsed.get(id);
    if (known !== undefined) return known;
    const made = readFolder(id, idBytes, objects);
    if (parsed.size >= MOST_PARSED) parsed.clear();
    parsed.set(id, made);
    return made;
  };

  const intern = (draft: Draft): Node => {
    const key = JSON.stringify([
      draft.files.map(({ path, blob }) => [path, blob]),
      draft.links.map(({ path, blob }) => [path, blob]),
      draft.problems,
      draft.submodules,
      draft.children.map(({ id }) => id),
    ]);
    const known = distinct.get(key);
    if (known !== undefined) return known;
    const node = { id: distinct.size, ...draft };
    distinct.set(key, node);
    return node;
  };
  const empty = intern({ files: [], links: [], problems: [], submodules: 0, children: [] });

  const look = (tree: string, prefix: string, depth: number, wanted: (path: string) => boolean): Node => {
    const key = `${prefix}\0${tree}`;
    let seen = seenBy.get(wanted);
    if (seen === undefined) seenBy.set(wanted, (seen = new Map()));
    const known = seen.get(key);
    if (known !== undefined) return known;
    const node = draftOf(tree, prefix, depth, wanted);
    seen.set(key, node);
    return node;
  };

  const draftOf = (tree: string, prefix: string, depth: number, wanted: (path: string) => boolean): Node => {
    const entries = entriesOf(tree);
    const at = { path: prefix === '' ? '.' : prefix.slice(0, -1) };
    if (!Array.isArray(entries))
      return intern({ files: [], links: [], problems: [{ ...entries, at }], submodules: 0, children: [] });
    const files: HistoryFile[] = [];
    const links: HistoryFile[] = [];
    const problems: Problem[] = [];
    const children: Node[] = [];
    let submodules = 0;
    for (const { mode, name, id } of entries) {
      if (mode === MODE_FOLDER) {
        if (isInstalled(name)) continue;
        const wrong = name === '.git' ? 'the name' : unsafePath(name);
        if (wrong !== undefined) problems.push(unsafeName(name, wrong, at.path));
        else if (depth === MAX_DEPTH)
          problems.push({
            code: 'tree/too-deep',
            message: `folders nest deeper than ${MAX_DEPTH} levels`,
            at,
            lost: true,
          });
        else {
          const child = look(id, `${prefix}${name}/`, depth + 1, wanted);
          if (child !== empty) children.push(child);
        }
      } else if (mode === MODE_SUBMODULE) submodules++;
      else {
        const path = prefix + name;
        if (!wanted(path)) continue;
        const wrong = name.includes('/') ? 'a slash in the name' : unsafePath(name);
        if (wrong !== undefined) problems.push(unsafeName(name, wrong, at.path));
        else (mode === MODE_LINK ? links : files).push({ path, blob: id });
      }
    }
    return intern({ files, links, problems, submodules, children });
  };

  const topOf = (tree: string): string | undefined => {
    if (folder === '') return tree;
    if (!tops.has(tree)) tops.set(tree, entryAt(tree, folder, MODE_FOLDER)?.id);
    return tops.get(tree);
  };

  const entryAt = (tree: string, path: string, mode?: number): TreeObjectEntry | undefined => {
    let id = tree;
    const parts = path.split('/');
    for (let i = 0; i < parts.length; i++) {
      const entries = entriesOf(id);
      const found = Array.isArray(entries) ? entries.find(({ name }) => name === parts[i]) : undefined;
      if (found === undefined) return undefined;
      if (i === parts.length - 1) return mode === undefined || found.mode === mode ? found : undefined;
      if (found.mode !== MODE_FOLDER) return undefined;
      id = found.id;
    }
    return undefined;
  };

  /** The file that a link ends at, over other links, when it has another name: its own name says how to read it. */
  const behind = (top: string, link: HistoryFile): HistoryFile | undefined => {
    let path = link.path;
    let blob = link.blob;
    for (let step = 0; step < MAX_LINK_STEPS; step++) {
      const target = linkText(blob, objects);
      if (target === undefined || target.startsWith('/') || target.includes('\0')) return undefined;
      const end = posix.normalize(posix.join(posix.dirname(path), target)).replace(/\/$/, '');
      if (end === '.' || end === '..' || end.startsWith('../')) return undefined;
      const entry = entryAt(top, end);
      if (entry === undefined || entry.mode === MODE_FOLDER || entry.mode === MODE_SUBMODULE)
        return undefined;
      if (entry.mode !== MODE_LINK)
        return posix.basename(end) === posix.basename(link.path)
          ? undefined
          : { path: link.path, blob: entry.id };
      path = end;
      blob = entry.id;
    }
    return undefined;
  };

  return {
    files: (tree, wanted) => {
      const top = topOf(tree);
      if (top === undefined) return { id: empty.id, files: [], problems: [], submodules: 0 };
      const node = look(top, '', 0, wanted);
      const files: HistoryFile[] = [];
      const problems: Problem[] = [];
      let submodules = 0;
      let hasLinks = false;
      const stack = [node];
      for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
        for (const file of next.files) files.push(file);
        for (const problem of next.problems) problems.push(problem);
        submodules += next.submodules;
        for (const link of next.links) {
          hasLinks = true;
          const settled = behind(top, link);
          if (settled !== undefined) files.push(settled);
        }
        for (const child of next.children) stack.push(child);
      }
      files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
      return { id: hasLinks ? -1 : node.id, files, problems, submodules };
    },
    blobAt: (tree, path) => {
      if (path.split('/').some(isInstalled)) return undefined;
      const top = topOf(tree);
      const entry = top === undefined ? undefined : entryAt(top, path);
      return entry === undefined || [MODE_FOLDER, MODE_LINK, MODE_SUBMODULE].includes(entry.mode)
        ? undefined
        : entry.id;
    },
  };
}

function unsafeName(name: string, wrong: string, path: string): Problem {
  return {
    code: 'git/unsafe-name',
    message: `${JSON.stringify(name)} is left out: ${wrong} is not allowed`,
    at: { path },
    lost: true,
  };
}

function readFolder(id: string, idBytes: number, objects: Objects): TreeObjectEntry[] | Problem {
  try {
    const object = objects.read(id);
    const entries = object.type === 'tree' ? parseTree(object.bytes, idBytes) : undefined;
    return entries ?? { code: 'git/damaged-object', message: `tree ${id} cannot be read`, lost: true };
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const { code, message, hint } = error;
    return { code, message, lost: true, ...(hint === undefined ? {} : { hint }) };
  }
}

function linkText(blob: string, objects: Objects): string | undefined {
  try {
    return objects.read(blob, MAX_LINK_BYTES).bytes.toString('utf8');
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}
