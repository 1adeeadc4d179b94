/**
 * Writes the files of a new plugin and the line that lists it:
 *   npm run new-plugin -- extractor npm/foo-lock foo.lock
 *   npm run new-plugin -- reporter junit
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const USAGE = `usage: npm run new-plugin -- extractor ECOSYSTEM/NAME FILE
       npm run new-plugin -- reporter NAME`;

/** Files to write, and edits to existing ones. Pure: `read` gives the text of a file of the checkout. */
export function planPlugin(
  argv: readonly string[],
  read: (path: string) => string | undefined,
): Map<string, string> {
  const [kind, id, file] = argv;
  if (kind === 'extractor' && id !== undefined && file !== undefined && /^[a-z-]+\/[a-z0-9-]+$/.test(id))
    return extractor(id, file, read);
  if (kind === 'reporter' && id !== undefined && /^[a-z0-9-]+$/.test(id)) return reporter(id, read);
  throw new Error(USAGE);
}

function extractor(
  id: string,
  file: string,
  read: (path: string) => string | undefined,
): Map<string, string> {
  const [folder, name] = id.split('/') as [string, string];
  const index = `src/analysis/ecosystems/${folder}/index.ts`;
  const list = read(index);
  if (list === undefined)
    throw new Error(`there is no ecosystem folder ${folder}: make ${index} first (src/model/ecosystem.ts)`);
  const ecosystem = /id: '([^']+)'/.exec(list)?.[1] ?? folder;
  const constant = camel(name);
  const code = `import type { Extraction, Extractor, SourceFile } from '../../../model/extractor.ts';
import { baseName } from '../../text/paths.ts';

/** Reads ${file}. Format: (say where it is specified). */
export const ${constant}: Extractor = {
  id: '${id}',
  version: 1,
  ecosystem: '${ecosystem}',
  title: '${file}',
  files: ['${file}'],
  notes: 'Gives every entry with its line. (Say what it does not give.)',
  claims: (path) => baseName(path) === '${file}',
  extract,
};

function extract(file: SourceFile): Extraction {
  return {
    role: 'lock',
    components: [],
    edges: [],
    edgesKnown: false,
    covers: [],
    observations: [],
    problems: [
      { code: '${folder}/unread', message: 'this format is not read yet', at: { path: file.path }, lost: true },
    ],
  };
}
`;
  const test = `import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { ${constant} } from './${name}.ts';

const sample = '(the smallest good ${file})';

extractorContract(${constant}, '${file}', sample);

test('gives name, version and line of every entry', () => {
  const { components } = ${constant}.extract({ path: '${file}', text: sample }, () => undefined);
  expect(components.map((c) => [c.name, c.version, c.line])).toEqual([['name', '1.0.0', 1]]);
});
`;
  return new Map([
    [`src/analysis/ecosystems/${folder}/${name}.ts`, code],
    [`src/analysis/ecosystems/${folder}/${name}.test.ts`, test],
    [index, listed(list, constant, `./${name}.ts`)],
  ]);
}

function reporter(id: string, read: (path: string) => string | undefined): Map<string, string> {
  const constant = `${camel(id)}Reporter`;
  const index = 'src/documents/index.ts';
  const list = read(index);
  if (list === undefined) throw new Error(`${index} is missing`);
  const code = `import type { Reporter, Snapshot } from '../../model/result.ts';

/** A scan as ${id}. Format: (say where it is specified). */
export const ${constant}: Reporter = {
  id: '${id}',
  mediaType: 'text/plain',
  report: (snapshot: Snapshot): string => \`\${snapshot.findings.length} findings\\n\`,
};
`;
  const test = `import { expect, test } from 'vitest';
import { ${constant} } from './${id}.ts';

test('says what it is', () => expect(${constant}.mediaType).toBe('text/plain'));
`;
  return new Map([
    [`src/documents/${id}/${id}.ts`, code],
    [`src/documents/${id}/${id}.test.ts`, test],
    [index, listed(list, constant, `./${id}/${id}.ts`)],
  ]);
}

/** Adds the import and the entry to a file that holds one list, \`= [\` or \`extractors: [\`. */
function listed(text: string, constant: string, from: string): string {
  const opening = /(extractors: \[|Reporter\[\] = \[)/.exec(text);
  if (opening === null) throw new Error('the list was not found: add the line by hand');
  const at = opening.index + opening[0].length;
  return `import { ${constant} } from '${from}';\n${text.slice(0, at)}${constant}, ${text.slice(at)}`;
}

const camel = (name: string): string =>
  name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

if (import.meta.main) {
  try {
    const files = planPlugin(process.argv.slice(2), (path) =>
      existsSync(path) ? readFileSync(path, 'utf8') : undefined,
    );
    for (const [path, text] of files) {
      const isList = path.endsWith('/index.ts');
      if (existsSync(path) && !isList) throw new Error(`${path} exists already`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      console.log(`${isList ? 'listed in' : 'wrote'} ${path}`);
    }
    console.log('next: fill it in, `npm run format`, `npm run docs`, `npm run check`');
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}
