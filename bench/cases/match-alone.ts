import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { writeLockfile } from '../lockfile-synthetic.ts';
import { fullIndex, fullLines, peerNode, workFolder } from '../materials.ts';
import { inPeers } from '../measure.ts';
import { absent, compared, median, rounded, timesLess } from '../rows.ts';
import type { Case, Figures, PeerFigures } from '../rows.ts';

interface Answer {
  readonly queries: number;
  readonly cpuMs: number;
}

/** osv-offline-db looks through every record for each name, so a few names are enough. */
const PEER_QUERIES = 20;

/** Looking components up and comparing versions, without reading lockfiles; a process of its own each. */
export const matchAlone: Case = {
  name: 'match-alone',
  run() {
    const components = writeLockfile(join(workFolder(), 'match-alone'), 3000);
    const file = join(workFolder(), 'components.json');
    writeFileSync(file, JSON.stringify(components));
    const runs = Array.from({ length: 5 }, () =>
      answerOf([process.execPath, resolve('bench/match-alone.ts'), fullIndex().db, file]),
    );
    const cpuMs = median(runs.map((run) => run.cpuMs));
    const ours: Figures = {
      cpuMsPer1000: rounded((cpuMs / components.length) * 1000, 2),
      cpuMs: rounded(cpuMs, 1),
    };
    const peer = osvOfflineDb(
      components.map(({ name }) => name),
      ours,
    );
    return [
      {
        what: 'the match alone: 3,000 components against 220,000 advisories, index opened, cold',
        ours,
        peers: [peer],
        goals: [timesLess(peer, 50)],
        notes: [
          `the peer is asked for ${PEER_QUERIES} names after its loading, which is left out; it compares no versions`,
        ],
      },
    ];
  },
};

function osvOfflineDb(names: readonly string[], ours: Figures): PeerFigures {
  const node = peerNode();
  const module = inPeers('npm/node_modules/@renovatebot/osv-offline-db');
  if (node === undefined || module === undefined) return absent('osv-offline-db');
  const file = join(workFolder(), 'names.json');
  const every = Math.floor(names.length / PEER_QUERIES);
  writeFileSync(file, JSON.stringify(names.filter((_, i) => i % every === 0).slice(0, PEER_QUERIES)));
  const script = resolve('bench/peers/query-osv-offline.mjs');
  const answer = answerOf([node, '--max-old-space-size=8192', script, module, dirname(fullLines()), file]);
  return compared(
    '@renovatebot/osv-offline-db',
    { cpuMsPer1000: rounded((answer.cpuMs / answer.queries) * 1000, 0) },
    ours,
  );
}

function answerOf(command: readonly string[]): Answer {
  const done = spawnSync(command[0]!, command.slice(1), {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: '' },
  });
  if (done.status !== 0) throw new Error(`${command.join(' ')}: ${done.stderr}`);
  return JSON.parse(done.stdout) as Answer;
}
