import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hasGit, World } from './harness.ts';
import { commits } from './many-commits.ts';

const world = new World();
afterAll(() => world[Symbol.dispose]());

const scan = (folder: string, ...more: string[]) =>
  world.assay(['secrets', folder, '--history', '--format', 'json', ...more], {
    ASSAY_SECRETS_KEY: 'ab'.repeat(32),
  });
const kept = (): string[] => {
  const folder = join(world.root, 'cache/assay/history/1');
  return readdirSync(folder).map((name) => join(folder, name));
};

test('what was kept of a history changes nothing: new packs, amended commits, deleted branches, gc, damage', ({
  skip,
}) => {
  if (!hasGit) skip('no git here');
  const folder = world.folder('again', {});
  world.git(folder, 'init', '-q', '-b', 'main');
  const add = (from: number, count: number): void => {
    execFileSync('git', ['-c', 'fastimport.unpackLimit=0', 'fast-import', '--quiet', '--force'], {
      cwd: folder,
      input: commits(from, count, from),
    });
    world.git(folder, 'reset', '-q', '--hard');
  };
  /** The same with what was kept and without. */
  const same = (): string => {
    const anew = scan(folder, '--no-cache');
    expect(anew.err).toBe('');
    expect((JSON.parse(anew.out) as { disclosures: unknown[] }).disclosures.length).toBeGreaterThan(20);
    expect(scan(folder)).toEqual(anew);
    return anew.out;
  };
  add(1, 30);
  const first = same();
  expect(scan(folder).out).toBe(first);
  expect(kept()).toHaveLength(1);
  const text = kept().map((path) => readFileSync(path, 'latin1'));
  const now = readdirSync(join(folder, 'src')).map((name) => readFileSync(join(folder, 'src', name), 'utf8'));
  const passwords = [...now.join('').matchAll(/password = "(\w+)"/g)].map((match) => match[1]!);
  expect(passwords.length).toBeGreaterThan(10);
  expect(passwords.filter((one) => text.some((all) => all.includes(one)))).toEqual([]);
  // A smaller pack, and loose objects.
  add(31, 4);
  writeFileSync(join(folder, 'src/0.txt'), 'password = "x7fk2m9qpl4z"\n');
  world.git(folder, 'commit', '-q', '-a', '-m', 'one more');
  expect(same()).not.toBe(first);
  world.git(folder, 'commit', '-q', '--amend', '-m', 'password = "h4jw8xn2vq6t"');
  world.git(folder, 'branch', 'side', 'HEAD~3');
  same();
  world.git(folder, 'branch', '-q', '-D', 'side');
  // A larger one comes before what was kept.
  add(40, 60);
  same();
  world.git(folder, '-c', 'gc.reflogExpire=now', 'gc', '-q', '--prune=now');
  same();
  for (const path of kept()) {
    const bytes = readFileSync(path);
    writeFileSync(
      path,
      statSync(path).size % 2 === 0 ? bytes.subarray(0, -1) : Buffer.concat([bytes, bytes]),
    );
  }
  same();
}, 120_000);
