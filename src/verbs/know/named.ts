import { ecosystemOf } from '../../analysis/ecosystems/index.ts';
import type { Component } from '../../model/component.ts';
import type { Snapshot } from '../../model/result.ts';

/** What a person asks for by name. */
export interface Asked {
  readonly name: string;
  readonly range: string | undefined;
  /** Of a purl: the type in front. */
  readonly type: string | undefined;
}

/**
 * The components that a text names: `NAME`, `NAME@VERSION`, `NAME@RANGE` in the ecosystem's syntax, or a purl. Names are compared as each
 * ecosystem spells them, and aliases count; the project itself is not asked about. Indices into `Inventory.components`,
 * by ecosystem, name and version: those in the range, and the others of that name.
 */
export function componentsNamed(
  snapshot: Snapshot,
  text: string,
): { readonly asked: Asked; readonly chosen: readonly number[]; readonly others: readonly number[] } {
  const { components } = snapshot.inventory;
  const asked = askedFor(text);
  const aliases = aliasesOf(snapshot, asked.name);
  const named: number[] = [];
  components.forEach((component, index) => {
    if (component.origin !== 'project' && (isNamed(component, asked) || aliases.has(index)))
      named.push(index);
  });
  const isChosen = (index: number): boolean => isInRange(components[index]!, asked.range);
  return {
    asked,
    chosen: byVersion(named.filter(isChosen), snapshot),
    others: byVersion(
      named.filter((index) => !isChosen(index)),
      snapshot,
    ),
  };
}

/** `@scope/name@^1` → name and range; a purl → its parts. The first `@` after the first letter parts them. */
function askedFor(text: string): Asked {
  const trimmed = text.trim();
  const purl = /^pkg:([a-z0-9.+-]+)\/([^?#]*)/i.exec(trimmed);
  const rest = purl === null ? trimmed : decoded(purl[2]!);
  const at = rest.indexOf('@', 1);
  const name = at === -1 ? rest : rest.slice(0, at);
  return {
    name,
    range: at === -1 || at === rest.length - 1 ? undefined : rest.slice(at + 1),
    type: purl === null ? undefined : purl[1]!.toLowerCase(),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isNamed(component: Component, { name, type }: Asked): boolean {
  const rules = ecosystemOf(component.ecosystem);
  if (type !== undefined) {
    if (rules.purlType !== type && component.ecosystem !== 'Other') return false;
    const [namespace, last] = rules.purlName(component.name);
    if ((namespace === '' ? last : `${namespace}/${last}`) === name) return true;
  }
  return component.name === name || component.name === rules.normaliseName(name);
}

/** Components that some file installs under that name. */
function aliasesOf({ inventory }: Snapshot, name: string): Set<number> {
  const found = new Set<number>();
  for (const { occurrences } of inventory.manifests)
    for (const { alias, component } of occurrences) if (alias === name) found.add(component);
  return found;
}

function isInRange({ ecosystem, version, requested, source }: Component, range: string | undefined): boolean {
  if (range === undefined || version === range || requested === range) return true;
  if (version === '') return false;
  // A commit is named by its first letters.
  if (range.length >= 7 && (version.startsWith(range) || source?.includes(`#${range}`) === true)) return true;
  return ecosystemOf(ecosystem).versions.satisfies(version, range) === true;
}

function byVersion(indices: readonly number[], { inventory: { components } }: Snapshot): number[] {
  return [...indices].sort((x, y) => {
    const [a, b] = [components[x]!, components[y]!];
    return (
      compareText(a.ecosystem, b.ecosystem) ||
      compareText(a.name, b.name) ||
      ecosystemOf(a.ecosystem).versions.compare(a.version, b.version) ||
      x - y
    );
  });
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
