import type { Problem } from '../../../model/problem.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { eachLine } from '../../text/lines.ts';

/** A module at a version, as one line names it. */
export interface ModuleLine {
  readonly path: string;
  /** As written, with its `v`; `''` when the line has none. */
  readonly version: string;
  readonly line: number;
}

export interface Requirement extends ModuleLine {
  /** Marked `// indirect`: no package of the main module imports it. */
  readonly isIndirect: boolean;
}

export interface Replacement {
  readonly from: ModuleLine;
  /** A path that starts with `./`, `../` or `/` is a folder, and then it has no version. */
  readonly to: ModuleLine;
}

/** What a go.mod or go.work says. Directives without a meaning for us (exclude, retract, godebug, tool, ignore) are read over. */
export interface ModFile {
  readonly module: ModuleLine | undefined;
  /** `go 1.22.3` → `1.22.3`. */
  readonly go: ModuleLine | undefined;
  /** `toolchain go1.22.3-custom` → `1.22.3`; `toolchain default` is none. */
  readonly toolchain: ModuleLine | undefined;
  readonly requires: readonly Requirement[];
  readonly replaces: readonly Replacement[];
  /** Folders that a go.work uses. */
  readonly uses: readonly ModuleLine[];
  readonly problems: readonly Problem[];
}

const DIRECTIVES = new Set([
  'module', 'go', 'toolchain', 'godebug', 'require', 'exclude', 'replace', 'retract', 'tool', 'ignore', 'use',
]); // prettier-ignore

/**
 * Reads go.mod and go.work, which share their grammar: one directive a line, or a block of them in round brackets.
 * https://go.dev/ref/mod#go-mod-file-grammar, https://go.dev/ref/mod#go-work-file
 */
export function parseModFile(text: string, path: string): ModFile {
  const problems: Problem[] = [];
  const requires: Requirement[] = [];
  const replaces: Replacement[] = [];
  const uses: ModuleLine[] = [];
  const single: { module?: ModuleLine; go?: ModuleLine; toolchain?: ModuleLine } = {};
  let block: { readonly verb: string; readonly line: number } | undefined;

  const lose = (code: string, message: string, line: number, hint?: string): void => {
    problems.push({ code, message, at: { path, line }, lost: true, ...(hint === undefined ? {} : { hint }) });
  };
  const marker = findMergeMarker(text);
  if (marker !== undefined) problems.push(mergeConflict(path, marker));
  else if (text.trim() === '')
    problems.push({
      code: 'file/empty',
      message: 'the file is empty; expected a module',
      at: { path },
      lost: true,
    });

  const directive = (verb: string, words: readonly string[], comment: string, line: number): void => {
    const expected = (what: string): void =>
      lose(
        'go/malformed-directive',
        `expected \`${verb} ${what}\`, found ${JSON.stringify(clip(words.join(' ')))}`,
        line,
      );
    const [first = '', second = ''] = words;
    switch (verb) {
      case 'module':
        if (words.length !== 1) return expected('PATH');
        single.module ??= { path: first, version: '', line };
        return;
      case 'go':
        if (words.length !== 1 || !/^\d/.test(first)) return expected('VERSION');
        single.go ??= { path: 'stdlib', version: first, line };
        return;
      case 'toolchain':
        if (words.length !== 1) return expected('NAME');
        if (first.startsWith('go'))
          single.toolchain ??= { path: 'stdlib', version: first.slice(2).split('-', 1)[0]!, line };
        return;
      case 'require':
        if (words.length !== 2 || !/^[\w.~/+-]+$/.test(first)) return expected('MODULE VERSION');
        requires.push({ path: first, version: second, line, isIndirect: isIndirect(comment) });
        return;
      case 'replace': {
        const arrow = words.indexOf('=>');
        const left = arrow === -1 ? [] : words.slice(0, arrow);
        const right = arrow === -1 ? [] : words.slice(arrow + 1);
        if (left.length < 1 || left.length > 2 || right.length < 1 || right.length > 2)
          return expected('MODULE [VERSION] => MODULE-OR-FOLDER [VERSION]');
        replaces.push({
          from: { path: left[0]!, version: left[1] ?? '', line },
          to: { path: right[0]!, version: right[1] ?? '', line },
        });
        return;
      }
      case 'use':
        if (words.length !== 1) return expected('FOLDER');
        uses.push({ path: first, version: '', line });
    }
  };

  if (marker === undefined)
    eachLine(text, (raw, line) => {
      const { words, comment } = wordsOf(raw);
      if (words.length === 0) return;
      if (block !== undefined) {
        if (words[0] === ')') block = undefined;
        else directive(block.verb, words, comment, line);
        return;
      }
      const verb = words[0]!;
      if (!DIRECTIVES.has(verb))
        lose('go/unknown-directive', `unknown directive ${JSON.stringify(clip(verb))}`, line);
      else if (words[1] === '(' && words.at(-1) === ')') {
        if (words.length > 3) directive(verb, words.slice(2, -1), comment, line);
      } else if (words[1] === '(' && words.length === 2) block = { verb, line };
      else directive(verb, words.slice(1), comment, line);
    });
  if (block !== undefined)
    lose('file/truncated', `the file ends inside the block \`${block.verb} (\``, block.line);
  return {
    module: single.module,
    go: single.go,
    toolchain: single.toolchain,
    requires,
    replaces,
    uses,
    problems: problems.length > 20 ? [...problems.slice(0, 20), more(problems.length - 20, path)] : problems,
  };
}

