import { expect, test } from 'vitest';
import { codec } from '../../adapters/advisories/codec.ts';
import type { Decision } from '../../model/decision.ts';
import type { Episode, TimelinePoint } from '../../model/timeline.ts';
import { memoryStore } from '../advisories/testing/memory-store.ts';
import { pointFacts } from './point-facts.ts';
import { componentTable } from './component-table.ts';
import { DIRECT, PRODUCTION, type FileRecord } from './file-record.ts';
import { assembleTimeline, type ReadSample, type TimelineCore } from './timeline.ts';

const DAY = 86_400;
const iso = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

interface Known {
  readonly id: string;
  readonly name: string;
  readonly introduced: number;
  readonly fixed: number | undefined;
  readonly published: number | undefined;
  readonly more?: object;
}

const record = ({ id, name, introduced, fixed, published, more }: Known): object => ({
  id,
  modified: '2026-01-01T00:00:00Z',
  ...(published === undefined ? {} : { published: iso(published) }),
  affected: [
    {
      package: { ecosystem: 'npm', name },
      ranges: [
        {
          type: 'SEMVER',
          events: [
            { introduced: `${introduced}.0.0` },
            ...(fixed === undefined ? [] : [{ fixed: `${fixed}.0.0` }]),
          ],
        },
      ],
    },
  ],
  ...more,
});

/** `undefined`: no file at all; `manifest`: names without exact versions; else `name version`, `*` for those of development. */
type Files = undefined | 'manifest' | readonly string[];

function lockOf(files: Exclude<Files, undefined>): FileRecord {
  const isManifest = files === 'manifest';
  const lines = isManifest ? ['a ', 'b ', 'c '] : files;
  return {
    role: isManifest ? 'manifest' : 'lock',
    ecosystem: 'npm',
    covers: [],
    problems: [],
    components: lines.map((line) => {
      const [name, version] = line.replace('*', '').split(' ');
      const flags = DIRECT | (line.endsWith('*') ? 0 : PRODUCTION);
      return [
        'npm',
        name!,
        version === '' ? '' : `${version}.0.0`,
        version === '' ? '^1' : '',
        'registry',
        '',
        flags,
      ];
    }),
  };
}

function assemble(
  points: readonly { readonly at: number; readonly files: Files }[],
  advisories: readonly Known[],
  now: number,
): TimelineCore {
  const table = componentTable();
  const reads = points.map(({ at, files }, i): ReadSample => {
    const facts = files === undefined ? undefined : table.take(lockOf(files));
    return {
      sample: { label: `${i}`, also: [], commit: `${i}`, at, raised: 0 },
      read: { files: facts === undefined ? [] : [{ path: 'lock', facts, problems: [] }], problems: [] },
    };
  });
  return assembleTimeline(reads, table, memoryStore(advisories.map(record), codec), now);
}

const ids = (core: TimelineCore, list: TimelinePoint['change']['closed']): string[] =>
  list.map(({ issue }) => core.issues[issue]!.id).sort();

