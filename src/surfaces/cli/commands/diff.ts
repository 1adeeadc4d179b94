import type { Command } from '../command.ts';
import { exitOf, looksOf, printReport, reportOptions, type ReportWords } from '../report-options.ts';
import { runDiff } from '../run-diff.ts';
import { SCAN_OPTIONS } from '../run-scan.ts';
import { comparisonReport } from '../terminal/diff.ts';

const REPORT: ReportWords = { formats: ['text', 'json', 'markdown'], all: 'every change' };

export const command: Command = {
  name: 'diff',
  summary: 'what changed between two revisions in what it depends on',
  usage: 'assay diff BASE [HEAD] [PATH] [OPTIONS]',
  about: `Compares what two trees depend on: components, who asks for whom and with which ranges, hashes, sources,
licences, install scripts, advisories. BASE and HEAD are revisions of the repository at PATH (default: here; bare ones
too), or folders and archives. Without HEAD: the files as they are. Lockfiles are compared, not the text of manifests.
Config and decisions of both sides are those of BASE: a change cannot acquit itself.
Ends with 3 when a file of either side could not be read, else with 0: what it says is for you, or for a gate, to judge.`,
  options: {
    index: { type: 'boolean', help: 'HEAD is what is staged' },
    db: SCAN_OPTIONS['db']!,
    offline: SCAN_OPTIONS['offline']!,
    'no-cache': SCAN_OPTIONS['no-cache']!,
    ...reportOptions(REPORT),
  },
  examples: [
    ['assay diff main', 'what the files here change'],
    ['assay diff HEAD --index', 'what the next commit changes'],
    ['assay diff v1.0.0 v2.0.0 ../other.git', 'two releases of a bare repository'],
    ['assay diff origin/main HEAD --format markdown', 'for a pull request'],
  ],
  async run(invocation) {
    const looks = looksOf(invocation, REPORT);
    const comparison = await runDiff(invocation);
    await printReport(invocation, looks, {
      text: ({ text }) => comparisonReport(comparison, text),
      json: async () => (await import('../../../documents/comparison/json.ts')).comparisonJson(comparison),
      markdown: async () =>
        (await import('../../../documents/comparison/markdown.ts')).comparisonMarkdown(comparison),
    });
    return exitOf(comparison.problems);
  },
};
