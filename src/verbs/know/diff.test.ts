import { expect, test } from 'vitest';
import { codec } from '../../adapters/advisories/codec.ts';
import { memory } from '../../adapters/tree/memory.ts';
import { memoryStore } from '../../analysis/advisories/testing/memory-store.ts';
import { NO_CONFIG } from '../../analysis/config/config.ts';
import type { ExtractedFile } from '../../analysis/graph/inventory.ts';
import type { Comparison, ComponentChange } from '../../model/comparison.ts';
import type { Decision } from '../../model/decision.ts';
import type { ExtractedComponent, Extraction, Scope } from '../../model/extractor.ts';
import { assessDiff, compareBytes } from './diff.ts';
import type { ScanInput } from './scan.ts';

/** `app > a@1 ^1`, `a@1 > b@2`: who asks for whom, with a range; `app` is the project. Details by `name@version`. */
function lock(
  edges: readonly string[],
  details: Readonly<Record<string, Partial<ExtractedComponent>>> = {},
  more: Partial<Extraction> & { readonly path?: string; readonly extractor?: string } = {},
): ExtractedFile {
  const components: ExtractedComponent[] = [];
  const numbers = new Map<string, number>();
  const number = (label: string): number => {
    const known = numbers.get(label);
    if (known !== undefined) return known;
    const [name, version = ''] = label.split('@');
    const origin = label === 'app' ? 'project' : 'registry';
    components.push({ name: name!, version, origin, line: components.length + 1, ...details[label] });
    numbers.set(label, components.length - 1);
    return components.length - 1;
  };
  const rows = edges.map((edge) => {
    const [from, to, range = '*', kind = 'prod'] = edge.split(/ > | /);
    return { from: number(from!), to: number(to!), range, kind: kind as Scope };
  });
  const { path = 'package-lock.json', extractor = 'npm/package-lock', ...rest } = more;
  return {
    path,
    extractor,
    ecosystem: 'npm',
    extraction: {
      role: 'lock',
      components,
      edges: rows,
      edgesKnown: true,
      covers: [],
      observations: [],
      problems: [],
      ...rest,
    },
  };
}

const store = memoryStore(
  [
    {
      id: 'GHSA-1',
      modified: '2026-01-01T00:00:00Z',
      summary: 'b is bad',
      affected: [
        {
          package: { ecosystem: 'npm', name: 'b' },
          ranges: [{ type: 'SEMVER', events: [{ introduced: '2.0.0' }, { fixed: '3.0.0' }] }],
        },
      ],
    },
  ],
  codec,
);

function diff(
  base: readonly ExtractedFile[],
  head: readonly ExtractedFile[],
  more: { readonly same?: readonly string[]; readonly decisions?: readonly Decision[] } = {},
): Comparison {
  const input = (files: readonly ExtractedFile[]): ScanInput => ({
    target: { name: 'x', kind: 'commit' },
    files,
    problems: [],
    skipped: [],
    store,
    config: NO_CONFIG,
    decisions: more.decisions ?? [],
    now: '2026-06-01T00:00:00Z',
    version: '0',
  });
  return assessDiff(input(base), input(head), {
    same: (path) => more.same?.includes(path) === true,
    settings: [],
  });
}

const told = ({ components }: Comparison): string[] =>
  components.map(
    ({ kind, name, before, after, aspects, integrity }) =>
      `${kind} ${name} ${[before?.version, after?.version].filter((v) => v !== undefined).join(' → ')}${aspects.length === 0 ? '' : ` [${aspects.join(' ')}]`}${integrity === undefined ? '' : ` ${integrity}`}`,
  );

test('nothing changed is nothing told', () => {
  const file = lock(['app > a@1.0.0 ^1', 'a@1.0.0 > b@2.0.0']);
  const { components, edges, files, findings, remaining } = diff([file], [file]);
  expect({ components, edges, files, findings, remaining }).toEqual({
    components: [],
    edges: [],
    files: [],
    findings: [],
    remaining: 1,
  });
});

test('added, removed, up and down; direct first, what is new first', () => {
  const before = lock(['app > a@1.0.0 ^1', 'app > old@1.0.0 ^1', 'app > d@2.0.0 *', 'a@1.0.0 > x@1.0.0']);
  const after = lock([
    'app > a@1.1.0 ^1.1',
    'app > fresh@1.0.0 ^1',
    'app > d@1.0.0 *',
    'a@1.1.0 > x@1.2.0',
    'fresh@1.0.0 > below@1.0.0',
  ]);
  const comparison = diff([before], [after]);
  expect(told(comparison)).toEqual([
    'added fresh 1.0.0',
    'downgraded d 2.0.0 → 1.0.0',
    'upgraded a 1.0.0 → 1.1.0 [range]',
    'removed old 1.0.0',
    'added below 1.0.0',
    'upgraded x 1.0.0 → 1.2.0',
  ]);
  const below = comparison.components.find(({ name }) => name === 'below')!;
  expect([below.path, below.topmost]).toEqual([['fresh@1.0.0', 'below@1.0.0'], undefined]);
  expect(comparison.components[0]).toMatchObject({ topmost: true, path: ['fresh@1.0.0'] });
});

