import { readFileSync } from 'node:fs';
import type { Case } from '../rows.ts';
import { atMost } from '../rows.ts';

/** What `npm ci --omit=dev` installs. */
export const runTimeDependencies: Case = {
  name: 'run-time-dependencies',
  run() {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { dev?: boolean; devOptional?: boolean; hasInstallScript?: boolean }>;
    };
    const installed = Object.entries(lock.packages).filter(([path, one]) => path !== '' && one.dev !== true);
    const ours = {
      components: installed.length,
      withInstallScript: installed.filter(([, one]) => one.hasInstallScript === true).length,
    };
    return [
      {
        what: 'installed for running',
        ours,
        peers: [],
        goals: [atMost(ours, 'components', 12), atMost(ours, 'withInstallScript', 0)],
      },
    ];
  },
};
