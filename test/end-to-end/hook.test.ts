import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { base62, crc32 } from '../../src/analysis/disclosure/rules/checks/crc32.ts';
import { randomText } from '../../src/analysis/disclosure/rules/testing/random.ts';
import type { Run } from './harness.ts';
import { bin, hasGit, isBuilt, World } from './harness.ts';

const world = new World();
afterAll(() => world[Symbol.dispose]());

const random = randomText(23);
/** Random, with its checksum: of the right form, and nobody's. */
const token = (): string => {
  const body = random('base62', 30);
  return `ghp_${body}${base62(crc32(body), 6)}`;
};

/** A folder with nothing but what a hook needs, so that a test can leave something out. */
function tools(name: string, ...leftOut: string[]): string {
  const folder = join(world.root, name);
  mkdirSync(folder);
  for (const tool of ['git', 'sh', 'cat', 'printf', 'git-receive-pack', 'git-upload-pack']) {
    const found = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim();
    if (found.startsWith('/')) symlinkSync(found, join(folder, tool));
  }
  if (!leftOut.includes('node')) symlinkSync(process.execPath, join(folder, 'node'));
  if (!leftOut.includes('assay')) {
    writeFileSync(join(folder, 'assay'), `#!/bin/sh\nexec node '${bin}' "$@"\n`);
    chmodSync(join(folder, 'assay'), 0o755);
  }
  return folder;
}

let path = '';

function git(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const { status, stdout, stderr } = spawnSync('git', [...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
    env: {
      PATH: path,
      HOME: world.root,
      XDG_CACHE_HOME: join(world.root, 'cache'),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Ann',
      GIT_AUTHOR_EMAIL: 'ann@example.invalid',
      GIT_COMMITTER_NAME: 'Ann',
      GIT_COMMITTER_EMAIL: 'ann@example.invalid',
      ...env,
    },
  });
  return { code: status, out: stdout, err: stderr };
}

function repository(name: string, install: readonly string[] | false = []): string {
  const folder = world.folder(name, { 'README.md': '# App\n' });
  git(folder, ['init', '-q', '-b', 'main']);
  if (install !== false && world.assay(['hook', 'install', folder, ...install]).code !== 0)
    throw new Error('assay hook install failed');
  return folder;
}

function put(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
  git(folder, ['add', '--', file]);
}

beforeAll(() => {
  if (!isBuilt) throw new Error('dist/start.cjs is missing: run `npm run build`');
  if (hasGit) path = tools('tools');
});