test('points, changes and stays are what looking at every point alone says', () => {
  let seed = 5;
  const next = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
  for (let round = 0; round < 150; round++) {
    const advisories = Array.from({ length: 1 + next(5) }, (_, i): Known => {
      const introduced = next(3);
      return {
        id: `GHSA-${i}`,
        name: 'abc'[next(3)]!,
        introduced,
        fixed: next(4) === 0 ? undefined : introduced + 1 + next(3),
        published: next(6) === 0 ? undefined : (50 + next(100)) * DAY,
      };
    });
    let at = 40 * DAY;
    const points = Array.from({ length: 1 + next(8) }, () => {
      at += next(20) * DAY;
      const kind = next(8);
      const files: Files =
        kind === 0
          ? undefined
          : kind === 1
            ? 'manifest'
            : [
                ...new Set(
                  Array.from(
                    { length: 1 + next(4) },
                    () => `${'abc'[next(3)]!} ${1 + next(4)}${next(4) === 0 ? '*' : ''}`,
                  ),
                ),
              ];
      return { at, files };
    });
    const now = 400 * DAY;
    const core = assemble(points, advisories, now);

    const open = points.map(({ files }) =>
      files === undefined || files === 'manifest'
        ? undefined
        : advisories.flatMap((advisory) =>
            [...new Set(files.map((line) => line.replace('*', '')))]
              .filter((line) => {
                const [name, version] = line.split(' ');
                const number = Number(version);
                return (
                  name === advisory.name &&
                  number >= advisory.introduced &&
                  (advisory.fixed === undefined || number < advisory.fixed)
                );
              })
              .map((line) => ({ advisory, isDevelopment: !files.includes(line) })),
          ),
    );
    let before: Set<string> | undefined;
    const expected = open.map((hits, i) => {
      if (hits === undefined) return { state: 'unknown', counts: [], undated: 0, changes: [[], [], []] };
      const here = new Set(hits.map(({ advisory }) => advisory.id));
      const there = before;
      before = here;
      const isDated = ({ advisory: { published } }: (typeof hits)[number]): boolean =>
        published !== undefined;
      const known = hits.filter((hit) => isDated(hit) && hit.advisory.published! <= points[i]!.at);
      const changes =
        there === undefined
          ? [[...here], [], []]
          : [[], [...here].filter((id) => !there.has(id)), [...there].filter((id) => !here.has(id))];
      return {
        state: 'whole',
        counts: [hits.length, hits.filter((hit) => hit.isDevelopment).length, known.length],
        undated: hits.filter((hit) => !isDated(hit)).length,
        changes: changes.map((list) => list.sort()),
      };
    });
    expect(
      core.points.map(({ state, knownNow, knownThen, undated = 0, change }) => ({
        state,
        counts: knownNow === undefined ? [] : [knownNow.total, knownNow.development, knownThen?.total],
        undated,
        changes: [change.firstSeen, change.opened, change.closed].map((list) => ids(core, list)),
      })),
    ).toEqual(expected);
    for (const issue of core.issues) {
      const { published } = advisories.find(({ id }) => id === issue.id)!;
      expect(issue.episodes.map(({ from, until, state, days }) => [from, until, state, days])).toEqual(
        staysOf(issue.id, open, points, published, now),
      );
    }
  }
});

/** From point to point: a run goes on over what is not known. */
function staysOf(
  id: string,
  open: readonly (readonly { readonly advisory: Known }[] | undefined)[],
  points: readonly { readonly at: number }[],
  published: number | undefined,
  now: number,
): [from: number, until: number | undefined, state: Episode['state'], days: number | undefined][] {
  const stays: ReturnType<typeof staysOf> = [];
  let from: number | undefined;
  const end = (until: number | undefined, at: number): void => {
    const since = Math.max(points[from!]!.at, published ?? 0);
    if (published === undefined) stays.push([from!, until, 'undated', undefined]);
    else if (since >= at) stays.push([from!, until, 'before-public', undefined]);
    else stays.push([from!, until, until === undefined ? 'open' : 'closed', Math.floor((at - since) / DAY)]);
    from = undefined;
  };
  open.forEach((hits, i) => {
    if (hits === undefined) return;
    const has = hits.some(({ advisory }) => advisory.id === id);
    if (has) from ??= i;
    else if (from !== undefined) end(i, points[i]!.at);
  });
  if (from !== undefined && open.at(-1) === undefined) stays.push([from, undefined, 'unseen', undefined]);
  else if (from !== undefined) end(undefined, now);
  return stays;
}

test('an upgrade from one affected version to another goes on with the stay, whichever advisories it has', () => {
  const core = assemble(
    [
      { at: 10 * DAY, files: ['a 1'] },
      { at: 20 * DAY, files: ['a 2'] },
      { at: 30 * DAY, files: ['a 3'] },
    ],
    [
      { id: 'GHSA-old', name: 'a', introduced: 0, fixed: 3, published: 5 * DAY },
      {
        id: 'CVE-2026-1',
        name: 'a',
        introduced: 2,
        fixed: 3,
        published: 15 * DAY,
        more: { aliases: ['GHSA-old'] },
      },
    ],
    100 * DAY,
  );
  expect(core.issues).toHaveLength(1);
  expect(core.issues[0]).toMatchObject({ id: 'CVE-2026-1', ids: ['CVE-2026-1', 'GHSA-old'] });
  expect(core.issues[0]?.episodes).toMatchObject([
    { from: 0, until: 2, state: 'closed', days: 20, versions: ['1.0.0', '2.0.0'] },
  ]);
  expect(core.points.map(({ knownNow }) => knownNow?.total)).toEqual([1, 1, 0]);
});

