import { expect, test } from 'vitest';
import { codec } from '../../adapters/advisories/codec.ts';
import { memoryStore } from '../advisories/testing/memory-store.ts';
import type { ForgeThread, TagFact } from '../../model/adoption.ts';
import { activityCard } from './activity.ts';
import { busFactorCard, least } from './bus-factor.ts';
import { cadenceCard } from './cadence.ts';
import { communityCard } from './community.ts';
import { DAY } from './figures.ts';
import { isNotOwnManifest } from './files.ts';
import { latencyCard } from './latency.ts';
import { licenceCard } from './licence.ts';
import { releasesOfTags } from './releases.ts';
import { responsivenessCard } from './responsiveness.ts';
import { AS_OF, madeClone, madeInput, work } from './testing/clone.ts';
import type { Made } from './testing/clone.ts';

const none = memoryStore([], codec);
const ANN = 'Ann Example <ann@company.dev>';
const BOB = 'Bob Example <bob@company.dev>';
const CY = 'Cy Example <cy@elsewhere.dev>';
const day = (days: number): string => new Date((AS_OF - days * DAY) * 1000).toISOString();
const tags = (...given: readonly (readonly [string, number])[]): TagFact[] =>
  given.map(([name, days]) => ({ name, commit: 'c', at: AS_OF - days * DAY })).sort((a, b) => a.at - b.at);
const released = (...given: readonly (readonly [string, number])[]) => releasesOfTags(tags(...given));

const activity = (made: readonly Made[], more: Parameters<typeof madeInput>[1] = {}) =>
  activityCard(madeInput(none, { clone: madeClone(made), ...more }));

test('steady work and a release make a project active, and its trend is told', () => {
  const card = activity([...work(ANN, 40, 9), ...work(BOB, 20, 18, 366)], {
    releases: released(['v1.0.0', 30]),
  });
  expect(card.verdict).toBe('good');
  expect(card.figures).toMatchObject({ state: 'active', commits12m: 40, commitsBefore12m: 20, trend: 2 });
});

test('less than four tenths of the year before is declining', () => {
  const card = activity([...work(ANN, 10, 30), ...work(ANN, 60, 6, 366)]);
  expect([card.verdict, card.says]).toEqual([
    'watch',
    'active but declining: 10 commits in 12 months (60 before)',
  ]);
});

test('no release for a year is slow, whatever the work', () => {
  expect(activity(work(ANN, 40, 9), { releases: released(['v1.0.0', 400]) }).figures['state']).toBe('slow');
});

test('a year without a commit by a person is dormant, bots or not', () => {
  const bot = 'renovate[bot] <renovate@forge.dev>';
  const card = activity([...work(bot, 50, 7), ...work(ANN, 3, 10, 400)]);
  expect([card.verdict, card.figures['state']]).toEqual(['weak', 'dormant']);
});

test('a newest commit of two years ago is dormant or an old clone, and says so', () => {
  const card = activity(work(ANN, 40, 9), { now: AS_OF + 700 * DAY });
  expect(card.says).toBe('dormant: nothing for 700 days, unless the clone is that old');
  expect(card.give).toContain('fetch the clone');
});

test('merges and automation are no work, and are counted', () => {
  const card = activity([
    ...work(ANN, 12, 30),
    { by: ANN, days: 5, merge: true },
    { by: 'x[bot] <x@y.dev>', days: 6 },
  ]);
  expect(card.figures['commits12m']).toBe(12);
  expect(card.evidence[1]!.text).toBe('left out: 1 merge, 1 by automation');
});

test('history that is cut off inside the window is unknown, never few', () => {
  const clone = madeClone(work(ANN, 3, 10), { wholeSince: AS_OF - 60 * DAY, shallow: true });
  const input = madeInput(none, { clone });
  for (const card of [activityCard(input), busFactorCard(input), communityCard(input)]) {
    expect(card.verdict).toBe('unknown');
    expect(card.give).toContain('--unshallow');
  }
});

