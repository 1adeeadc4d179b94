import { AssayError } from '../../../model/problem.ts';
import type { GraphExport } from '../../../model/graph-export.ts';
import type { Snapshot } from '../../../model/result.ts';
import { graphOf } from '../../../verbs/know/graph.ts';
import type { Command } from '../command.ts';
import { nearest } from '../nearest.ts';
import { numberOf } from '../number-option.ts';
import { exitOf, looksOf, printReport, reportOptions, type ReportWords } from '../report-options.ts';
import { SCAN_OPTIONS, runScan } from '../run-scan.ts';
import { graphReport } from '../terminal/graph.ts';
import { overGraphs } from '../tuning.ts';

const REPORT: ReportWords = {
  formats: ['text', 'json', 'svg', 'dot', 'graphml', 'gexf', 'mermaid'],
  all: 'every graph in full',
  pixels: 960,
};

export const command: Command = {
  name: 'graph',
  summary: 'the dependency graph, whole or around a component, for eyes and other tools',
  usage: 'assay graph [PATH] [OPTIONS]',
  about: `Gives the graph of each lockfile below PATH (default: here) to other tools (dot, graphml, gexf, json), to a README (mermaid:
large graphs are collapsed to direct dependencies and what each brings), or draws it (svg: up to 150 nodes; take a neighbourhood with
--around). The question behind a picture is often better answered by \`assay why\` or \`assay cost\`.
Ends with 1 when --around names nothing that is here, and with 3 when some file could not be read.`,
  options: {
    around: {
      type: 'string',
      value: 'NAME[@RANGE]',
      help: 'only what is near this component: who asks for it, what it asks for',
    },
    depth: { type: 'string', value: 'N', help: 'with --around: how many steps up and down; default 2' },
    manifest: {
      type: 'string',
      value: 'FILE',
      help: 'only this lockfile or manifest, as its path is in reports',
    },
    revision: SCAN_OPTIONS['revision']!,
    index: SCAN_OPTIONS['index']!,
    db: SCAN_OPTIONS['db']!,
    'no-cache': SCAN_OPTIONS['no-cache']!,
    ...reportOptions(REPORT),
  },
  examples: [
    ['assay graph --around lodash --format svg --output lodash.svg', 'a picture of two steps around it'],
    ['assay graph --format mermaid --manifest package-lock.json', 'for a README'],
    ['assay graph ../other.git --revision v2.0.0 --format graphml', 'a release, for Gephi, yEd or NetworkX'],
  ],
  async run(invocation) {
    const text = invocation.value('around');
    const manifest = invocation.value('manifest');
    if (text === undefined && invocation.value('depth') !== undefined)
      throw new AssayError('cli/usage', 'graph: --depth goes with --around');
    const depth = numberOf(invocation, 'depth', 2, 0, 1000);
    const looks = looksOf(invocation, REPORT);
    const snapshot = await runScan(invocation, undefined);
    if (manifest !== undefined) known(manifest, snapshot);
    const graph = overGraphs(snapshot.inventory, () =>
      graphOf(snapshot, {
        ...(manifest === undefined ? {} : { manifest }),
        ...(text === undefined ? {} : { around: { text, depth } }),
      }),
    );
    const exit = exitOf(snapshot.problems);
    if (text !== undefined && graph.parts.length === 0) {
      invocation.io.err(`${text} is not here; \`assay why ${text}\` looks for names like it\n`);
      return exit === 0 ? 1 : exit;
    }
    await printReport(invocation, looks, {
      text: ({ text: options }) => graphReport(graph, options),
      json: async () => (await import('../../../documents/graphs/json.ts')).graphJson(graph),
      dot: async () => (await import('../../../documents/graphs/dot.ts')).graphDot(graph),
      graphml: async () => (await import('../../../documents/graphs/graphml.ts')).graphGraphml(graph),
      gexf: async () => (await import('../../../documents/graphs/gexf.ts')).graphGexf(graph),
      mermaid: async () => (await import('../../../documents/graphs/mermaid.ts')).graphMermaid(graph),
      svg: ({ pixels }) => svg(graph, pixels),
    });
    return exit;
  },
};

/** AssayError `cli/usage` when no file of that path was read; names the nearest. */
function known(manifest: string, { inventory }: Snapshot): void {
  const paths = inventory.manifests.map(({ path }) => path);
  if (paths.includes(manifest)) return;
  const near = paths.find((path) => path.endsWith(`/${manifest}`)) ?? nearest(manifest, paths);
  throw new AssayError('cli/usage', `graph: no lockfile or manifest ${manifest} was read`, {
    hint: near === undefined ? 'see `assay scan` for what was' : `did you mean ${near}?`,
  });
}

async function svg(graph: GraphExport, width: number): Promise<string> {
  const { MOST_DRAWN, neighbourhood } =
    await import('../../../documents/pictures/neighbourhood/neighbourhood.ts');
  const count = graph.parts.reduce((sum, { nodes }) => sum + nodes.length, 0);
  if (count > MOST_DRAWN) {
    const { around } = graph;
    const narrower =
      around === undefined
        ? 'name a component with --around, e.g. `assay graph --around NAME --depth 1 --format svg`'
        : around.depth > 1
          ? `take fewer steps: --depth ${around.depth - 1}`
          : `ask \`assay why ${around.text} --format svg\``;
    const drawable = graph.parts.find(({ nodes, edges }) => edges.length > 0 && nodes.length <= MOST_DRAWN);
    const manifest = drawable === undefined ? '' : `, or one file with --manifest ${drawable.path}`;
    throw new AssayError(
      'graph/too-large',
      `${count} nodes are more than a drawing can show (${MOST_DRAWN})`,
      {
        hint: `${narrower}${manifest}; other formats take all of it`,
      },
    );
  }
  return `${neighbourhood(graph, { prefix: 'graph', width }).svg}\n`;
}
