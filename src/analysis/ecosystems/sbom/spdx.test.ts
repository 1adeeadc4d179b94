import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { spdx } from './spdx.ts';

const read = (value: unknown, path = 'app.spdx.json') =>
  spdx.extract(
    { path, text: typeof value === 'string' ? value : JSON.stringify(value, null, 1) },
    () => undefined,
  );
const pkg = (id: string, rest: Record<string, unknown> = {}) => ({
  SPDXID: `SPDXRef-${id}`,
  name: id,
  ...rest,
});
const says = (a: string, relationshipType: string, b: string) => ({
  spdxElementId: a === 'DOC' ? 'SPDXRef-DOCUMENT' : `SPDXRef-${a}`,
  relationshipType,
  relatedSpdxElement: `SPDXRef-${b}`,
});
const document = (rest: Record<string, unknown>) => ({ spdxVersion: 'SPDX-2.3', ...rest });

const sample = JSON.stringify(
  document({
    packages: [
      pkg('lib', {
        versionInfo: '1.2.3',
        licenseDeclared: 'MIT',
        licenseConcluded: 'ISC',
        downloadLocation: 'https://registry.example.invalid/lib.tgz',
        checksums: [{ algorithm: 'SHA1', checksumValue: 'ab' }],
        externalRefs: [
          { referenceType: 'cpe23Type', referenceLocator: 'cpe:2.3:a' },
          { referenceType: 'purl', referenceLocator: 'pkg:npm/lib@1.2.3' },
        ],
      }),
      pkg('app', {
        versionInfo: '1.0.0',
        downloadLocation: 'NOASSERTION',
        licenseDeclared: 'NOASSERTION',
        licenseConcluded: 'Apache-2.0',
      }),
      pkg('test', { versionInfo: '4.0.0' }),
      pkg('held'),
    ],
    files: [{ SPDXID: 'SPDXRef-file', fileName: './a' }],
    relationships: [
      says('DOC', 'DESCRIBES', 'app'),
      says('app', 'DEPENDS_ON', 'lib'),
      says('test', 'TEST_DEPENDENCY_OF', 'app'),
      says('app', 'CONTAINS', 'held'),
      says('app', 'CONTAINS', 'lib'),
      says('app', 'CONTAINS', 'file'),
      says('app', 'DEPENDS_ON', 'file'),
      { spdxElementId: 'SPDXRef-app', relationshipType: 'DEPENDS_ON', relatedSpdxElement: 'NOASSERTION' },
      {
        spdxElementId: 'SPDXRef-app',
        relationshipType: 'DEPENDS_ON',
        relatedSpdxElement: 'DocumentRef-x:SPDXRef-y',
      },
    ],
  }),
  null,
  1,
);

extractorContract(spdx, 'app.spdx.json', sample);

test('packages, the described one first as the project', () => {
  const { components, problems, edgesKnown } = read(sample);
  expect([problems, edgesKnown]).toEqual([[], true]);
  expect(components).toEqual([
    { name: 'app', version: '1.0.0', origin: 'project', line: 28, licence: 'Apache-2.0' },
    {
      name: 'lib',
      version: '1.2.3',
      origin: 'registry',
      line: 4,
      purl: 'pkg:npm/lib@1.2.3',
      licence: 'MIT',
      integrity: 'sha1:ab',
      source: 'https://registry.example.invalid/lib.tgz',
    },
    { name: 'test', version: '4.0.0', origin: 'unknown', line: 36 },
    { name: 'held', version: '', origin: 'unknown', line: 41 },
  ]);
});

test('relationships become edges from the one that asks', () => {
  expect(read(sample).edges.map(({ from, to, kind }) => `${from}>${to} ${kind}`)).toEqual([
    '0>1 prod',
    '0>2 dev',
    '0>3 prod',
  ]);
});

test.for([
  ['DEPENDS_ON', '0>1 prod'],
  ['DEPENDENCY_OF', '1>0 prod'],
  ['DEV_DEPENDENCY_OF', '1>0 dev'],
  ['OPTIONAL_DEPENDENCY_OF', '1>0 optional'],
  ['PROVIDED_DEPENDENCY_OF', '1>0 peer'],
  ['BUILD_TOOL_OF', '1>0 build'],
  ['DYNAMIC_LINK', '0>1 prod'],
  ['HAS_PREREQUISITE', '0>1 prod'],
  ['PREREQUISITE_FOR', '1>0 prod'],
  ['CONTAINS', '0>1 prod'],
  ['CONTAINED_BY', '1>0 prod'],
  ['COPY_OF', ''],
] as const)('a %s b: %s', ([type, expected]) => {
  const { edges } = read(document({ packages: [pkg('a'), pkg('b')], relationships: [says('a', type, 'b')] }));
  expect(edges.map(({ from, to, kind }) => `${from}>${to} ${kind}`).join()).toBe(expected);
});

test('a document that describes everything it lists has no project', () => {
  const packages = [pkg('a'), pkg('b'), pkg('c')];
  const describes = packages.map((one) => one.SPDXID);
  const projects = (relationships: unknown[]) =>
    read(document({ packages, documentDescribes: describes, relationships }))
      .components.filter((component) => component.origin === 'project')
      .map((component) => component.name);
  expect(projects([])).toEqual([]);
  expect(projects([says('b', 'DEPENDS_ON', 'c')])).toEqual(['b']);
});

test.for([
  ['another file of the name', { name: 'x' }, 'x.spdx.json', [['sbom/not-spdx', true]]],
  ['another file of a shared name', { name: 'x' }, 'sbom.json', []],
  [
    'SPDX 3',
    { '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld' },
    'x.spdx.json',
    [['sbom/spdx-3', true]],
  ],
  [
    'SPDX 3 with several contexts',
    { '@context': ['https://spdx.org/rdf/3.0.1/spdx-context.jsonld', {}] },
    'x.spdx.json',
    [['sbom/spdx-3', true]],
  ],
  ['an unknown version', { spdxVersion: 'SPDX-2.9' }, 'x.spdx.json', [['sbom/unknown-version', true]]],
  ['tag-value', 'SPDXVersion: SPDX-2.3\n', 'x.spdx', [['sbom/not-json', true]]],
  ['a licence file that ends in .spdx', 'MIT\n', 'LICENSE.spdx', []],
  [
    'a nameless package',
    document({ packages: [{ SPDXID: 'SPDXRef-x' }] }),
    'x.spdx.json',
    [['sbom/nameless-component', true]],
  ],
  [
    'a reference to nothing',
    document({ relationships: [says('x', 'DEPENDS_ON', 'y')] }),
    'x.spdx.json',
    [['sbom/unknown-reference', true]],
  ],
  [
    'hostile members',
    document({ packages: [null, 1], relationships: [null], documentDescribes: [null] }),
    'x.spdx.json',
    [],
  ],
  ['truncated', '{"spdxVersion": "SPDX', 'x.spdx.json', [['file/not-json', true]]],
] as const)('%s', ([, value, path, expected]) =>
  expect(read(value, path).problems.map((problem) => [problem.code, problem.lost])).toEqual(expected),
);

const spec = new URL('../../../../../shared/data/spec/spdx/', import.meta.url);
test.skipIf(!existsSync(spec))('published examples are read whole (skipped where they are absent)', () => {
  const files = globSync('**/spdx2.*/*.spdx.json', { cwd: spec.pathname });
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const text = readFileSync(new URL(file, spec), 'utf8');
    const { packages } = JSON.parse(text) as { packages: unknown[] };
    const { components, problems } = read(text, file);
    expect([file, problems, components.length]).toEqual([file, [], packages.length]);
  }
});