test('bus factor: the least number of people who wrote half, and four fifths', () => {
  const clone = madeClone([...work(ANN, 50, 7), ...work(BOB, 30, 12), ...work(CY, 20, 18)]);
  const card = busFactorCard(madeInput(none, { clone }));
  expect(card.verdict).toBe('weak');
  expect(card.figures).toMatchObject({
    bf50: 1,
    bf80: 2,
    largestOrganisation: 'company.dev',
    shareOfLargestOrganisation: 0.8,
  });
  expect(JSON.stringify(card)).not.toContain('ann@');
});

test('bus factor: of fewer than ten commits it is never good', () => {
  const verdict = (each: number) =>
    busFactorCard(
      madeInput(none, {
        clone: madeClone([
          ...work(ANN, each, 7),
          ...work(BOB, each, 7),
          ...work(CY, each, 7),
          ...work('Di <di@other.dev>', each, 7),
          ...work('Eve <eve@other.dev>', each, 7),
        ]),
      }),
    ).verdict;
  expect([verdict(1), verdict(2)]).toEqual(['watch', 'good']);
});

test('bus factor agrees with trying every set of people', () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 200; round++) {
    const counts = Array.from({ length: 1 + random(8) }, () => 1 + random(20));
    const total = counts.reduce((sum, count) => sum + count, 0);
    for (const share of [0.5, 0.8]) {
      let best = counts.length;
      for (let set = 1; set < 1 << counts.length; set++) {
        const members = counts.filter((_, i) => (set >> i) & 1);
        if (members.reduce((sum, count) => sum + count, 0) >= total * share)
          best = Math.min(best, members.length);
      }
      const sorted = counts.map((count, i) => [i, count] as const).sort((a, b) => b[1] - a[1]);
      expect(least(sorted, total, share)).toBe(best);
    }
  }
});

test('bus factor of a folder counts only what changes it', () => {
  const clone = madeClone([...work(ANN, 5, 10), ...work(BOB, 5, 10)]);
  const within = { folder: 'src', commits: new Set(clone.facts.commits.slice(0, 1).map(({ id }) => id)) };
  expect(busFactorCard(madeInput(none, { clone: { ...clone, within } })).figures).toMatchObject({
    commits12m: 1,
    within: 'src',
  });
});

test('cadence: gaps between days on which something came out', () => {
  const card = cadenceCard(
    madeInput(none, {
      releases: released(
        ['v1.0.0', 300],
        ['v1.1.0', 200],
        ['v0.9.5', 200],
        ['v2.0.0-rc.1', 150],
        ['v2.0.0', 100],
      ),
    }),
  );
  expect(card.verdict).toBe('good');
  expect(card.figures).toMatchObject({
    releases24m: 4,
    prereleases24m: 1,
    releaseDays24m: 3,
    medianGapDays: 100,
    newest: '2.0.0',
  });
});

test.for([
  [400, 'watch'],
  [800, 'weak'],
] as const)('a newest release of %i days ago is %s', ([days, verdict]) => {
  expect(cadenceCard(madeInput(none, { releases: released(['v1.0.0', days]) })).verdict).toBe(verdict);
});

test('cadence: of parts that are released apart one is judged, and named', () => {
  const releases = released(['a-1.0', 100], ['a-1.1', 40], ['a-1.2', 10], ['b-2.0', 5]);
  const card = cadenceCard(madeInput(none, { releases }));
  expect(card.figures).toMatchObject({ newest: '1.2', releases24m: 3, part: 'a', parts: 2 });
  expect(card.evidence[2]!.text).toBe(
    'tags name 2 parts that are released apart; judged by those of a: it has most; ask for another by its name',
  );
});

test('what lies with helpers or tests is not what a project is', () => {
  const paths = [
    'package.json',
    'utils/check/requirements.txt',
    'tools/go.mod',
    '.spell/requirements.txt',
    'lib/utils/package.json',
    'test/package.json',
  ];
  expect(paths.filter((path) => !isNotOwnManifest(path))).toEqual(['package.json', 'lib/utils/package.json']);
});

