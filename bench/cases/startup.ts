import { globSync, statSync } from 'node:fs';
import { assay, measure } from '../measure.ts';
import { atMost, compared, processFigures, rounded } from '../rows.ts';
import type { Case } from '../rows.ts';

/** What a user waits for before anything happens. */
export const startup: Case = {
  name: 'startup',
  run() {
    const ours = measure(assay('--version'), { runs: 15 });
    const bare = measure([process.execPath, '-e', '0'], { runs: 15 });
    const figures = {
      ...processFigures(ours),
      wallOverNodeMs: rounded((ours.wall - bare.wall) * 1000, 1),
      cpuOverNodeMs: rounded((ours.cpu - bare.cpu) * 1000, 1),
    };
    const bytes = globSync('dist/**/*.cjs').reduce((sum, file) => sum + statSync(file).size, 0);
    return [
      {
        what: 'start-up: --version over an empty node',
        ours: figures,
        peers: [compared('node -e 0', processFigures(bare), figures)],
        goals: [atMost(figures, 'wallOverNodeMs', 25)],
      },
      {
        what: 'bundle: all of dist/',
        ours: { bytes },
        peers: [],
        goals: [atMost({ bytes }, 'bytes', 1_000_000)],
      },
    ];
  },
};
