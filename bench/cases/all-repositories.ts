import { join } from 'node:path';
import { osvScannerOverAll, realIndex, trivyOverAll, workFolder } from '../materials.ts';
import { assay, data, measure } from '../measure.ts';
import { absent, atMost, compared, processFigures, timesLess, unmeasured } from '../rows.ts';
import type { Case } from '../rows.ts';

/** Everything at once, as an organisation's nightly job has it. */
export const allRepositories: Case = {
  name: 'all-repositories',
  run() {
    const repos = data('repos');
    const db = realIndex();
    const what = 'all real repositories against all real advisories, one process';
    if (repos === undefined || db === undefined) return [unmeasured(what, 'the real data are absent')];
    const scan = assay('scan', repos, '--db', db, '--format', 'json');
    const env = { XDG_CACHE_HOME: join(workFolder(), 'cache') };
    const cold = processFigures(measure([...scan, '--no-cache']));
    const warm = processFigures(measure(scan, { env }));
    const scanner = osvScannerOverAll();
    const trivy = trivyOverAll();
    const osv =
      scanner === undefined
        ? absent('osv-scanner')
        : compared('osv-scanner 2.5.1, offline', processFigures(scanner), cold);
    const inventory =
      trivy === undefined
        ? absent('trivy')
        : compared('trivy, the inventory alone', processFigures(trivy), cold);
    return [
      {
        what: `${what}, cold`,
        ours: cold,
        peers: [osv, inventory],
        goals: [atMost(cold, 'cpuSeconds', 1.5), timesLess(osv, 8)],
      },
      { what: `${what}, from cache`, ours: warm, peers: [], goals: [atMost(warm, 'cpuSeconds', 0.7)] },
    ];
  },
};
