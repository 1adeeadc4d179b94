import { resolve } from 'node:path';
import { advisoryFolderPath } from '../../adapters/advisories/location.ts';
import type { Invocation } from './command.ts';

/** Where the advisory database lives: `--db`, then `ASSAY_DB`, then the user's cache folder. Absolute. */
export function databaseFolder({ value, io }: Invocation): string {
  const named = value('db');
  return advisoryFolderPath(
    named === undefined ? undefined : resolve(io.cwd, named),
    io.env,
    process.platform,
  );
}
