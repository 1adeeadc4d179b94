import { createHash } from 'node:crypto';
import { codec } from '../../src/adapters/advisories/codec.ts';
import { openAdvisoryFolder } from '../../src/adapters/advisories/folder.ts';
import { json } from '../../src/documents/json/index.ts';
import { openAdvisories } from '../../src/verbs/know/advisories.ts';
import { assessScan } from '../../src/verbs/know/scan.ts';
import { seededRandom } from '../../src/analysis/text/testing/random.ts';
import { extractRepositories } from '../extracted.ts';
import { realIndex } from '../materials.ts';
import { data } from '../measure.ts';
import { unmeasured } from '../rows.ts';
import type { Case } from '../rows.ts';

const WHAT = 'the same files in 100 shuffled orders';
const ORDERS = 100;

/** The order in which files are found must not show: reports are compared, diffed and signed. */
export const shuffled: Case = {
  name: 'shuffled',
  async run() {
    const repos = data('repos');
    const db = realIndex();
    if (repos === undefined || db === undefined) return [unmeasured(WHAT, 'the real data are absent')];
    const { files, config } = await extractRepositories(repos);
    const { store, close } = openAdvisories(openAdvisoryFolder(db), codec);
    const random = seededRandom(1);
    const digests = new Set<string>();
    for (let i = 0; i < ORDERS; i++) {
      const snapshot = assessScan({
        target: { name: 'all', kind: 'worktree' },
        files: i === 0 ? files : shuffle(files, random),
        problems: [],
        skipped: [],
        store,
        config,
        decisions: [],
        now: '2026-11-21T00:00:00Z',
        version: '0',
      });
      digests.add(createHash('sha256').update(json.report(snapshot)).digest('hex'));
    }
    close();
    return [
      {
        what: WHAT,
        ours: { orders: ORDERS, files: files.length, differentReports: digests.size },
        peers: [],
        goals: [{ goal: 'byte-identical JSON', met: digests.size === 1 }],
      },
    ];
  },
};

function shuffle<T>(items: readonly T[], random: (below: number) => number): T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = random(i + 1);
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}
