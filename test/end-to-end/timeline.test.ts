import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Timeline } from '../../src/model/timeline.ts';
import { hasGit, isBuilt, osv, packageLock, World } from './harness.ts';
import { misfits } from './schema.ts';

const world = new World();
let db = '';
let repository = '';
afterAll(() => world[Symbol.dispose]());

const DAY = 86_400;
/** 2026-01-01. */
const START = 1_767_225_600;
const iso = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
const nameOf = (i: number): string => `part-${String(i).padStart(2, '0')}`;

/** Open advisories of each release; releases are 10 days apart. */
const OPEN = [27, 15, 15, 10, 5, 0];

interface Commit {
  readonly at: number;
  readonly files: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  readonly annotated?: readonly string[];
}

/** Makes a bare repository whose branch holds exactly these commits; `more` is appended to git's stream. */
function history(name: string, commits: readonly Commit[], more = ''): string {
  const folder = join(world.root, name);
  mkdirSync(folder);
  world.git(folder, 'init', '-q', '--bare');
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const who = (at: number): string => `Test <test@example.invalid> ${at} +0000`;
  const stream = commits.map(({ at, files, tags = [], annotated = [] }, i) =>
    [
      `commit refs/heads/main\nmark :${i + 1}\ncommitter ${who(at)}\n${data(`change ${i}`)}deleteall\n`,
      ...Object.entries(files).map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`),
      ...tags.map((tag) => `reset refs/tags/${tag}\nfrom :${i + 1}\n\n`),
      ...annotated.map((tag) => `tag ${tag}\nfrom :${i + 1}\ntagger ${who(at)}\n${data(tag)}`),
    ].join(''),
  );
  execFileSync('git', ['fast-import', '--quiet'], { cwd: folder, input: stream.join('') + more });
  return folder;
}

beforeAll(() => {
  if (!isBuilt) throw new Error('dist/start.cjs is missing: run `npm run build`');
  const records = Array.from({ length: 27 }, (_, i) => {
    const id = `GHSA-aaaa-aaaa-a${String(i).padStart(3, '0')}`;
    // The first ten were public before the first release, the others between the second and the third.
    const published = iso(START + (i < 10 ? -5 : 15) * DAY);
    return [`npm/${id}.json`, osv(id, 'npm', nameOf(i), '2.0.0', { published })] as const;
  });
  db = world.database(Object.fromEntries(records));
  if (!hasGit) return;
  repository = history(
    'app.git',
    OPEN.map((open, release) => ({
      at: START + release * 10 * DAY,
      files: packageLock(
        Object.fromEntries(OPEN_NAMES.map((name, i) => [name, i < open ? '1.0.0' : '2.0.0'])),
      ),
      ...(release % 2 === 0 ? { tags: [`v1.${release}.0`] } : { annotated: [`v1.${release}.0`] }),
    })),
  );
});

const OPEN_NAMES = Array.from({ length: 27 }, (_, i) => nameOf(i));

const timeline = (...args: string[]) => world.assay(['timeline', ...args, '--db', db]);
const json = (...args: string[]): Timeline => {
  const { code, out, err } = timeline(...args, '--format', 'json');
  expect([code, err]).toEqual([0, '']);
  expect(misfits('timeline-1', out)).toEqual([]);
  return JSON.parse(out) as Timeline;
};

test('a project that went 27, 15, 15, 10, 5, 0 shows it with one command', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const { code, out, err } = timeline(repository);
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('0 open advisories (as known now) at v1.5.0, down from 27 at v1.0.0');
  const made = json(repository);
  expect(made.points.map(({ knownNow }) => knownNow?.total)).toEqual(OPEN);
  // Ten were public on the first day; the seventeen others came out on day 15, when v1.2.0 was not out yet.
  expect(made.points.map(({ knownThen }) => knownThen?.total)).toEqual([10, 10, 15, 10, 5, 0]);
  expect(made.points.map(({ change }) => change.closed.length)).toEqual([0, 12, 0, 5, 5, 5]);
  expect(made.points.map(({ change }) => change.firstSeen.length)).toEqual([27, 0, 0, 0, 0, 0]);
  expect(made.points.map(({ change }) => change.published.length)).toEqual([0, 0, 5, 0, 0, 0]);
  expect(made.exposure).toEqual({
    // Five were there from day 15 to 30, five from day 0 to 40, five from day 0 to 50; twelve were gone by day 10.
    closed: { count: 15, mean: 35, median: 40 },
    open: { count: 0 },
    production: { closed: { count: 15, mean: 35, median: 40 }, open: { count: 0 } },
    beforePublic: 12,
    undated: 0,
    unseen: 0,
  });
  expect(made.issues[0]).toMatchObject({
    name: 'part-00',
    episodes: [{ from: 0, until: 5, state: 'closed', days: 50, versions: ['1.0.0'] }],
  });
});

test('--decisions leaves out at every point what is decided at HEAD, as a scan of HEAD does', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const lock = (...versions: string[]) =>
    packageLock(Object.fromEntries(versions.map((version, i) => [nameOf(i), version])));
  const decision = [
    '- id: one',
    '  status: not_affected',
    '  justification: vulnerable_code_not_in_execute_path',
    '  about: { component: pkg:npm/part-00 }',
    '  reason: never called',
    '  by: Jo Example <jo@example.invalid>',
    '  at: 2026-01-01T00:00:00Z',
    '  expires: 2099-01-01T00:00:00Z',
    '',
  ].join('\n');
  const decided = history('decided.git', [
    { at: START, files: lock('1.0.0', '1.0.0', '1.0.0'), tags: ['v1.0.0'] },
    { at: START + DAY, files: lock('1.0.0', '1.0.0', '2.0.0'), tags: ['v1.1.0'] },
    {
      at: START + 2 * DAY,
      files: { ...lock('2.0.0', '1.0.0', '2.0.0'), '.assay/decisions.yaml': decision },
      tags: ['v1.2.0'],
    },
  ]);
  expect(json(decided).points.map(({ knownNow }) => knownNow?.total)).toEqual([3, 2, 1]);
  const made = json(decided, '--decisions');
  expect(made.points.map(({ knownNow }) => knownNow?.total)).toEqual([2, 1, 1]);
  expect(made.points.map(({ decided: left }) => left)).toEqual([1, 1, undefined]);
  expect(made.points.map(({ change }) => change.closed.length)).toEqual([0, 1, 0]);
  expect(made.decisions).toEqual({ recorded: 1, used: 1, ended: 0, notApplied: 0 });
  expect(made.issues.map(({ name }) => name)).toEqual(['part-01', 'part-02']);
  const words = '1 open advisory (as known now) at v1.2.0, down from 2 at v1.0.0';
  for (const format of ['text', 'svg', 'markdown'])
    expect(timeline(decided, '--decisions', '--format', format).out).toContain(words);
  const [head, first] = timeline(decided, '--decisions', '--format', 'csv').out.split('\n');
  expect([head?.endsWith(',decided'), first?.endsWith(',1')]).toEqual([true, true]);
});

test('each point has the numbers that a scan of its commit has', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const { points } = json(repository);
  for (const { commit, components, knownNow } of points.slice(-3)) {
    const scan = world.assay(['scan', repository, '--revision', commit, '--db', db, '--format', 'json']);
    const told = JSON.parse(scan.out) as {
      components: { origin: string }[];
      findings: { kind: string }[];
    };
    expect([
      told.components.filter(({ origin }) => origin !== 'project' && origin !== 'workspace').length,
      told.findings.filter(({ kind }) => kind === 'advisory').length,
    ]).toEqual([components, knownNow?.total]);
  }
});

test('warm, without a cache, and from a working tree it says the same', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const first = json(repository, '--name', 'app');
  expect(json(repository, '--name', 'app')).toEqual(first);
  expect(json(repository, '--name', 'app', '--no-cache')).toEqual(first);
  world.git(world.root, 'clone', '-q', repository, 'clone');
  expect(json('clone', '--name', 'app')).toEqual(first);
});

test('every N commits, by month, since a day or a release, and a file for each format', ({ skip }) => {
  if (!hasGit) skip('no git here');
  expect(json(repository, '--every', '2').points.map(({ knownNow }) => knownNow?.total)).toEqual([15, 10, 0]);
  const months = json(repository, '--monthly').points;
  expect(months.map(({ label, knownNow }) => [label, knownNow?.total])).toEqual([
    ['2026-01', 10],
    ['2026-02', 0],
  ]);
  expect(json(repository, '--since', 'v1.3.0').points.map(({ label }) => label)).toEqual([
    'v1.3.0',
    'v1.4.0',
    'v1.5.0',
  ]);
  expect(json(repository, '--since', '2026-02-01').points.map(({ label }) => label)).toEqual([
    'v1.4.0',
    'v1.5.0',
  ]);
  const csv = timeline(repository, '--format', 'csv').out.split('\n');
  expect(csv[0]).toContain('label,date,commit');
  expect(csv).toHaveLength(8);
  expect(timeline(repository, '--format', 'svg').out).toMatch(/^<svg [^>]*role="img"/);
  expect(timeline(repository, '--format', 'markdown').out).toContain('| `v1.5.0` | 2026-02-20 |');
});

test('a lockfile that appears late, moves, and is replaced by another tool’s: unknown is not zero, moving is no change', ({
  skip,
}) => {
  if (!hasGit) skip('no git here');
  const lock = packageLock({ [nameOf(0)]: '1.0.0' });
  const moved = Object.fromEntries(Object.entries(lock).map(([path, text]) => [`app/${path}`, text]));
  const yarn = {
    'app/package.json': lock['package.json']!,
    'app/yarn.lock': `# yarn lockfile v1\n\n\n"${nameOf(0)}@^1.0.0":\n  version "1.0.0"\n  resolved "https://registry.example.invalid/${nameOf(0)}/-/${nameOf(0)}-1.0.0.tgz#0000000000000000000000000000000000000000"\n`,
  };
  const files = [{ 'README.md': 'hello\n' }, { 'package.json': lock['package.json']! }, lock, moved, yarn];
  const odd = history(
    'odd.git',
    files.map((one, i) => ({ at: START + i * DAY, files: one, tags: [`${i + 1}.0`] })),
  );
  const made = json(odd);
  expect(made.points.map(({ state, knownNow }) => [state, knownNow?.total])).toEqual([
    ['unknown', undefined],
    ['unknown', undefined],
    ['whole', 1],
    ['whole', 1],
    ['whole', 1],
  ]);
  expect(
    made.points.map(({ change }) => [change.firstSeen.length, change.opened.length, change.closed.length]),
  ).toEqual([
    [0, 0, 0],
    [0, 0, 0],
    [1, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ]);
  expect(timeline(odd).out).toContain('1 point has no manifest or lockfile yet');
});

test('odd tags and a clock that runs backwards: skipped ones are counted, later releases are never earlier', ({
  skip,
}) => {
  if (!hasGit) skip('no git here');
  const files = packageLock({ [nameOf(0)]: '1.0.0' });
  const odd = history(
    'tags.git',
    [
      { at: START + 30 * DAY, files, tags: ['v1.0.0', '1.0.0'], annotated: ['release-of-the-year'] },
      { at: START + 10 * DAY, files: packageLock({ [nameOf(0)]: '2.0.0' }), tags: ['v1.1.0'] },
      { at: START + 40 * DAY, files, tags: ['v2.0.0-rc.1'] },
      { at: START + 50 * DAY, files, tags: ['v2.0.0'] },
    ],
    'blob\nmark :90\ndata 2\nhi\ntag v3.0.0\nfrom :90\ntagger Test <test@example.invalid> 1767225600 +0000\ndata 0\n',
  );
  const made = json(odd);
  expect(made.points.map(({ label, also, at }) => [label, also, at.slice(0, 10)])).toEqual([
    ['v1.0.0', ['1.0.0'], '2026-01-31'],
    ['v1.1.0', [], '2026-01-31'],
    ['v2.0.0', [], '2026-02-20'],
  ]);
  expect(made.sampling.leftOut.map(({ why, count }) => [why, count])).toEqual([
    ['not-a-version', 1],
    ['prerelease', 1],
    ['not-a-commit', 1],
  ]);
  expect(made.caveats.join('\n')).toContain('dated before what it builds on');
  const shallow = join(world.root, 'shallow.git');
  world.git(world.root, 'clone', '-q', '--bare', '--depth', '1', `file://${odd}`, shallow);
  expect(json(shallow, '--every', '1').caveats.join('\n')).toContain('this is a shallow clone');
});

test('no tags: by month, and why; nothing known anywhere: exit code 3; wrong words: exit code 2', ({
  skip,
}) => {
  if (!hasGit) skip('no git here');
  const plain = history('plain.git', [{ at: START, files: { 'package.json': '{}', a: 'b' } }]);
  expect(json(plain).sampling.says).toContain('there are no tags, so it is the last commit of each month');
  const empty = history('empty.git', [{ at: START, files: { a: 'b' } }]);
  expect(timeline(empty).code).toBe(3);
  expect(timeline(plain, '--tags', 'x*')).toMatchObject({ code: 2, out: '' });
  expect(timeline(plain, '--monthly', '--every', '3').err).toContain('exclude each other');
  expect(timeline(plain, '--every', '0').code).toBe(2);
  expect(timeline(plain, '--since', '2026-13-01').err).toContain('there is no such day');
  expect(timeline('records').err).toContain('lies in no git repository');
});

test('names from a repository reach no terminal, table or picture as commands', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const hostile = history('hostile.git', [
    { at: START, files: packageLock({ [nameOf(0)]: '1.0.0', '<img src=x>|\u001B[31m': '1.0.0' }) },
  ]);
  world.git(hostile, 'tag', '1.0<b>');
  const tags = ['--tags', '*', '--name', '=cmd()|<b>'];
  // eslint-disable-next-line no-control-regex -- that is what must not be there
  expect(timeline(hostile, ...tags).out).not.toMatch(/\u001B/);
  expect(timeline(hostile, ...tags, '--format', 'svg').out).not.toContain('<b>');
  expect(timeline(hostile, ...tags, '--format', 'markdown').out).not.toMatch(/(?<!`[^`\n]*)<b>/);
});
