import type { Tree } from '../model/tree.ts';
import { compileGlob } from '../analysis/decisions/glob.ts';

/** The same tree without the paths that any of the globs matches; what was left out is said in `skipped`, one line a glob that matched. */
export function ignoring(tree: Tree, globs: readonly string[]): Tree {
  if (globs.length === 0) return tree;
  const matchers = globs.map((glob) => ({ glob, matches: compileGlob(glob) }));
  return {
    ...tree,
    read: (path, limit) => tree.read(path, limit),
    close: () => tree.close(),
    async list(signal) {
      const listing = await tree.list(signal);
      const counts = new Map<string, number>();
      const entries = listing.entries.filter(({ path }) => {
        const hit = matchers.find(({ matches }) => matches(path));
        if (hit !== undefined) counts.set(hit.glob, (counts.get(hit.glob) ?? 0) + 1);
        return hit === undefined;
      });
      const skipped = [...counts].map(([glob, count]) => ({
        path: glob,
        why: `${count} ${count === 1 ? 'file' : 'files'} ignored by .assay/config.yaml`,
      }));
      return { ...listing, entries, skipped: [...listing.skipped, ...skipped] };
    },
  };
}
