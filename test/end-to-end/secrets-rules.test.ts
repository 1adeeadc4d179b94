import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomText } from '../../src/analysis/disclosure/rules/testing/random.ts';
import { hasGit, isBuilt, World } from './harness.ts';

const world = new World();
afterAll(() => world[Symbol.dispose]());
beforeAll(() => {
  if (!isBuilt) throw new Error('dist/start.cjs is missing: run `npm run build`');
});

const random = randomText(5);
const acme = `acme_${random('hex', 32)}`;
const globex = `globex_${random('hex', 32)}`;
const RULES = `rules:\n  - {id: acme-token, title: Acme token, shape: 'acme_<hex 32>', tier: certain}\n`;
const TOML = `[extend]\nuseDefault = true\n[[rules]]\nid = "globex"\ndescription = "Globex key"\nregex = '''globex_[0-9a-f]{32}'''\nkeywords = ["globex_"]\n`;

interface Report {
  readonly disclosures: readonly {
    readonly rule: string;
    readonly spots: readonly { readonly path?: string }[];
  }[];
  readonly leftOut?: readonly { readonly why: string; readonly rules: readonly string[] }[];
  readonly problems: readonly { readonly code: string; readonly message: string; readonly lost?: boolean }[];
}

const secrets = (cwd: string, ...args: string[]) => {
  const { code, out, err } = world.assay(['secrets', ...args, '--format', 'json'], {}, cwd);
  expect(err).toBe('');
  const report = JSON.parse(out) as Report;
  return { code, report, rules: report.disclosures.map(({ rule }) => rule) };
};

test('rules of the repository, in both formats, and of the person who runs it', () => {
  const folder = world.folder('own', {
    '.assay/secrets.yaml': RULES,
    '.gitleaks.toml': TOML,
    'a.txt': `${acme}\n${globex}\n`,
    'initech.txt': 'initech-7f3a91c2\n',
  });
  expect(secrets(folder)).toMatchObject({ code: 1, rules: ['acme-token', 'globex'] });
  expect(secrets(folder, '--no-repository-rules')).toMatchObject({ code: 0, rules: [] });
  const more = world.folder('more', { 'more.yaml': "rules:\n  - {id: initech, shape: 'initech-<hex 8>'}\n" });
  expect(secrets(folder, '--rules', join(more, 'more.yaml')).rules).toContain('initech');
  expect(secrets(folder, '--disable', 'globex,jwt')).toMatchObject({
    rules: ['acme-token'],
    report: { leftOut: [{ why: '--disable', rules: ['globex', 'jwt'] }] },
  });
  expect(secrets(folder, '--only', 'personal-data').rules).toEqual([]);
  expect(world.assay(['secrets', '--disable', 'globx'], {}, folder)).toMatchObject({ code: 2 });
  expect(world.assay(['secrets', '--only', 'secret'], {}, folder)).toMatchObject({ code: 2 });
  expect(world.assay(['secrets', '--rules', 'nowhere.yaml'], {}, folder)).toMatchObject({ code: 2 });
  expect(world.assay(['secrets', '--disable', 'jwt'], {}, folder).out).toContain(
    'not looked for: jwt (--disable)',
  );
});

test('a rule that is refused is a problem with its reason, and the end is no pass', () => {
  const folder = world.folder('bad', {
    '.assay/secrets.yaml': `rules:\n  - {id: slow, pattern: '(a+)+b'}\n`,
    'a.txt': 'x\n',
  });
  const { code, report } = secrets(folder);
  expect(code).toBe(3);
  expect(report.problems).toMatchObject([
    {
      code: 'rules/refused',
      message:
        'the rule slow is not used: a repeat without bound inside another: it could take exponential time',
      lost: true,
    },
  ]);
  expect(secrets(world.folder('yaml', { '.assay/secrets.yaml': 'rules: [' })).code).toBe(3);
});

test('staged, range and history take the rules of the index and of HEAD, or of --base', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const folder = world.folder('repo', { 'a.txt': 'x\n', '.assay/secrets.yaml': RULES });
  world.git(folder, 'init', '-q');
  world.git(folder, 'add', '.');
  world.git(folder, 'commit', '-qm', 'one');
  // A change that switches off what would find it.
  writeFileSync(join(folder, '.assay/secrets.yaml'), `${RULES}disable: [acme-token]\n`);
  writeFileSync(join(folder, 'a.txt'), `${acme}\n`);
  expect(secrets(folder, '--base', 'HEAD').rules).toEqual(['acme-token']);
  expect(secrets(folder).rules).toEqual([]);
  world.git(folder, 'add', 'a.txt');
  expect(secrets(folder, '--staged').rules).toEqual(['acme-token']);
  world.git(folder, 'add', '.');
  expect(secrets(folder, '--staged').rules).toEqual([]);
  world.git(folder, 'commit', '-qm', 'two');
  const range = ['--range', 'HEAD~1..HEAD'];
  expect(secrets(folder, ...range).rules).toEqual([]);
  expect(secrets(folder, ...range, '--base', 'HEAD~1').rules).toEqual(['acme-token']);
  expect(secrets(folder, '--history').rules).toEqual([]);
  expect(secrets(folder, '--history', '--base', 'HEAD~1').rules).toEqual(['acme-token']);
  // Nor does its baseline count, nor its key.
  world.git(folder, 'checkout', '-q', 'HEAD~1', '--', '.assay');
  expect(world.assay(['secrets', '--write-baseline'], {}, folder).code).toBe(0);
  expect(secrets(folder).code).toBe(0);
  expect(secrets(folder, '--base', 'HEAD~1').code).toBe(1);
  const bare = join(world.root, 'bare.git');
  world.git(folder, 'clone', '-q', '--bare', '.', bare);
  expect(secrets(world.root, bare, '--base', 'HEAD~1', '--history').rules).toEqual(['acme-token']);
  expect(secrets(world.root, bare).rules).toEqual([]);
});

test('a repository without a commit has no rules', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const folder = world.folder('young', { 'a.txt': `${acme}\n` });
  world.git(folder, 'init', '-q');
  world.git(folder, 'add', '.');
  expect(secrets(folder, '--staged').code).toBe(0);
  expect(secrets(folder, '--history').code).toBe(0);
});
