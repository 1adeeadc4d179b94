import { AssayError } from '../../model/problem.ts';
import type { Io } from './command.ts';

/**
 * The only place that catches everything. A broken world is told in two lines (exit 2), an interrupt in one (130);
 * anything else is a bug and shows its stack.
 */
export function exitOf(error: unknown, io: Pick<Io, 'err'>, interrupted: boolean): number {
  if (interrupted) {
    io.err('assay: interrupted; nothing half-written was kept\n');
    return 130;
  }
  if (error instanceof AssayError) {
    io.err(`assay: ${error.message}\n`);
    if (error.hint !== undefined) io.err(`  ${error.hint}\n`);
    return 2;
  }
  io.err(`assay: this is a bug in assay; please report it with these lines\n`);
  io.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 2;
}
