import { cpSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasGit, isBuilt, osv, packageLock, World } from './harness.ts';

const world = new World();
let db = '';
let app = '';
afterAll(() => world[Symbol.dispose]());

beforeAll(() => {
  if (!isBuilt) throw new Error('dist/start.cjs is missing: run `npm run build`');
  const records = world.folder('records', {
    'npm/GHSA-aaaa-aaaa-aaaa.json': osv('GHSA-aaaa-aaaa-aaaa', 'npm', 'left', '1.3.0', {
      aliases: ['CVE-2026-1'],
    }),
    'npm/GHSA-bbbb-bbbb-bbbb.json': osv('GHSA-bbbb-bbbb-bbbb', 'npm', 'right', '2.0.0'),
    'npm/GHSA-cccc-cccc-cccc.json': osv('GHSA-cccc-cccc-cccc', 'npm', 'unscored', undefined, {
      severity: [],
    }),
  });
  db = join(world.root, 'db');
  const built = world.assay(['db', 'update', '--from', records, '--db', db]);
  if (built.code !== 0) throw new Error(built.err);
  app = world.folder('app', packageLock({ left: '1.2.0' }, { right: '1.0.0' }));
});

const scan = (...args: string[]) => world.assay(['scan', ...args, '--db', db]);
const json = (...args: string[]) =>
  JSON.parse(scan(...args, '--format', 'json').out) as Record<string, unknown>;

