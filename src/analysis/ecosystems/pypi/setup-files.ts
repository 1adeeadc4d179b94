import type { Extractor, Scope } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { eachLine } from '../../text/lines.ts';
import { manifestExtraction } from './manifest.ts';
import type { Declared, Pyproject } from './pyproject-read.ts';
import { parseRequirement } from './requirement.ts';
import { isDevelopmentName } from './requirements-files.ts';

/** setuptools' declarative configuration. https://setuptools.pypa.io/en/latest/userguide/declarative_config.html */
export const setupCfg: Extractor = {
  id: 'pypi/setup-cfg',
  version: 1,
  ecosystem: 'PyPI',
  title: 'setup.cfg',
  files: ['setup.cfg'],
  notes:
    '`install_requires`, `setup_requires`, `tests_require` and `[options.extras_require]`. Ranges, not versions, unless pinned. ' +
    'Lists that come from a file (`file: requirements.txt`) are read where that file stands.',
  claims: (path) => /(?:^|\/)setup\.cfg$/.test(path),
  extract: (file) => manifestExtraction(readSetupCfg(file.text, file.path)),
};

/** setuptools' code. Only what can be told without running it. */
export const setupPy: Extractor = {
  id: 'pypi/setup-py',
  version: 1,
  ecosystem: 'PyPI',
  title: 'setup.py',
  files: ['setup.py'],
  notes:
    'It is code and is never run. Lists of plain strings given to `install_requires`, `setup_requires` and `tests_require` are read; ' +
    'anything computed is named as not read (`pypi/code-manifest`), which does not hold up a policy.',
  claims: (path) => /(?:^|\/)setup\.py$/.test(path),
  extract: (file) => manifestExtraction(readSetupPy(file.text, file.path)),
};

const KINDS: ReadonlyMap<string, Scope> = new Map([
  ['install_requires', 'prod'],
  ['setup_requires', 'build'],
  ['tests_require', 'dev'],
]);

interface Sink {
  readonly path: string;
  readonly declared: Declared[];
  readonly problems: Problem[];
}

function readSetupCfg(text: string, path: string): Pyproject {
  const out: Sink = { path, declared: [], problems: [] };
  let section = '';
  let key = '';
  let name = '';
  let version = '';
  const marker = findMergeMarker(text);
  if (marker !== undefined) {
    return {
      name,
      version,
      declared: [],
      problems: [mergeConflict(path, marker)],
    };
  }
  eachLine(text, (line, number) => {
    const first = line.charCodeAt(0);
    const content = line.trim();
    if (content === '' || content.startsWith('#') || content.startsWith(';')) return;
    if (first === 32 || first === 9) {
      configValue(out, section, key, content, number);
      return;
    }
    key = '';
    if (content.startsWith('[')) {
      section = content.slice(1, content.indexOf(']') === -1 ? undefined : content.indexOf(']')).trim();
      return;
    }
    const at = content.search(/[=:]/);
    if (at === -1) return;
    key = content.slice(0, at).trim();
    const value = content.slice(at + 1).trim();
    if (section === 'metadata' && key === 'name') name = value;
    else if (section === 'metadata' && key === 'version' && /^\d[^\s:]*$/.test(value)) version = value;
    if (value !== '') configValue(out, section, key, value, number);
  });
  return { name, version, declared: out.declared, problems: out.problems };
}

function configValue(out: Sink, section: string, key: string, value: string, line: number): void {
  const extra = section === 'options.extras_require';
  const kind = extra ? extraKind(key) : section === 'options' ? KINDS.get(key) : undefined;
  // `file: requirements.txt` names a file that is read on its own; `%(x)s` is filled in by the reader.
  if (kind === undefined || value.startsWith('file:') || value.includes('%(')) return;
  declare(out, withoutComment(value), kind, line);
}

function withoutComment(value: string): string {
  const hash = value.indexOf(' #');
  return hash === -1 ? value : value.slice(0, hash);
}

const extraKind = (extra: string): Scope => (isDevelopmentName(extra) ? 'dev' : 'optional');

function declare(out: Sink, text: string, kind: Scope, line: number): void {
  const found = parseRequirement(text);
  if (found === undefined) {
    const message = `expected a requirement such as \`name>=1.2\`, found ${JSON.stringify(text.slice(0, 60))}`;
    out.problems.push({ code: 'pypi/requirement-unread', message, at: { path: out.path, line }, lost: true });
    return;
  }
  out.declared.push({
    name: found.name,
    range: found.specifier,
    ...(found.url === undefined ? {} : { url: found.url }),
    extras: found.extras,
    kind,
    isConditional: found.marker !== '',
    line,
  });
}

function readSetupPy(text: string, path: string): Pyproject {
  const out: Sink = { path, declared: [], problems: [] };
  const computed: { readonly name: string; readonly line: number }[] = [];
  const call = /\b(install_requires|setup_requires|tests_require|extras_require)["']?\s*[=:](?!=)/g;
  let line = 1;
  let counted = 0;
  let readTo = 0;
  for (const found of text.matchAll(call)) {
    const start = found.index + found[0].length;
    if (found.index < readTo) continue;
    for (; counted < found.index; counted++) if (text.charCodeAt(counted) === 10) line++;
    const kind = KINDS.get(found[1]!);
    const list = kind === undefined ? undefined : literalList(text, start);
    if (list === undefined) {
      computed.push({ name: found[1]!, line });
      continue;
    }
    readTo = list.end;
    for (const item of list.items) declare(out, item.text, kind!, line + item.line);
  }
  if (computed.length > 0)
    out.problems.push({
      code: 'pypi/code-manifest',
      message: `${[...new Set(computed.map((one) => one.name))].join(' and ')} of setup.py is computed, and code is not run: what it asks for is not known here`,
      at: { path, line: computed[0]!.line },
      hint: 'declare dependencies in pyproject.toml, where tools can read them',
    });
  return { name: '', version: '', declared: out.declared, problems: out.problems };
}

/** Strings of a `[…]` that holds nothing but strings, commas and comments; `line` counts from the bracket's. */
function literalList(
  text: string,
  start: number,
):
  | { readonly items: readonly { readonly text: string; readonly line: number }[]; readonly end: number }
  | undefined {
  const items: { text: string; line: number }[] = [];
  let line = 0;
  let at = start;
  while (text[at] === ' ') at++;
  if (text[at] !== '[') return undefined;
  // Two strings without a comma between them are one string in Python: that is not for us to tell.
  let isFresh = true;
  for (at++; at < text.length; at++) {
    const char = text[at]!;
    if (char === ']') return { items, end: at };
    if (char === '\n') line++;
    else if (char === ',') isFresh = true;
    else if (char === '#') {
      const end = text.indexOf('\n', at);
      if (end === -1) return undefined;
      at = end - 1;
    } else if (char === '"' || char === "'") {
      const close = text.indexOf(char, at + 1);
      const inner = close === -1 ? '\n' : text.slice(at + 1, close);
      if (!isFresh || inner.includes('\n') || inner.includes('\\') || inner === '') return undefined;
      isFresh = false;
      items.push({ text: inner, line });
      at = close;
    } else if (char !== ' ' && char !== '\t' && char !== '\r') return undefined;
  }
  return undefined;
}
