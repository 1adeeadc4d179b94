import type { Component } from '../../model/component.ts';
import type { ComponentState } from '../../model/comparison.ts';
import type { Direct } from '../../model/inventory.ts';
import { scopeBit, scopesOf } from '../graph/scopes.ts';
import { entryOf, type FilePair, type FileView } from './files.ts';

/** One component as one file has it, its copies together. */
export interface Entry {
  readonly component: Component;
  /** Its index in the side's inventory, and its first node in the file. */
  readonly index: number;
  readonly node: number;
  line: number;
  direct: Direct;
  scopes: number;
  hashes: Set<string>;
  source: string | undefined;
  licences: Set<string>;
  deprecated: string | undefined;
  script: boolean;
  readonly ranges: Set<string>;
}

/** What makes two entries of two trees the same component: purl, and the range where no version is locked. */
export const keyOf = ({ purl, version, requested }: Component): string =>
  version === '' ? `${purl}\0${requested ?? ''}` : purl;

/** A file's dependencies by name, then by `keyOf`; the project and its workspace members are left out. O(occurrences + edges). */
export function namedComponents(view: FileView): Map<string, Map<string, Entry>> {
  const { manifest, inventory } = view;
  const { occurrences, offsets, targets, ranges, roots } = manifest;
  const byIndex = new Map<number, Entry>();
  const named = new Map<string, Map<string, Entry>>();
  occurrences.forEach(({ component: index, line, direct, scopes }, node) => {
    const component = inventory.components[index]!;
    if (component.origin === 'project' || component.origin === 'workspace') return;
    let entry = byIndex.get(index);
    if (entry === undefined) {
      entry = {
        component,
        index,
        node,
        line,
        direct,
        scopes: 0,
        hashes: new Set(),
        source: undefined,
        licences: new Set(),
        deprecated: undefined,
        script: false,
        ranges: new Set(),
      };
      byIndex.set(index, entry);
      const name = `${component.ecosystem}\0${component.name}`;
      const versions = named.get(name);
      if (versions === undefined) named.set(name, new Map([[keyOf(component), entry]]));
      else versions.set(keyOf(component), entry);
    }
    const found = entryOf(view, node);
    for (const scope of scopes) entry.scopes |= scopeBit(scope);
    if (direct === 'yes' || entry.direct === 'no') entry.direct = entry.direct === 'yes' ? 'yes' : direct;
    if (entry.line === 0 || (line > 0 && line < entry.line)) entry.line = line;
    if (found.integrity !== undefined)
      for (const hash of found.integrity.split(' ')) if (hash !== '') entry.hashes.add(hash);
    if (found.source !== undefined && (entry.source === undefined || found.source < entry.source))
      entry.source = found.source;
    if (found.licence !== undefined && found.licence !== '') entry.licences.add(found.licence);
    entry.deprecated ??= found.deprecated;
    if (found.hasInstallScript) entry.script = true;
  });
  for (const root of roots)
    for (let i = offsets[root]!; i < offsets[root + 1]!; i++)
      if (ranges[i] !== '') byIndex.get(occurrences[targets[i]!]!.component)?.ranges.add(ranges[i]!);
  return named;
}

/** An entry as the comparison tells it. `states`: whether the file says which components have install scripts. */
export function toState(entry: Entry, states: boolean): ComponentState {
  const { component, hashes, source, licences, deprecated } = entry;
  return {
    purl: component.purl,
    version: component.version,
    ...(component.requested === undefined ? {} : { requested: component.requested }),
    origin: component.origin,
    ...(source === undefined ? {} : { source }),
    ...(hashes.size === 0 ? {} : { integrity: [...hashes].sort().join(' ') }),
    licences: licences.size === 0 ? component.licences : [...licences].sort(),
    ...(deprecated === undefined ? {} : { deprecated }),
    installScript: entry.script ? 'yes' : states ? 'no' : 'unknown',
    direct: entry.direct,
    scopes: scopesOf(entry.scopes),
    ranges: [...entry.ranges].sort(),
  };
}

/**
 * Names that ask for each of `entries` (the project is `''`), in order of first asking. One pass over the edges.
 */
export function askersOf(
  view: FileView | undefined,
  entries: readonly Entry[],
): ReadonlyMap<Entry, readonly string[]> {
  const askers = new Map<Entry, string[]>();
  if (view === undefined || entries.length === 0) return askers;
  const { manifest, inventory } = view;
  const wanted = new Map(entries.map((entry) => [entry.index, entry]));
  manifest.occurrences.forEach(({ component }, node) => {
    for (let i = manifest.offsets[node]!; i < manifest.offsets[node + 1]!; i++) {
      const entry = wanted.get(manifest.occurrences[manifest.targets[i]!]!.component);
      if (entry === undefined) continue;
      const { origin, name } = inventory.components[component]!;
      const asker = origin === 'project' ? '' : name;
      const known = askers.get(entry);
      if (known === undefined) askers.set(entry, [asker]);
      else known.push(asker);
    }
  });
  return askers;
}

/**
 * Whether each side's file says which components run a script when they are installed: some formats do, some versions of them do not,
 * and a flag on any entry of either side shows that this one does.
 */
export function scriptWords({ base, head }: FilePair): { readonly base: boolean; readonly head: boolean } {
  const seen = [base, head].some(
    (view) => view?.extraction.components.some((found) => found.hasInstallScript) === true,
  );
  const states = (view: FileView | undefined): boolean =>
    view !== undefined &&
    STATING.has(view.manifest.extractor) &&
    !view.extraction.observations.some(({ rule }) => rule === 'lockfile/old-format') &&
    (seen || view.manifest.extractor !== 'npm/pnpm-lock');
  return { base: states(base), head: states(head) };
}

/** pnpm's lockfiles said so until version 6; without any flag we cannot tell which it is. */
const STATING: ReadonlySet<string> = new Set([
  'npm/package-lock',
  'npm/pnpm-lock',
  'packagist/composer-lock',
]);
