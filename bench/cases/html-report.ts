import { statSync } from 'node:fs';
import { join } from 'node:path';
import { writeLockfile } from '../lockfile-synthetic.ts';
import { fullIndex, workFolder } from '../materials.ts';
import { assay, measure } from '../measure.ts';
import { atMost, compared, processFigures, rounded } from '../rows.ts';
import type { Case } from '../rows.ts';

/** The page of three thousand components with some 260 findings, beside the same scan as text. */
export const htmlReport: Case = {
  name: 'html-report',
  run() {
    const folder = join(workFolder(), 'html-report');
    writeLockfile(folder, 3000);
    const output = join(workFolder(), 'report.html');
    const scan = ['scan', folder, '--db', fullIndex().db, '--no-cache', '--output', output];
    const text = measure(assay(...scan), { runs: 7 });
    const page = measure(assay(...scan, '--format', 'html'), { runs: 7 });
    const ours = {
      ...processFigures(page),
      cpuSecondsOverText: rounded(page.cpu - text.cpu, 3),
      bytes: statSync(output).size,
    };
    return [
      {
        what: 'HTML report for 3,000 components, whole process, cold',
        ours,
        peers: [compared('the same scan as text', processFigures(text), ours)],
        goals: [atMost(ours, 'cpuSecondsOverText', 1), atMost(ours, 'bytes', 1_500_000)],
      },
    ];
  },
};
