import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { numbers } from '../../src/analysis/disclosure/kernel/testing/started.ts';
import { hasGit, World } from './harness.ts';

const world = new World();
afterAll(() => world[Symbol.dispose]());

/** Commits `from` … of files with tokens and passwords in them, as `git fast-import` reads them; more than one chunk of them. */
function commits(from: number, count: number, seed: number): string {
  const random = numbers(seed);
  const letters = (length: number): string =>
    Array.from({ length }, () => 'abcdefghijkmnpqrstuvwxyz23456789'[random(32)]!).join('');
  let stream = '';
  for (let i = from; i < from + count; i++) {
    const lines = Array.from({ length: 1500 }, () => `${letters(30)} ${letters(30)}`);
    for (let j = 0; j < 3; j++) lines[random(1500)] = `password = "${letters(12)}"`;
    if (random(2) === 0) lines[random(1500)] = `acme_${letters(8)}`;
    const text = `${lines.join('\n')}\n`;
    stream += `commit refs/heads/main\nmark :${i}\nauthor A <a@example.invalid> ${1_700_000_000 + i} +0000\n`;
    stream += `committer A <a@example.invalid> ${1_700_000_000 + i} +0000\ndata 1\nx\n`;
    if (i > 1) stream += i === from ? 'from refs/heads/main^0\n' : `from :${i - 1}\n`;
    stream += `M 100644 inline src/${random(5)}.txt\ndata ${text.length}\n${text}\n`;
  }
  return stream;
}

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