test('no tags, and tags that name no version, are unknown', () => {
  const input = { releasesFrom: 'tags' } as const;
  expect(cadenceCard(madeInput(none, { ...input, clone: madeClone([]), releases: [] })).says).toContain(
    'no tags',
  );
  expect(
    cadenceCard(
      madeInput(none, { ...input, clone: madeClone([], { tags: tags(['data-1', 3]) }), releases: [] }),
    ).says,
  ).toBe('none of 1 tag names a version');
});

const record = (id: string, published: number, fixed?: string) => ({
  id,
  modified: day(1),
  published: day(published),
  summary: 'bad',
  affected: [
    {
      package: { ecosystem: 'npm', name: 'left' },
      ranges: [
        { type: 'SEMVER', events: [{ introduced: '0' }, ...(fixed === undefined ? [] : [{ fixed }])] },
      ],
    },
  ],
});
const left = { candidates: [{ ecosystem: 'npm' as const, name: 'left' }] };

test('latency: days from publication to the release that ends it; fixed before it was told is none', () => {
  const store = memoryStore(
    [record('A', 100, '1.1.0'), record('B', 200, '1.2.0'), record('C', 50, '1.2.0')],
    codec,
  );
  const releases = released(['v1.0.0', 400], ['v1.1.0', 90], ['v1.2.0', 60]);
  const card = latencyCard(madeInput(store, { ...left, releases }));
  // A 10, B 140, C −10 → 0.
  expect(card.figures).toMatchObject({
    measured: 3,
    medianDays: 10,
    worstDays: 140,
    fixedBeforeTold: 1,
    openInNewest: 0,
  });
  expect(card.verdict).toBe('good');
});

test('latency: what is open in the newest release for long is weak, and named', () => {
  const card = latencyCard(
    madeInput(memoryStore([record('A', 100)], codec), { ...left, releases: released(['v1.0.0', 300]) }),
  );
  expect(card.verdict).toBe('weak');
  expect(card.says).toContain('1 open in the newest release (A)');
});

test('latency: an advisory that was told later is not held against an earlier day', () => {
  const store = memoryStore([record('A', -30)], codec);
  expect(latencyCard(madeInput(store, { ...left, releases: released(['v1.0.0', 300]) })).verdict).toBe(
    'unknown',
  );
});

test('latency: no data, no name, no advisory are three kinds of unknown', () => {
  const store = memoryStore([record('A', 100)], codec);
  expect(latencyCard(madeInput(store)).says).toContain('is not known');
  expect(latencyCard(madeInput(none, left)).says).toContain('not installed');
  expect(latencyCard(madeInput(store, { candidates: [{ ecosystem: 'npm', name: 'right' }] })).says).toBe(
    'no advisory names right; that is neither good nor bad',
  );
});

const thread = (
  number: number,
  created: number,
  reply?: number,
  more: Partial<ForgeThread> = {},
): ForgeThread => ({
  kind: 'issue',
  number,
  author: 'u',
  bot: false,
  createdAt: day(created),
  repliesKnown: true,
  ...(reply === undefined ? {} : { firstReplyAt: day(reply) }),
  ...more,
});

test('responsiveness: silence counts with its age', () => {
  const threads = [thread(1, 10, 8), thread(2, 100), thread(3, 200), thread(4, 20, 19), thread(5, 30)];
  const card = responsivenessCard(madeInput(none, { forge: { from: ['x'], threads, asOf: day(0) } }));
  // 2, 100, 200, 1, 30 days.
  expect(card.figures).toMatchObject({ medianDaysToReply: 30, withoutReply: 3 });
  expect(card.verdict).toBe('watch');
});

test('responsiveness: pull requests merged within 30 days, the young open ones aside', () => {
  const pull = (n: number, created: number, merged?: number) =>
    thread(n, created, created - 1, {
      kind: 'pull',
      ...(merged === undefined ? {} : { mergedAt: day(merged) }),
    });
  const threads = [pull(1, 100, 90), pull(2, 100, 20), pull(3, 100), pull(4, 5), pull(5, 9, 8)];
  const card = responsivenessCard(madeInput(none, { forge: { from: ['x'], threads, asOf: day(0) } }));
  expect(card.figures['mergedWithin30Days']).toBe(0.5);
  expect(card.verdict).toBe('good');
});

