import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AssayError } from '../../model/problem.ts';
import type { Invocation } from './command.ts';

/** Prints the report, or writes it to `--output` beside and renames, so that readers see the old or the new. AssayError `cli/cannot-write`. */
export async function writeReport({ io, value }: Invocation, text: string): Promise<void> {
  const file = value('output');
  if (file === undefined || file === '-') {
    io.out(text);
    return;
  }
  replaceFile(resolve(io.cwd, file), text);
}

/**
 * Writes a file whole or not at all. What is there and no file (a pipe, `/dev/null`) is written to: renaming onto it would
 * put a file in its place, for every program on the machine. AssayError `cli/cannot-write`.
 */
export function replaceFile(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there !== undefined && !there.isFile()) {
      writeFileSync(path, text);
      return;
    }
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw new AssayError('cli/cannot-write', `cannot write ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
