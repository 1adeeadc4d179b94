import type { Timeline } from '../../src/model/timeline.ts';
import { ofEachClone } from '../each-clone.ts';
import { assay, measure } from '../measure.ts';
import { atMost, processFigures, rounded } from '../rows.ts';
import type { Case, Row } from '../rows.ts';

/** Clones of any projects with many releases: `ASSAY_CLONES` names a folder of them, bare or not. */
export const timeline: Case = {
  name: 'timeline',
  run: () => ofEachClone('timeline over releases, cold, whole process', rowOf),
};

/** A row for a clone of at least fifty releases. */
function rowOf(name: string, path: string, db: string): Row[] {
  const command = assay('timeline', path, '--db', db, '--no-cache', '--format', 'json');
  const once = measure(command, { runs: 1, warmUp: false, worked: (exit) => exit <= 3 });
  if (once.exit === 2) return [];
  const { points, sampling } = JSON.parse(once.stdout) as Timeline;
  if (sampling.by !== 'tags' || points.length < 50) return [];
  const all = measure(command, { runs: 3, warmUp: false, worked: (exit) => exit <= 3 });
  const ours = {
    ...processFigures(all),
    releases: points.length,
    components: points.at(-1)?.components ?? 0,
    cpuSecondsFor100: rounded((all.cpu * 100) / points.length, 2),
  };
  return [
    {
      what: `timeline of ${name}, cold, whole process`,
      ours,
      peers: [],
      goals: [atMost(ours, 'cpuSecondsFor100', 5)],
    },
  ];
}