/** Whether a replacement's path is a folder rather than a module. */
export const isFolder = (path: string): boolean => /^(\.\.?(\/|\\|$)|\/|[A-Za-z]:[\\/])/.test(path);

/** Looks up the replacement of a module at a version: one that names the version goes before one that does not. */
export function replacementsOf(
  replaces: readonly Replacement[],
): (wanted: ModuleLine) => Replacement | undefined {
  const byKey = new Map<string, Replacement>();
  for (const replace of replaces) {
    const key = `${replace.from.path} ${replace.from.version}`;
    if (!byKey.has(key)) byKey.set(key, replace);
  }
  return (wanted) => byKey.get(`${wanted.path} ${wanted.version}`) ?? byKey.get(`${wanted.path} `);
}

const more = (count: number, path: string): Problem => ({
  code: 'go/malformed-directive',
  message: `${count} more lines could not be read`,
  at: { path },
  lost: true,
});

/** The go command takes `// indirect` and `// indirect; why`, nothing else. */
const isIndirect = (comment: string): boolean => /^\s*indirect(\s*$|;\s)/.test(comment);

/** Words of a line, quotes taken off; brackets are words of their own at the ends. The comment comes without its slashes. */
function wordsOf(raw: string): { readonly words: readonly string[]; readonly comment: string } {
  const words: string[] = [];
  let i = 0;
  while (i < raw.length) {
    const char = raw[i]!;
    if (char === ' ' || char === '\t' || char === '\r' || char === ',') i++;
    else if (char === '/' && raw[i + 1] === '/') return { words, comment: raw.slice(i + 2) };
    else if (char === '(' || char === ')' || char === '[' || char === ']') {
      words.push(char);
      i++;
    } else if (char === '"' || char === '`') {
      const close = raw.indexOf(char, i + 1);
      const end = close === -1 ? raw.length : close;
      words.push(raw.slice(i + 1, end));
      i = end + 1;
    } else {
      const start = i;
      while (i < raw.length && !isWordEnd(raw, i)) i++;
      words.push(raw.slice(start, i));
    }
  }
  return { words, comment: '' };
}

function isWordEnd(raw: string, i: number): boolean {
  const char = raw[i]!;
  if (char === ' ' || char === '\t' || char === '\r' || char === ',' || char === '(' || char === ')')
    return true;
  return char === '/' && raw[i + 1] === '/';
}

const clip = (text: string, most = 60): string => (text.length > most ? `${text.slice(0, most)}…` : text);
