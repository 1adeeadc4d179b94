import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { median } from './rows.ts';

/** One command as a whole process: median over the runs. CPU is user + system, in seconds; memory is peak resident, in MiB. */
export interface Measurement {
  readonly cpu: number;
  readonly wall: number;
  readonly peakMiB: number;
  readonly exit: number;
  readonly stdout: string;
}

/** Where a peer is: `ASSAY_PEERS` names the folder that `bench/peers/build.sh` fills. Absolute. */
export function peer(name: string): string | undefined {
  return inPeers(`bin/${name}`);
}

/** A path below the peers' folder, if it is there. */
export function inPeers(path: string): string | undefined {
  const full = resolve(process.env['ASSAY_PEERS'] ?? 'bench/peers/.built', path);
  return existsSync(full) ? full : undefined;
}

/** Real data beside the checkout (or below `ASSAY_DATA`), if it is there. Absolute. */
export function data(path: string): string | undefined {
  const full = resolve(process.env['ASSAY_DATA'] ?? '../shared/data', path);
  return existsSync(full) ? full : undefined;
}

/** The command line of our bundle, as a user runs it. */
export function assay(...args: string[]): string[] {
  return [process.execPath, resolve('bin/assay.js'), ...args];
}

export interface MeasureOptions {
  readonly runs?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** One run before, that does not count; default true. */
  readonly warmUp?: boolean;
  /** An exit status that is no result ends the benchmark; default: above 1 is none. */
  readonly worked?: (exit: number) => boolean;
}

/** Runs a command, by default five times after one that does not count. Linux only: it needs bash and GNU time. */
export function measure(command: readonly string[], options: MeasureOptions = {}): Measurement {
  const { runs = 5, warmUp = true, worked = (exit: number): boolean => exit <= 1 } = options;
  const all = Array.from({ length: warmUp ? runs + 1 : runs }, () => once(command, options)).slice(
    warmUp ? 1 : 0,
  );
  const failed = all.find(({ exit }) => !worked(exit));
  if (failed !== undefined) throw new Error(`${command.join(' ')} ended with exit status ${failed.exit}`);
  return {
    cpu: median(all.map((one) => one.cpu)),
    wall: median(all.map((one) => one.wall)),
    peakMiB: median(all.map((one) => one.peakMiB)),
    exit: all[0]!.exit,
    stdout: all[0]!.stdout,
  };
}

/** Bash's `time` has milliseconds where GNU time has hundredths; GNU time has the memory. */
const WRAPPER = 'TIMEFORMAT="MEASURED %3U %3S"; time /usr/bin/time -f "PEAK %M" "$@"';

function once(command: readonly string[], { env = {}, cwd }: MeasureOptions): Measurement {
  const started = performance.now();
  const result = spawnSync('bash', ['-c', WRAPPER, 'bash', ...command], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...env, NO_COLOR: '1' },
  });
  const wall = (performance.now() - started) / 1000;
  const figures = /MEASURED ([\d.]+) ([\d.]+)/.exec(result.stderr ?? '');
  const peak = /PEAK (\d+)/.exec(result.stderr ?? '');
  if (figures === null || peak === null)
    throw new Error(`${command[0]}: no figures (${result.error?.message ?? result.stderr})`);
  return {
    cpu: Number(figures[1]) + Number(figures[2]),
    wall,
    peakMiB: Number(peak[1]) / 1024,
    exit: result.status ?? -1,
    stdout: result.stdout,
  };
}