test('responsiveness: without an export, or without comments in it, nothing is guessed', () => {
  expect(responsivenessCard(madeInput(none)).verdict).toBe('unknown');
  const threads = [1, 2, 3, 4, 5, 6].map((n) => thread(n, 10, undefined, { repliesKnown: false }));
  expect(responsivenessCard(madeInput(none, { forge: { from: ['x'], threads } })).verdict).toBe('unknown');
});

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy. The above copyright notice and
this permission notice shall be included. THE SOFTWARE IS PROVIDED "AS IS"`;
const BUSL = 'Business Source License 1.1\nAdditional Use Grant: none';
const licence = (files: Readonly<Record<string, string>>, made = work(ANN, 10, 9), facts = {}) =>
  licenceCard(madeInput(none, { clone: madeClone(made, facts, files) }));

test('licence: one organisation, an agreement and no foundation together are a high risk', () => {
  const both = [...work(ANN, 30, 9), ...work(BOB, 30, 9), ...work(CY, 5, 9)];
  const card = licence(
    { LICENSE: MIT, 'CONTRIBUTING.md': '# Hello\nPlease sign our Contributor License Agreement.' },
    both,
  );
  expect(card.figures).toMatchObject({
    licences: 'MIT',
    relicensingRisk: 'high',
    oneOrganisationDominates: true,
  });
  expect(card.verdict).toBe('weak');
  expect(card.evidence.map(({ text }) => text)).toContain(
    'CONTRIBUTING.md:2 speaks of a contributor agreement',
  );
});

test('licence: a foundation lowers it; "no CLA" is none', () => {
  const both = [...work(ANN, 30, 9), ...work(BOB, 30, 9)];
  const card = licence(
    {
      LICENSE: MIT,
      'CONTRIBUTING.md': 'There is no CLA to sign.',
      'GOVERNANCE.md': 'A project of the OpenJS Foundation.',
    },
    both,
  );
  expect(card.figures).toMatchObject({
    relicensingRisk: 'low',
    contributorAgreement: false,
    foundationNamed: true,
  });
  expect(card.verdict).toBe('good');
});

test('licence: source-available terms are weak, in a part of the tree they are told', () => {
  expect(licence({ LICENSE: BUSL }).verdict).toBe('weak');
  const part = licence({ LICENSE: MIT, 'ee/LICENSE': BUSL, 'test/fixtures/LICENSE': BUSL });
  expect(part.figures['restrictedParts']).toBe(2);
  expect(part.verdict).toBe('watch');
});

test('licence: none is weak, a text that nobody knows is unknown', () => {
  expect(licence({ 'README.md': 'x' }).verdict).toBe('weak');
  expect(licence({ LICENSE: 'You may look at it.' }).verdict).toBe('unknown');
});

test('licence: gone and back under other terms is one change of terms', () => {
  const apache = 'Licensed under the Apache License, Version 2.0';
  const edit = (days: number, before?: string, after?: string) => ({
    commit: `c${days}`,
    at: AS_OF - days * DAY,
    path: 'LICENSE',
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
  const card = licence({ LICENSE: apache }, undefined, {
    licenceEdits: [edit(50, undefined, apache), edit(80, MIT, undefined), edit(900, undefined, MIT)],
  });
  expect(card.figures['termsChanged']).toBe(1);
  expect(card.evidence.some(({ text }) => text.includes('terms changed, MIT → Apache-2.0'))).toBe(true);
  expect(card.verdict).toBe('watch');
});

test('community: newcomers are those whose first commit of all history is inside the year', () => {
  const many = Array.from({ length: 12 }, (_, i) => work(`P${i} Q <p${i}@gmail.com>`, 2, 3)).flat();
  const card = communityCard(madeInput(none, { clone: madeClone([...many, ...work(ANN, 3, 200)]) }));
  expect(card.figures).toMatchObject({
    authors12m: 13,
    newcomers12m: 12,
    domains12m: 1,
    domainsOfSeveral12m: 0,
  });
  expect(card.verdict).toBe('good');
});
