import { ownedTree } from '../../analysis/graph/owned.ts';
import { whyHere } from '../../analysis/graph/origins.ts';
import type { ReportExtras } from '../../model/report.ts';
import type { Snapshot } from '../../model/result.ts';
import type { Timeline } from '../../model/timeline.ts';
import { assessCost } from './cost.ts';

/**
 * What a report with pictures shows beside the snapshot. Pure.
 * Files that name no dependency, or only use (workflows, Dockerfiles), have no tree: there nothing owns anything.
 */
export function reportExtras(snapshot: Snapshot, timeline?: Timeline): ReportExtras {
  const { inventory, findings } = snapshot;
  const trees = inventory.manifests
    .filter(({ role }) => role === 'lock' || role === 'sbom')
    .map((manifest) => ownedTree(manifest, inventory.components))
    .filter(({ components }) => components > 0)
    .sort((a, b) => b.components - a.components || (a.manifest < b.manifest ? -1 : 1));
  const wanted = new Set<number>();
  for (const { component, decision } of findings)
    if (component !== undefined && decision === undefined) wanted.add(component);
  return {
    trees,
    why: whyHere(inventory.manifests, [...wanted]),
    cost: assessCost(snapshot),
    ...(timeline === undefined ? {} : { timeline }),
  };
}
