import { expect, test } from 'vitest';
import type { Advisory, AdvisoryStore, AffectedEntry } from '../../model/advisory.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import type { ExtractedComponent, Override } from '../../model/extractor.ts';
import type { Action } from '../../model/result.ts';
import { groupHits } from '../advisories/groups.ts';
import { matchComponent } from '../advisories/match.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { advisoryFindings } from '../findings/advisory.ts';
import { placesOf } from '../findings/occurrences.ts';
import { buildInventory, type ExtractedFile } from '../graph/inventory.ts';
import { planActions } from './plan.ts';

/** `name`: [introduced, fixed] ranges, one advisory each. */
type Facts = Readonly<Record<string, readonly (readonly [introduced: string, fixed: string | undefined])[]>>;

function storeOf(facts: Facts, malicious: readonly string[] = []): AdvisoryStore {
  const entries = new Map<string, AffectedEntry[]>();
  const advisories: Advisory[] = [];
  for (const [name, ranges] of Object.entries(facts))
    ranges.forEach(([introduced, fixed], i) => {
      const id = `${name.toUpperCase()}-${i + 1}`;
      const entry: AffectedEntry = {
        advisory: advisories.length,
        id,
        ranges: [{ introduced, ...(fixed === undefined ? {} : { fixed }) }],
        versions: [],
      };
      entries.set(name, [...(entries.get(name) ?? []), entry]);
      advisories.push({
        id,
        aliases: [],
        summary: '',
        modified: '2026-01-01T00:00:00Z',
        scores: [],
        stated: 'high',
        cwes: [],
        references: [],
        malicious: malicious.includes(name),
      });
    });
  return {
    sources: [],
    digest: '',
    covers: () => true,
    lookup: (_ecosystem, name) => entries.get(name) ?? [],
    advisory: (_ecosystem, ordinal) => advisories[ordinal]!,
    exploited: () => undefined,
    epss: () => undefined,
    kevDate: undefined,
    epssDate: undefined,
  };
}

interface Project {
  readonly path: string;
  readonly ecosystem: EcosystemId;
  /** Edges as in `plan`. */
  readonly lines: readonly string[];
  readonly overrides?: readonly Override[];
}

/** `a@1.0.0 > b@1.0.0 ^1.0.0`: from, to, declared range. `.` is the project; `(dev)` at the end makes it a development edge. */
function fileOf({ path, ecosystem, lines, overrides }: Project): ExtractedFile {
  const components: ExtractedComponent[] = [{ name: 'app', version: '1.0.0', origin: 'project', line: 1 }];
  const index = new Map([['.', 0]]);
  const nodeOf = (key: string): number => {
    const known = index.get(key);
    if (known !== undefined) return known;
    const at = key.lastIndexOf('@');
    components.push({ name: key.slice(0, at), version: key.slice(at + 1), origin: 'registry', line: 1 });
    index.set(key, components.length - 1);
    return components.length - 1;
  };
  const edges = lines.map((line) => {
    const [from, , to, range = '', dev] = line.split(' ') as [string, string, string, string?, string?];
    return {
      from: nodeOf(from),
      to: nodeOf(to),
      kind: dev === '(dev)' ? ('dev' as const) : ('prod' as const),
      range,
    };
  });
  return {
    path,
    extractor: 'test',
    ecosystem,
    extraction: {
      role: 'lock',
      components,
      edges,
      edgesKnown: true,
      covers: [],
      ...(overrides === undefined ? {} : { overrides }),
      observations: [],
      problems: [],
    },
  };
}

function actionsOf(
  projects: readonly Project[],
  facts: Facts,
  malicious: readonly string[] = [],
): readonly Action[] {
  const inventory = buildInventory(projects.map(fileOf), []);
  const places = placesOf(inventory);
  const store = storeOf(facts, malicious);
  const matched = inventory.components.flatMap(({ ecosystem, name, version }, component) => {
    const { hits } = matchComponent(store, ecosystem, name, version, ecosystemOf(ecosystem).versions);
    return hits.length === 0 ? [] : [{ component, groups: groupHits(store, ecosystem, hits) }];
  });
  return planActions(advisoryFindings(matched, places, store, 'unknown'), places, store);
}

