import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { cyclonedx } from './cyclonedx.ts';
import { objectLines } from './element-lines.ts';

const read = (value: unknown, path = 'bom.json') =>
  cyclonedx.extract(
    { path, text: typeof value === 'string' ? value : JSON.stringify(value, null, 1) },
    () => undefined,
  );
const bom = (rest: Record<string, unknown>) => ({ bomFormat: 'CycloneDX', specVersion: '1.6', ...rest });
const codes = (value: unknown, path?: string) =>
  read(value, path).problems.map((problem) => [problem.code, problem.lost]);

const sample = JSON.stringify(
  bom({
    metadata: { component: { 'bom-ref': 'app', type: 'application', name: 'app', version: '1.0.0' } },
    components: [
      {
        'bom-ref': 'a',
        type: 'library',
        group: '@scope',
        name: 'a',
        version: '1.2.3',
        purl: 'pkg:npm/%40scope/a@1.2.3',
        licenses: [{ license: { id: 'MIT' } }, { expression: 'Apache-2.0 OR GPL-2.0-only' }],
        hashes: [
          { alg: 'SHA-256', content: 'ab' },
          { alg: 'BLAKE2b-256', content: 'cd' },
        ],
        externalReferences: [{ type: 'distribution', url: 'https://registry.example.invalid/a.tgz' }],
        components: [{ 'bom-ref': 'n', type: 'library', name: 'nested', version: '0.1.0' }],
      },
      {
        'bom-ref': 'b',
        type: 'library',
        name: 'b',
        version: '2.0.0',
        scope: 'excluded',
        purl: 'pkg:npm/b@2.0.0',
      },
      {
        'bom-ref': 'c',
        type: 'library',
        name: 'c',
        version: '',
        scope: 'optional',
        versionRange: 'vers:npm/>=1',
      },
      {
        'bom-ref': 'f',
        type: 'file',
        name: 'lib.so',
        properties: [{ name: 'cdx:npm:package:development', value: 'true' }],
      },
    ],
    services: [{ 'bom-ref': 's', name: 's', services: [{ 'bom-ref': 't', name: 't' }] }],
    dependencies: [
      { ref: 'app', dependsOn: ['a', 'b', 'c', 's', 'urn:cdx:other'] },
      { ref: 'a', dependsOn: ['b'] },
      { ref: 'b' },
    ],
  }),
  null,
  1,
);

extractorContract(cyclonedx, 'build/bom.json', sample);

test('components with all that a BOM says of them, the project first', () => {
  const { components, problems, role } = read(sample);
  expect([role, problems]).toEqual(['sbom', []]);
  expect(components).toEqual([
    { name: 'app', version: '1.0.0', origin: 'project', line: 5 },
    {
      name: '@scope/a',
      version: '1.2.3',
      origin: 'registry',
      line: 13,
      purl: 'pkg:npm/%40scope/a@1.2.3',
      licence: 'MIT AND (Apache-2.0 OR GPL-2.0-only)',
      integrity: 'sha256:ab blake2b-256:cd',
      source: 'https://registry.example.invalid/a.tgz',
    },
    { name: 'nested', version: '0.1.0', origin: 'unknown', line: 47 },
    { name: 'b', version: '2.0.0', origin: 'registry', line: 55, purl: 'pkg:npm/b@2.0.0', scopes: ['dev'] },
    { name: 'c', version: '', requested: 'vers:npm/>=1', origin: 'unknown', line: 63, scopes: ['optional'] },
    { name: 'lib.so', version: '', origin: 'file', line: 71, scopes: ['dev'] },
  ]);
});

test('edges of the graph; what is nested and not mentioned hangs on its parent', () => {
  const { edges, edgesKnown } = read(sample);
  expect(edgesKnown).toBe(true);
  expect(edges.map(({ from, to, kind }) => `${from}>${to} ${kind}`)).toEqual([
    '0>1 prod',
    '0>3 dev',
    '0>4 optional',
    '1>3 dev',
    '1>2 prod',
  ]);
});

test('without dependencies the edges are not known', () => {
  expect(read(bom({ components: [{ name: 'a' }] }))).toMatchObject({
    edgesKnown: false,
    edges: [],
    problems: [],
  });
});

