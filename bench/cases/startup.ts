import { spawnSync } from 'node:child_process';
import { globSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeLockfile } from '../lockfile-synthetic.ts';
import { workFolder } from '../materials.ts';
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
    const bundle = { bytes: bytesOf(loadedByScan()), bytesOfAll: bytesOf(globSync('dist/**/*.cjs')) };
    return [
      {
        what: 'start-up: --version over an empty node',
        ours: figures,
        peers: [compared('node -e 0', processFigures(bare), figures)],
        goals: [atMost(figures, 'wallOverNodeMs', 25)],
      },
      {
        what: 'bundle: what a scan loads, beside all of dist/',
        ours: bundle,
        peers: [],
        goals: [atMost(bundle, 'bytes', 1_000_000)],
      },
    ];
  },
};

const bytesOf = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + statSync(file).size, 0);

/** The files of the bundle that a scan with its report as text loads. */
function loadedByScan(): string[] {
  const folder = join(workFolder(), 'ten');
  writeLockfile(folder, 10);
  const tell = join(workFolder(), 'tell.cjs');
  writeFileSync(
    tell,
    "process.on('exit', () => process.stderr.write(`\\n${JSON.stringify(Object.keys(require.cache))}`));",
  );
  const [node, ...command] = assay('scan', folder, '--no-cache');
  const { stderr } = spawnSync(node!, ['--require', tell, ...command], { encoding: 'utf8' });
  return (JSON.parse(stderr.slice(stderr.lastIndexOf('\n') + 1)) as string[]).filter((file) => file !== tell);
}
