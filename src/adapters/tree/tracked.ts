import { join } from 'node:path';
import { parseIndex } from '../git/index-file.ts';
import type { Repository } from '../git/repository.ts';
import { readSmallFile } from '../git/small-file.ts';

const MAX_INDEX_BYTES = 1024 * 1024 * 1024;

/** What the index of a repository names: files, and every folder above one. */
export interface Tracked {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

/**
 * Tracked files below `strip`, with `prefix` in front instead. An index that is absent, split or damaged
 * tracks nothing as far as we can tell: then ignore rules alone decide.
 */
export function trackedFiles(repository: Repository, strip: string, prefix: string): Tracked {
  const files = new Set<string>();
  const folders = new Set<string>();
  const bytes = readSmallFile(join(repository.gitDir, 'index'), MAX_INDEX_BYTES);
  for (const { path } of bytes === undefined ? [] : parseIndex(bytes, repository.algorithm, false).entries) {
    if (!path.startsWith(strip)) continue;
    const own = prefix + path.slice(strip.length);
    files.add(own);
    for (let slash = own.lastIndexOf('/'); slash > 0; slash = own.lastIndexOf('/', slash - 1)) {
      const folder = own.slice(0, slash);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return { files, folders };
}