test('an edge is of names: a parent that moved asks for nothing new', () => {
  const { edges } = diff(
    [lock(['app > a@1.0.0 ^1', 'a@1.0.0 > b@1.0.0 ^1', 'a@1.0.0 > c@1.0.0 ^1'])],
    [lock(['app > a@1.1.0 ^1.1', 'a@1.1.0 > b@1.0.0 ^1', 'a@1.1.0 > d@1.0.0 ^1'])],
  );
  expect(
    edges.map(({ kind, from, to, declared, before, after }) => [
      kind,
      from,
      to,
      declared,
      before?.ranges,
      after?.ranges,
    ]),
  ).toEqual([
    ['range', '', 'a', true, ['^1'], ['^1.1']],
    ['removed', 'a', 'c', false, ['^1'], undefined],
    ['added', 'a', 'd', false, undefined, ['^1']],
  ]);
});

test('of several versions of a name, those belong together that the same parents ask for', () => {
  const before = lock(['app > p@1.0.0', 'app > q@1.0.0', 'p@1.0.0 > v@1.0.0', 'q@1.0.0 > v@2.0.0']);
  const after = lock(['app > p@1.0.0', 'app > q@1.0.0', 'p@1.0.0 > v@3.0.0', 'q@1.0.0 > v@2.5.0']);
  expect(told(diff([before], [after]))).toEqual(['upgraded v 2.0.0 → 2.5.0', 'upgraded v 1.0.0 → 3.0.0']);
});

test('one version went and another came for somebody else: no move', () => {
  const before = lock(['app > p@1.0.0', 'app > q@1.0.0', 'p@1.0.0 > v@9.0.0']);
  const after = lock(['app > p@1.0.0', 'app > q@1.0.0', 'q@1.0.0 > v@5.0.0']);
  expect(told(diff([before], [after]))).toEqual(['added v 5.0.0', 'removed v 9.0.0']);
});

test.for([
  ['sha512-aaa', 'sha512-bbb', 'changed a 1.0.0 [integrity] changed'],
  ['sha512-aaa', undefined, 'changed a 1.0.0 [integrity] gone'],
  [undefined, 'sha512-aaa', 'changed a 1.0.0 [integrity] new'],
  ['sha1-aaa', 'sha512-bbb', 'changed a 1.0.0 [integrity] other-algorithm'],
  ['sha256:a sha256:b', 'sha256:a sha256:c', 'changed a 1.0.0 [integrity] differs'],
  ['sha1-a sha512-b', 'sha1-a sha512-c', 'changed a 1.0.0 [integrity] changed'],
  ['sha256:a sha256:b', 'sha256:b sha256:a', undefined],
] as const)('hashes of one version: %s, then %s', ([before, after, expected]) => {
  const of = (integrity: string | undefined) =>
    lock(['app > a@1.0.0'], { 'a@1.0.0': integrity === undefined ? {} : { integrity } });
  expect(told(diff([of(before)], [of(after)])).map((line) => line.replace('1.0.0 → 1.0.0', '1.0.0'))).toEqual(
    expected === undefined ? [] : [expected],
  );
});

test('a hash that is exchanged in one of two lockfiles is seen, whichever is the smaller', () => {
  for (const evil of ['sha512-0', 'sha512-zzz']) {
    const of = (integrity: string, path: string) =>
      lock(['app > a@1.0.0'], { 'a@1.0.0': { integrity } }, { path });
    const base = [of('sha512-good', 'x/package-lock.json'), of('sha512-good', 'y/package-lock.json')];
    const head = [of('sha512-good', 'x/package-lock.json'), of(evil, 'y/package-lock.json')];
    const [change] = diff(base, head).components;
    expect([change?.integrity, change?.at]).toEqual(['changed', [{ path: 'y/package-lock.json', line: 2 }]]);
  }
});

