import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dailyDelta } from '../advisories-synthetic.ts';
import { fullIndex, workFolder } from '../materials.ts';
import { assay, measure } from '../measure.ts';
import { atMost, processFigures } from '../rows.ts';
import type { Case } from '../rows.ts';

/** The npm index from its export, and a day's changes over it. */
export const indexBuild: Case = {
  name: 'index-build',
  run() {
    const { db, made } = fullIndex();
    const build = processFigures(made);
    const delta = join(workFolder(), 'delta.zip');
    writeFileSync(delta, dailyDelta());
    const overlay = processFigures(measure(assay('db', 'update', '--from', delta, '--db', db), { runs: 3 }));
    return [
      {
        what: 'npm index from an export of 220,000 records',
        ours: build,
        peers: [],
        goals: [atMost(build, 'cpuSeconds', 10), atMost(build, 'peakMiB', 600)],
      },
      {
        what: 'daily overlay of 1,000 records',
        ours: overlay,
        peers: [],
        goals: [atMost(overlay, 'cpuSeconds', 1)],
      },
    ];
  },
};
