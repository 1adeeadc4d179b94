import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { base62, crc32 } from '../../src/analysis/disclosure/rules/checks/crc32.ts';
import { randomText } from '../../src/analysis/disclosure/rules/testing/random.ts';
import type { DisclosureReport } from '../../src/model/disclosure-report.ts';
import { hasGit, isBuilt, World } from './harness.ts';

const world = new World();
afterAll(() => world[Symbol.dispose]());

/** Random, with its checksum: of the right form, and nobody's. */
const random = randomText(11);
const token = (): string => {
  const body = random('base62', 30);
  return `ghp_${body}${base62(crc32(body), 6)}`;
};
const first = token();
const second = token();
let repository = '';

beforeAll(() => {
  if (!isBuilt) throw new Error('dist/start.cjs is missing: run `npm run build`');
  if (!hasGit) return;
  repository = world.folder('app', {
    'src/config.ts': `// one\nexport const token = '${first}';\n`,
    'README.md': '# App\n',
  });
  world.git(repository, 'init', '-q');
  world.git(repository, 'add', '.');
  world.git(repository, 'commit', '-qm', 'one');
  world.git(repository, 'tag', 'v1');
  writeFileSync(join(repository, 'src/config.ts'), '// one\n');
  world.git(repository, 'commit', '-qam', 'forget the token');
});

interface Report {
  readonly disclosures: readonly {
    readonly rule: string;
    readonly tier: string;
    readonly fingerprint: string;
    readonly spots: readonly { readonly path?: string; readonly line?: number; readonly source: string }[];
    readonly history?: {
      readonly first?: { readonly commit: string; readonly spot: object };
      readonly last?: { readonly commit: string };
      readonly inHead: boolean;
      readonly refs: readonly string[];
    };
  }[];
}

const secrets = (
  ...args: string[]
): { readonly code: number | null; readonly report: Report; readonly out: string } => {
  const { code, out, err } = world.assay(
    ['secrets', ...args, '--format', 'json'],
    {},
    repository || world.root,
  );
  expect(err).toBe('');
  return { code, report: JSON.parse(out) as Report, out };
};

test('files: a secret is found, named by place and reason, and not printed', () => {
  const folder = world.folder('plain', { 'deploy/env': `A=1\nTOKEN=${first}\n`, empty: '' });
  const { code, out, err } = world.assay(['secrets', folder]);
  expect([code, err]).toEqual([1, '']);
  expect(out).toContain('certain  GitHub personal access token');
  expect(out).toContain('deploy/env:2');
  expect(out).not.toContain(first);
  expect(world.assay(['secrets', world.folder('clean', { a: 'x' })]).code).toBe(0);
  expect(world.assay(['secrets', folder, '--fail-on', 'never']).code).toBe(0);
});

test('the whole history: what was removed, since when, and where it still is', ({ skip }) => {
  if (!hasGit) skip('no git here');
  expect(secrets().code).toBe(0);
  const { code, report, out } = secrets('--history');
  expect(code).toBe(1);
  expect(out).not.toContain(first);
  const commit = world.git(repository, 'rev-parse', 'v1').trim();
  expect(report.disclosures).toHaveLength(1);
  expect(report.disclosures[0]).toMatchObject({
    tier: 'certain',
    spots: [{ source: 'file', path: 'src/config.ts', line: 2 }],
    history: {
      first: { commit, spot: { path: 'src/config.ts', line: 2 } },
      last: { commit },
      inHead: false,
      refs: ['refs/heads/main', 'refs/tags/v1'],
    },
  });
});

test('packed, bare and damaged by nobody: the same answer', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const bare = join(world.root, 'bare.git');
  world.git(repository, 'clone', '-q', '--bare', '.', bare);
  world.git(bare, 'repack', '-adq');
  const places = ({ report }: { readonly report: Report }): unknown =>
    report.disclosures.map(({ spots, history }) => [spots, history]);
  expect(places(secrets(bare, '--history'))).toEqual(places(secrets('--history')));
});

