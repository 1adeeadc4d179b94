import { expect, test } from 'vitest';
import type { Advisory, AdvisoryStore, AffectedEntry } from '../../model/advisory.ts';
import type { ExtractedComponent } from '../../model/extractor.ts';
import { groupHits } from '../advisories/groups.ts';
import { matchComponent } from '../advisories/match.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { advisoryFindings } from '../findings/advisory.ts';
import { placesOf } from '../findings/occurrences.ts';
import { buildInventory } from '../graph/inventory.ts';
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

/** `a@1.0.0 > b@1.0.0 ^1.0.0`: from, to, declared range. `.` is the project; `(dev)` at the end makes it a development edge. */
function plan(lines: readonly string[], facts: Facts, malicious: readonly string[] = []) {
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
  const inventory = buildInventory(
    [
      {
        path: 'package-lock.json',
        extractor: 'npm/package-lock',
        ecosystem: 'npm',
        extraction: {
          role: 'lock',
          components,
          edges,
          edgesKnown: true,
          covers: [],
          observations: [],
          problems: [],
        },
      },
    ],
    [],
  );
  const places = placesOf(inventory);
  const store = storeOf(facts, malicious);
  const scheme = ecosystemOf('npm').versions;
  const matched = inventory.components.flatMap((component, i) => {
    const { hits } = matchComponent(store, 'npm', component.name, component.version, scheme);
    return hits.length === 0 ? [] : [{ component: i, groups: groupHits(store, 'npm', hits) }];
  });
  const findings = advisoryFindings(matched, places, store, 'unknown');
  const actions = planActions(findings, places, store);
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
