import type { Component } from '../../model/component.ts';
import type { Duplicate } from '../../model/cost.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import type { QuestionGraph } from './question.ts';

/** Names that stand in several versions, most versions first, then by name. The repository's own are left out. */
export function duplicatesOf(components: readonly Component[], graph: QuestionGraph): Duplicate[] {
  return groupsOf(components, graph)
    .map((nodes): Duplicate => {
      const { ecosystem, name } = components[graph.components[nodes[0]!]!]!;
      const versions = new Set(nodes.map((node) => components[graph.components[node]!]!.version));
      return { name, versions: [...versions].sort(ecosystemOf(ecosystem).versions.compare) };
    })
    .filter(({ versions }) => versions.length > 1)
    .sort((a, b) => b.versions.length - a.versions.length || (a.name < b.name ? -1 : 1));
}

/** By node: 1 where the component's name stands here in another version too. */
export function isDuplicated(components: readonly Component[], graph: QuestionGraph): Uint8Array {
  const marks = new Uint8Array(graph.count);
  for (const nodes of groupsOf(components, graph)) {
    const { version } = components[graph.components[nodes[0]!]!]!;
    if (nodes.some((node) => components[graph.components[node]!]!.version !== version))
      for (const node of nodes) marks[node] = 1;
  }
  return marks;
}

/** Nodes of one name, where there are several: components are ordered by purl, so they stand side by side. */
function groupsOf(components: readonly Component[], graph: QuestionGraph): number[][] {
  const groups: number[][] = [];
  let open: number[] = [];
  let before: Component | undefined;
  for (let node = 1; node < graph.count; node++) {
    const component = components[graph.components[node]!]!;
    const { origin, version } = component;
    if (origin === 'project' || origin === 'workspace' || version === '') continue;
    if (before === undefined || before.name !== component.name || before.ecosystem !== component.ecosystem) {
      if (open.length > 1) groups.push(open);
      open = [];
    }
    open.push(node);
    before = component;
  }
  if (open.length > 1) groups.push(open);
  return groups;
}
