import { assessCritical } from '../../../verbs/know/critical.ts';
import type { Command } from '../command.ts';
import { exitOf, looksOf, printReport, reportOptions, type ReportWords } from '../report-options.ts';
import { SCAN_OPTIONS, runScan } from '../run-scan.ts';
import { terminalCritical } from '../terminal/critical.ts';
import { overGraphs } from '../tuning.ts';
import { readUpkeep } from '../upkeep.ts';

const REPORT: ReportWords = { formats: ['text', 'json', 'markdown'], all: 'every component' };

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
    ...reportOptions(REPORT),
  },
  examples: [
    ['assay critical .', 'what to look after, or to replace, first'],
    ['assay critical . --metadata answers/', 'with who keeps them and when they came out'],
    ['assay critical . --format markdown', 'as tables, for a wiki'],
  ],
  async run(invocation) {
    const looks = looksOf(invocation, REPORT);
    const snapshot = await runScan(invocation, undefined);
    const manifest = invocation.value('manifest');
    const { upkeep, problems } = readUpkeep(invocation.values('metadata'), invocation.io.cwd);
    const critical = overGraphs(snapshot.inventory, () =>
      assessCritical(snapshot, { upkeep, ...(manifest === undefined ? {} : { manifest }) }),
    );
    const whole = { ...snapshot, problems: [...snapshot.problems, ...problems] };
    await printReport(invocation, looks, {
      text: ({ text }) => terminalCritical(whole, critical, text),
      json: async () => (await import('../../../documents/critical/json.ts')).criticalJson(whole, critical),
      markdown: async () =>
        (await import('../../../documents/critical/markdown.ts')).criticalMarkdown(whole, critical),
    });
    return exitOf(whole.problems);
  },
};