test('source, host, licence, script, scope, deprecation', () => {
  const of = (more: Partial<ExtractedComponent>, kind: Scope = 'prod', version = '1.0.0') =>
    lock([`app > a@${version} * ${kind}`, 'app > s@1.0.0'], {
      [`a@${version}`]: more,
      's@1.0.0': { hasInstallScript: true },
    });
  const from = (source: string): Partial<ExtractedComponent> => ({ source });
  const cases: readonly (readonly [ExtractedFile, ExtractedFile, string])[] = [
    [of(from('https://one.example.invalid/a.tgz')), of(from('https://two.example.invalid/a.tgz')), 'host'],
    [of(from('https://one.example.invalid/a.tgz')), of(from('https://one.example.invalid/b.tgz')), 'source'],
    [of({ licence: 'MIT' }), of({ licence: 'GPL-3.0-only' }), 'licence'],
    [of({}), of({ hasInstallScript: true }), 'install-script'],
    [of({}, 'dev'), of({}), 'scope'],
    [of({}), of({ deprecated: 'do not' }), 'deprecated'],
    [of({}), of({ origin: 'git', source: 'git+ssh://git.example.invalid/a#abc' }), 'origin'],
  ];
  for (const [before, after, aspect] of cases)
    expect(diff([before], [after]).components.map(({ aspects }) => aspects)).toEqual([[aspect]]);
});

test('a format that does not say who runs scripts gains none', () => {
  const of = (more: Partial<ExtractedComponent>, extractor: string) =>
    lock(['app > a@1.0.0'], { 'a@1.0.0': more }, { extractor, path: 'x' });
  const { components } = diff(
    [of({}, 'npm/yarn-lock')],
    [of({ hasInstallScript: true }, 'npm/package-lock')],
  );
  expect(components).toEqual([]);
});

test('findings: a version that does not fix is no news; more versions, production and decisions are', () => {
  const kinds = (comparison: Comparison): string[] =>
    comparison.findings.map(
      ({ kind, because, subject, before, after }) =>
        `${kind}${because ?? ''} ${subject} ${before.join()}→${after.join()}`,
    );
  const one = lock(['app > b@2.0.0 * dev']);
  expect(kinds(diff([one], [lock(['app > b@2.1.0 * dev'])]))).toEqual([]);
  expect(kinds(diff([one], [lock(['app > b@3.0.0 * dev'])]))).toEqual(['disappearedgone b 2.0.0→']);
  expect(kinds(diff([lock(['app > b@1.0.0'])], [one]))).toEqual(['appeared b →2.0.0']);
  expect(kinds(diff([one], [lock(['app > b@2.0.0 * prod'])]))).toEqual(['worse b 2.0.0→2.0.0']);
  expect(
    kinds(diff([one], [lock(['app > b@2.0.0 * dev', 'app > c@1.0.0 * dev', 'c@1.0.0 > b@2.5.0'])])),
  ).toEqual(['worse b 2.0.0→2.0.0,2.5.0']);
  const decision: Decision = {
    id: 'd',
    about: { advisories: ['GHSA-1'], versions: '>=2.5.0' },
    status: 'not_affected',
    justification: 'component_not_present',
    reason: 'no',
    by: 'me',
    at: '2026-05-01T00:00:00Z',
    expires: '2026-07-01T00:00:00Z',
    source: { path: 'd', format: 'assay' },
  };
  expect(kinds(diff([one], [lock(['app > b@2.6.0 * dev'])], { decisions: [decision] }))).toEqual([
    'disappeareddecided b 2.0.0→2.6.0',
  ]);
});

test('another lockfile takes the place of one: contents are compared across', () => {
  const yarn = { path: 'yarn.lock', extractor: 'npm/yarn-lock' };
  const { files, components } = diff([lock(['app > a@1.0.0'])], [lock(['app > a@1.1.0'], {}, yarn)]);
  expect(files).toMatchObject([{ path: 'yarn.lock', kind: 'replaced', was: 'package-lock.json' }]);
  expect(components.map(({ kind }) => kind)).toEqual(['upgraded']);
});

test('a first lockfile locks what the manifest declared', () => {
  const manifest = lock(
    ['app > a ^1'],
    { a: { requested: '^1' } },
    { role: 'manifest', path: 'package.json', extractor: 'npm/package-json', edgesKnown: false },
  );
  const locked = lock(['app > a@1.4.0 ^1'], {}, { covers: ['package.json'] });
  expect(told(diff([manifest], [locked, manifest]))).toEqual(['locked a  → 1.4.0']);
  expect(told(diff([locked, manifest], [manifest]))).toEqual(['unlocked a 1.4.0 → ']);
});

