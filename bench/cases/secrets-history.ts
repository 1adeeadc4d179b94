import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { assay, measure, peer } from '../measure.ts';
import { absent, atMost, compared, median, processFigures, rounded, timesLess, unmeasured } from '../rows.ts';
import type { Case, Figures, PeerFigures, Row } from '../rows.ts';

interface Goals {
  /** The end of a clone's name. */
  readonly name: string;
  readonly seconds: number;
  readonly mebibytes: number;
  /** How many times less than `git log -p` and than gitleaks. */
  readonly log: number;
  readonly gitleaks: number;
}

const REPOSITORIES: readonly Goals[] = [
  { name: 'express', seconds: 1.8, mebibytes: 200, log: 1, gitleaks: 8 },
  { name: 'gitleaks', seconds: 1.8, mebibytes: 200, log: 1, gitleaks: 8 },
  { name: 'govuk-frontend', seconds: 4, mebibytes: 450, log: 4, gitleaks: 20 },
];

/**
 * Every object of a history, all rules, beside what `git log -p` needs to print it, `git index-pack` to resolve its deltas, and
 * the peers. `ASSAY_CLONES` names a folder of clones, bare or not.
 */
export const secretsHistory: Case = {
  name: 'secrets-history',
  run(): Row[] {
    const folder = process.env['ASSAY_CLONES'];
    if (folder === undefined || !existsSync(folder))
      return [unmeasured('secrets of a whole history', 'no clones: ASSAY_CLONES names no folder of them')];
    const names = readdirSync(folder).sort();
    return REPOSITORIES.flatMap((goals) => {
      const { name } = goals;
      const found = names.find((one) => one === name || one.endsWith(`+${name}`));
      const what = `secrets of the whole history of ${name}, whole process`;
      if (found === undefined) return [unmeasured(what, `no clone of ${name} in ASSAY_CLONES`)];
      const clone = join(folder, found);
      const path = existsSync(join(clone, 'repo')) ? join(clone, 'repo') : clone;
      const rows = [rowOf(what, path, goals), extractionOf(name, path)];
      return goals.mebibytes < 450 ? rows : [...rows, threadsOf(name, path)];
    });
  },
};

function rowOf(what: string, path: string, goals: Goals): Row {
  const env = { ASSAY_SECRETS_KEY: 'ab'.repeat(32) };
  const runs = { runs: 3, warmUp: false };
  const ours = processFigures(
    measure(assay('secrets', path, '--history', '--workers', '1', '--no-cache', '--format', 'json'), {
      ...runs,
      warmUp: true,
      env,
      worked: (exit) => exit === 0 || exit === 1 || exit === 3,
    }),
  );
  const log = compared(
    'git log -p -U0 --all',
    processFigures(measure(inShell(`git -C "$1" log -p -U0 --all >/dev/null`, path), runs)),
    ours,
  );
  const index = indexPack(path, ours);
  const gitleaks = scanner('gitleaks', ours, (file) => [
    file,
    'git',
    '--exit-code',
    '0',
    '--no-banner',
    path,
  ]);
  const noseyParker = scanner('noseyparker', ours, (file) =>
    inShell(
      `rm -rf "$3"; "$1" scan --datastore "$3" --jobs 1 --progress never --git-blob-provenance minimal "$2" >/dev/null; rm -rf "$3"`,
      file,
      path,
      join(tmpdir(), `assay-bench-${process.pid}.np`),
    ),
  );
  return {
    what,
    ours,
    peers: [log, index, gitleaks, noseyParker],
    goals: [
      atMost(ours, 'cpuSeconds', goals.seconds),
      atMost(ours, 'peakMiB', goals.mebibytes),
      timesLess(log, goals.log),
      timesLess(gitleaks, goals.gitleaks),
      timesLess(noseyParker, 4),
    ],
  };
}

/** Two threads instead of one. Wall time says nothing on a machine that does something else. */
function threadsOf(name: string, path: string): Row {
  const once = (workers: number): ReturnType<typeof measure> =>
    measure(
      assay('secrets', path, '--history', '--workers', `${workers}`, '--no-cache', '--format', 'json'),
      {
        runs: 5,
        env: { ASSAY_SECRETS_KEY: 'ab'.repeat(32) },
        worked: (exit) => exit === 0 || exit === 1 || exit === 3,
      },
    );
  const [one, two] = [once(1), once(2)];
  const ours: Figures = {
    wallSeconds: rounded(two.wall, 3),
    ...processFigures(two),
    timesFaster: rounded(one.wall / two.wall, 2),
    cpuOfOne: rounded(two.cpu / one.cpu, 2),
  };
  return {
    what: `secrets of the whole history of ${name}, two threads`,
    ours,
    peers: [compared('one thread', { wallSeconds: rounded(one.wall, 3), ...processFigures(one) }, ours)],
    goals: [
      { goal: 'timesFaster ≥ 1.6', met: ours['timesFaster']! >= 1.6 },
      atMost(ours, 'cpuOfOne', 1.1),
      atMost(ours, 'peakMiB', 450),
    ],
    notes: ['to be judged on an idle machine only'],
  };
}

/** How much less than `git index-pack` what every look at a history needs: its objects, inflated, and what deltas brought in. */
function extractionOf(name: string, path: string): Row {
  const runs = Array.from({ length: 3 }, () => {
    const { stdout } = spawnSync(process.execPath, [resolve('bench/extraction-alone.ts'), path], {
      encoding: 'utf8',
    });
    return (JSON.parse(stdout) as { readonly cpuMs: number }).cpuMs / 1000;
  });
  const ours: Figures = { cpuSeconds: rounded(median(runs), 3) };
  const index = indexPack(path, ours);
  return {
    what: `every object of ${name}, its deltas by the lines that they brought in; nothing is looked for`,
    ours,
    peers: [index],
    goals: [timesLess(index, rounded(1 / 0.3, 2))],
    notes: ['ours without the start of Node, with the compilation of the kernel; theirs hashes objects too'],
  };
}

function indexPack(path: string, ours: Figures): PeerFigures {
  const name = 'git index-pack --threads=1';
  const pack = largestPack(path);
  if (pack === undefined) return absent(name, 'the clone has no pack');
  const indexed = join(tmpdir(), `assay-bench-${process.pid}.idx`);
  const command = inShell(`git index-pack --threads=1 -o "$2" "$1" >/dev/null && rm -f "$2"`, pack, indexed);
  return compared(name, processFigures(measure(command, { runs: 3, warmUp: false })), ours);
}

/** A peer that takes minutes: it runs once. */
function scanner(
  name: string,
  ours: Row['ours'] & object,
  commandOf: (file: string) => readonly string[],
): PeerFigures {
  const file = peer(name);
  if (file === undefined) return absent(name, 'absent: put its binary into `bin` of ASSAY_PEERS');
  return compared(name, processFigures(measure(commandOf(file), { runs: 1, warmUp: false })), ours);
}

function inShell(script: string, ...args: string[]): string[] {
  return ['sh', '-c', script, 'sh', ...args];
}

function largestPack(path: string): string | undefined {
  const folder = [join(path, '.git/objects/pack'), join(path, 'objects/pack')].find(existsSync);
  if (folder === undefined) return undefined;
  return readdirSync(folder)
    .filter((name) => name.endsWith('.pack'))
    .map((name) => join(folder, name))
    .toSorted((a, b) => statSync(b).size - statSync(a).size)[0];
}
