import { AssayError } from '../../../model/problem.ts';
import type { Why } from '../../../model/why.ts';
import { explainName } from '../../../verbs/know/why.ts';
import type { Command, Invocation } from '../command.ts';
import { numberOf } from '../number-option.ts';
import { writeReport } from '../output.ts';
import { SCAN_OPTIONS, runScan } from '../run-scan.ts';
import { explainedReport } from '../terminal/explained.ts';
import { wantsColour } from '../terminal/style.ts';

const FORMATS = ['text', 'json', 'svg', 'markdown'] as const;

export const command: Command = {
  name: 'why',
  summary: 'why a component is here: who asks for it, through which direct dependency',
  usage: 'assay why NAME[@RANGE] [PATH] [OPTIONS]',
  about: `For every version of NAME below PATH (default: here): who asks for it and with which range, the direct dependencies that
lead there, the shortest ways, and how many ways there are in all. NAME is a component's name, an alias or a purl.
Each file is answered on its own: an edge of another lockfile need not exist in this one.
Ends with 0 when it is here, with 1 when it is not, and with 3 when it was not found but some file could not be read.`,
  options: {
    paths: {
      type: 'string',
      value: 'K',
      help: 'how many of the shortest ways to show for each version; default 5',
    },
    revision: SCAN_OPTIONS['revision']!,
    index: SCAN_OPTIONS['index']!,
    db: SCAN_OPTIONS['db']!,
    'no-cache': SCAN_OPTIONS['no-cache']!,
    format: {
      type: 'string',
      short: 'f',
      value: 'FORMAT',
      choices: FORMATS,
      help: 'how to print it; default text',
    },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'write the answer to FILE instead of stdout' },
    width: { type: 'string', value: 'PIXELS', help: 'svg: draw for this width; default 960' },
    all: { type: 'boolean', help: 'text: everyone who asks for it' },
  },
  examples: [
    ['assay why lodash', 'every version, and who brings it in'],
    ['assay why "minimist@<1.2.6" ../other.git --paths 20', 'only the old ones, twenty ways'],
    ['assay why qs --format svg --output qs.svg', 'as a picture'],
  ],
  async run(invocation) {
    const [name, ...rest] = invocation.positionals;
    if (name === undefined || name.trim() === '')
      throw new AssayError('cli/usage', 'why: name a component, e.g. `assay why lodash`', {
        hint: 'see `assay why --help`',
      });
    const snapshot = await runScan({ ...invocation, positionals: rest }, undefined);
    const why = explainName(snapshot, name, { ways: numberOf(invocation, 'paths', 5, 1, 1000) });
    await writeReport(invocation, await render(why, invocation));
    return why.components.length > 0 ? 0 : why.lost ? 3 : 1;
  },
};

async function render(why: Why, invocation: Invocation): Promise<string> {
  switch (invocation.value('format') ?? 'text') {
    case 'json':
      return (await import('../../../documents/why/json.ts')).whyJson(why);
    case 'markdown':
      return (await import('../../../documents/why/markdown.ts')).whyMarkdown(why);
    case 'svg':
      return (await import('../../../documents/pictures/why-columns.ts')).whySvg(
        why,
        numberOf(invocation, 'width', 960, 280, 4000),
      );
    default: {
      const { io } = invocation;
      const toTerminal = io.outIsTty && invocation.value('output') === undefined;
      return explainedReport(why, {
        width: toTerminal ? io.columns : 80,
        colour: wantsColour(io.env, toTerminal),
        all: invocation.flag('all'),
      });
    }
  }
}