test('what is staged, and what a range of commits brings in', ({ skip }) => {
  if (!hasGit) skip('no git here');
  expect(secrets('--staged').code).toBe(0);
  writeFileSync(join(repository, 'new.txt'), `a\nb\n${second}\n`);
  world.git(repository, 'add', '.');
  const staged = secrets('--staged');
  expect(staged.code).toBe(1);
  expect(staged.report.disclosures.map(({ spots }) => spots)).toMatchObject([[{ path: 'new.txt', line: 3 }]]);
  world.git(repository, 'commit', '-qm', `mention ${second}`);
  expect(secrets('--staged').code).toBe(0);
  expect(secrets('--range', 'HEAD~2..HEAD~1').code).toBe(0);
  const range = secrets('--range', 'HEAD~1..HEAD');
  expect(range.code).toBe(1);
  expect(range.report.disclosures).toMatchObject([
    { spots: [{ source: 'commit-message' }, { source: 'file', path: 'new.txt', line: 3 }] },
  ]);
  expect(secrets('--history', '--since', 'HEAD~1').report.disclosures).toHaveLength(1);
});

test('a baseline lets what was there pass, by name without the secret', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const { code, out } = world.assay(['secrets', '--history', '--write-baseline'], {}, repository);
  expect(code).toBe(0);
  expect(out).toMatch(/^\.assay\/secrets\.baseline: 2 secrets added\n.* with its key \.assay\/secrets\.key,/);
  const text = readFileSync(join(repository, '.assay/secrets.baseline'), 'utf8');
  expect(text).not.toContain(first.slice(4, 12));
  expect(secrets('--history').code).toBe(0);
  expect(world.assay(['secrets', '--history'], {}, repository).out).toContain(
    '0 certain, 0 likely, 0 possible; 2 covered',
  );
  // Another key: the same secrets have other names.
  const other = world.assay(['secrets', '--history'], { ASSAY_SECRETS_KEY: '0'.repeat(64) }, repository);
  expect(other.code).toBe(1);
});

test('a baseline keeps what a run did not look at, with the words that people gave it, and the key that was given', () => {
  const folder = world.folder('baselines', {
    'one/a': `A=${first}\n`,
    'two/b': `A=${second}\n`,
  });
  const env = { ASSAY_SECRETS_KEY: 'a'.repeat(64), GIT_CEILING_DIRECTORIES: world.root };
  const file = join(folder, '.assay/secrets.baseline');
  const write = (...args: string[]): string =>
    world.assay(['secrets', ...args, '--write-baseline', '--baseline', file], env, folder).out;
  expect(write('one')).toMatch(/1 secret added\n.*its key is ASSAY_SECRETS_KEY/);
  expect(existsSync(join(folder, '.assay/secrets.key'))).toBe(false);
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace('# GitHub personal access token', '# revoked in May'),
  );
  expect(write('two')).toContain('1 secret added, 1 stay');
  expect(write()).toBe('.assay/secrets.baseline: 0 secrets added, 2 stay\n');
  const after = world.assay(['secrets', '--all'], env, folder);
  expect([after.code, after.out]).toEqual([
    0,
    expect.stringContaining('covered by the baseline: revoked in May'),
  ]);
  // What another tool lets pass goes in, with its file as the reason.
  writeFileSync(file, '');
  writeFileSync(join(folder, '.gitleaksignore'), 'one/a:github-pat:1\n');
  write('--import', '.gitleaksignore');
  expect(readFileSync(file, 'utf8')).toContain('# .gitleaksignore lets its places pass');
  expect(world.assay(['secrets'], env, folder).code).toBe(0);
});

