import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';

/** What each room may import. A room not listed may import nothing. `node:` and packages are rooms too. */
const may: Record<string, readonly string[]> = {
  model: ['model'],
  analysis: ['model', 'analysis', 'package'],
  documents: ['model', 'documents', 'package'],
  engine: ['model', 'analysis', 'engine', 'node:'],
  verbs: ['model', 'analysis', 'documents', 'engine', 'verbs'],
  adapters: ['model', 'adapters', 'node:', 'package'],
  surfaces: ['model', 'analysis', 'documents', 'engine', 'verbs', 'adapters', 'surfaces', 'node:', 'package'],
};

/** Folders of another room that a room may use though the room as a whole is closed to it: leaves that know nothing of their user. */
const mayAlso: Record<string, readonly string[]> = {
  documents: ['analysis/text', 'analysis/licences', 'analysis/decisions'],
};

/** Packages that pure rooms may use: parsers of text, no IO. */
const purePackages = new Set(['smol-toml']);

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly from: string;
  readonly to: string;
  /** Room and first folder, e.g. `analysis/text`. */
  readonly folder: string;
}

function importsOf(file: string): Import[] {
  const parsed = parseSync(file, readFileSync(file, 'utf8'));
  const specifiers = [
    ...parsed.module.staticImports.map((found) => found.moduleRequest.value),
    ...parsed.module.staticExports.flatMap((found) =>
      found.entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
    ),
    ...parsed.module.dynamicImports.map((found) =>
      readFileSync(file, 'utf8').slice(found.moduleRequest.start + 1, found.moduleRequest.end - 1),
    ),
  ];
  const from = file.split('/')[1]!;
  return specifiers.map((specifier) => {
    if (specifier.startsWith('node:')) return { file, specifier, from, to: 'node:', folder: '' };
    if (!specifier.startsWith('.')) return { file, specifier, from, to: 'package', folder: '' };
    const parts = normalize(join(dirname(file), specifier)).split('/');
    return { file, specifier, from, to: parts[1]!, folder: parts.slice(1, 3).join('/') };
  });
}

const sources = globSync('src/**/*.{ts,tsx}').filter(
  (file) => !/\.test\.ts$|\/contract\.ts$|\/testing\//.test(file),
);
const imports = sources.flatMap(importsOf);

test('the check sees imports', () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(imports.length).toBeGreaterThan(20);
});

test('imports point down the rooms only', () => {
  const wrong = imports.filter(
    ({ from, to, folder }) => !may[from]?.includes(to) && !mayAlso[from]?.includes(folder),
  );
  expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
});

test('pure rooms use only parsing packages', () => {
  const wrong = imports.filter(
    ({ from, to, specifier }) =>
      to === 'package' && (from === 'analysis' || from === 'documents') && !purePackages.has(specifier),
  );
  expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
});

test('verbs never import each other', () => {
  const verb = (path: string) => path.split('/')[2]!;
  const wrong = imports.filter(
    ({ file, specifier, from, to }) =>
      from === 'verbs' && to === 'verbs' && verb(file) !== verb(normalize(join(dirname(file), specifier))),
  );
  expect(wrong).toEqual([]);
});

test('modules of Node are imported by name: all of one at once would load it at the start of every command', () => {
  const whole = sources.filter((file) => /^import \* as \w+ from 'node:/m.test(readFileSync(file, 'utf8')));
  expect(whole).toEqual([]);
});
