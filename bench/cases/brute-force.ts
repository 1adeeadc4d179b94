import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { workFolder } from '../materials.ts';
import { assay, data, measure } from '../measure.ts';
import { unmeasured } from '../rows.ts';
import type { Case } from '../rows.ts';

const WHAT = 'matching against an independent brute-force reading of the OSV algorithm';

/** Random (component, version) pairs over five ecosystems, all real advisories (npm-extra too). */
export const bruteForce: Case = {
  name: 'brute-force',
  run() {
    const osv = data('osv');
    if (osv === undefined) return [unmeasured(WHAT, 'the real advisories are absent')];
    const db = join(workFolder(), 'everything');
    measure(assay('db', 'update', '--from', osv, '--db', db), { runs: 1, warmUp: false });
    const done = spawnSync(process.execPath, [resolve('bench/advisories.ts'), 'oracle', db], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    const counts = /^(\d+) of (\d+) agree .*?(\d+) of them affected/m.exec(done.stdout);
    if (counts === null) throw new Error(`no counts: ${done.stdout}${done.stderr}`);
    const ours = { pairs: Number(counts[2]), agree: Number(counts[1]), affected: Number(counts[3]) };
    return [
      {
        what: WHAT,
        ours,
        peers: [],
        goals: [{ goal: '100 % of 100,000 pairs', met: ours.agree === ours.pairs && ours.pairs >= 100_000 }],
        ...(done.status === 0 ? {} : { notes: done.stdout.trim().split('\n').slice(1) }),
      },
    ];
  },
};
