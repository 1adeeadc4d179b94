import type { ManifestCost } from '../../model/cost.ts';

/** A manifest, and the paths of others that say the same. */
export interface WithCopies {
  readonly manifest: ManifestCost;
  readonly copies: readonly string[];
}

/**
 * Manifests whose direct dependencies are the same and cost the same, as one: some repositories keep a lockfile twice, and a second picture
 * of it says nothing. Of copies the one nearest to the root stands for all, in the place of the first; order is kept otherwise.
 */
export function withCopies(manifests: readonly ManifestCost[]): readonly WithCopies[] {
  const alike = new Map<string, ManifestCost[]>();
  for (const manifest of manifests) {
    const key = keyOf(manifest);
    const others = alike.get(key);
    if (others === undefined) alike.set(key, [manifest]);
    else others.push(manifest);
  }
  return [...alike.values()].map((same) => {
    const manifest = same.reduce((best, other) => (depth(other) < depth(best) ? other : best));
    return { manifest, copies: same.filter((other) => other !== manifest).map(({ path }) => path) };
  });
}

const depth = ({ path }: ManifestCost): number => path.split('/').length;

/** A workspace is no copy of its file, and what names nothing is not the same as another that names nothing. */
const keyOf = ({ path, workspace, extractor, edgesKnown, directs, total }: ManifestCost): string =>
  directs.length === 0
    ? JSON.stringify([path, workspace])
    : JSON.stringify([
        extractor,
        workspace,
        edgesKnown,
        total.components,
        directs.map(({ purl, goes, shares }) => [purl, goes.components, shares.components]),
      ]);
