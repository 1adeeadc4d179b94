import { explain } from '../../analysis/graph/explain.ts';
import { nodeOf, questionGraph, type QuestionGraph } from '../../analysis/graph/question.ts';
import { nearNames } from '../../analysis/text/near.ts';
import type { Finding } from '../../model/finding.ts';
import type { Snapshot } from '../../model/result.ts';
import type { Why, WhyComponent, WhyPlace } from '../../model/why.ts';
import { componentsNamed } from './named.ts';

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
  const { asked, chosen, others } = componentsNamed(snapshot, text);
  const graphs = new Map<number, QuestionGraph>();
  const findings = findingsOf(snapshot);
  return {
    target,
    asked: { text, name: asked.name, ...(asked.range === undefined ? {} : { range: asked.range }) },
    components: chosen.map((index): WhyComponent => {
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
    otherVersions: others.map(
      (index) => inventory.components[index]!.version || (inventory.components[index]!.requested ?? ''),
    ),
    near:
      chosen.length + others.length > 0
        ? []
        : nearNames(
            asked.name,
            inventory.components.filter(({ origin }) => origin !== 'project').map(({ name }) => name),
            3,
          ),
    lost: problems.some((problem) => problem.lost === true),
  };
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
