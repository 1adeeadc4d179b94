import { withTakenAt } from '../../../documents/json/taken-at.ts';
import type { Threshold } from '../../../analysis/policy/judge.ts';
import { AssayError } from '../../../model/problem.ts';
import type { Snapshot } from '../../../model/result.ts';
import type { Command, Invocation } from '../command.ts';
import { numberOf } from '../number-option.ts';
import { SCAN_OPTIONS, runReport, runScan, type PrintedReport } from '../run-scan.ts';
import { terminalReport, type TerminalOptions } from '../terminal/report.ts';
import { wantsColour } from '../terminal/style.ts';
import { writeReport } from '../output.ts';

const FORMATS = ['text', 'json', 'sarif', 'cyclonedx', 'spdx', 'openvex', 'markdown', 'html'] as const;

export const command: Command = {
  name: 'scan',
  summary: 'what this depends on, what is wrong with it, and what to do first',
  usage: 'assay scan [PATH] [OPTIONS]',
  about: `Reads manifests and lockfiles below PATH (default: here), holds what they name against
the installed advisories, and prints the shortest list of actions with the reasons.
PATH is a folder, a repository (bare ones too), one file, or a tar or zip archive.
Nothing of it is run, and nothing is fetched unless --update asks for it.`,
  options: {
    ...SCAN_OPTIONS,
    'fail-on': {
      type: 'string',
      value: 'LEVEL',
      choices: ['critical', 'high', 'medium', 'low'],
      help: 'exit with 1 when an open finding is at or above LEVEL; unscored ones always are',
    },
    format: {
      type: 'string',
      short: 'f',
      value: 'FORMAT',
      choices: FORMATS,
      help: 'how to print it; default text',
    },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'write the report to FILE instead of stdout' },
    timeline: {
      type: 'string',
      value: 'FILE',
      help: 'html: show this timeline too, as `assay timeline --format json` wrote it',
    },
    width: { type: 'string', value: 'N', help: 'text: columns, default the terminal’s, else 80' },
    all: { type: 'boolean', help: 'text: every action and finding in full' },
  },
  examples: [
    ['assay scan .', 'this folder'],
    ['assay scan . --fail-on high --base origin/main', 'in CI: decisions and policy come from the base'],
    ['assay scan ../other.git --revision v1.2.0', 'a tag of a bare repository, without a checkout'],
    ['assay scan . --format sarif --output assay.sarif', 'for code scanning'],
    ['assay scan . --format html --output report.html', 'a report to read and pass on: one file, no network'],
  ],
  async run(invocation) {
    if (invocation.value('timeline') !== undefined && invocation.value('format') !== 'html')
      throw new AssayError('cli/usage', '--timeline is for --format html');
    const format = invocation.value('format') ?? 'text';
    if (invocation.value('width') !== undefined && format !== 'text')
      throw new AssayError('cli/usage', `--width is for text, not for ${format}`);
    const failOn = invocation.value('fail-on') as Threshold | undefined;
    const { pieces, code } = await report(invocation, failOn);
    await writeReport(invocation, pieces);
    return code;
  },
};

/** Reports that take no more from the clock than what they are kept under may come from the cache. */
async function report(invocation: Invocation, failOn: Threshold | undefined): Promise<PrintedReport> {
  const format = invocation.value('format') ?? 'text';
  const make = async (snapshot: Snapshot): Promise<PrintedReport> => ({
    pieces: await render(snapshot, format, invocation),
    code: exitCode(snapshot),
  });
  switch (format) {
    case 'json':
      return runReport(invocation, failOn, { form: [format], make, retaken: withTakenAt });
    case 'text':
    case 'markdown':
      return runReport(invocation, failOn, {
        form: [format, ...(format === 'text' ? Object.entries(terminalOptions(invocation)) : [])],
        make,
        retaken: (text) => [text],
      });
    default:
      return make(await runScan(invocation, failOn));
  }
}

async function render(
  snapshot: Snapshot,
  format: string,
  invocation: Invocation,
): Promise<readonly string[]> {
  if (format === 'text') return [terminalReport(snapshot, terminalOptions(invocation))];
  if (format === 'html') return [(await import('../html-report.ts')).renderHtml(snapshot, invocation)];
  const { reporters } = await import('../../../documents/index.ts');
  const reporter = reporters.find(({ id }) => id === format)!;
  return reporter.pieces?.(snapshot) ?? [reporter.report(snapshot)];
}

function terminalOptions(invocation: Invocation): TerminalOptions {
  const { io, value, flag } = invocation;
  const toTerminal = io.outIsTty && value('output') === undefined;
  return {
    width: numberOf(invocation, 'width', toTerminal ? io.columns : 80, 60, 1000),
    colour: wantsColour(io.env, toTerminal),
    all: flag('all'),
  };
}

export function exitCode(snapshot: Snapshot): number {
  switch (snapshot.verdict.effect) {
    case 'pass':
      return 0;
    case 'block':
      return 1;
    case 'unknown':
      return 3;
  }
}
