import { closeSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AssayError } from '../../model/problem.ts';
import type { Invocation } from './command.ts';

/** Prints the report (whole, or in pieces one after the other), or writes it to `--output` beside and renames, so that readers see the old or the new. AssayError `cli/cannot-write`. */
export async function writeReport(
  { io, value }: Invocation,
  report: string | Iterable<string>,
): Promise<void> {
  const pieces = typeof report === 'string' ? [report] : report;
  const file = value('output');
  if (file === undefined || file === '-') {
    for (const piece of pieces) io.out(piece);
    return;
  }
  replaceFile(resolve(io.cwd, file), pieces);
}

/**
 * Writes a file whole or not at all. What is there and no file (a pipe, `/dev/null`) is written to: renaming onto it would
 * put a file in its place, for every program on the machine. AssayError `cli/cannot-write`.
 */
export function replaceFile(path: string, content: string | Iterable<string>): void {
  const pieces = typeof content === 'string' ? [content] : content;
  const beside = `${path}.${process.pid}.tmp`;
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there !== undefined && !there.isFile()) {
      writePieces(path, pieces);
      return;
    }
    writePieces(beside, pieces);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw new AssayError('cli/cannot-write', `cannot write ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** One after another: together they may be large. */
function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of pieces) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}
