import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { atMost, compared, median, rounded } from '../rows.ts';
import type { Case, Row } from '../rows.ts';

const COMMITS = 100;
const FILES = 20;

/** What stands in a repository, and whether compiled code is kept from the commit before, as it is but for the first after an upgrade. */
interface Place {
  readonly folder: string;
  readonly cache: string;
  readonly isCold: boolean;
}

/**
 * `git commit` of twenty files, with hooks and without, in turn: what a person waits for. The hook's own figure is the
 * difference of the two 95th percentiles, and of the medians.
 */
export const hook: Case = {
  name: 'hook',
  run() {
    const places = [
      repository([]),
      repository(['pre-commit']),
      repository(['pre-commit', 'commit-msg']),
      repository(['pre-commit'], true),
    ];
    try {
      const times: number[][] = places.map(() => []);
      const node: number[] = [];
      for (let round = -3; round < COMMITS; round++) {
        const waited = places.map((place) => commit(place, round));
        const bare = timed(() => spawnSync(process.execPath, ['-e', '0']));
        if (round < 0) continue;
        waited.forEach((time, i) => times[i]!.push(time));
        node.push(bare);
      }
      const [bare, one, both, cold] = times as [number[], number[], number[], number[]];
      return [
        row('pre-commit', one, bare, node, 150),
        row('pre-commit and commit-msg', both, bare, node, 150),
        row('pre-commit and no compiled code yet', cold, bare, node),
      ];
    } finally {
      for (const { folder, cache } of places)
        for (const path of [folder, cache]) rmSync(path, { recursive: true, force: true });
    }
  },
};

function row(
  what: string,
  times: readonly number[],
  bare: readonly number[],
  node: readonly number[],
  goal?: number,
): Row {
  const figures = {
    millisecondsOverGitP95: rounded(p95(times) - p95(bare), 0),
    millisecondsOverGitMedian: rounded(median(times) - median(bare), 0),
    nodeStarts: rounded((median(times) - median(bare)) / median(node), 2),
  };
  return {
    what: `hook: a commit of ${FILES} files with ${what}, over git alone`,
    ours: figures,
    peers: [
      compared('git commit without hooks', { milliseconds: rounded(median(bare), 0) }, {}),
      compared('node -e 0', { milliseconds: rounded(median(node), 0) }, {}),
    ],
    goals: goal === undefined ? [] : [atMost(figures, 'millisecondsOverGitP95', goal)],
  };
}

function repository(hooks: readonly string[], isCold = false): Place {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-hook-'));
  git(folder, 'init', '-q');
  const bin = join(folder, 'node_modules/.bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'assay'), `#!/bin/sh\nexec ${process.execPath} ${resolve('bin/assay.js')} "$@"\n`);
  chmodSync(join(bin, 'assay'), 0o755);
  writeFileSync(join(folder, '.gitignore'), 'node_modules\n');
  cpSync('src/model', join(folder, 'src/model'), { recursive: true });
  cpSync('src/verbs', join(folder, 'src/verbs'), { recursive: true });
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'start');
  if (hooks.length > 0)
    spawnSync(process.execPath, [
      resolve('bin/assay.js'),
      'hook',
      'install',
      folder,
      '--hooks',
      hooks.join(','),
    ]);
  return { folder, cache: mkdtempSync(join(tmpdir(), 'assay-bench-cache-')), isCold };
}

/** Changes twenty files, and gives how long `git commit` took in milliseconds. */
function commit({ folder, cache, isCold }: Place, round: number): number {
  const files = globSync('src/**/*.ts', { cwd: folder }).sort().slice(0, FILES);
  for (const file of files)
    appendFileSync(join(folder, file), `export const added${round + 9} = ${round};\n`);
  git(folder, 'add', '-A');
  if (isCold) rmSync(join(cache, 'assay'), { recursive: true, force: true });
  return timed(() => run(folder, ['commit', '-qm', `round ${round}`], { XDG_CACHE_HOME: cache }));
}

function git(folder: string, ...args: readonly string[]): void {
  run(folder, args, {});
}

function run(folder: string, args: readonly string[], env: Readonly<Record<string, string>>): void {
  const { status, stderr } = spawnSync(
    'git',
    ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid', '-c', 'gc.auto=0', ...args],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env } },
  );
  if (status !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
}

function timed(run: () => unknown): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

function p95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1]!;
}
