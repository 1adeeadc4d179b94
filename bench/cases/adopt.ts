import type { AdoptionReport } from '../../src/model/adoption.ts';
import { ofEachClone } from '../each-clone.ts';
import { assay, measure } from '../measure.ts';
import { atMost, processFigures, rounded } from '../rows.ts';
import type { Case, Row } from '../rows.ts';

/** Clones of any projects with ten thousand commits or more: `ASSAY_CLONES` names a folder of them, bare or not. */
export const adopt: Case = {
  name: 'adopt',
  run: () => ofEachClone('adopt on a clone, cold, whole process', rowOf),
};

/** A row for a clone of ten thousand commits or more; its tree is scanned as well, and lists the files. */
function rowOf(name: string, path: string, db: string): Row[] {
  const command = assay('adopt', path, '--db', db, '--no-cache', '--format', 'json');
  const once = measure(command, { runs: 1, warmUp: false, worked: (exit) => exit <= 3 });
  if (once.exit === 2) return [];
  const { cards } = JSON.parse(once.stdout) as AdoptionReport;
  const commits = cards.find(({ id }) => id === 'activity')?.figures['totalCommits'];
  if (typeof commits !== 'number' || commits < 10_000) return [];
  const all = measure(command, { runs: 5, warmUp: false, worked: (exit) => exit <= 3 });
  const ours = {
    ...processFigures(all),
    commits,
    cpuSecondsFor20000: rounded((all.cpu * 20_000) / Math.max(20_000, commits), 2),
  };
  return [
    {
      what: `adopt on ${name}, cold, whole process`,
      ours,
      peers: [],
      goals: [atMost(ours, 'cpuSecondsFor20000', 1.5)],
    },
  ];
}
