import { HOOKS } from '../../adapters/hooks/script.ts';
import { exitOf } from './exit.ts';
import { processIo } from './process-io.ts';
import { runHook } from './run-hook.ts';
import { stderr, stdout } from './streams.ts';
import { used } from './used.ts';

/*
 * `assay hook run HOOK -- …` by itself: the entry of a bundle of its own, which holds all that a hook needs in one file and nothing else,
 * since each file and each function there is in a file is paid for in every commit. start.ts says when it is taken.
 */

/** As `run` of main.ts. Tells `uses` what the run made use of. */
export async function run(uses: Set<string>): Promise<number> {
  // Ctrl-C simply ends a hook: what it writes is whole or not there, and to listen costs a millisecond.
  const io = processIo(undefined, () => new AbortController().signal);
  const [, , name, ...rest] = process.argv.slice(2);
  const args = rest[0] === '--' ? rest.slice(1) : rest;
  const hook = HOOKS.find((one) => one === name)!;
  used.add(`hook run ${hook}`);
  let code: number;
  try {
    code = await runHook(hook, args, {
      positionals: ['run', hook, ...args],
      flag: () => false,
      value: () => undefined,
      values: () => [],
      io,
    });
  } catch (error) {
    code = exitOf(error, io, false);
  }
  for (const use of used) uses.add(use);
  await stdout.flushed();
  await stderr.flushed();
  return code;
}