/** The plan for one npm project, in short. */
function plan(lines: readonly string[], facts: Facts, malicious: readonly string[] = []) {
  const actions = actionsOf([{ path: 'package-lock.json', ecosystem: 'npm', lines }], facts, malicious);
  return actions.map(({ kind, name, moves, clears, leaves }) => ({
    kind,
    name,
    moves: moves.map((move) => `${move.name} ${move.from.join(',')} > ${move.to ?? '-'}`),
    clears: clears.length,
    leaves: leaves.length,
  }));
}

test('many advisories of one direct component are one upgrade, to the lowest version that clears all', () => {
  expect(
    plan(['. > a@1.0.0 ^1.0.0'], {
      a: [
        ['0', '1.1.0'],
        ['0', '1.4.0'],
        ['1.2.0', '1.3.0'],
      ],
    }),
  ).toEqual([{ kind: 'upgrade', name: 'a', moves: ['a 1.0.0 > 1.4.0'], clears: 2, leaves: 0 }]);
});

test('a fix that a later advisory makes vulnerable again is passed over', () => {
  expect(
    plan(['. > a@1.0.0 ^1.0.0'], {
      a: [
        ['0', '1.1.0'],
        ['1.1.0', '1.2.0'],
      ],
    })[0]!.moves,
  ).toEqual(['a 1.0.0 > 1.2.0']);
});

test('a fix on the branch that the range admits is preferred to a lower major step', () => {
  expect(
    plan(['. > a@2.0.0 ^2.0.0'], {
      a: [
        ['0', '1.5.0'],
        ['2.0.0', '2.1.0'],
      ],
    })[0]!.moves,
  ).toEqual(['a 2.0.0 > 2.1.0']);
});

test('transitive components whose parents admit the fix are one refresh', () => {
  expect(
    plan(['. > p@1.0.0 ^1.0.0', 'p@1.0.0 > a@1.0.0 ^1.0.0', 'p@1.0.0 > b@2.0.0 2.x'], {
      a: [['0', '1.0.1']],
      b: [['0', '2.0.5']],
    }),
  ).toEqual([
    { kind: 'refresh', name: 'a', moves: ['a 1.0.0 > 1.0.1', 'b 2.0.0 > 2.0.5'], clears: 2, leaves: 0 },
  ]);
});

test('where the lockfile has no ranges, a move that a usual range would not admit is doubted', () => {
  const lines = ['. > p@1.0.0 ^1.0.0', 'p@1.0.0 > a@1.0.0', 'p@1.0.0 > b@0.6.0', 'p@1.0.0 > c@1.0.0'];
  const facts: Facts = { a: [['0', '14.2.0']], b: [['0', '0.7.0']], c: [['0', '1.9.0']] };
  const [first] = actionsOf([{ path: 'pnpm-lock.yaml', ecosystem: 'npm', lines }], facts);
  expect(first!.because).toBe(
    '3 advisories; a 14.2.0 and b 0.7.0 may be more than what asks for them admits, which this lockfile does not say: override what an update leaves',
  );
});

test('a range that does not admit the fix makes the direct dependency above it move', () => {
  expect(
    plan(['. > top@1.0.0 ^1.0.0', 'top@1.0.0 > mid@1.0.0 ^1.0.0', 'mid@1.0.0 > a@1.0.0 1.0.0'], {
      a: [['0', '2.0.0']],
    }),
  ).toEqual([{ kind: 'move-parent', name: 'top', moves: ['a 1.0.0 > 2.0.0'], clears: 1, leaves: 0 }]);
});