test('withdrawn advisories count nowhere, malicious ones as critical, two versions of a name as duplicates', () => {
  const core = assemble(
    [{ at: 10 * DAY, files: ['a 1', 'a 2*', 'b 1'] }],
    [
      {
        id: 'GHSA-gone',
        name: 'b',
        introduced: 0,
        fixed: undefined,
        published: DAY,
        more: { withdrawn: iso(2 * DAY) },
      },
      { id: 'MAL-2026-1', name: 'a', introduced: 0, fixed: undefined, published: DAY },
    ],
    100 * DAY,
  );
  expect(core.points[0]).toMatchObject({
    components: 3,
    direct: 3,
    duplicates: 1,
    development: 1,
    knownNow: { total: 2, bySeverity: { critical: 2 }, development: 1 },
    knownThen: { total: 2 },
  });
});

test('what is decided is left out at every point, by versions; malware has to be named; what is about a path is counted', () => {
  const table = componentTable();
  const reads = ['a 1', 'a 2', 'a 3'].map((name, index): ReadSample => {
    const facts = table.take(lockOf([name, 'b 1']));
    const sample = {
      label: String(index),
      also: [],
      commit: String(index),
      at: (10 + index) * DAY,
      raised: 0,
    };
    return { sample, read: { files: [{ path: 'lock', facts, problems: [] }], problems: [] } };
  });
  const advisories = [
    { id: 'GHSA-1', name: 'a', introduced: 0, fixed: undefined, published: DAY },
    { id: 'MAL-2026-1', name: 'b', introduced: 0, fixed: undefined, published: DAY },
  ];
  const decision = (id: string, about: object, expires: string): Decision => ({
    id,
    about: { advisories: [], ...about },
    status: 'not_affected',
    reason: 'never called',
    by: 'someone',
    at: '1970-01-01T00:00:00Z',
    expires,
    source: { path: '.assay/decisions.yaml', format: 'assay' },
  });
  const later = '1971-01-01T00:00:00Z';
  const decisions = [
    decision('two', { advisories: ['GHSA-1'], component: 'pkg:npm/a', versions: '<2' }, later),
    decision('ended', { advisories: ['GHSA-1'], component: 'pkg:npm/a' }, '1970-01-05T00:00:00Z'),
    decision('all of b', { component: 'pkg:npm/b' }, later),
    decision('path', { advisories: ['GHSA-1'], path: 'x > a' }, later),
  ];
  const recorded = { decisions, today: iso(100 * DAY) };
  const store = memoryStore(advisories.map(record), codec);
  const core = assembleTimeline(reads, table, store, 100 * DAY, recorded);
  expect(core.decisions).toEqual({ recorded: 4, used: 1, ended: 1, notApplied: 1 });
  expect(core.points.map(({ knownNow, decided }) => [knownNow?.total, decided])).toEqual([
    [1, 1],
    [2, undefined],
    [2, undefined],
  ]);
  expect(core.points[1]?.change.opened.map(({ issue }) => core.issues[issue]?.id)).toEqual(['GHSA-1']);
  expect(core.problems.filter(({ code }) => code !== 'decision/partial')).toEqual(core.problems);
  expect(assembleTimeline(reads, table, store, 100 * DAY).decisions).toBeUndefined();
});

test('versions in separate files are no duplicates', () => {
  const table = componentTable();
  const fileOf = (path: string, ...names: string[]) => ({
    path,
    facts: table.take(lockOf(names)),
    problems: [],
  });
  const files = [fileOf('a.lock', 'a 1', 'b 1', 'b 2'), fileOf('b.lock', 'a 2', 'b 2')];
  expect(pointFacts(files, [], table.components, memoryStore([], codec)).duplicates).toBe(1);
});

test('a manifest of exact versions without a lockfile gives a lower bound: what its components bring in is not there', () => {
  const table = componentTable();
  const facts = table.take({ ...lockOf(['a 1']), role: 'manifest' });
  const sample = { label: '1', also: [], commit: '1', at: DAY, raised: 0 };
  const read = { files: [{ path: 'package.json', facts, problems: [] }], problems: [] };
  const advisory = { id: 'GHSA-1', name: 'a', introduced: 0, fixed: 2, published: 0 };
  const store = memoryStore([record(advisory)], codec);
  const [point] = assembleTimeline([{ sample, read }], table, store, 9 * DAY).points;
  expect([point?.state, point?.knownNow?.total]).toEqual(['part', 1]);
});
