import { expect, test } from 'vitest';
import { CYCLES_AS_OF, schedules } from './cycles.ts';
import { describeEndOfLife, endOfLife } from './end-of-life.ts';
import { imageContents, imageEndOfLife } from './images.ts';
import { cycleOf, isRange, lowerBounds } from './versions.ts';

const today = '2026-11-21';

test('the table is well formed: real days in order, one row a release line', () => {
  const isDay = (text: string) => new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
  expect(isDay(CYCLES_AS_OF)).toBe(true);
  for (const [name, { cycles, source, title }] of schedules()) {
    expect([name, title, source.startsWith('https://')]).toEqual([name, title, true]);
    expect(new Set(cycles.map((cycle) => cycle.cycle)).size).toBe(cycles.length);
    for (const cycle of cycles) {
      expect([cycle.cycle, isDay(cycle.released), isDay(cycle.ends)]).toEqual([cycle.cycle, true, true]);
      // An empty support date is before every end.
      expect([cycle.cycle, cycle.support <= cycle.ends]).toEqual([cycle.cycle, true]);
      expect([cycle.cycle, cycle.released < cycle.ends]).toEqual([cycle.cycle, true]);
    }
    const order = cycles.map((cycle) => cycle.cycle.split('.').map(Number));
    for (let i = 1; i < order.length; i++) {
      const [before, after] = [order[i - 1]!, order[i]!];
      expect(after[0]! - before[0]! || (after[1] ?? 0) - (before[1] ?? 0)).toBeGreaterThan(0);
    }
    // Every release line is found by its own name.
    for (const { cycle } of cycles) expect([name, cycleOf(name, cycle)]).toEqual([name, cycle]);
  }
});

// Each by hand from the page that the table names.
test.for([
  ['nodejs', '18', 'ended', '18', '2025-04-30', '26'],
  ['nodejs', 'v20.11.1', 'ended', '20', '2026-04-30', '26'],
  ['nodejs', 'lts/iron', 'ended', '20', '2026-04-30', '26'],
  ['nodejs', '22.22.0', 'ending-soon', '22', '2027-04-30', '26'],
  ['nodejs', '24', 'supported', '24', '2028-04-30', '26'],
  ['nodejs', '0.10.48', 'ended', '0.10', '2016-10-31', '26'],
  ['nodejs', '99', 'unknown', '99', undefined, '26'],
  ['python', '2.7.18', 'ended', '2.7', '2020-01-01', '3.14'],
  ['python', '3.10', 'ended', '3.10', '2026-10-31', '3.14'],
  ['python', 'python-3.11.4', 'supported', '3.11', '2027-10-31', '3.14'],
  ['ruby', '3.2.2', 'ended', '3.2', '2026-04-01', '4.0'],
  ['ruby', 'ruby-3.3.6', 'ending-soon', '3.3', '2027-03-31', '4.0'],
  ['go', '1.25.3', 'ended', '1.25', '2026-08-19', '1.27'],
  ['go', 'go1.26', 'ending-soon', '1.26', '2027-02-28', '1.27'],
  ['java', '1.8', 'supported', '8', '2030-12-31', '25'],
  ['java', 'temurin-17.0.2+8', 'supported', '17', '2027-10-31', '25'],
  ['java', 'openjdk64-11.0.2', 'supported', '11', '2027-10-31', '25'],
  ['java', '26', 'ended', '26', '2026-09-15', '25'],
  ['php', '8.2', 'ending-soon', '8.2', '2026-12-31', '8.5'],
  ['php', '7.4.33', 'ended', '7.4', '2022-11-28', '8.5'],
  ['dotnet', '8.0.100', 'ended', '8', '2026-11-10', '10'],
  ['dotnet', 'netcoreapp3.1', 'ended', '3.1', '2022-12-13', '10'],
  ['dotnet', '10.0.100', 'supported', '10', '2028-11-14', '10'],
  ['debian', 'bullseye', 'ended', '11', '2026-08-31', '13'],
  ['debian', '12.5', 'supported', '12', '2028-06-30', '13'],
  ['ubuntu', '20.04', 'ended', '20.04', '2025-05-31', '26.04'],
  ['ubuntu', 'jammy', 'ending-soon', '22.04', '2027-04-30', '26.04'],
  ['alpine', '3.18.4', 'ended', '3.18', '2025-05-09', '3.24'],
] as const)('%s %s is %s', ([name, version, state, cycle, ends, latestSupported]) => {
  expect(endOfLife(name, version, today)).toMatchObject({
    name,
    state,
    cycle,
    ends,
    latestSupported,
    judged: 'version',
    asOf: CYCLES_AS_OF,
  });
});

test.for([
  ['nodejs', 'lts/*'],
  ['nodejs', '*'],
  ['nodejs', ''],
  ['nodejs', '<20'],
  ['python', '3'],
  ['python', 'pypy3.10-7.3.12'],
  ['php', '8'],
  ['java', 'system'],
  ['terraform', '1.0.0'],
  ['constructor', '1'],
] as const)('nothing is said of %s %j', ([name, version]) =>
  expect(endOfLife(name, version, today)).toBeUndefined(),
);

