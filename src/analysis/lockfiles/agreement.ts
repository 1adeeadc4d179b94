import type { Inventory, Manifest } from '../../model/inventory.ts';
import type { Observation } from '../../model/extractor.ts';
import { folderOf } from '../text/paths.ts';

/**
 * Two lockfiles for one manifest that lock different versions of its direct dependencies, e.g. package-lock.json
 * and yarn.lock side by side. Compared by what both call direct; one observation per pair, on the later path.
 * Returns the manifests with the observations added. O(direct dependencies) per pair.
 */
export function withDisagreements(inventory: Inventory): Inventory {
  const locks = inventory.manifests.filter(
    (manifest) => manifest.role === 'lock' && manifest.covers.length > 0,
  );
  const extra = new Map<Manifest, Observation[]>();
  const byCovered = new Map<string, Manifest[]>();
  for (const lock of locks) {
    // A workspace's lockfile covers its members too; one of their own is another project's.
    const folder = folderOf(lock.path);
    const own = lock.covers.find((path) => folderOf(path) === folder) ?? lock.covers[0]!;
    const key = `${ecosystemOfExtractor(lock)}\0${own}`;
    byCovered.set(key, [...(byCovered.get(key) ?? []), lock]);
  }
  for (const group of byCovered.values())
    for (let i = 1; i < group.length; i++) {
      const [a, b] = [group[i - 1]!, group[i]!];
      const observation = compareLocks(inventory, a, b);
      if (observation !== undefined) extra.set(b, [...(extra.get(b) ?? []), observation]);
    }
  if (extra.size === 0) return inventory;
  return {
    ...inventory,
    manifests: inventory.manifests.map((manifest) => {
      const more = extra.get(manifest);
      return more === undefined
        ? manifest
        : { ...manifest, observations: [...manifest.observations, ...more] };
    }),
  };
}

const ecosystemOfExtractor = (manifest: Manifest): string =>
  manifest.extractor.slice(0, manifest.extractor.indexOf('/'));

function compareLocks(inventory: Inventory, a: Manifest, b: Manifest): Observation | undefined {
  const left = directVersions(inventory, a);
  const right = directVersions(inventory, b);
  const names: string[] = [];
  const examples: string[] = [];
  for (const [name, versions] of [...left].sort(([x], [y]) => (x < y ? -1 : 1))) {
    const others = right.get(name);
    if (others === undefined || others === versions) continue;
    names.push(name);
    if (examples.length < 3) examples.push(`${name} ${versions} / ${others}`);
  }
  if (names.length === 0) return undefined;
  const many = names.length === 1 ? '1 direct dependency' : `${names.length} direct dependencies`;
  return {
    rule: 'lockfile/disagree',
    message: `${a.path} and ${b.path} lock different versions of ${many}: ${examples.join(', ')}`,
    names,
    hint: 'keep the lockfile of the package manager that you use and delete the other',
  };
}

/** Direct dependencies with their locked versions, several joined by a comma. */
function directVersions(inventory: Inventory, manifest: Manifest): ReadonlyMap<string, string> {
  const versions = new Map<string, Set<string>>();
  for (const occurrence of manifest.occurrences) {
    if (occurrence.direct !== 'yes') continue;
    const { name, version, origin } = inventory.components[occurrence.component]!;
    if (origin === 'workspace' || origin === 'project') continue;
    const known = versions.get(name);
    if (known === undefined) versions.set(name, new Set([version]));
    else known.add(version);
  }
  return new Map([...versions].map(([name, found]) => [name, [...found].sort().join(', ')]));
}
