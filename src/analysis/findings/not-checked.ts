import type { AdvisoryStore } from '../../model/advisory.ts';
import type { Component } from '../../model/component.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { NotChecked } from '../../model/result.ts';
import { folderOf, joinPath } from '../text/paths.ts';
import { ecosystemOf } from '../ecosystems/index.ts';

/**
 * Components that no advisory was held against, by ecosystem and reason; largest groups first.
 * The repository's own projects and members are its subject, not its dependencies, and are not counted; neither is a folder
 * or file of the tree that is read where it stands.
 * With the starter set only, everything it does not cover is `no-data`.
 */
export function notChecked(inventory: Inventory, store: AdvisoryStore): readonly NotChecked[] {
  const groups = new Map<
    string,
    { ecosystem: EcosystemId; why: NotChecked['why']; components: Component[] }
  >();
  const own = ownFolders(inventory);
  inventory.components.forEach((component, index) => {
    const why = own.has(index) ? undefined : whyNot(component, store);
    if (why === undefined) return;
    const key = `${component.ecosystem}\0${why}`;
    const group = groups.get(key);
    if (group === undefined)
      groups.set(key, { ecosystem: component.ecosystem, why, components: [component] });
    else group.components.push(component);
  });
  return [...groups.values()]
    .map(({ ecosystem, why, components }) => ({
      ecosystem,
      count: components.length,
      why,
      examples: firstNames(components),
      // An action by tag is a use that moves by design; `use/unpinned` names it.
      holdsUpPolicy: why === 'no-data' || (why === 'not-locked' && ecosystem !== 'GitHub Actions'),
    }))
    .sort((a, b) => b.count - a.count || (`${a.ecosystem}${a.why}` < `${b.ecosystem}${b.why}` ? -1 : 1));
}

/** Components that are a folder or file of the tree which has a manifest that was read, by their numbers. */
function ownFolders({ components, manifests }: Inventory): ReadonlySet<number> {
  const own = new Set<number>();
  if (!components.some(({ origin }) => origin === 'file')) return own;
  const read = new Set(manifests.flatMap(({ path }) => [path, folderOf(path)]));
  for (const { path, occurrences } of manifests)
    for (const { component } of occurrences) {
      const { origin, source } = components[component]!;
      if (origin !== 'file' || source === undefined || own.has(component)) continue;
      const place = source.replace(/^(?:file|link|portal):(?:\/\/)?|::.*$/g, '');
      // Most formats name it from their own folder, some from the top.
      const places = [joinPath(folderOf(path), place), joinPath('', place)];
      if (places.some((found) => found !== undefined && read.has(found))) own.add(component);
    }
  return own;
}

function whyNot(component: Component, store: AdvisoryStore): NotChecked['why'] | undefined {
  const { origin, ecosystem, version } = component;
  if (origin === 'project' || origin === 'workspace') return undefined;
  if (!ecosystemOf(ecosystem).hasAdvisories) return 'no-source';
  if (origin !== 'registry' && origin !== 'unknown') return 'not-registry';
  if (version === '') return 'not-locked';
  return store.covers(ecosystem) ? undefined : 'no-data';
}

const nameOf = ({ name, version, requested }: Component): string =>
  version !== '' ? `${name}@${version}` : `${name} ${requested ?? ''}`.trimEnd();

/** The first three different ones. */
function firstNames(components: readonly Component[]): string[] {
  const names = new Set<string>();
  for (const component of components) {
    names.add(nameOf(component));
    if (names.size === 3) break;
  }
  return [...names];
}
