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

/** The files of the bundle that a scan with its report as text loads: chunks are read by our own loader, and not by Node's. */
function loadedByScan(): string[] {
  const folder = join(workFolder(), 'ten');
  writeLockfile(folder, 10);
  const tell = join(workFolder(), 'tell.cjs');
  writeFileSync(tell, TELL);
  const [node, ...command] = assay('scan', folder, '--no-cache');
  const { stderr } = spawnSync(node!, ['--require', tell, ...command], { encoding: 'utf8' });
  const loaded = JSON.parse(stderr.slice(stderr.lastIndexOf('\n') + 1)) as string[];
  if (!loaded.some((file) => file.includes('chunks'))) throw new Error('no chunk was seen being read');
  return loaded;
}

/** Tells of each file of the bundle that is read, once, by whatever reads it. */
const TELL = `
const fs = require('node:fs');
const seen = new Set(Object.keys(require.cache).filter((file) => file !== __filename));
for (const name of ['readFileSync', 'openSync']) {
  const real = fs[name];
  fs[name] = (path, ...rest) => {
    if (/dist.*\\.cjs$/.test(String(path))) seen.add(fs.realpathSync(String(path)));
    return real(path, ...rest);
  };
}
process.on('exit', () => {
  for (const file of Object.keys(require.cache)) if (file !== __filename) seen.add(file);
  process.stderr.write('\\n' + JSON.stringify([...seen]));
});
`;
