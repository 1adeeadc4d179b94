import type { Cost } from '../../../model/cost.ts';
import type { Snapshot } from '../../../model/result.ts';
import { AssayError } from '../../../model/problem.ts';
import { assessCost } from '../../../verbs/know/cost.ts';
import type { Command, Invocation } from '../command.ts';
import { writeReport } from '../output.ts';
import { SCAN_OPTIONS, runScan } from '../run-scan.ts';
import { terminalCost } from '../terminal/cost.ts';
import { wantsColour } from '../terminal/style.ts';

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
    format: {
      type: 'string',
      short: 'f',
      value: 'FORMAT',
      choices: ['text', 'json', 'svg', 'markdown'],
      help: 'how to print it; default text. svg draws the largest file, or the one that --manifest names',
    },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'write it to FILE instead of stdout' },
    all: { type: 'boolean', help: 'text: every direct dependency and file' },
  },
  examples: [
    ['assay cost .', 'what each direct dependency brings in, and what would go with it'],
    ['assay cost . --frees minimist', 'what to drop to be rid of every version of minimist'],
    ['assay cost . --workspace packages/api --format json', 'one workspace, for programs'],
    ['assay cost . --format svg --output cost.svg', 'the bars as a picture'],
  ],
  async run(invocation) {
    const snapshot = await runScan(invocation, undefined);
    const cost = assessCost(snapshot, {
      ...given(invocation, 'workspace'),
      ...given(invocation, 'frees'),
      ...given(invocation, 'manifest'),
    });
    await writeReport(invocation, await render(snapshot, cost, invocation));
    return snapshot.problems.some(({ lost }) => lost) ? 3 : 0;
  },
};

function given<K extends string>({ value }: Invocation, name: K): { readonly [N in K]?: string } {
  const found = value(name);
  return found === undefined ? {} : ({ [name]: found } as { readonly [N in K]: string });
}

async function render(snapshot: Snapshot, cost: Cost, invocation: Invocation): Promise<string> {
  const { io } = invocation;
  switch (invocation.value('format')) {
    case 'json':
      return (await import('../../../documents/cost/json.ts')).costJson(snapshot, cost);
    case 'markdown':
      return (await import('../../../documents/cost/markdown.ts')).costMarkdown(snapshot, cost);
    case 'svg':
      return await drawn(cost);
    default: {
      const toTerminal = io.outIsTty && invocation.value('output') === undefined;
      return terminalCost(snapshot, cost, {
        width: toTerminal ? io.columns : 80,
        colour: wantsColour(io.env, toTerminal),
        all: invocation.flag('all'),
      });
    }
  }
}

async function drawn(cost: Cost): Promise<string> {
  const { costSvg } = await import('../../../documents/cost/svg.ts');
  const svg = costSvg(cost, { prefix: 'cost' });
  if (svg === undefined) throw new AssayError('cost/nothing-to-draw', 'no dependencies were found here');
  return svg;
}
