import { ecosystemOf } from '../../analysis/ecosystems/index.ts';
import { explain } from '../../analysis/graph/explain.ts';
import { nodeOf, questionGraph, type QuestionGraph } from '../../analysis/graph/question.ts';
import { nearNames } from '../../analysis/text/near.ts';
import type { Component } from '../../model/component.ts';
import type { Finding } from '../../model/finding.ts';
import type { Snapshot } from '../../model/result.ts';
import type { Why, WhyComponent, WhyPlace } from '../../model/why.ts';

export interface WhyOptions {
  /** Most ways told for each version and file. */
  readonly ways: number;
}

/**
 * Why the components that `text` names are here. `NAME`, `NAME@VERSION`, `NAME@RANGE` in the ecosystem's syntax, or a purl;
 * names are compared as each ecosystem spells them, aliases count. The project and its workspaces are not asked about.
 */
export function explainName(snapshot: Snapshot, text: string, options: WhyOptions): Why {
  const { inventory, target, problems } = snapshot;
  const asked = askedFor(text);
  const aliases = aliasesOf(snapshot, asked.name);
  const named: number[] = [];
  inventory.components.forEach((component, index) => {
    if (component.origin !== 'project' && (isNamed(component, asked) || aliases.has(index)))
      named.push(index);
  });
  const chosen = named.filter((index) => isInRange(inventory.components[index]!, asked.range));
  const graphs = new Map<number, QuestionGraph>();
  const findings = findingsOf(snapshot);
  return {
    target,
    asked: { text, name: asked.name, ...(asked.range === undefined ? {} : { range: asked.range }) },
    components: byVersion(chosen, snapshot).map((index): WhyComponent => {
      const { purl, ecosystem, name, version, requested } = inventory.components[index]!;
      return {
        purl,
        ecosystem,
        name,
        version,
        ...(requested === undefined ? {} : { requested }),
        findings: (findings.get(index) ?? []).map((finding) => ({
          id: finding.ids[0] ?? finding.rule,
          priority: finding.priority,
          title: finding.title,
        })),
        places: placesOf(snapshot, index, graphs, options.ways),
      };
    }),
    otherVersions: byVersion(
      named.filter((index) => !chosen.includes(index)),
      snapshot,
    ).map((index) => inventory.components[index]!.version || (inventory.components[index]!.requested ?? '')),
    near:
      named.length > 0
        ? []
        : nearNames(
            asked.name,
            inventory.components.filter(({ origin }) => origin !== 'project').map(({ name }) => name),
            3,
          ),
    lost: problems.some((problem) => problem.lost === true),
  };
}

interface Asked {
  readonly name: string;
  readonly range: string | undefined;
  /** Of a purl: the type in front. */
  readonly type: string | undefined;
}

/** `@scope/name@^1` → name and range; a purl → its parts. The last `@` that is not the first letter parts them. */
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

function placesOf(
  { inventory }: Snapshot,
  index: number,
  graphs: Map<number, QuestionGraph>,
  most: number,
): WhyPlace[] {
  const places: WhyPlace[] = [];
  inventory.manifests.forEach((manifest, at) => {
    if (!manifest.occurrences.some(({ component }) => component === index)) return;
    let graph = graphs.get(at);
    if (graph === undefined) graphs.set(at, (graph = questionGraph(manifest)));
    places.push(explain(graph, inventory.components, nodeOf(graph.components, index)!, most));
  });
  return places;
}

function findingsOf({ findings }: Snapshot): Map<number, Finding[]> {
  const found = new Map<number, Finding[]>();
  for (const finding of findings) {
    if (finding.component === undefined || finding.decision !== undefined) continue;
    const list = found.get(finding.component);
    if (list === undefined) found.set(finding.component, [finding]);
    else list.push(finding);
  }
  return found;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