describe.skipIf(!hasGit)('hooks, with the real git (skipped where it is absent)', () => {
  test('a commit with a secret is stopped in words; without it, it goes through with one line and a receipt', () => {
    const folder = repository('plain');
    const secret = token();
    put(folder, 'src/config.ts', `// one\nexport const token = '${secret}';\n`);
    const stopped = git(folder, ['commit', '-qm', 'one']);
    expect(stopped.code).toBe(1);
    expect(stopped.err).toMatch(
      /^assay: 1 file and the message, 1 secret, \d+ ms \(assay on PATH\): this commit was stopped\n/,
    );
    expect(stopped.err).toContain('src/config.ts:2: GitHub personal access token, certain: ');
    expect(stopped.err).toContain('--write-baseline');
    expect(stopped.err).not.toContain(secret.slice(4, 20));
    put(folder, 'src/config.ts', '// one\n');
    const passed = git(folder, ['commit', '-qm', 'one']);
    expect(passed.code).toBe(0);
    expect(passed.err).toMatch(/^assay: 1 file and the message, 0 secrets, \d+ ms \(assay on PATH\)\n$/);
    const tree = git(folder, ['rev-parse', 'HEAD^{tree}']).out.slice(0, 12);
    expect(git(folder, ['log', '-1', '--format=%B']).out).toBe(`one\n\nAssay-Checked: ${tree}\n\n`);
    expect(git(folder, ['log', '-1', '--format=%(trailers:key=Assay-Checked,valueonly)']).out).toBe(
      `${tree}\n\n`,
    );
  });

  test('a commit in which nothing is found loads none of the modules of Node that take long to load', () => {
    const folder = repository('light');
    put(folder, 'src/a.ts', 'export const a = 1;\n');
    const list = join(world.root, 'modules.json');
    const preload = join(world.root, 'preload.cjs');
    writeFileSync(
      preload,
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(list)}, JSON.stringify(process.moduleLoadList)));\n`,
    );
    const commit = git(folder, ['commit', '-qm', 'a'], { NODE_OPTIONS: `--require ${preload}` });
    expect([commit.code, commit.err]).toEqual([0, expect.stringMatching(/^assay: 1 file and the message/)]);
    const loaded = JSON.parse(readFileSync(list, 'utf8')) as readonly string[];
    expect(loaded).toContain('NativeModule fs');
    expect(
      loaded.filter((one) => /^NativeModule (?:crypto|zlib|worker_threads|child_process)$/.test(one)),
    ).toEqual([]);
  });

  test('commit -a and commit FILE take another index: what they bring in is seen', () => {
    const folder = repository('all', ['--no-receipt']);
    put(folder, 'a', 'a\n');
    put(folder, 'b', 'b\n');
    expect(git(folder, ['commit', '-qm', 'start']).code).toBe(0);
    expect(git(folder, ['log', '-1', '--format=%B']).out).toBe('start\n\n');
    writeFileSync(join(folder, 'a'), `${token()}\n`);
    expect(git(folder, ['commit', '-qam', 'all']).code).toBe(1);
    expect(git(folder, ['commit', '-qm', 'one', '--', 'a']).code).toBe(1);
    writeFileSync(join(folder, 'b'), 'c\n');
    expect(git(folder, ['commit', '-qm', 'the other', '--', 'b']).err).toMatch(
      /^assay: 1 file and the message, 0 secrets/,
    );
    // What was there before is not brought in by a commit that changes another line.
    put(folder, 'a', `${token()}\n`);
    expect(git(folder, ['commit', '-qm', 'x', '--no-verify']).code).toBe(0);
    writeFileSync(join(folder, 'a'), `${readFileSync(join(folder, 'a'), 'utf8')}more\n`);
    expect(git(folder, ['commit', '-qam', 'more']).code).toBe(0);
  });

  test('a secret in the message is stopped, one below the scissors is not', () => {
    const folder = repository('message');
    put(folder, 'a', 'a\n');
    const stopped = git(folder, ['commit', '-qm', `use ${token()}`]);
    expect([stopped.code, stopped.err]).toEqual([
      1,
      expect.stringContaining('  the message: GitHub personal access token'),
    ]);
    // What is said to do fits where it stands.
    expect(stopped.err).toMatch(/To go on: write the message without it[^]*No secret\? write it differently/);
    const both = token();
    put(folder, 'b', `${both}\n`);
    const twice = git(folder, ['commit', '-qm', both]).err;
    expect(twice).toContain('  the message, b:1: GitHub');
    expect(twice).toMatch(/To go on: take it out of the file[^;]*; write the message without it/);
    git(folder, ['rm', '-qf', 'b']);
    git(folder, ['commit', '-qm', 'a']);
    // The old text stands in the change that --verbose shows.
    put(folder, 'a', `${token()}\n`);
    git(folder, ['commit', '-qnm', 'in']);
    put(folder, 'a', 'out\n');
    const editor = join(world.root, 'editor.sh');
    writeFileSync(editor, '#!/bin/sh\n{ echo out; cat "$1"; } > "$1.new"; cat "$1.new" > "$1"\n');
    chmodSync(editor, 0o755);
    const edited = git(folder, ['commit', '-qv'], { GIT_EDITOR: editor });
    // With an editor the files come first, so that nobody writes a message for nothing.
    expect([edited.code, edited.err]).toEqual([
      0,
      expect.stringMatching(/^assay: 1 file, 0 secrets[^\n]*\nassay: the message, 0 secrets[^\n]*\n$/),
    ]);
    put(folder, 'b', `${token()}\n`);
    expect(git(folder, ['commit', '-qv'], { GIT_EDITOR: editor }).err).toMatch(/^assay: 1 file, 1 secret,/);
    git(folder, ['rm', '-qf', 'b']);
    expect(git(folder, ['log', '-1', '--format=%B']).out).toMatch(/^out\n\nAssay-Checked: [0-9a-f]{12}\n\n$/);
    // An empty message still gives the commit up.
    put(folder, 'a', 'again\n');
    expect(git(folder, ['commit', '-q'], { GIT_EDITOR: 'true' }).code).toBe(1);
  });

  test('a push is looked at from what the remote has: branches, tags, force, deletion', () => {
    const remote = world.folder('remote.git', {});
    git(remote, ['init', '-q', '--bare']);
    const folder = repository('push', ['--hooks', 'pre-push']);
    git(folder, ['remote', 'add', 'origin', remote]);
    put(folder, 'a', 'a\n');
    git(folder, ['commit', '-qm', 'a']);
    expect(git(folder, ['push', '-q', 'origin', 'main']).err).toMatch(/^assay: 1 commit, 1 file, 0 secrets/);
    put(folder, 'b', `${token()}\n`);
    git(folder, ['commit', '-qm', 'in']);
    git(folder, ['rm', '-q', 'b']);
    git(folder, ['commit', '-qm', 'and out']);
    const stopped = git(folder, ['push', '-q', 'origin', 'HEAD:refs/heads/new']);
    expect(stopped.err).toContain('assay: 2 commits, 1 file, 1 secret');
    expect(stopped.err).toMatch(/b:1 in commit [0-9a-f]{12}: GitHub/);
    expect(git(remote, ['branch', '--list', 'new']).out).toBe('');
    git(folder, ['reset', '-q', '--hard', 'HEAD~2']);
    git(folder, ['commit', '-q', '--amend', '-m', 'other']);
    expect(git(folder, ['push', '-qf', 'origin', 'main']).err).toMatch(/^assay: 1 commit, 1 file, 0 secrets/);
    git(folder, ['tag', '-am', `for ${token()}`, 'v1']);
    const tag = git(folder, ['push', '-q', 'origin', 'v1']);
    expect(tag.err).toContain('assay: 0 commits, 0 files, 1 secret');
    git(folder, ['push', '-q', 'origin', 'main:gone']);
    expect(git(folder, ['push', '-q', 'origin', ':gone']).err).toMatch(
      /^assay: 0 commits, 0 files, 0 secrets/,
    );
    // To an address without a name.
    expect(git(folder, ['push', '-q', remote, 'main']).err).toMatch(/^assay: 0 commits/);
  });

  test('a server refuses what clients without hooks push, and keeps none of it', () => {
    const remote = world.folder('server.git', {});
    git(remote, ['init', '-q', '--bare', '-b', 'main']);
    expect(world.assay(['hook', 'install', remote])).toMatchObject({ code: 0 });
    expect(world.assay(['hook', 'status', remote]).out).toContain('pre-receive  ready');
    const folder = repository('client', false);
    put(folder, 'a', 'a\n');
    git(folder, ['commit', '-qm', 'a']);
    const first = git(folder, ['push', '-q', remote, 'main']);
    expect([first.code, first.err]).toEqual([
      0,
      expect.stringContaining('remote: assay: 1 commit, 1 file, 0 secrets'),
    ]);
    put(folder, 'b', `${token()}\n`);
    git(folder, ['commit', '-qm', 'b']);
    const stopped = git(folder, ['push', '-q', remote, 'main']);
    expect(stopped.code).toBe(1);
    expect(stopped.err).toContain('b:1 in commit');
    const id = git(folder, ['rev-parse', 'HEAD']).out.trim();
    expect(git(remote, ['cat-file', '-e', id]).code).not.toBe(0);
    // Nor can a push acquit itself.
    world.assay(['secrets', '--write-baseline'], {}, folder);
    put(folder, '.assay/secrets.baseline', readFileSync(join(folder, '.assay/secrets.baseline'), 'utf8'));
    put(folder, '.assay/secrets.key', readFileSync(join(folder, '.assay/secrets.key'), 'utf8'));
    git(folder, ['commit', '-qm', 'let me']);
    expect(git(folder, ['push', '-q', remote, 'main']).code).toBe(1);
  });

  test('without node or assay nothing goes through, and three lines say why', () => {
    const folder = repository('missing');
    put(folder, 'a', 'a\n');
    for (const [leftOut, says] of [
      ['node', 'node was not found on PATH'],
      ['assay', 'assay was found neither in node_modules/.bin nor on PATH'],
    ] as const) {
      const { code, err } = git(folder, ['commit', '-qm', 'a'], { PATH: tools(`no-${leftOut}`, leftOut) });
      expect([code, err.split('\n').length]).toEqual([1, 4]);
      expect(err).toContain(`assay: NOT CHECKED, so this commit was stopped: ${says}`);
      expect(err).toContain(
        `set PATH ${leftOut === 'node' ? '' : 'for other programs '}in ${world.root}/.config/assay`,
      );
    }
    // A damaged one as well.
    put(folder, 'node_modules/.bin/assay', '#!/bin/sh\nexit 139\n');
    chmodSync(join(folder, 'node_modules/.bin/assay'), 0o755);
    const damaged = git(folder, ['commit', '-qm', 'a']);
    expect([damaged.code, damaged.err]).toEqual([
      1,
      expect.stringContaining('node_modules/.bin/assay ended with code 139'),
    ]);
    expect(git(folder, ['commit', '-qnm', 'a']).code).toBe(0);
  });

  test('names that would fool a terminal or a command line', () => {
    const folder = repository('hostile');
    for (const name of ['-rf', 'two\nlines', '\u001b[31mred', 'naïve "q" $(id)'])
      put(folder, name, `${token()}\n`);
    const { code, err } = git(folder, ['commit', '-qm', 'x']);
    expect(code).toBe(1);
    expect(err).toContain('assay: 4 files and the message, 4 secrets');
    expect(err).toContain('  -rf:1: GitHub');
    expect(err).toContain('two\ufffdlines:1');
    expect(err).not.toContain('\u001b');
  });

  test('in a linked working tree, in a folder below, and on a merge', () => {
    const folder = repository('linked');
    put(folder, 'sub/a', 'a\n');
    git(folder, ['add', '-A']);
    git(folder, ['commit', '-qm', 'a']);
    const linked = join(world.root, 'linked-tree');
    git(folder, ['worktree', 'add', '-q', linked]);
    put(linked, 'b', `${token()}\n`);
    expect(git(linked, ['commit', '-qm', 'b']).err).toContain('assay: 1 file and the message, 1 secret');
    put(linked, 'b', 'b\n');
    expect(git(linked, ['commit', '-qm', 'b']).code).toBe(0);
    put(folder, 'sub/c', `${token()}\n`);
    expect(git(join(folder, 'sub'), ['commit', '-qm', 'c']).err).toContain('sub/c:1');
    put(folder, 'sub/c', 'c\n');
    expect(git(join(folder, 'sub'), ['commit', '-qm', 'c']).code).toBe(0);
    expect(git(folder, ['merge', '-q', '--no-ff', '-m', 'join', 'linked-tree']).code).toBe(0);
  });

  test('a repository of SHA-256', ({ skip }) => {
    const folder = world.folder('sha256', { a: 'a\n' });
    if (git(folder, ['init', '-q', '--object-format=sha256']).code !== 0) skip('git knows no SHA-256');
    world.assay(['hook', 'install', folder]);
    put(folder, 'a', `${token()}\n`);
    expect(git(folder, ['commit', '-qm', 'a']).err).toContain('assay: 1 file and the message, 1 secret');
  });

  test('what is there already is kept: scripts of git, husky, foreign folders, lefthook, pre-commit', () => {
    const own = repository('own', false);
    const script = join(own, '.git/hooks/pre-push');
    writeFileSync(script, '#!/bin/sh\ncat > seen\nexit 0\n');
    chmodSync(script, 0o755);
    const run = (folder: string, ...args: string[]): Run => world.assay(['hook', ...args, folder]);
    expect(run(own, 'install').out).toContain('added to   .git/hooks/pre-push');
    const remote = world.folder('own.git', {});
    git(remote, ['init', '-q', '--bare']);
    put(own, 'a', 'a\n');
    git(own, ['commit', '-qm', 'a']);
    expect(git(own, ['push', '-q', remote, 'main']).err).toContain('assay: 1 commit');
    expect(readFileSync(join(own, 'seen'), 'utf8')).toContain('refs/heads/main');
    expect(run(own, 'install').out).not.toMatch(/written|added/);
    expect(run(own, 'status').code).toBe(0);
    expect(run(own, 'uninstall').code).toBe(0);
    expect(readFileSync(script, 'utf8')).toBe('#!/bin/sh\ncat > seen\nexit 0\n');
    expect([existsSync(join(own, '.assay/hooks')), run(own, 'status').code]).toEqual([false, 1]);

    const husky = repository('husky', false);
    mkdirSync(join(husky, '.husky'));
    writeFileSync(join(husky, '.husky/pre-commit'), 'npx lint-staged\n');
    // What is committed of husky does nothing until it was set up in the clone.
    expect(run(husky, 'install')).toMatchObject({ code: 1, out: expect.stringContaining('`npx husky`') });
    expect(readFileSync(join(husky, '.husky/pre-commit'), 'utf8')).toMatch(
      /assay hook[^]*npx lint-staged\n$/,
    );
    expect(run(husky, 'status')).toMatchObject({ code: 1, out: expect.stringContaining('was not set up') });
    mkdirSync(join(husky, '.husky/_'));
    for (const hook of ['pre-commit', 'commit-msg', 'pre-push']) {
      writeFileSync(join(husky, '.husky/_', hook), `#!/bin/sh\nsh -e .husky/${hook} "$@"\n`);
      chmodSync(join(husky, '.husky/_', hook), 0o755);
    }
    git(husky, ['config', 'core.hooksPath', '.husky/_']);
    expect([run(husky, 'install').code, run(husky, 'status').code]).toEqual([0, 0]);

    const outside = repository('outside', false);
    git(outside, ['config', 'core.hooksPath', join(world.root, 'elsewhere')]);
    const left = run(outside, 'install');
    expect([left.code, left.out]).toEqual([1, expect.stringContaining('it lies outside of this repository')]);

    for (const [name, file] of [
      ['lefthook', 'lefthook.yml'],
      ['pre-commit', '.pre-commit-config.yaml'],
    ] as const) {
      const folder = repository(name, false);
      writeFileSync(join(folder, file), '# mine\n');
      const printed = run(folder, 'install');
      expect([printed.code, readFileSync(join(folder, file), 'utf8')]).toEqual([1, '# mine\n']);
      writeFileSync(join(folder, file), printed.out);
      expect(run(folder, 'install')).toMatchObject({
        code: 1,
        out: expect.stringContaining(`not set up in this clone, so git does not call it; \`${name} install`),
      });
      expect(run(folder, 'status').code).toBe(1);
      for (const hook of ['pre-commit', 'commit-msg', 'pre-push']) {
        writeFileSync(join(folder, '.git/hooks', hook), `#!/bin/sh\nexec ${name} run ${hook} "$@"\n`);
        chmodSync(join(folder, '.git/hooks', hook), 0o755);
      }
      expect([run(folder, 'install').code, run(folder, 'status').code]).toEqual([0, 0]);
    }
  });

  test('a changed, a lost and a disabled script are seen', () => {
    const folder = repository('changed');
    const status = (): string => world.assay(['hook', 'status', folder]).out;
    const script = join(folder, '.assay/hooks/pre-commit');
    writeFileSync(script, `${readFileSync(script, 'utf8')}# more\n`);
    expect(status()).toContain('is not as this version writes it');
    expect(world.assay(['hook', 'install', folder]).out).toContain('written    .assay/hooks/pre-commit');
    chmodSync(script, 0o644);
    expect(status()).toContain('is not executable');
    git(folder, ['config', '--unset', 'core.hooksPath']);
    expect(status()).toContain('nobody runs it in this clone');
    writeFileSync(script, readFileSync(script, 'utf8').replaceAll('\n', '\r\n'));
    expect(status()).toContain('has Windows line ends');
    expect(world.assay(['hook', 'install', folder]).out).toContain('written    .assay/hooks/pre-commit');
    writeFileSync(script, 'echo mine\n');
    const foreign = world.assay(['hook', 'install', folder]);
    expect([foreign.code, foreign.err]).toEqual([2, expect.stringContaining("is not assay's")]);
  });

  test('CI names the commits that came without the hook, and looks at all of them again', () => {
    const folder = repository('check');
    git(folder, ['add', '-A']);
    git(folder, ['commit', '-qm', 'start']);
    git(folder, ['tag', 'base']);
    put(folder, 'a', 'a\n');
    git(folder, ['commit', '-qm', 'with']);
    put(folder, 'b', 'b\n');
    git(folder, ['commit', '-qnm', 'without'], { GIT_AUTHOR_NAME: 'Bob \u001b[31m' });
    put(folder, 'c', 'c\n');
    git(folder, ['commit', '-qm', 'changed later']);
    put(folder, 'd', 'd\n');
    git(folder, ['commit', '-q', '-n', '--amend', '--no-edit']);
    const check = (...more: string[]): Run =>
      world.assay(['hook', 'check', 'base..HEAD', ...more], {}, folder);
    const { code, out } = check();
    expect(code).toBe(0);
    expect(out).toContain('the hook did not run on 1 of 3 commits, by Bob \ufffd[31m\n');
    expect(out).toContain('1 of 3 were changed after it ran (rebase, cherry-pick), by Ann\n');
    expect(check('--require').code).toBe(1);
    expect(JSON.parse(check('--format', 'json').out)).toMatchObject({
      receipts: { commits: 3, checked: 1, without: [{ state: 'other' }, { state: 'none' }] },
      secrets: { disclosures: [] },
    });
    put(folder, 'e', `${token()}\n`);
    git(folder, ['commit', '-qnm', 'in']);
    expect(check().code).toBe(1);
    expect(world.assay(['hook', 'check', 'HEAD'], {}, folder).code).toBe(2);
  });

  test("the repository's own rules count; what is wrong with them is said, and stops nothing", () => {
    const folder = repository('rules');
    const rule = 'rules:\n  - id: acme-token\n    title: Acme access token\n    pattern: acme_[0-9]{12}\n';
    put(folder, '.assay/secrets.yaml', rule);
    git(folder, ['commit', '-qm', 'rules']);
    put(folder, 'a', 'acme_123456789012\n');
    expect(git(folder, ['commit', '-qm', 'x']).err).toContain('a:1: Acme access token');
    git(folder, ['commit', '-qnm', 'past the hook']);
    const checked = world.assay(['hook', 'check', 'HEAD~1..HEAD'], {}, folder);
    expect([checked.code, checked.out]).toEqual([1, expect.stringContaining('Acme access token')]);
    put(folder, '.assay/secrets.yaml', `${rule}nonsense: 1\n`);
    put(folder, 'a', 'a\n');
    const noted = git(folder, ['commit', '-qm', 'x']);
    expect([noted.code, noted.err]).toEqual([0, expect.stringContaining('  note: .assay/secrets.yaml: ')]);
  });

  test('one find can be let pass; the others of the baseline stay', () => {
    const folder = repository('baseline');
    put(folder, 'old', `${token()}\n`);
    world.assay(['secrets', '--write-baseline'], {}, folder);
    put(folder, 'new', `${token()}\n`);
    expect(git(folder, ['commit', '-qm', 'x']).err).toContain('2 files and the message, 1 secret,');
    world.assay(['secrets', '--staged', '--write-baseline'], {}, folder);
    git(folder, ['add', '.assay']);
    expect(git(folder, ['commit', '-qm', 'x']).code).toBe(0);
    expect(world.assay(['secrets'], {}, folder).code).toBe(0);
  });
});

test('what cannot be run says so', () => {
  const none = world.folder('none', {});
  const env = { GIT_CEILING_DIRECTORIES: world.root };
  expect(world.assay(['hook', 'install', none], env).code).toBe(2);
  // As "prepare" of a package.json, in a container without the repository.
  const prepared = world.assay(['hook', 'install', none], { ...env, npm_lifecycle_event: 'prepare' });
  expect(prepared).toMatchObject({ code: 0, err: expect.stringContaining('no hooks are installed') });
  expect(world.assay(['hook']).code).toBe(2);
  expect(world.assay(['hook', 'run', 'post-merge']).code).toBe(2);
  expect(world.assay(['hook', 'install', '--manager', 'print']).code).toBe(2);
});
