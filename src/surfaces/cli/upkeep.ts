import { basename, join, relative, resolve } from 'node:path';
import { readRegistry } from '../../analysis/health/registry/index.ts';
import type { Upkeep } from '../../model/critical.ts';
import type { Problem } from '../../model/problem.ts';
import { givenFiles, readGiven } from './given-files.ts';

/**
 * What registries say, from files or folders of their answers (`.json`, one component each); one file is in memory at a time.
 * A folder without any is a problem: nothing would be known, and nobody told.
 */
export function readUpkeep(
  places: readonly string[],
  cwd: string,
): { readonly upkeep: readonly Upkeep[]; readonly problems: readonly Problem[] } {
  const upkeep: Upkeep[] = [];
  const problems: Problem[] = [];
  for (const place of places) {
    const files = givenFiles(place, '.json', cwd);
    if (files.length === 0)
      problems.push({
        code: 'critical/no-metadata',
        message: 'expected registries’ answers (.json) in this folder; found none',
        at: { path: basename(resolve(cwd, place)) },
        lost: true,
      });
    for (const file of files) {
      const { facts, problems: found } = readRegistry(readGiven(file, cwd), toldFile(place, file, cwd));
      problems.push(...found);
      if (facts === undefined) continue;
      const { ecosystem, name, maintainers, releases, undated, deprecated, archived } = facts;
      upkeep.push({
        ecosystem,
        name,
        releases,
        ...(undated === undefined ? {} : { undated }),
        ...(maintainers === undefined ? {} : { maintainers }),
        ...(deprecated === undefined ? {} : { deprecated }),
        ...(archived === undefined ? {} : { archived }),
      });
    }
  }
  return { upkeep, problems };
}

/** As reports call it, which are read elsewhere: from the folder or file on that was named. */
const toldFile = (place: string, file: string, cwd: string): string =>
  join(basename(resolve(cwd, place)), relative(place, file));
