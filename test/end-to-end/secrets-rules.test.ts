import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
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

test('words of an organisation are found from entries that do not show them', () => {
  const env = { ASSAY_DENY_LIST_KEY: '7'.repeat(64) };
  const words = join(world.folder('words', { 'words.txt': 'Project Nightjar\n\nab\n' }), 'words.txt');
  const hashed = world.assay(['secrets', '--hash-list', words], env);
  expect(hashed).toMatchObject({
    code: 3,
    err: expect.stringMatching(/^Line 2|^Line 3: too short/) as string,
  });
  expect(hashed.out).toMatch(/^- 'pro 2 16 [0-9a-f]{32}'\n$/);
  expect(world.assay(['secrets', '--hash-list', words]).code).toBe(2);
  const folder = world.folder('open', {
    '.assay/secrets.yaml': `deny:\n  - title: projects\n    hashed:\n      ${hashed.out}internal-domains: [corp.example]\n`,
    'a.txt': 'see project_nightjar\nhost: db1.corp.example\n',
  });
  const run = world.assay(['secrets', '--format', 'json'], env, folder);
  expect((JSON.parse(run.out) as Report).disclosures.map(({ rule }) => rule)).toEqual([
    'deny-list-1-hashed',
    'organisation-host',
  ]);
  expect(run.out).not.toMatch(/nightjar/i);
  // Another key finds nothing, and no key says so.
  const other = { ASSAY_DENY_LIST_KEY: '8'.repeat(64) };
  const only = ['secrets', '--only', 'deny-list,marking'];
  expect(world.assay(only, other, folder).code).toBe(0);
  const without = world.assay(only, {}, folder);
  expect([without.code, without.out]).toEqual([3, expect.stringContaining('cannot be looked for without')]);
  // Where nothing else is to be looked for, too.
  expect(world.assay(['secrets', '--only', 'deny-list'], {}, folder)).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      /leave no rule to look for\n.*without their key; .*ASSAY_DENY_LIST_KEY/,
    ) as string,
  });
});

test('a list of plain words is not found in its own file', () => {
  const folder = world.folder('plain', {
    '.assay/secrets.yaml':
      'deny: [{title: projects, words: [Project Nightjar]}]\ninternal-domains: [corp.example, dev.corp.example]\n',
  });
  expect(secrets(folder)).toMatchObject({ code: 0, rules: [] });
  writeFileSync(join(folder, 'a.txt'), 'project nightjar\n');
  expect(secrets(folder)).toMatchObject({ code: 1, rules: ['deny-list-1'] });
});

test('ignored paths are covered and counted; every report is as its schema says', () => {
  const folder = world.folder('ignoring', {
    '.assay/secrets.yaml': `${RULES}ignore: ['test/**']\n`,
    'test/a.txt': `${acme}\n`,
  });
  const run = world.assay(['secrets', '--format', 'json'], {}, folder);
  expect(run.code).toBe(0);
  const schema = JSON.parse(readFileSync('docs/schema/secrets-1.schema.json', 'utf8')) as object;
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
  void validate(JSON.parse(run.out));
  expect(validate.errors ?? null).toBeNull();
  expect((JSON.parse(run.out) as { disclosures: object[] }).disclosures).toMatchObject([
    { rule: 'acme-token', tier: 'certain', covered: { by: 'ignored-path' } },
  ]);
  const markdown = world.assay(['secrets', '--format', 'markdown'], {}, folder).out;
  expect(markdown).toContain('0 certain, 0 likely, 0 possible; 1 covered');
  expect(markdown).toContain('Covered: 1</summary>');
  writeFileSync(join(folder, 'b.txt'), `${acme}\n`);
  expect(secrets(folder).code).toBe(1);
});

test('the rules that would be asked are listed, and nothing is looked for', () => {
  const folder = world.folder('listing', {
    '.assay/secrets.yaml': `${RULES}disable: [jwt]\n`,
    'a.txt': `${acme}\n`,
  });
  const { code, out } = world.assay(['secrets', '--list-rules', '--format', 'json'], {}, folder);
  const list = JSON.parse(out) as {
    rules: { id: string; kind: string; title: string; advice: string }[];
    leftOut: { rules: string[] }[];
  };
  expect(code).toBe(0);
  expect(list.rules.find(({ id }) => id === 'acme-token')).toMatchObject({
    kind: 'credential',
    title: 'Acme token',
  });
  expect([list.rules.some(({ id }) => id === 'jwt'), list.leftOut[0]!.rules]).toEqual([false, ['jwt']]);
  const text = world.assay(['secrets', '--list-rules', '--only', 'marking'], {}, folder).out;
  expect(text).toMatch(/^Protective markings \(marking\): \d+\n/);
});