test('a direct dependency that refuses the fix is the one to move, whatever else brings it in', () => {
  const [first] = plan(
    [
      '. > a-plugin@1.0.0 ^1.0.0',
      '. > rails@1.0.0 ^1.0.0',
      'a-plugin@1.0.0 > rails@1.0.0 >=1.0.0',
      'rails@1.0.0 > store@1.0.0 1.0.0',
    ],
    { store: [['0', '1.1.0']] },
  );
  expect(first).toMatchObject({ kind: 'move-parent', name: 'rails', moves: ['store 1.0.0 > 1.1.0'] });
});

test('nothing released fixes it', () => {
  expect(plan(['. > a@1.0.0 ^1.0.0'], { a: [['0', undefined]] })).toEqual([
    { kind: 'no-fix', name: 'a', moves: ['a 1.0.0 > -'], clears: 0, leaves: 1 },
  ]);
});

test('what one version fixes and what stays is told apart', () => {
  expect(
    plan(['. > a@1.0.0 ^1.0.0'], {
      a: [
        ['0', '1.1.0'],
        ['0', undefined],
      ],
    }),
  ).toEqual([{ kind: 'upgrade', name: 'a', moves: ['a 1.0.0 > 1.1.0'], clears: 1, leaves: 1 }]);
});

test('malicious code is removed, never upgraded', () => {
  expect(plan(['. > a@1.0.0 ^1.0.0'], { a: [['0', '1.0.1']] }, ['a'])[0]).toMatchObject({
    kind: 'remove',
    name: 'a',
  });
});

test('a cycle between vulnerable components ends', () => {
  expect(
    plan(['. > a@1.0.0 ^1.0.0', 'a@1.0.0 > b@1.0.0 ^1.0.0', 'b@1.0.0 > a@1.0.0 ^1.0.0'], {
      b: [['0', '1.0.1']],
    }),
  ).toHaveLength(1);
});

test('direct dependencies that hold fixes back are moved by one command; one of them that is vulnerable itself is not listed twice', () => {
  expect(
    plan(['. > p@1.0.0 ^1.0.0', '. > q@1.0.0 ^1.0.0', 'p@1.0.0 > a@1.0.0 1.0.0', 'q@1.0.0 > b@1.0.0 1.0.0'], {
      a: [['0', '2.0.0']],
      b: [['0', '2.0.0']],
      p: [['0', '1.1.0']],
    }),
  ).toEqual([
    {
      kind: 'move-parent',
      name: 'p',
      moves: ['a 1.0.0 > 2.0.0', 'b 1.0.0 > 2.0.0', 'p 1.0.0 > 1.1.0'],
      clears: 3,
      leaves: 0,
    },
  ]);
});

const override = (name: string, range: string, ...keys: string[]): Override => ({
  name,
  range,
  path: 'package.json',
  line: 3,
  keys: ['overrides', ...keys],
});

test('what the project itself forces is changed there first, whoever else asks for it', () => {
  const lines = ['. > top@1.0.0 ^1.0.0', 'top@1.0.0 > a@1.0.0 1.0.0', '. > b@1.0.0 1.0.0'];
  const overrides = [
    override('a', '1.0.0', 'top', 'a'),
    override('b', '1.0.0', 'b'),
    override('b', '^3', 'x', 'b'),
  ];
  const [first, ...others] = actionsOf(
    [{ path: 'web/package-lock.json', ecosystem: 'npm', lines, overrides }],
    { a: [['0', '2.0.0']], b: [['0', '1.2.0']] },
  );
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    kind: 'upgrade',
    title: 'Edit the overrides of a and b in package.json',
    because:
      '2 advisories; the project itself forces the vulnerable version, so nothing else moves it; ranges below do not admit the new one: test what uses it',
    command:
      "cd web && npm pkg set overrides.top.a=2.0.0 'overrides.b=$b' && npm install --save-exact b@1.2.0",
  });
});