test('a decision covers what it names, with its reason, until it ends', () => {
  const folder = world.folder('decided', { 'vectors/a': `A=${first}\n`, b: 'b\n' });
  const decide = (...args: string[]): number | null =>
    world.assay(
      ['decide', 'secrets/github-pat', '--status', 'not_affected', '--by', 'Ann', ...args],
      {},
      folder,
    ).code;
  expect([decide(), world.assay(['secrets'], {}, folder).code]).toEqual([2, 1]);
  expect(decide('--reason', 'made for tests', '--manifest', 'vectors/**')).toBe(0);
  const { code, out } = world.assay(['secrets', '--all'], {}, folder);
  expect([code, out]).toEqual([0, expect.stringContaining('covered by the decision: made for tests (Ann)')]);
  writeFileSync(join(folder, 'b'), `B=${first}\n`);
  const open = world.assay(['secrets'], {}, folder);
  expect([open.code, open.out]).toEqual([1, expect.stringMatching(/covers\s+some\s+places/)]);
});

test('the whole history takes out of a baseline what is nowhere any more', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const folder = world.folder('gone', { a: `A=${first}\n` });
  world.git(folder, 'init', '-q');
  world.git(folder, 'add', 'a');
  world.git(folder, 'commit', '-qm', 'a');
  const write = (...args: string[]): string =>
    world.assay(['secrets', '--write-baseline', ...args], {}, folder).out;
  write();
  writeFileSync(join(folder, 'a'), `A=${second}\n`);
  expect(write()).toContain('1 secret added, 1 stay');
  expect(write('--history', '--only', 'password')).toContain('0 secrets added, 2 stay');
  expect(write('--history')).toContain(
    '0 secrets added, 1 stay, 1 taken out: nothing in the history has them any more',
  );
});

test('a history whose packs have no index, or whose HEAD is gone, is read all the same', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const folder = world.folder('no-index', {
    a: `A=${first}\n`,
    '.assay/secrets.yaml': 'disable: [uk-postcode]\n',
  });
  world.git(folder, 'init', '-q');
  world.git(folder, 'add', '.');
  world.git(folder, 'commit', '-qm', 'a');
  world.git(folder, 'repack', '-adq');
  const packs = join(folder, '.git/objects/pack');
  for (const name of readdirSync(packs))
    if (!name.endsWith('.pack')) rmSync(join(packs, name), { force: true });
  const report = (
    ...args: string[]
  ): { code: number | null; found: number; leftOut: unknown; codes: string[] } => {
    const { code, out } = world.assay(['secrets', '--history', '-f', 'json', ...args], {}, folder);
    const { disclosures, leftOut, problems } = JSON.parse(out) as DisclosureReport;
    return {
      code,
      found: disclosures.length,
      leftOut: leftOut?.[0]?.rules,
      codes: problems.map((one) => one.code),
    };
  };
  expect(report()).toEqual({ code: 1, found: 1, leftOut: ['uk-postcode'], codes: [] });
  expect(world.assay(['secrets', '--range', 'HEAD~1..HEAD'], {}, folder).err).toContain('`git index-pack ');
  writeFileSync(join(folder, '.git/HEAD'), `${'1'.repeat(40)}\n`);
  expect(report('--only', 'password')).toMatchObject({ code: 3, codes: ['rules/unreadable'] });
});

test('what is left out is named: submodules, folders of installed packages', ({ skip }) => {
  if (!hasGit) skip('no git here');
  const inner = world.folder('inner', { a: 'a\n' });
  const outer = world.folder('outer', { b: 'b\n', 'node_modules/x/c': 'c\n' });
  for (const folder of [inner, outer]) world.git(folder, 'init', '-q');
  world.git(inner, 'add', '.');
  world.git(inner, 'commit', '-qm', 'a');
  world.git(outer, '-c', 'protocol.file.allow=always', 'submodule', '-q', 'add', inner, 'libs/inner');
  world.git(outer, 'commit', '-qm', 'b');
  const missed = (...args: string[]): unknown =>
    (JSON.parse(world.assay(['secrets', '-f', 'json', ...args], {}, outer).out) as DisclosureReport).coverage
      .undecoded;
  const submodule = { what: 'libs/inner', why: 'a submodule: scan it by its own path', count: 1 };
  expect(missed()).toEqual([submodule, expect.objectContaining({ what: 'node_modules' })]);
  expect(missed('--history')).toEqual([submodule]);
});

