import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { hasGit, sandboxes } from '../git/testing/git.ts';
import type { Sandbox } from '../git/testing/git.ts';
import { worktree } from './worktree.ts';

const boxes = sandboxes();
afterEach(boxes.remove);
const folder = (files: readonly string[], init: readonly string[] | false = false): Sandbox => {
  const box = boxes.fresh(init);
  for (const path of files) box.write(path, 'x');
  return box;
};
const listing = async (path: string) => {
  const { entries, skipped, problems } = await worktree(path).list();
  return {
    paths: entries.map((entry) => entry.path),
    skipped: skipped.map(({ path, why }) => `${path}: ${why.split(':')[0]}`),
    problems: problems.map(({ code, at }) => `${code} ${at?.path}`),
  };
};

test('a folder that is no repository is listed whole, ignore files or not', async () => {
  const box = folder(['a/b', 'dist/c']);
  box.write('.gitignore', 'dist\n');
  expect((await listing(box.path)).paths).toEqual(['.gitignore', 'a/b', 'dist/c']);
});

test.skipIf(process.platform === 'win32')('a FIFO is skipped by name and nothing waits on it', async () => {
  const box = folder(['a']);
  execFileSync('mkfifo', [join(box.path, 'package-lock.json')]);
  expect(await listing(box.path)).toEqual({
    paths: ['a'],
    skipped: ['package-lock.json: not a regular file'],
    problems: [],
  });
});

test.skipIf(process.getuid?.() === 0)(
  'a folder that may not be read is a problem (skipped for root)',
  async () => {
    const box = folder(['a', 'closed/b']);
    chmodSync(join(box.path, 'closed'), 0);
    expect((await listing(box.path)).problems).toEqual(['tree/unreadable closed']);
    chmodSync(join(box.path, 'closed'), 0o755);
  },
);

test.skipIf(process.platform !== 'linux')('names that are not UTF-8 are listed and read', async () => {
  const box = folder(['ok/a']);
  const strange = Buffer.concat([Buffer.from(`${box.path}/`), Buffer.from([0x66, 0xff])]);
  mkdirSync(strange);
  writeFileSync(Buffer.concat([strange, Buffer.from('/inner')]), 'one');
  writeFileSync(Buffer.concat([strange, Buffer.from([0x2f, 0xe9])]), 'two');
  const tree = worktree(box.path);
  const { entries } = await tree.list();
  expect(entries.map((entry) => entry.path)).toEqual(['f\\xff/\\xe9', 'f\\xff/inner', 'ok/a']);
  expect(Buffer.from(await tree.read('f\\xff/\\xe9', 10)).toString()).toBe('two');
  expect(Buffer.from(await tree.read('f\\xff/inner', 10)).toString()).toBe('one');
});

