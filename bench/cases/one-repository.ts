import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeLockfile } from '../lockfile-synthetic.ts';
import {
  cveLiteDatabase,
  fullIndex,
  OSV_ARGUMENTS,
  osvFull,
  trivyEnvironment,
  trivyInventory,
  workFolder,
} from '../materials.ts';
import { assay, data, measure, peer } from '../measure.ts';
import { absent, atMost, compared, processFigures, timesLess, unmeasured } from '../rows.ts';
import type { Case, Figures, PeerFigures, Row } from '../rows.ts';

const HOCS = 'hocs-frontend (1,116 components), 220,000 advisories, whole process, cold';

/** A repository as people have them, against an index of real size. */
export const hocsFrontend: Case = {
  name: 'hocs-frontend',
  run() {
    const path = data('repos/UKHomeOffice/hocs-frontend');
    if (path === undefined) return [unmeasured(HOCS, 'the real repositories are absent')];
    const ours = scan(path);
    const osv = osvScanner(path, ours);
    const lite = cveLite(path, ours);
    const trivy = inventoryByTrivy(path, ours);
    return [
      {
        what: HOCS,
        ours,
        peers: [osv, lite, trivy],
        goals: [
          atMost(ours, 'cpuSeconds', 0.2),
          atMost(ours, 'peakMiB', 110),
          timesLess(osv, 50),
          timesLess(lite, 3),
          timesLess(trivy, 1),
        ],
      },
    ];
  },
};

/** Three thousand components: a large web application. */
export const threeThousand: Case = {
  name: '3000-components',
  run(): Row[] {
    const folder = join(workFolder(), 'three-thousand');
    writeLockfile(folder, 3000);
    const ours = scan(folder);
    const lite = cveLite(folder, ours);
    const trivy = inventoryByTrivy(folder, ours);
    return [
      {
        what: '3,000 components, 220,000 advisories, whole process, cold',
        ours,
        peers: [lite, trivy],
        goals: [atMost(ours, 'cpuSeconds', 0.3), atMost(ours, 'peakMiB', 130)],
      },
    ];
  },
};

function scan(path: string): Figures {
  return processFigures(
    measure(assay('scan', path, '--db', fullIndex().db, '--no-cache', '--format', 'json'), { runs: 9 }),
  );
}

function osvScanner(path: string, ours: Figures): PeerFigures {
  const scanner = peer('osv-scanner');
  if (scanner === undefined) return absent('osv-scanner');
  const measured = measure([scanner, ...OSV_ARGUMENTS, path], { env: osvFull(), runs: 1 });
  return compared('osv-scanner 2.5.1, offline', processFigures(measured), ours);
}

function cveLite(path: string, ours: Figures): PeerFigures {
  const lite = peer('cve-lite');
  const database = cveLiteDatabase();
  if (lite === undefined || database === undefined) return absent('cve-lite-cli');
  const output = join(workFolder(), 'cve-lite-output');
  mkdirSync(output, { recursive: true });
  const command = [
    lite,
    path,
    '--offline',
    '--offline-db',
    database,
    '--json',
    '--no-open',
    '--output',
    output,
  ];
  const measured = measure(command, { cwd: output });
  rmSync(output, { recursive: true });
  return compared('cve-lite-cli 1.37.0, offline', processFigures(measured), ours);
}

function inventoryByTrivy(path: string, ours: Figures): PeerFigures {
  const trivy = peer('trivy');
  if (trivy === undefined) return absent('trivy');
  return compared(
    'trivy, the inventory alone',
    processFigures(measure(trivyInventory(trivy, path), { env: trivyEnvironment() })),
    ours,
  );
}
