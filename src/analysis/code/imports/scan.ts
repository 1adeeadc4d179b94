import { baseName } from '../../text/paths.ts';
import { scanJavascript, type ScannedCode } from './javascript.ts';
import { scanPython } from './python.ts';

/** The language of a file of code that is read for imports, by its name; `undefined` for others and for what is minified by its name. */
export function languageOf(path: string): 'javascript' | 'component' | 'python' | undefined {
  const dot = path.lastIndexOf('.');
  switch (dot === -1 ? '' : path.slice(dot + 1).toLowerCase()) {
    case 'js':
    case 'mjs':
    case 'cjs':
    case 'jsx':
    case 'ts':
    case 'mts':
    case 'cts':
    case 'tsx':
      return path.endsWith('.min.js') ? undefined : 'javascript';
    case 'vue':
    case 'svelte':
    case 'astro':
    case 'mdx':
      return 'component';
    case 'py':
    case 'pyi':
      return 'python';
    default:
      return undefined;
  }
}

/** Whether a file's kind is told by its first line alone: its name has no ending. */
export const needsFirstLine = (path: string): boolean => !baseName(path).includes('.');

/** The language that a script's first line names; `shell` for any other program, `undefined` for what is no script. */
export function languageOfScript(text: string): 'javascript' | 'python' | 'shell' | undefined {
  if (!text.startsWith('#!')) return undefined;
  const first = text.slice(0, 200).split('\n', 1)[0]!;
  if (/\b(?:node|nodejs|deno|bun|tsx|ts-node|zx)\b/.test(first)) return 'javascript';
  return /\bpython[\d.]*\b/.test(first) ? 'python' : 'shell';
}

/** Imports of a file. Of a component file (Vue, Svelte, Astro) the scripts alone, since text between tags is no code. */
export function scanCode(text: string, language: NonNullable<ReturnType<typeof languageOf>>): ScannedCode {
  switch (language) {
    case 'javascript':
      return scanJavascript(text);
    case 'python':
      return scanPython(text);
    case 'component':
      return scanJavascript(scriptsOf(text));
  }
}

/** What is not inside `<script>` or Astro's front matter is replaced by its line breaks, so that lines stay. Without either, the whole text. */
function scriptsOf(text: string): string {
  const pieces: string[] = [];
  let done = 0;
  const keep = (from: number, to: number): void => {
    pieces.push(text.slice(done, from).replace(/[^\n]+/g, ''), text.slice(from, to));
    done = to;
  };
  if (text.startsWith('---')) {
    const close = text.indexOf('\n---', 3);
    if (close !== -1) keep(3, close);
  }
  let open = -1;
  for (const { 0: tag, index } of text.matchAll(/<\/?script/gi)) {
    if (index < done) continue;
    if (tag.length === 7) {
      if (open === -1) open = text.indexOf('>', index) + 1;
      if (open === 0) break;
    } else if (open > 0) {
      keep(Math.min(open, index), index);
      open = -1;
    }
  }
  if (open > 0) keep(open, text.length);
  return pieces.length === 0 ? text : pieces.join('');
}
