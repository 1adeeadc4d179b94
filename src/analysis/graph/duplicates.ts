import type { Component } from '../../model/component.ts';
import type { Duplicate } from '../../model/cost.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import type { QuestionGraph } from './question.ts';

/** Names that stand in several versions, without the repository's own. */
export interface Duplicates {
  /** By node: 1 where the component's name stands here in another version too. */
  readonly marks: Uint8Array;
  /** Most versions first, then by name. */
  readonly names: readonly Duplicate[];
}

/** One walk: components are ordered by purl, so those of one name stand side by side. */
export function duplicatesOf(components: readonly Component[], graph: QuestionGraph): Duplicates {
  const marks = new Uint8Array(graph.count);
  const names: Duplicate[] = [];
  let open: number[] = [];
  let before: Component | undefined;
  let areEqual = true;
  const close = (): void => {
    if (areEqual || before === undefined) return;
    const versions = new Set<string>();
    for (const node of open) {
      marks[node] = 1;
      versions.add(components[graph.components[node]!]!.version);
    }
    const { compare } = ecosystemOf(before.ecosystem).versions;
    names.push({ name: before.name, versions: [...versions].sort(compare) });
  };
  for (let node = 1; node < graph.count; node++) {
    const component = components[graph.components[node]!]!;
    const { origin, version } = component;
    if (origin === 'project' || origin === 'workspace' || version === '') continue;
    if (before?.name === component.name && before.ecosystem === component.ecosystem) {
      areEqual &&= before.version === version;
      open.push(node);
    } else {
      close();
      open = [node];
      areEqual = true;
    }
    before = component;
  }
  close();
  names.sort((a, b) => b.versions.length - a.versions.length || (a.name < b.name ? -1 : 1));
  return { marks, names };
}