test.for([
  ['that admits the fix', override('a', '^1.0.0', 'a')],
  ['of another version', override('a', '2.0.0', 'a')],
  ['of another component', override('b', '1.0.0', 'b')],
] as const)('an override %s is left alone', ([, other]) => {
  const lines = ['. > top@1.0.0 ^1.0.0', 'top@1.0.0 > a@1.0.0 ^1.0.0'];
  const [first] = actionsOf([{ path: 'package-lock.json', ecosystem: 'npm', lines, overrides: [other] }], {
    a: [['0', '1.2.0']],
  });
  expect(first).toMatchObject({ kind: 'refresh', command: 'npm update a' });
});

test('what refuses the fix is named, and the direct dependency whose pins lead to it moves, not all above', () => {
  const lines = [
    '. > a-plugin@1.0.0 ^1.0.0',
    'a-plugin@1.0.0 > railties@1.0.0 >=1.0.0',
    '. > rails@1.0.0 ^1.0.0',
    'rails@1.0.0 > railties@1.0.0 1.0.0',
    'railties@1.0.0 > store@1.0.0 1.0.0',
  ];
  const [first] = actionsOf([{ path: 'package-lock.json', ecosystem: 'npm', lines }], {
    store: [['0', '1.1.0']],
  });
  expect(first).toMatchObject({
    title: 'Move rails@1.0.0 to a later version or replace it',
    via: ['rails@1.0.0'],
    because: expect.stringContaining('railties@1.0.0 asks for store 1.0.0, which excludes 1.1.0'),
  });
});

test('of direct dependencies that hold as many back, the one next to the refusing range moves', () => {
  const lines = [
    '. > a@1.0.0 ^1.0.0',
    'a@1.0.0 > mid@1.0.0 ^1.0.0',
    'mid@1.0.0 > low@1.0.0 ^1.0.0',
    '. > z@1.0.0 ^1.0.0',
    'z@1.0.0 > low@1.0.0 ^1.0.0',
    'low@1.0.0 > leaf@1.0.0 1.0.0',
  ];
  const [first] = actionsOf([{ path: 'package-lock.json', ecosystem: 'npm', lines }], {
    leaf: [['0', '1.1.0']],
  });
  expect(first).toMatchObject({ name: 'z', command: 'npm update z' });
});

test('the same upgrade in several modules of one repository is one action with a command for each', () => {
  const module = (path: string, version = 'v1.0.0'): Project => ({
    path,
    ecosystem: 'Go',
    lines: [`. > example.invalid/a@${version} ${version}`],
  });
  const actions = actionsOf([module('tests/go.mod'), module('go.mod'), module('old/go.mod', 'v0.9.0')], {
    'example.invalid/a': [['0', '1.1.0']],
  });
  expect(actions).toHaveLength(1);
  expect(actions[0]).toMatchObject({
    title: 'Upgrade example.invalid/a v0.9.0, v1.0.0 to 1.1.0',
    manifests: ['go.mod', 'old/go.mod', 'tests/go.mod'],
    command:
      '(go get example.invalid/a@v1.1.0 && go mod tidy) && (cd old && go get example.invalid/a@v1.1.0 && go mod tidy) && (cd tests && go get example.invalid/a@v1.1.0 && go mod tidy)',
  });
  expect(actions[0]!.clears).toHaveLength(2);
});

test('each of the same upgrade in folders of their own needs no shell of its own while it is one command', () => {
  const lines = ['. > a@1.0.0 ^1.0.0'];
  const [first] = actionsOf(
    [
      { path: 'x/package-lock.json', ecosystem: 'npm', lines },
      { path: 'package-lock.json', ecosystem: 'npm', lines },
    ],
    { a: [['0', '1.1.0']] },
  );
  expect(first).toMatchObject({ command: 'npm install a@1.1.0 && (cd x && npm install a@1.1.0)' });
});
