import { manifestCost } from '../../analysis/graph/cost.ts';
import { freeing } from '../../analysis/graph/freeing.ts';
import { loadsOf } from '../../analysis/graph/loads.ts';
import { questionGraph } from '../../analysis/graph/question.ts';
import { componentsAsked } from '../../analysis/identity/asked.ts';
import { testFolderOf } from '../../analysis/text/paths.ts';
import type { Cost, Freeing } from '../../model/cost.ts';
import { AssayError } from '../../model/problem.ts';
import type { Snapshot } from '../../model/result.ts';

/** What may be asked of a snapshot beside the cost of everything. */
export interface CostQuestion {
  /** Name or folder of one project or workspace: the cost within it alone. */
  readonly workspace?: string;
  /** `NAME[@VERSION]`: what it takes to be rid of it. */
  readonly frees?: string;
  /** Path of one manifest or lockfile: the others are left out. */
  readonly manifest?: string;
}

/**
 * What each direct dependency of each manifest costs; files in folders of tests or examples come last. Pure.
 * AssayError `cost/no-manifest`, `cost/no-workspace` and `cost/no-component` when what is asked for is not there; the hint names what is.
 */
export function assessCost(snapshot: Snapshot, question: CostQuestion = {}): Cost {
  const { inventory } = snapshot;
  const loads = loadsOf(inventory, snapshot.findings);
  const parts = partsOf(snapshot, question);
  const manifests = parts
    .map(({ manifest, root }) => manifestCost(inventory, manifest, loads, root))
    .filter(({ total }) => total.components > 0)
    .sort(
      (a, b) =>
        Number(testFolderOf(a.path) !== undefined) - Number(testFolderOf(b.path) !== undefined) ||
        b.total.components - a.total.components ||
        compareText(a.path, b.path),
    );
  if (question.frees === undefined) return { manifests };
  const asked = componentsAsked(inventory.components, question.frees);
  const graphs = parts.map(({ manifest, root }) => questionGraph(inventory.manifests[manifest]!, root));
  const found = asked.flatMap((component): Freeing[] =>
    graphs.flatMap((graph) => freeing(inventory, graph, loads, component) ?? []),
  );
  if (found.length === 0)
    throw new AssayError('cost/no-component', `no component ${question.frees} here`, {
      hint: 'name it as the lockfile does; `assay scan --format json` lists all',
    });
  return { manifests, freeing: found };
}

/** Manifests by index, each whole or for one of its roots. */
function partsOf(
  { inventory }: Snapshot,
  { workspace, manifest }: CostQuestion,
): { readonly manifest: number; readonly root?: number }[] {
  // A runtime is named by the manifest that is there for its dependencies: nobody drops it to be rid of something.
  const indices = [...inventory.manifests.keys()].filter((index) => {
    const { path, extractor } = inventory.manifests[index]!;
    return !extractor.startsWith('runtime/') && (manifest === undefined || path === manifest);
  });
  if (manifest !== undefined && indices.length === 0)
    throw new AssayError('cost/no-manifest', `no manifest ${manifest} here`, {
      hint: `there are ${some(inventory.manifests.map(({ path }) => path))}`,
    });
  if (workspace === undefined) return indices.map((index) => ({ manifest: index }));
  const names = new Set<string>();
  const found = indices.flatMap((index) => {
    const { roots, occurrences } = inventory.manifests[index]!;
    return roots.flatMap((root) => {
      const { component, key } = occurrences[root]!;
      const { name } = inventory.components[component]!;
      names.add(name);
      return name === workspace || key === workspace ? [{ manifest: index, root }] : [];
    });
  });
  if (found.length === 0)
    throw new AssayError('cost/no-workspace', `no project or workspace ${workspace} here`, {
      hint: names.size === 0 ? 'no file here names a project' : `there are ${some([...names].sort())}`,
    });
  return found;
}

/** At most eight names, and how many more. */
function some(names: readonly string[]): string {
  const more = names.length - 8;
  return more > 0 ? `${names.slice(0, 8).join(', ')} and ${more} more` : names.join(', ');
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