test('what cannot be run says why', () => {
  const { code, err } = world.assay(['secrets', world.folder('none', { a: '' }), '--history'], {
    GIT_CEILING_DIRECTORIES: '/',
  });
  expect([code, err.includes('lies in no git repository')]).toEqual([2, true]);
  expect(world.assay(['secrets', '--staged', '--history']).code).toBe(2);
  expect(world.assay(['secrets', '--baseline', 'nowhere']).code).toBe(2);
});

test('a comment in the line lets a secret pass, until comments do not count', () => {
  const folder = world.folder('allowed', { env: `A=${first} # assay:allow github-pat made up\n` });
  expect(world.assay(['secrets', folder]).code).toBe(0);
  expect(world.assay(['secrets', folder, '--all']).out).toContain('covered by the allow-comment: made up');
  expect(world.assay(['secrets', folder, '--no-allow-comments']).code).toBe(1);
  writeFileSync(join(folder, 'other'), `B=${first}\n`);
  expect(world.assay(['secrets', folder]).code).toBe(1);
});

test("what other tools' files let pass is covered", () => {
  const folder = world.folder('imported', {
    env: `# one\nA=${first}\n`,
    '.gitleaksignore': 'env:github-pat:2\n',
    wrong: 'env:github-pat:3\n',
    '.secrets.baseline': JSON.stringify({
      results: { env: [{ hashed_secret: createHash('sha1').update(first).digest('hex') }] },
    }),
  });
  const code = (...files: string[]): number | null =>
    world.assay(['secrets', ...files.flatMap((file) => ['--import', join(folder, file)]), join(folder)]).code;
  expect([code('.gitleaksignore'), code('wrong'), code('.secrets.baseline')]).toEqual([0, 1, 0]);
  expect(code('absent')).toBe(2);
  writeFileSync(join(folder, '.gitguardian.yaml'), 'version: 2\nsecret:\n  ignored_paths: [en*]\n');
  expect(code('.gitguardian.yaml')).toBe(0);
  writeFileSync(join(folder, 'b'), `B=${first}\n`);
  expect(code('.gitguardian.yaml')).toBe(1);
});

test('a comment in the line before lets a secret pass in a history while every version has it', ({
  skip,
}) => {
  if (!hasGit) skip('no git here');
  const allowed = `# pragma: allowlist nextline secret\nA=${first}\n`;
  const folder = world.folder('allowed-before', { env: allowed });
  const commit = (text: string): void => {
    writeFileSync(join(folder, 'env'), text);
    world.git(folder, 'add', '.');
    world.git(folder, 'commit', '-qm', 'change');
  };
  const code = (): number | null => world.assay(['secrets', folder, '--history']).code;
  world.git(folder, 'init', '-q');
  commit(allowed);
  commit(`${allowed}B=1\n`);
  expect(code()).toBe(0);
  // The secret's own line stays as it is.
  commit(`A=${first}\nB=1\n`);
  expect(code()).toBe(1);
});

test('what somebody committed below node_modules is looked at in every mode', ({ skip }) => {
  if (!hasGit) skip();
  const folder = world.folder('vendored', { 'a.txt': 'a\n', '.gitignore': 'node_modules\n' });
  world.git(folder, 'init', '-q');
  world.git(folder, 'add', '.');
  world.git(folder, 'commit', '-qm', 'one');
  const at = 'lib/node_modules/own/index.js';
  world.folder('vendored', {
    [at]: `const token = '${token()}';\n`,
    'lib/node_modules/other/index.js': `const token = '${token()}';\n`,
  });
  world.git(folder, 'add', '-f', at);
  const places = (...mode: string[]): readonly unknown[] => {
    const { out } = world.assay(['secrets', folder, ...mode, '--format', 'json']);
    return (JSON.parse(out) as Report).disclosures.flatMap(({ spots }) => spots.map(({ path }) => path));
  };
  expect([places(), places('--staged')]).toEqual([[at], [at]]);
  world.git(folder, 'commit', '-qm', 'two');
  expect([places(), places('--staged'), places('--history'), places('--range', 'HEAD~1..HEAD')]).toEqual([
    [at],
    [],
    [at],
    [at],
  ]);
});