test('prints actions first, then why, and passes without a policy', () => {
  const { code, out, err } = scan(app);
  expect(code).toBe(0);
  expect(err).toBe('');
  expect(out.indexOf('WHAT TO DO')).toBeGreaterThan(0);
  expect(out.indexOf('WHY IT MATTERS HERE')).toBeGreaterThan(out.indexOf('WHAT TO DO'));
  expect(out).toContain('Upgrade left 1.2.0 to 1.3.0');
  expect(out).toContain('npm install');
  expect(out).toContain('only development needs it');
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

test.for([
  ['critical', 1],
  ['high', 1],
] as const)('--fail-on %s ends with %i', ([level, code]) =>
  expect(scan(app, '--fail-on', level).code).toBe(code),
);

test('what only development needs is below the threshold', () => {
  const dev = world.folder('dev-only', packageLock({}, { right: '1.0.0' }));
  expect(scan(dev, '--fail-on', 'high').code).toBe(0);
  expect(scan(dev, '--fail-on', 'medium').code).toBe(1);
});

test('unscored is never below a threshold', () => {
  const folder = world.folder('unscored', packageLock({ unscored: '1.0.0' }));
  expect(scan(folder, '--fail-on', 'critical').code).toBe(1);
});

test('missing data is not a pass: counted, named, exit code 3 under a policy', () => {
  const folder = world.folder('python', { 'requirements.txt': 'requests==2.0.0\n' });
  const { code, out } = scan(folder, '--fail-on', 'critical');
  expect(code).toBe(3);
  expect(out).toContain('NOT CHECKED');
  expect(out).toMatch(/1 PyPI: no advisories installed/);
  expect(scan(folder).code).toBe(0);
});

test('an unreadable lockfile never passes', () => {
  const folder = world.folder('broken', { 'package-lock.json': '{"lockfileVersion": 3, "packages": {' });
  const { code, out } = scan(folder);
  expect(code).toBe(3);
  expect(out).toContain('package-lock.json');
});

test('one broken file loses nothing else', () => {
  const folder = world.folder('half-broken', {
    ...packageLock({ left: '1.2.0' }),
    'other/package-lock.json': '<<<<<<< HEAD\n{}\n',
  });
  const { code, out } = scan(folder);
  expect(code).toBe(3);
  expect(out).toContain('Upgrade left 1.2.0 to 1.3.0');
  expect(out).toContain('other/package-lock.json');
});

test('could not run: exit code 2, one message, a hint', () => {
  const missing = scan(join(world.root, 'nowhere'));
  expect([missing.code, missing.out]).toEqual([2, '']);
  expect(missing.err).toContain('nowhere');
  expect(scan(app, '--fial-on', 'high').err).toContain('did you mean --fail-on');
  expect(world.assay(['scna']).err).toContain('did you mean `assay scan`');
});

test('where nothing was recognised, nothing is called checked; what is named as an archive must be one', () => {
  const folder = world.folder('trees/nothing', { 'notes.md': 'hello', 'a.tar.gz': 'hello' });
  const { code, out } = scan(folder);
  expect([code, out.replaceAll(/\s+/g, ' ')]).toEqual([0, expect.stringContaining('this is no all-clear')]);
  expect(out).not.toContain('nothing known to be wrong');
  expect(scan(join(folder, 'a.tar.gz'))).toMatchObject({ code: 2, out: '' });
});

test('without a database the starter set speaks, and says so', () => {
  const { out } = world.assay(['scan', app, '--db', join(world.root, 'no-db')]);
  expect(out).toMatch(/starter set: \d+ advisories/);
});

test('every format is written, to stdout or to a file', () => {
  for (const format of ['json', 'sarif', 'cyclonedx', 'spdx', 'openvex'] as const)
    expect(() => JSON.parse(scan(app, '--format', format).out) as unknown).not.toThrow();
  expect(scan(app, '--format', 'markdown').out).toContain('left');
  const file = join(world.root, 'out.json');
  expect(scan(app, '--format', 'json', '--output', file).out).toBe('');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toBeTruthy();
});

test('the same input gives the same bytes, cached or not, wherever it lies', () => {
  const copy = join(world.root, 'copy', 'app');
  cpSync(app, copy, { recursive: true });
  const one = scan(app, '--format', 'json', '--name', 'x').out;
  expect(scan(app, '--format', 'json', '--name', 'x').out).toBe(one);
  expect(scan(copy, '--format', 'json', '--name', 'x').out).toBe(one);
  expect(world.assay(['scan', app, '--db', db, '--format', 'json', '--name', 'x', '--no-cache']).out).toBe(
    one,
  );
});

test('names from a repository cannot redraw the terminal', () => {
  const folder = world.folder('escapes', {
    'requirements.txt': 'evil\u001b[2J==1.0\n\u202egnp.exe==1.0\n',
    'sub\u001b[31m/package-lock.json': '{',
  });
  expect(scan(folder).out).not.toContain('\u001b');
});

test('decisions cover findings, with a reason; --base takes them from the trusted revision only', () => {
  if (!hasGit) return;
  const repository = world.folder('decided', packageLock({ left: '1.2.0' }));
  world.git(repository, 'init', '-q');
  world.git(repository, 'add', '.');
  world.git(repository, 'commit', '-qm', 'one');
  const decided = world.assay([
    'decide',
    'CVE-2026-1',
    '--status',
    'not_affected',
    '--justification',
    'vulnerable_code_not_in_execute_path',
    '--reason',
    'we never call it',
    '--until',
    '2027-03-01',
    '--by',
    'A. Person',
    repository,
    '--db',
    db,
  ]);
  expect(decided.err).toBe('');
  expect(decided.code).toBe(0);
  expect(scan(repository, '--fail-on', 'low').code).toBe(0);
  expect(scan(repository, '--fail-on', 'low', '--base', 'HEAD').code).toBe(1);
  world.git(repository, 'add', '.');
  world.git(repository, 'commit', '-qm', 'two');
  expect(scan(repository, '--fail-on', 'low', '--base', 'HEAD').code).toBe(0);
  expect(scan(repository, '--fail-on', 'low', '--base', 'HEAD~1').code).toBe(1);
  expect(scan(repository, '--base', 'no-such-ref').code).toBe(2);
});

test('the same scan over a commit, a bare repository, the index and archives', () => {
  if (!hasGit) return;
  const repository = world.folder('trees/app', packageLock({ left: '1.2.0' }));
  world.git(repository, 'init', '-q');
  world.git(repository, 'add', '.');
  world.git(repository, 'commit', '-qm', 'one');
  world.git(repository, 'clone', '-q', '--bare', '.', join(world.root, 'trees/bare.git'));
  world.git(repository, 'archive', '-o', join(world.root, 'trees/app.tar.gz'), 'HEAD');
  world.git(repository, 'archive', '-o', join(world.root, 'trees/app.zip'), '--prefix=app-1/', 'HEAD');
  const findings = (...args: string[]) => JSON.stringify(json(...args)['findings']);
  const expected = findings(repository);
  expect(expected).toContain('CVE-2026-1');
  expect(findings(repository, '--revision', 'HEAD')).toBe(expected);
  expect(findings(join(world.root, 'trees/bare.git'), '--revision', 'main')).toBe(expected);
  expect(findings(join(world.root, 'trees/bare.git'))).toBe(expected);
  expect(findings(join(world.root, 'trees/app.tar.gz'))).toBe(expected);
  expect(findings(join(world.root, 'trees/app.zip'))).toBe(expected);
  writeFileSync(join(repository, 'package-lock.json'), '{}');
  expect(findings(repository, '--index')).toBe(expected);
});

test('sbom and vex come from the same snapshot', () => {
  const sbom = JSON.parse(world.assay(['sbom', app]).out) as {
    bomFormat: string;
    components: { name: string }[];
  };
  expect(sbom.bomFormat).toBe('CycloneDX');
  expect(sbom.components.map((component) => component.name)).toContain('left');
  expect(JSON.parse(world.assay(['sbom', app, '--format', 'spdx']).out)).toMatchObject({
    spdxVersion: 'SPDX-2.3',
  });
  expect(world.assay(['vex', app, '--db', db]).out).toContain('openvex');
});

test('every command has help with an example; the front page names them', () => {
  const front = world.assay(['--help']).out;
  for (const name of ['scan', 'why', 'graph', 'diff', 'decide', 'sbom', 'vex', 'db', 'completion']) {
    expect(front).toContain(name);
    const page = world.assay([name, '--help']);
    expect([page.code, page.out.includes('Examples')]).toEqual([0, true]);
    expect(Math.max(...page.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  }
});

test('a reader that closes the pipe is no failure, and --version is quick', () => {
  expect(world.assay(['--version']).out).toMatch(/^assay \d+\.\d+\.\d+\n$/);
});

test('a damaged database is named, not trusted', () => {
  const damaged = join(world.root, 'damaged');
  cpSync(db, damaged, { recursive: true });
  expect(existsSync(damaged)).toBe(true);
  const before = world.assay(['db', 'status', '--db', damaged]);
  expect(before.code).toBe(0);
  expect(before.out).toContain('npm');
  renameSync(damaged, `${damaged}-moved`);
  expect(world.assay(['scan', app, '--db', `${damaged}-moved`]).out).toContain('CVE-2026-1');
});

test('what the config leaves out is said', () => {
  const folder = world.folder('ignored', {
    ...packageLock({ left: '1.2.0' }),
    'examples/package-lock.json': '{',
    '.assay/config.yaml': 'ignore: ["examples/**"]\n',
  });
  const { code, out } = scan(folder);
  expect(code).toBe(0);
  expect(out).toContain('left out: examples/** (1 file ignored by .assay/config.yaml)');
  for (const format of ['json', 'sarif', 'cyclonedx'] as const)
    expect(scan(folder, '--format', format).out).toContain('ignored by .assay/config.yaml');
});

test('the same remark about many files is one block with a count; --all and JSON have each', () => {
  const folders = ['a', 'b', 'c', 'd', 'e'];
  const folder = world.folder(
    'unlocked',
    Object.fromEntries(
      folders.map((name) => [`${name}/package.json`, '{"name": "x", "dependencies": {"left": "^2.0.0"}}']),
    ),
  );
  const { out } = scan(folder);
  expect(out).toMatch(
    /manifest\/not-locked +in 5 files\n +a\/package\.json.*, b\/package\.json.* and 2 more\n/,
  );
  expect(out.split('manifest/not-locked')).toHaveLength(2);
  expect(scan(folder, '--all').out.split('manifest/not-locked')).toHaveLength(6);
  expect(json(folder)['findings']).toHaveLength(5);
});

test('what an override of the project pins is changed there first', () => {
  const locked = packageLock({ left: '1.2.0' });
  const folder = world.folder('forced', {
    'package-lock.json': locked['package-lock.json']!.replace('^1.2.0', '1.2.0'),
    'package.json':
      '{"name": "app", "version": "1.0.0", "dependencies": {"left": "1.2.0"}, "overrides": {"left": "1.2.0"}}',
  });
  expect(json(folder)['actions']).toMatchObject([
    {
      title: 'Edit the override of left in package.json: 1.2.0 to 1.3.0',
      command: "npm pkg set 'overrides.left=$left' && npm install --save-exact left@1.3.0",
    },
  ]);
});

test('an edit that no command makes is said in words in every format for people', () => {
  const folder = world.folder('edited', {
    Gemfile: "source 'https://registry.example.invalid'\ngem 'x', '~> 1.0.0'\n",
    'Gemfile.lock':
      'GEM\n  remote: https://registry.example.invalid/\n  specs:\n    x (1.0.0)\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  x (~> 1.0.0)\n',
  });
  const records = world.folder('gem-records', {
    'RubyGems/GHSA-dddd-dddd-dddd.json': osv('GHSA-dddd-dddd-dddd', 'RubyGems', 'x', '1.1.0'),
  });
  const gems = join(world.root, 'gems-db');
  expect(world.assay(['db', 'update', '--from', records, '--db', gems]).code).toBe(0);
  for (const format of ['text', 'json', 'markdown', 'html'])
    expect(
      world.assay(['scan', folder, '--db', gems, '--format', format]).out.replaceAll(/\s+/g, ' '),
    ).toMatch(/change the requirement of x in Gemfile from \\?~(?:>|&gt;) 1\.0\.0 to (?:>|&gt;)= 1\.1\.0/);
});
