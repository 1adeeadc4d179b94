import { expect, test } from 'vitest';
import type { ExtractedComponent, Extraction } from '../../model/extractor.ts';
import { buildInventory, type ExtractedFile } from './inventory.ts';

const component = (
  name: string,
  version: string,
  more: Partial<ExtractedComponent> = {},
): ExtractedComponent => ({
  name,
  version,
  origin: 'registry',
  line: 1,
  ...more,
});
const file = (path: string, extraction: Partial<Extraction>): ExtractedFile => ({
  path,
  extractor: 'npm/test',
  ecosystem: 'npm',
  extraction: {
    role: 'lock',
    components: [],
    edges: [],
    edgesKnown: true,
    covers: [],
    observations: [],
    problems: [],
    ...extraction,
  },
});
const edge = (from: number, to: number, kind: 'prod' | 'dev' | 'optional' | 'peer' = 'prod') => ({
  from,
  to,
  kind,
  range: '*',
});

const app = file('package-lock.json', {
  components: [
    component('app', '1.0.0', { origin: 'project' }),
    component('a', '1.0.0'),
    component('b', '1.0.0'),
    component('c', '1.0.0'),
    component('d', '1.0.0'),
    component('extraneous', '1.0.0', { scopes: ['dev'] }),
  ],
  // app → a (prod) → c; app → b (dev) → c, d; c → b: a cycle through dev
  edges: [edge(0, 1), edge(0, 2, 'dev'), edge(1, 3, 'optional'), edge(2, 3), edge(2, 4), edge(3, 2)],
});

test('scopes are the set over all paths; optional edges weaken production; what no root reaches keeps the file’s word', () => {
  const { components, manifests } = buildInventory([app], []);
  const found = Object.fromEntries(
    manifests[0]!.occurrences.map((o) => [components[o.component]!.name, [o.direct, o.scopes.join('+')]]),
  );
  expect(found).toEqual({
    app: ['no', ''],
    a: ['yes', 'prod'],
    b: ['yes', 'dev+optional'],
    c: ['no', 'dev+optional'],
    d: ['no', 'dev+optional'],
    extraneous: ['no', 'dev'],
  });
});

test('one component however many files name it; order of files does not matter', () => {
  const other = file('web/yarn.lock', { components: [component('a', '1.0.0', { licence: 'MIT' })] });
  const one = buildInventory([app, other], []);
  const two = buildInventory([other, app], []);
  expect(JSON.stringify(one)).toBe(JSON.stringify(two));
  expect(one.components.filter((c) => c.name === 'a').map((c) => c.licences)).toEqual([['MIT']]);
  expect(one.components.map((c) => c.purl)).toEqual(one.components.map((c) => c.purl).sort());
});

test('without roots, direct is unknown', () => {
  const { manifests } = buildInventory([file('yarn.lock', { components: [component('a', '1.0.0')] })], []);
  expect(manifests[0]!.occurrences[0]!.direct).toBe('unknown');
});

test('a manifest that a lockfile covers is left out, unless the lockfile could not be read', () => {
  const manifest = file('package.json', {
    role: 'manifest',
    components: [component('a', '', { requested: '^1' })],
  });
  const lock = file('package-lock.json', { covers: ['package.json'], components: [component('a', '1.0.0')] });
  const broken = file('package-lock.json', {
    covers: ['package.json'],
    problems: [{ code: 'file/truncated', message: '', lost: true }],
  });
  expect(buildInventory([manifest, lock], []).manifests.map((m) => m.path)).toEqual(['package-lock.json']);
  expect(buildInventory([manifest, broken], []).manifests.map((m) => m.path)).toEqual([
    'package-lock.json',
    'package.json',
  ]);
});

test('a workspace member and a git checkout are not the published component of that name', () => {
  const { components } = buildInventory(
    [
      file('package-lock.json', {
        components: [
          component('x', '1.0.0'),
          component('x', '1.0.0', { origin: 'workspace' }),
          component('x', '1.0.0', { origin: 'git', source: 'git+https://example.invalid/x.git#abc' }),
        ],
      }),
    ],
    [],
  );
  expect(components.map((c) => c.origin).sort()).toEqual(['git', 'registry', 'workspace']);
  expect(components.find((c) => c.origin === 'git')!.purl).toContain('vcs_url=');
});

test('a purl from an SBOM decides the ecosystem; unknown types stay themselves', () => {
  const { components } = buildInventory(
    [
      {
        ...file('bom.json', {
          role: 'sbom',
          components: [
            component('log4j-core', '2.14.1', {
              purl: 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1',
            }),
            component('bash', '5.2', { purl: 'pkg:deb/debian/bash@5.2' }),
          ],
        }),
        ecosystem: 'Other',
      },
    ],
    [],
  );
  expect(components.map((c) => [c.ecosystem, c.name])).toEqual([
    ['Other', 'bash'],
    ['Maven', 'org.apache.logging.log4j:log4j-core'],
  ]);
});

test('100,000 components in a chain end quickly and without recursion', () => {
  const count = 100_000;
  const chain = file('package-lock.json', {
    components: Array.from({ length: count }, (_, i) =>
      component(`n${i}`, '1.0.0', i === 0 ? { origin: 'project' } : {}),
    ),
    edges: Array.from({ length: count }, (_, i) => edge(i, (i + 1) % count)),
  });
  const { manifests } = buildInventory([chain], []);
  expect(manifests[0]!.occurrences.at(-1)!.scopes).toEqual(['prod']);
});
