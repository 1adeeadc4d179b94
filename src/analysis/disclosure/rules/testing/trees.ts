/* What the rules say of whole trees: `node src/analysis/disclosure/rules/testing/trees.ts GIT_DIR…` prints finds and costs. */
import { execFileSync } from 'node:child_process';
import { providerRules } from '../index.ts';
import type { Cost } from './driver.ts';
import { runRules } from './driver.ts';

const isQuiet = process.argv.includes('--costs');
const costs = new Map<string, Cost>();
for (const gitDir of process.argv.slice(2).filter((argument) => !argument.startsWith('-'))) {
  const text = textOf(gitDir);
  const started = performance.now();
  const found = runRules(providerRules, text, costs);
  process.stdout.write(
    `== ${gitDir}: ${(text.length / 1e6).toFixed(1)} MB, ${found.length} finds, ${Math.round(performance.now() - started)} ms\n`,
  );
  if (isQuiet) continue;
  for (const { rule, tier, secret, start } of found) {
    const line = text
      .slice(Math.max(text.lastIndexOf('\n', start) + 1, start - 60), start + 80)
      .replace(/\n[\s\S]*/, '');
    process.stdout.write(`${tier}\t${rule}\t${secret.slice(0, 60)}\t${line.replace(/[^ -~]/g, '?')}\n`);
  }
}
const rows = [...costs]
  .filter(([, cost]) => cost.hits > 200 || cost.ms > 5)
  .sort((a, b) => b[1].hits - a[1].hits);
for (const [name, { hits, passes, ms }] of rows)
  process.stdout.write(`${name}\t${hits} hits\t${passes} passes\t${ms.toFixed(0)} ms\n`);

/** The blobs of HEAD that are there (a partial clone lacks some), one behind the other. */
function textOf(gitDir: string): string {
  const run = (args: readonly string[], input: string): string =>
    execFileSync('git', ['-C', gitDir, ...args], {
      input,
      encoding: 'latin1',
      maxBuffer: 2 ** 30,
      env: { ...process.env, GIT_NO_LAZY_FETCH: '1' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
  const listed = run(['ls-tree', '-r', 'HEAD', '--format=%(objectname)'], '');
  return run(['cat-file', '--batch'], listed);
}
