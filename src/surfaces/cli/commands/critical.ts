import type { Critical } from '../../../model/critical.ts';
import type { Snapshot } from '../../../model/result.ts';
import { assessCritical } from '../../../verbs/know/critical.ts';
import type { Command, Invocation } from '../command.ts';
import { writeReport } from '../output.ts';
import { SCAN_OPTIONS, runScan } from '../run-scan.ts';
import { terminalCritical } from '../terminal/critical.ts';
import { wantsColour } from '../terminal/style.ts';
import { readUpkeep } from '../upkeep.ts';

export const command: Command = {
  name: 'critical',
  summary: 'what everything hangs on, and which of it is badly kept',
  usage: 'assay critical [PATH] [OPTIONS]',
  about: `Lists components by how much hangs on them (who needs them, what goes with them, which ways lead
through them), crossed with open findings, deprecation, age and how many people keep them:
critical and badly kept on top, with the reason. docs/critical.md says how each is measured.`,
  options: {
    ...SCAN_OPTIONS,
    manifest: { type: 'string', value: 'PATH', help: 'this lockfile or manifest alone' },
    metadata: {
      type: 'string',
      multiple: true,
      value: 'FILE|DIR',
      help: 'registries’ answers: npm’s packuments, PyPI’s or crates.io’s JSON; repeatable',
    },
    format: {
      type: 'string',
      short: 'f',
      value: 'FORMAT',
      choices: ['text', 'json', 'markdown'],
      help: 'how to print it; default text',
    },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'write it to FILE instead of stdout' },
    all: { type: 'boolean', help: 'text: every component' },
  },
  examples: [
    ['assay critical .', 'what to look after, or to replace, first'],
    ['assay critical . --metadata answers/', 'with who keeps them and when they came out'],
    ['assay critical . --format markdown', 'as tables, for a wiki'],
  ],
  async run(invocation) {
    const snapshot = await runScan(invocation, undefined);
    const manifest = invocation.value('manifest');
    const { upkeep, problems } = readUpkeep(invocation.values('metadata'), invocation.io.cwd);
    const critical = assessCritical(snapshot, { upkeep, ...(manifest === undefined ? {} : { manifest }) });
    const whole = { ...snapshot, problems: [...snapshot.problems, ...problems] };
    await writeReport(invocation, await render(whole, critical, invocation));
    return whole.problems.some(({ lost }) => lost) ? 3 : 0;
  },
};

async function render(snapshot: Snapshot, critical: Critical, invocation: Invocation): Promise<string> {
  const { io } = invocation;
  switch (invocation.value('format')) {
    case 'json':
      return (await import('../../../documents/critical/json.ts')).criticalJson(snapshot, critical);
    case 'markdown':
      return (await import('../../../documents/critical/markdown.ts')).criticalMarkdown(snapshot, critical);
    default: {
      const toTerminal = io.outIsTty && invocation.value('output') === undefined;
      return terminalCritical(snapshot, critical, {
        width: toTerminal ? io.columns : 80,
        colour: wantsColour(io.env, toTerminal),
        all: invocation.flag('all'),
      });
    }
  }
}
