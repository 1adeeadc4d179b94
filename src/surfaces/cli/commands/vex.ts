import { cyclonedxReport, openvexReport } from '../../../documents/index.ts';
import type { Command } from '../command.ts';
import { writeReport } from '../output.ts';
import { SCAN_OPTIONS, runScan } from '../run-scan.ts';
import { exitCode } from './scan.ts';

export const command: Command = {
  name: 'vex',
  summary: 'which known vulnerabilities affect it, for consumers',
  usage: 'assay vex [PATH] [OPTIONS]',
  about: `States for each known vulnerability of what PATH depends on whether it affects PATH:
what was decided (assay decide) with its justification, and what is still open.`,
  options: {
    ...SCAN_OPTIONS,
    format: {
      type: 'string',
      short: 'f',
      value: 'FORMAT',
      choices: ['openvex', 'cyclonedx'],
      help: 'OpenVEX 0.2 (default) or CycloneDX 1.6',
    },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'write it to FILE instead of stdout' },
  },
  examples: [
    ['assay vex . --output assay.vex.json', 'OpenVEX for this folder'],
    ['assay vex . --format cyclonedx', 'as CycloneDX'],
  ],
  async run(invocation) {
    const snapshot = await runScan(invocation, undefined);
    const text =
      invocation.value('format') === 'cyclonedx'
        ? cyclonedxReport(snapshot, { findings: true })
        : openvexReport(snapshot);
    await writeReport(invocation, text);
    return exitCode(snapshot);
  },
};
