import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** One command as a whole process: median over the runs. CPU is user + system, in seconds; memory is peak resident, in MiB. */
export interface Measurement {
  readonly cpu: number;
  readonly wall: number;
  readonly peakMiB: number;
  readonly exit: number;
  readonly stdout: string;
}

/** Where a peer is: `ASSAY_PEERS` names the folder that `bench/peers/build.sh` fills. */
export function peer(name: string): string | undefined {
  const folder = process.env['ASSAY_PEERS'] ?? 'bench/peers/.built';
  const path = `${folder}/bin/${name}`;
  return existsSync(path) ? path : undefined;
}

/** Real data beside the checkout, if it is there. */
export function data(path: string): string | undefined {
  const full = `${process.env['ASSAY_DATA'] ?? '../shared/data'}/${path}`;
  return existsSync(full) ? full : undefined;
}

/** Runs a command `runs` times after one that does not count. Linux only: it needs GNU time. */
export function measure(
  command: readonly string[],
  runs = 5,
  env: Readonly<Record<string, string>> = {},
): Measurement {
  const all = Array.from({ length: runs + 1 }, () => once(command, env)).slice(1);
  const median = (pick: (one: Measurement) => number): number =>
    all.map(pick).sort((a, b) => a - b)[Math.floor(all.length / 2)]!;
  return {
    cpu: median((one) => one.cpu),
    wall: median((one) => one.wall),
    peakMiB: median((one) => one.peakMiB),
    exit: all[0]!.exit,
    stdout: all[0]!.stdout,
  };
}

function once(command: readonly string[], env: Readonly<Record<string, string>>): Measurement {
  const started = performance.now();
  const result = spawnSync('/usr/bin/time', ['-f', 'MEASURED %U %S %M', ...command], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, ...env, NO_COLOR: '1' },
  });
  const wall = (performance.now() - started) / 1000;
  const figures = /MEASURED ([\d.]+) ([\d.]+) (\d+)/.exec(result.stderr ?? '');
  if (figures === null)
    throw new Error(`${command[0]}: no figures (${result.error?.message ?? result.stderr})`);
  return {
    cpu: Number(figures[1]) + Number(figures[2]),
    wall,
    peakMiB: Number(figures[3]) / 1024,
    exit: result.status ?? -1,
    stdout: result.stdout,
  };
}

/** A row of the result: ours, the peer's, and how many times less we spend. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly peer: string;
  readonly ratio: string;
  readonly goal: string;
}

export function row(
  what: string,
  ours: Measurement,
  other: { name: string; figures: Measurement } | undefined,
  goal: string,
): Row {
  const show = (one: Measurement): string => `${one.cpu.toFixed(2)} s CPU, ${one.peakMiB.toFixed(0)} MiB`;
  return {
    what,
    ours: show(ours),
    peer: other === undefined ? 'peer absent' : `${other.name} ${show(other.figures)}`,
    ratio: other === undefined ? '–' : `${(other.figures.cpu / ours.cpu).toFixed(1)}×`,
    goal,
  };
}

export function printRows(rows: readonly Row[]): void {
  for (const { what, ours, peer: theirs, ratio, goal } of rows)
    console.log(`${what}\n  ours  ${ours}\n  peer  ${theirs}\n  ratio ${ratio}   goal ${goal}\n`);
}
