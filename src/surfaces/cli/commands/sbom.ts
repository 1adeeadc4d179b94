import { cyclonedxReport, spdxReport } from '../../../documents/index.ts';
import type { Command } from '../command.ts';
import { writeReport } from '../output.ts';
import { SCAN_OPTIONS, runScan } from '../run-scan.ts';

export const command: Command = {
  name: 'sbom',
  summary: 'a software bill of materials',
  usage: 'assay sbom [PATH] [OPTIONS]',
  about: `Lists what PATH depends on, with the graph, licences and hashes that its files state.
NTIA's minimum elements; the same input gives the same bytes.
Files that could not be read are named on stderr, and the exit code is then 3.`,
  options: {
    ...SCAN_OPTIONS,
    format: {
      type: 'string',
      short: 'f',
      value: 'FORMAT',
      choices: ['cyclonedx', 'spdx'],
      help: 'CycloneDX 1.6 (default) or SPDX 2.3',
    },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'write it to FILE instead of stdout' },
  },
  examples: [
    ['assay sbom . --output sbom.cdx.json', 'CycloneDX for this folder'],
    ['assay sbom . --revision v2.0.0 --format spdx', 'SPDX for a release'],
  ],
  async run(invocation) {
    const snapshot = await runScan(invocation, undefined);
    const report = invocation.value('format') === 'spdx' ? spdxReport : cyclonedxReport;
    await writeReport(invocation, report(snapshot, { findings: false }));
    const lost = snapshot.problems.filter((problem) => problem.lost);
    for (const { message, at } of lost) invocation.io.err(`not read: ${at?.path ?? ''}: ${message}\n`);
    return lost.length > 0 ? 3 : 0;
  },
};
