import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hasGit, World } from './harness.ts';
import { commits } from './many-commits.ts';

const world = new World();
afterAll(() => world[Symbol.dispose]());

test('threads find the same as one, byte for byte: several packs, loose objects, rules of a file', ({
  skip,
}) => {
  if (!hasGit) skip('no git here');
  const folder = world.folder('shared', {});
  world.git(folder, 'init', '-q', '-b', 'main');
  for (const [from, count] of [
    [1, 30],
    [31, 10],
  ] as const)
    execFileSync('git', ['-c', 'fastimport.unpackLimit=0', 'fast-import', '--quiet', '--force'], {
      cwd: folder,
      input: commits(from, count, from),
    });
  world.git(folder, 'reset', '-q', '--hard');
  world.folder('shared', {
    '.assay/secrets.yaml': `rules:\n  - id: acme\n    title: Acme token\n    pattern: 'acme_([0-9a-z]{8})'\n    advice: Revoke it.\n`,
    'more.txt': 'acme_abcdefgh\n',
  });
  world.git(folder, 'add', '-A');
  world.git(folder, 'commit', '-q', '-m', 'more');
  writeFileSync(join(folder, 'more.txt'), 'acme_abcdefgh\nacme_zyxwvuts\n');
  world.git(folder, 'commit', '-q', '-a', '-m', 'even more');
  const run = (workers: number) =>
    world.assay(['secrets', folder, '--history', '--workers', `${workers}`, '--format', 'json'], {
      ASSAY_SECRETS_KEY: 'ab'.repeat(32),
    });
  const alone = run(1);
  expect([alone.code, alone.err]).toEqual([1, '']);
  const rules = (JSON.parse(alone.out) as { disclosures: { rule: string }[] }).disclosures.map(
    ({ rule }) => rule,
  );
  expect(rules.filter((rule) => rule === 'acme').length).toBeGreaterThan(10);
  expect(rules.length).toBeGreaterThan(100);
  for (const workers of [2, 3]) expect(run(workers)).toEqual(alone);
  const none = run(0);
  expect([none.code, none.err.includes('--workers 0')]).toEqual([2, true]);
}, 60_000);