describe.skipIf(!hasGit)('in repositories (skipped where git is absent)', () => {
  test('ignore files hold: nested ones, taken back, info/exclude; git agrees', async () => {
    const box = folder(
      [
        'a.log',
        'b/keep.log',
        'b/x.log',
        'b/c/d.tmp',
        'dist/x',
        'b/dist/x',
        'secret/y',
        'b/z.local',
        'e/only/f',
      ],
      [],
    );
    box.write('.gitignore', '*.log\n/dist\n*.tmp\n');
    box.write('b/.gitignore', '!keep.log\n');
    box.write('b/c/.gitignore', '!*.tmp\n');
    box.write('e/.gitignore', '*\n!.gitignore\n');
    box.write('.git/info/exclude', 'secret\n*.local\n');
    const expected = box.git('ls-files', '-co', '--exclude-standard').split('\n').sort();
    expect(expected).toContain('b/keep.log');
    expect((await listing(box.path)).paths).toEqual(expected);
  });

  test('a tracked file is part of the tree though rules ignore it, its folder too', async () => {
    const box = folder(
      ['dist/package-lock.json', 'dist/other', 'dist/deep/er/kept', 'dist/deep/not', 'x.log'],
      [],
    );
    box.git('add', 'dist/package-lock.json', 'dist/deep/er/kept', 'x.log');
    box.write('.gitignore', 'dist/\n*.log\n');
    expect((await listing(box.path)).paths).toEqual([
      '.gitignore',
      'dist/deep/er/kept',
      'dist/package-lock.json',
      'x.log',
    ]);
  });

  test('ignored node_modules are not worth a word, others are', async () => {
    const box = folder(['node_modules/a/package.json', 'web/node_modules/b/package.json', 'a'], []);
    box.write('.gitignore', '/node_modules\n');
    expect(await listing(box.path)).toEqual({
      paths: ['.gitignore', 'a'],
      skipped: ['web/node_modules: installed packages'],
      problems: [],
    });
  });

  test('submodules and nested clones are left out, by name', async () => {
    const inner = folder(['i'], []);
    inner.commit('i');
    const box = folder(['a'], []);
    box.git('submodule', '--quiet', 'add', inner.path, 'deps/sub');
    box.git('clone', '-q', inner.path, 'clone');
    expect(await listing(box.path)).toEqual({
      paths: ['.gitmodules', 'a'],
      skipped: ['clone: a nested repository', 'deps/sub: a submodule'],
      problems: [],
    });
    expect((await listing(join(box.path, 'deps/sub'))).paths).toEqual(['i']);
  });

  test('a folder of repositories is walked, each by its own rules; what is nested in them is left out', async () => {
    const box = folder(['one/x.log', 'one/a', 'two/x.log', 'loose.log', 'one/inner/i']);
    for (const name of ['one', 'two', 'one/inner']) box.git('init', '-q', name);
    box.git('init', '-q', '--bare', 'three.git');
    box.write('one/.gitignore', '*.log\n');
    expect(await listing(box.path)).toEqual({
      paths: ['loose.log', 'one/.gitignore', 'one/a', 'two/x.log'],
      skipped: ['one/inner: a nested repository', 'three.git: a bare git repository'],
      problems: [],
    });
  });

  test('a folder inside a repository keeps the rules above it, and what is tracked', async () => {
    const box = folder(
      ['web/app/a.log', 'web/app/b', 'web/app/dist/c', 'web/app/out/d', 'web/app/t.log'],
      [],
    );
    box.git('add', 'web/app/t.log');
    box.write('.gitignore', '*.log\n/web/app/out\n');
    box.write('web/.gitignore', 'app/dist\n');
    expect((await listing(join(box.path, 'web/app'))).paths).toEqual(['b', 't.log']);
  });

  test('an ignored folder that is named itself is wanted', async () => {
    const box = folder(['vendor/app/a.log', 'vendor/app/b'], []);
    box.write('.gitignore', 'vendor/\n*.log\n');
    expect((await listing(join(box.path, 'vendor/app'))).paths).toEqual(['a.log', 'b']);
  });

  test('a linked working tree has its own index', async () => {
    const box = folder(['main/a', 'main/b.log']);
    box.git('init', '-q', 'main');
    box.git('-C', 'main', 'add', '-A');
    box.git('-C', 'main', 'commit', '-qm', 'one');
    box.git('-C', 'main', 'worktree', 'add', '-q', '../linked', '-b', 'other');
    box.write('linked/.gitignore', '*.log\n');
    box.write('linked/c.log', 'x');
    expect((await listing(join(box.path, 'linked'))).paths).toEqual(['.gitignore', 'a', 'b.log']);
  });
});

test('a file is read into memory that is given, where there is some, and no more of it than the file has', async () => {
  const box = folder([]);
  writeFileSync(join(box.path, 'a.txt'), 'hello');
  const asked: number[] = [];
  const memory = new Uint8Array(100).fill(1);
  const tree = worktree(box.path);
  const bytes = await tree.read('a.txt', 1000, (size) => {
    asked.push(size);
    return memory;
  });
  expect([Buffer.from(bytes).toString(), bytes.buffer === memory.buffer, asked]).toEqual([
    'hello',
    true,
    [6],
  ]);
  const own = await tree.read('a.txt', 1000, () => undefined);
  expect([Buffer.from(own).toString(), own.buffer === memory.buffer]).toEqual(['hello', false]);
});