test('a second file that goes takes nothing with it that the first still has', () => {
  const first = lock(['app > a@1.0.0']);
  const second = lock(
    ['app > a@1.0.0', 'app > only@1.0.0'],
    {},
    { path: 'yarn.lock', extractor: 'npm/yarn-lock' },
  );
  const comparison = diff([first, second], [first]);
  expect(told(comparison)).toEqual(['removed only 1.0.0']);
  expect(comparison.files).toMatchObject([{ path: 'yarn.lock', kind: 'removed' }]);
});

test('lockfile only, declared ranges only, or both', () => {
  const manifest = (range: string) =>
    lock(
      [`app > a ${range}`],
      { a: { requested: range } },
      { role: 'manifest', path: 'package.json', extractor: 'npm/package-json', edgesKnown: false },
    );
  const locked = (version: string) => lock([`app > a@${version} ^1`], {}, { covers: ['package.json'] });
  const moved = (base: ExtractedFile[], head: ExtractedFile[], same: string[]) =>
    diff(base, head, { same }).files.map((file) => file.moved);
  expect(
    moved([locked('1.0.0'), manifest('^1')], [locked('1.1.0'), manifest('^1')], ['package.json']),
  ).toEqual(['lock-only']);
  // The manifest's bytes changed (a script, say), its dependencies did not.
  expect(moved([locked('1.0.0'), manifest('^1')], [locked('1.1.0'), manifest('^1')], [])).toEqual([
    'lock-only',
  ]);
  expect(moved([locked('1.0.0'), manifest('^1')], [locked('1.1.0'), manifest('^1.1')], [])).toEqual(['both']);
  expect(
    moved([locked('1.0.0'), manifest('^1')], [locked('1.0.0'), manifest('^2')], ['package-lock.json']),
  ).toEqual(['manifest-only']);
  expect(moved([locked('1.0.0')], [locked('1.1.0')], [])).toEqual(['unknown']);
});

test('edges that a format does not keep are not compared', () => {
  const flat = lock(['app > a@1.0.0'], {}, { edgesKnown: false });
  expect(diff([flat], [lock(['app > b@1.0.0'], {}, { edgesKnown: false })])).toMatchObject({
    edges: [],
    files: [{ edgesCompared: false }],
  });
});

test('the same change in several files is one, with every place', () => {
  const at = (path: string, version: string) => lock([`app > a@${version}`], {}, { path });
  const [change, ...others] = diff(
    [at('x/package-lock.json', '1.0.0'), at('y/package-lock.json', '1.0.0')],
    [at('y/package-lock.json', '1.1.0'), at('x/package-lock.json', '1.1.0')],
  ).components;
  expect(others).toEqual([]);
  expect(change!.at.map(({ path }) => path)).toEqual(['x/package-lock.json', 'y/package-lock.json']);
});

test('there and back: what one direction adds the other removes', () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
  const tree = (): ExtractedFile =>
    lock([
      'app > n0@1.0.0',
      ...Array.from(
        { length: 25 },
        () =>
          `n${random(8)}@${1 + random(3)}.0.0 > n${random(8)}@${1 + random(3)}.0.0 ^${random(3)} ${['prod', 'dev'][random(2)]}`,
      ),
    ]);
  const mirror: Partial<Record<ComponentChange['kind'], string>> = {
    added: 'removed',
    removed: 'added',
    upgraded: 'downgraded',
    downgraded: 'upgraded',
  };
  for (let round = 0; round < 200; round++) {
    const [a, b] = [tree(), tree()];
    const there = diff([a], [b]);
    const back = diff([b], [a]);
    const line = ({ kind, name, before, after }: ComponentChange, turned: boolean): string =>
      turned
        ? `${mirror[kind] ?? kind} ${name} ${after?.version} ${before?.version}`
        : `${kind} ${name} ${before?.version} ${after?.version}`;
    expect(back.components.map((change) => line(change, true)).sort()).toEqual(
      there.components.map((change) => line(change, false)).sort(),
    );
    expect(back.edges.length).toBe(there.edges.length);
    expect(diff([a], [a]).components).toEqual([]);
  }
});

test('bytes are compared for manifests and settings only, by blob or by reading', async () => {
  const base = memory({ 'a.lock': 'x', '.npmrc': 'registry=1', 'README.md': '1' });
  const head = memory({ 'a.lock': 'x', '.npmrc': 'registry=2', '.assay/config.yaml': '', 'README.md': '2' });
  const bytes = await compareBytes(base, head, new Set(['a.lock']));
  expect([bytes.same('a.lock'), bytes.same('README.md')]).toEqual([true, false]);
  expect(bytes.settings.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    '.assay/config.yaml added',
    '.npmrc changed',
  ]);
});