test.for([
  [
    'declared beats concluded',
    [
      { license: { id: 'MIT', acknowledgement: 'declared' } },
      { expression: 'ISC', acknowledgement: 'concluded' },
    ],
    'MIT',
  ],
  ['names stay names', [{ license: { name: 'Own licence' } }], 'Own licence'],
  ['repeats are one', [{ license: { id: 'MIT' } }, { license: { id: 'MIT' } }], 'MIT'],
  ['nothing said', [{ license: {} }, null, 'MIT'], undefined],
] as const)('licence: %s', ([, licenses, expected]) =>
  expect(read(bom({ components: [{ name: 'a', licenses }] })).components[0]!.licence).toBe(expected),
);

test.for([
  ['another bom.json', { name: 'x' }, 'bom.json', [['sbom/not-cyclonedx', undefined]]],
  ['a file that says it is CycloneDX', { name: 'x' }, 'x.cdx.json', [['sbom/not-cyclonedx', true]]],
  ['SPDX under a shared name', { spdxVersion: 'SPDX-2.3' }, 'sbom.json', []],
  [
    'a version of the future',
    { bomFormat: 'CycloneDX', specVersion: '2.0' },
    'bom.json',
    [['sbom/unknown-version', true]],
  ],
  [
    'a nameless component',
    bom({ components: [{ type: 'library' }] }),
    'bom.json',
    [['sbom/nameless-component', true]],
  ],
  [
    'a reference to nothing',
    bom({ dependencies: [{ ref: 'x', dependsOn: ['y'] }] }),
    'bom.json',
    [['sbom/unknown-reference', true]],
  ],
  [
    'a bom-ref twice',
    bom({
      components: [
        { 'bom-ref': 'x', name: 'a' },
        { 'bom-ref': 'x', name: 'b' },
      ],
    }),
    'bom.json',
    [['sbom/duplicate-reference', undefined]],
  ],
  [
    'hostile members',
    bom({ components: [null, 1, []], dependencies: [null, 'x', { ref: 1 }], services: [null] }),
    'bom.json',
    [],
  ],
  ['truncated', '{"bomFormat": "CycloneDX", "comp', 'bom.json', [['file/not-json', true]]],
  ['XML', '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"/>', 'bom.xml', [['sbom/xml', true]]],
  ['XML of something else', '<project/>', 'bom.xml', []],
] as const)('%s', ([, value, path, expected]) => expect(codes(value, path)).toEqual(expected));

test.for([
  ['bom.json', true],
  ['a/app.cdx.json', true],
  ['app.cyclonedx.json', true],
  ['sbom.json', true],
  ['sbom-linux.json', true],
  ['bom.xml', true],
  ['bower.json', false],
  ['sbomb.json', false],
  ['bom.json.md', false],
] as const)('claims %s: %s', ([path, expected]) => expect(cyclonedx.claims(path)).toBe(expected));

test('a key that is given twice costs the lines, not the components', () => {
  const text =
    '{"bomFormat": "CycloneDX", "specVersion": "1.6",\n"components": [{"name": "lost"}],\n"components": [\n{"name": "kept"}]}';
  expect(read(text).components).toEqual([{ name: 'kept', version: '', origin: 'unknown', line: 0 }]);
});

test('lines of nested objects, whatever strings hold', () => {
  const text =
    '{"x": "components\\": [{",\n"components": [\n{"name": "[{", "components": [\n{}, {"other": {"components": [{}]}}\n]},\n{}]}';
  expect(objectLines(text, { path: ['components', '*'], nested: 'components' })).toEqual([3, 4, 4, 6]);
});

const spec = new URL('../../../../../shared/data/spec/cyclonedx/', import.meta.url);
test.skipIf(!existsSync(spec))(
  'the specification’s own valid files are read whole (skipped where they are absent)',
  () => {
    const files = globSync('1.*/*.json', { cwd: spec.pathname });
    expect(files.length).toBeGreaterThan(200);
    for (const file of files) {
      const text = readFileSync(new URL(file, spec), 'utf8');
      const { components, problems } = read(text, 'x.cdx.json');
      if (file.includes('/invalid-')) continue;
      const count = (list: readonly { components?: [] }[] = []): number =>
        list.reduce((sum, one) => sum + 1 + count(one.components), 0);
      const parsed = JSON.parse(text) as { components?: []; metadata?: { component?: object } };
      const main = parsed.metadata?.component;
      const expected = count(parsed.components) + count(main === undefined ? [] : [main]);
      expect([file, problems, components.length]).toEqual([file, [], expected]);
      expect([file, components.every((component) => component.line > 0)]).toEqual([file, true]);
    }
  },
);
