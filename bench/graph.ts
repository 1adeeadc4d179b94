import { writeFileSync } from 'node:fs';
import { manifestCost } from '../src/analysis/graph/cost.ts';
import { buildInventory } from '../src/analysis/graph/inventory.ts';
import { loadsOf } from '../src/analysis/graph/loads.ts';
import { countPaths } from '../src/analysis/graph/path-count.ts';
import { shortestPaths } from '../src/analysis/graph/paths.ts';
import { questionGraph } from '../src/analysis/graph/question.ts';
import { reversed } from '../src/analysis/graph/rows.ts';
import { disagreements } from '../src/analysis/graph/testing/agreement.ts';
import {
  inventoryOf,
  manifestOf,
  randomManifest,
  type TestEdge,
} from '../src/analysis/graph/testing/graphs.ts';
import { everyPath, randomRows } from '../src/analysis/graph/testing/paths.ts';
import { weightsOf } from '../src/analysis/graph/weights.ts';
import { seededRandom } from '../src/analysis/text/testing/random.ts';
import { costBars } from '../src/documents/pictures/cost-bars.ts';
import type { Inventory } from '../src/model/inventory.ts';
import { overGraphs, tuneV8 } from '../src/surfaces/cli/tuning.ts';
import { extractRepositories } from './extracted.ts';

/*
 * `node bench/graph.ts real FOLDER DOT-FILE`: dominators and cost of the largest graph below FOLDER, once, cold; the same graph for Graphviz.
 * `node bench/graph.ts synthetic NODES EDGES [DOT-FILE]`: the same for a made one.
 * `node bench/graph.ts random COUNT`: every algorithm against brute force on random graphs.
 */
// As the command runs.
tuneV8(['cost']);
const [mode, first, second, third] = process.argv.slice(2);
if (mode === 'real') await measureReal(first!, second!);
else if (mode === 'synthetic') measureOne(synthetic(Number(first), Number(second)), 0, third);
else console.log(JSON.stringify(compare(Number(first))));

async function measureReal(folder: string, dot: string): Promise<void> {
  const { files } = await extractRepositories(folder);
  const inventory = buildInventory(files, []);
  const { manifests } = inventory;
  const largest = [...manifests.keys()]
    .filter((index) => manifests[index]!.edgesKnown)
    .reduce((best, index) =>
      manifests[index]!.occurrences.length > manifests[best]!.occurrences.length ? index : best,
    );
  measureOne(inventory, largest, dot);
}

/** What the first call takes, nothing compiled before it: that is what a person waits for. */
function measureOne(inventory: Inventory, index: number, dot: string | undefined): void {
  const loads = loadsOf(inventory, []);
  const started = usage();
  const cost = overGraphs(inventory, () => manifestCost(inventory, index, loads));
  const costed = since(started);
  const { svg } = costBars(cost, { prefix: 'cost' });
  const drawn = since(started);
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  const weighing = usage();
  overGraphs(inventory, () => weightsOf(inventory, index, loads));
  const weighed = since(weighing);
  const graph = questionGraph(inventory.manifests[index]!);
  if (dot !== undefined) {
    const lines: string[] = [];
    for (let node = 0; node < graph.count; node++)
      for (let i = graph.offsets[node]!; i < graph.offsets[node + 1]!; i++)
        lines.push(`n${node} -> n${graph.targets[i]!}`);
    const names = Array.from(graph.components, (component, node) => {
      const label = component === -1 ? 'root' : inventory.components[component]!.purl;
      return `n${node} [label=${JSON.stringify(label)}]`;
    });
    writeFileSync(dot, `digraph {\n${names.join('\n')}\n${lines.join('\n')}\n}\n`);
  }
  console.log(
    JSON.stringify({
      path: cost.path,
      nodes: graph.count,
      edges: graph.targets.length,
      directs: cost.directs.length,
      costMs: costed.thread,
      costAllThreadsMs: costed.all,
      costAndPictureMs: drawn.all,
      criticalMs: weighed.all,
      peakMiB: Math.round(peakMiB),
      svgBytes: svg.length,
    }),
  );
}

interface Usage {
  readonly thread: NodeJS.CpuUsage;
  readonly all: NodeJS.CpuUsage;
}

/** CPU of this thread, and of the whole process: compiling and collecting on other threads is in the second. */
function usage(): Usage {
  return { thread: process.threadCpuUsage(), all: process.cpuUsage() };
}

/** Milliseconds since. */
function since(before: Usage): { readonly thread: number; readonly all: number } {
  const sum = ({ user, system }: NodeJS.CpuUsage): number => Math.round((user + system) / 100) / 10;
  return { thread: sum(process.threadCpuUsage(before.thread)), all: sum(process.cpuUsage(before.all)) };
}

/** One component in fifteen is direct, each other hangs from an earlier one; further edges lead on, and one in two hundred back. */
function synthetic(nodes: number, edges: number): Inventory {
  const random = seededRandom(11);
  const list: TestEdge[] = [];
  for (let node = 1; node < nodes; node++)
    list.push([node % 15 === 1 ? 0 : 1 + random(node - 1), node, 'prod', '^1.0.0']);
  while (list.length < edges) {
    const a = 1 + random(nodes - 1);
    const b = 1 + random(nodes - 1);
    if (a === b) continue;
    const onward = random(200) > 0;
    list.push([
      onward ? Math.min(a, b) : Math.max(a, b),
      onward ? Math.max(a, b) : Math.min(a, b),
      'prod',
      '^1.0.0',
    ]);
  }
  return inventoryOf(manifestOf(nodes, 1, list));
}

/** How many random graphs gave the same answers, and the first differences in words. */
function compare(count: number): { graphs: number; identical: number; differences: string[] } {
  const random = seededRandom(2026);
  const differences: string[] = [];
  let identical = 0;
  for (let i = 0; i < count; i++) {
    const wrong = [...disagreements(randomManifest(random)), ...pathDifferences(i + 1)];
    if (wrong.length === 0) identical++;
    else if (differences.length < 5) differences.push(`graph ${i}: ${wrong[0]!}`);
  }
  return { graphs: count, identical, differences };
}

/** The shortest paths and the count of all, against writing every path down. */
function pathDifferences(seed: number): string[] {
  const rows = randomRows(seed);
  const back = reversed(rows);
  const goal = rows.count - 1;
  const all = JSON.stringify(everyPath(rows, 0, goal));
  const { paths } = shortestPaths(rows, back, 0, goal, 1e9);
  const { ways } = countPaths(rows, back, 0, goal);
  return [
    ...(JSON.stringify(paths) === all ? [] : [`paths: ${JSON.stringify(paths)}, brute force ${all}`]),
    ...(ways === BigInt(paths.length) ? [] : [`ways: ${ways}, brute force ${paths.length}`]),
  ];
}
