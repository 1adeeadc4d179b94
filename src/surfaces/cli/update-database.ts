import { resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { codec } from '../../adapters/advisories/codec.ts';
import { openAdvisoryFolder } from '../../adapters/advisories/folder.ts';
import { sourceReader } from '../../adapters/advisories/sources/index.ts';
import { ecosystems } from '../../analysis/ecosystems/index.ts';
import { PUBLIC_EXPORTS } from '../../model/advisory-files.ts';
import { updateDatabase, type UpdateReport } from '../../verbs/know/database.ts';
import type { Invocation } from './command.ts';
import { databaseFolder } from './folders.ts';
import { progressOn } from './progress.ts';

/** Brings the advisory folder up to date from what `--from` names, or the public exports. Progress on stderr. */
export async function update(invocation: Invocation): Promise<UpdateReport> {
  const { io } = invocation;
  const progress = progressOn(io);
  const given = invocation.values('from');
  try {
    return await updateDatabase(
      {
        folder: openAdvisoryFolder(databaseFolder(invocation)),
        read: sourceReader(ecosystems.filter(({ hasAdvisories }) => hasAdvisories).map(({ id }) => id)),
        codec,
        now: io.now(),
      },
      {
        from: given.length === 0 ? [PUBLIC_EXPORTS] : given.map((from) => local(from, io.cwd)),
        fresh: invocation.flag('fresh'),
        signal: io.signal,
        onProgress: ({ step, done, total }) => progress.step(step, done, total ?? 0),
      },
    );
  } finally {
    progress.end();
  }
}

/** A path is taken from where the person stands; anything that does not exist there is left as it was typed. */
function local(from: string, cwd: string): string {
  const path = resolve(cwd, from);
  return existsSync(path) ? path : from;
}