test.for([
  ['nodejs', '>=18', '18', 'ended'],
  ['nodejs', '>=4.0.0', '4', 'ended'],
  ['nodejs', '^20.9.0 || ^22.11.0 || >= 24.11.0', '20', 'ended'],
  ['nodejs', '^16.x || ^18.x || >= 20.x', '16', 'ended'],
  ['nodejs', '>=24 <27', '24', 'supported'],
  ['nodejs', '>18', '19', 'ended'],
  ['nodejs', '14 - 16', '14', 'ended'],
  ['nodejs', '~22.1', '22', 'ending-soon'],
  ['python', '>= 3.11', '3.11', 'supported'],
  ['python', '>=3.8,<4', '3.8', 'ended'],
  ['python', '~=3.9', '3.9', 'ended'],
  ['python', '^3.12', '3.12', 'supported'],
  ['python', '>=3', '3.0', 'ended'],
  ['python', '!=3.9.*,>=3.11', '3.11', 'supported'],
  ['go', '>=1.16', '1.16', 'ended'],
  ['ruby', '~> 3.4', '3.4', 'supported'],
  ['php', '^7.4 || ^8.0', '7.4', 'ended'],
] as const)('the range %s %s is judged by %s', ([name, range, cycle, state]) =>
  expect(endOfLife(name, range, today)).toMatchObject({ cycle, state, judged: 'range' }),
);

test('a release line ends after its last day, and a stale table does not claim what it only expects', () => {
  const states = ['2026-10-31', '2026-11-01'].map((day) => endOfLife('python', '3.10', day)!.state);
  expect(states).toEqual(['ending-soon', 'ended']);
  expect(endOfLife('go', '1.26', '2027-06-01')!.state).toBe('unknown');
  expect(endOfLife('nodejs', '24', '2030-01-01')!.state).toBe('ended');
  expect(endOfLife('nodejs', '18', '2035-01-01')!.latestSupported).toBeUndefined();
});

test('one line for people, gentler for a range', () => {
  const line = (name: string, version: string) => describeEndOfLife(endOfLife(name, version, today)!);
  expect(line('nodejs', '18')).toBe(
    'Node.js 18 has had no security fixes since 2025-04-30; 26 is the newest supported',
  );
  expect(line('nodejs', '>=18')).toBe(
    'still allows Node.js 18, which has had no security fixes since 2025-04-30; 26 is the newest supported',
  );
  expect(line('php', '8.2')).toBe(
    'PHP 8.2 gets its last security fixes on 2026-12-31; 8.5 is the newest supported',
  );
  expect(line('go', '1.26')).toBe(
    'Go 1.26 gets its last security fixes about 2027-02-28; 1.27 is the newest supported',
  );
  expect(line('nodejs', '24')).toBeUndefined();
});

test.for([
  ['node', '14-alpine', 'nodejs 14'],
  ['node', '20.11.1-bookworm-slim', 'nodejs 20.11.1, debian bookworm'],
  ['node', 'iron-alpine3.18', 'nodejs iron, alpine 3.18'],
  ['docker.io/library/python', '3.6', 'python 3.6'],
  ['python', '3.12-alpine3.19.1', 'python 3.12, alpine 3.19'],
  ['golang', '1.20', 'go 1.20'],
  ['openjdk', '8-jre-alpine', 'java 8'],
  ['eclipse-temurin', '17-jdk-jammy', 'java 17, ubuntu jammy'],
  ['maven', '3.9-eclipse-temurin-17', 'java 17'],
  ['gradle', '8.5-jdk21', 'java 21'],
  ['mcr.microsoft.com/dotnet/aspnet', '6.0-alpine3.18', 'dotnet 6.0, alpine 3.18'],
  ['gcr.io/distroless/nodejs18-debian11', 'nonroot', 'nodejs 18, debian 11'],
  ['public.ecr.aws/lambda/nodejs', '16', 'nodejs 16'],
  ['cimg/node', '18.17', 'nodejs 18.17'],
  ['debian', 'buster-slim', 'debian buster'],
  ['ubuntu', '18.04', 'ubuntu 18.04'],
  ['alpine', '3.12.1', 'alpine 3.12.1'],
  ['postgres', '13-bullseye', 'debian bullseye'],
  ['rust', '1.75-slim-bookworm', 'debian bookworm'],
  ['node', 'latest', ''],
  ['node', 'lts-alpine', ''],
  ['somebody/node', '14', ''],
  ['constructor', '1', ''],
] as const)('the image %s:%s holds %s', ([name, tag, expected]) =>
  expect(
    imageContents(name, tag)
      .map((found) => `${found.name} ${found.version}`)
      .join(', '),
  ).toBe(expected),
);

test('an image is judged by all that it holds', () => {
  expect(
    imageEndOfLife('node', '14-buster', today).map(({ title, cycle, state }) => [title, cycle, state]),
  ).toEqual([
    ['Node.js', '14', 'ended'],
    ['Debian', '10', 'ended'],
  ]);
});

test.for([
  ['^16 || >=18.2', ['16', '18.2']],
  ['>= 1.5, < 2', ['1.5']],
  ['<2', []],
  ['', []],
  ['x'.repeat(100_000), []],
] as const)('lower bounds of %s', ([range, expected]) => expect(lowerBounds(range)).toEqual(expected));

test('a version is told from a range', () => {
  expect(['20', 'v20.1', 'lts/iron', '18.x', 'temurin-17.0.2+8'].some(isRange)).toBe(false);
  expect(['>=18', '^1', '1 || 2', '1,2', '18 - 20'].every(isRange)).toBe(true);
});
