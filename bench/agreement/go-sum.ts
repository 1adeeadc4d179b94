import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NotBuiltWith } from './classes.ts';
import { componentKey } from './listing.ts';

/** Reads the go.sum files below a folder when they are asked for, each once. https://go.dev/ref/mod#go-sum-files */
export function goSums(folder: string): NotBuiltWith {
  const read = new Map<string, { readonly contents: Set<string>; readonly onlyMod: Set<string> }>();
  return (key, goMod) => {
    if (!key.startsWith('golang ') || !goMod.endsWith('go.mod')) return false;
    const path = join(folder, goMod.replace(/go\.mod$/, 'go.sum'));
    let sums = read.get(path);
    if (sums === undefined) {
      sums = { contents: new Set(), onlyMod: new Set() };
      for (const line of existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []) {
        const [name = '', version = ''] = line.split(' ');
        const isMod = version.endsWith('/go.mod');
        (isMod ? sums.onlyMod : sums.contents).add(
          componentKey('golang', name, isMod ? version.slice(0, -'/go.mod'.length) : version),
        );
      }
      read.set(path, sums);
    }
    return sums.onlyMod.has(key) && !sums.contents.has(key);
  };
}
