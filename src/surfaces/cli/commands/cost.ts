import type { Cost } from '../../../model/cost.ts';
import { AssayError } from '../../../model/problem.ts';
import { assessCost } from '../../../verbs/know/cost.ts';
import type { Command, Invocation } from '../command.ts';
import { exitOf, looksOf, printReport, reportOptions, type ReportWords } from '../report-options.ts';
import { SCAN_OPTIONS, runScan } from '../run-scan.ts';
import { terminalCost } from '../terminal/cost.ts';
import { overGraphs } from '../tuning.ts';

const REPORT: ReportWords = {
  formats: ['text', 'json', 'svg', 'markdown'],
  about: 'svg draws the largest file, or the one that --manifest names',
  all: 'every direct dependency and file',
  pixels: 720,
};

export const command: Command = {
  name: 'cost',
  summary: 'what goes away with each direct dependency, and what it shares',
  usage: 'assay cost [PATH] [OPTIONS]',
  about: `Shows for every direct dependency how many components would go if it went, how many it shares
with others, and what hangs on those that go: open findings, install scripts, deprecated ones.
Each lockfile is judged by its own graph. Where a file does not say who asks for whom, the answer is “edges unknown”.`,
  options: {
    ...SCAN_OPTIONS,
    workspace: {
      type: 'string',
      short: 'w',
      value: 'NAME',
      help: 'the cost within this project or workspace alone; its name or folder',
    },
    frees: {
      type: 'string',
      value: 'NAME[@VERSION]',
      help: 'the smallest set of direct dependencies without which this component goes',
    },
    manifest: { type: 'string', value: 'PATH', help: 'this lockfile or manifest alone' },
    ...reportOptions(REPORT),
  },
  examples: [
    ['assay cost .', 'what each direct dependency brings in, and what would go with it'],
    ['assay cost . --frees minimist', 'what to drop to be rid of every version of minimist'],
    ['assay cost . --workspace packages/api --format json', 'one workspace, for programs'],
    ['assay cost . --format svg --output cost.svg', 'the bars as a picture'],
  ],
  async run(invocation) {
    const looks = looksOf(invocation, REPORT);
    const snapshot = await runScan(invocation, undefined);
    const cost = overGraphs(snapshot.inventory, () =>
      assessCost(snapshot, {
        ...given(invocation, 'workspace'),
        ...given(invocation, 'frees'),
        ...given(invocation, 'manifest'),
      }),
    );
    await printReport(invocation, looks, {
      text: ({ text }) => terminalCost(snapshot, cost, text),
      json: async () => (await import('../../../documents/cost/json.ts')).costJson(snapshot, cost),
      markdown: async () =>
        (await import('../../../documents/cost/markdown.ts')).costMarkdown(snapshot, cost),
      svg: ({ pixels }) => drawn(cost, pixels),
    });
    return exitOf(snapshot.problems);
  },
};

function given<K extends string>({ value }: Invocation, name: K): { readonly [N in K]?: string } {
  const found = value(name);
  return found === undefined ? {} : ({ [name]: found } as { readonly [N in K]: string });
}

async function drawn(cost: Cost, width: number): Promise<string> {
  const { costSvg } = await import('../../../documents/cost/svg.ts');
  const svg = costSvg(cost, width);
  if (svg === undefined) throw new AssayError('cost/nothing-to-draw', 'no dependencies were found here');
  return svg;
}
