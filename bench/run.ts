import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { agreement } from './agreement.ts';
import { allRepositories } from './cases/all-repositories.ts';
import { bruteForce } from './cases/brute-force.ts';
import { graphs } from './cases/graphs.ts';
import { hook } from './cases/hook.ts';
import { htmlReport } from './cases/html-report.ts';
import { indexBuild } from './cases/index-build.ts';
import { matchAlone } from './cases/match-alone.ts';
import { hocsFrontend, threeThousand } from './cases/one-repository.ts';
import { runTimeDependencies } from './cases/run-time-dependencies.ts';
import { secretsHistory } from './cases/secrets-history.ts';
import { shuffled } from './cases/shuffled.ts';
import { startup } from './cases/startup.ts';
import { adopt } from './cases/adopt.ts';
import { timeline } from './cases/timeline.ts';
import { printRow } from './rows.ts';
import type { Case, Row } from './rows.ts';

/*
 * `npm run bench [-- NAME…]`: ours and the peers in one run. A peer or data that are absent are said, and the rest goes on.
 * All of them together write bench/results/<commit>.json; `ASSAY_PEERS` and `ASSAY_DATA` say where peers and data are.
 */
const CASES: readonly Case[] = [
  startup,
  hook,
  runTimeDependencies,
  hocsFrontend,
  threeThousand,
  htmlReport,
  timeline,
  adopt,
  secretsHistory,
  matchAlone,
  allRepositories,
  agreement,
  bruteForce,
  graphs,
  shuffled,
  // Last of those that use the index: it adds an overlay.
  indexBuild,
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !CASES.some((one) => one.name === name));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are ${CASES.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const rows: Row[] = [];
for (const one of CASES) {
  if (asked.length > 0 && !asked.includes(one.name)) continue;
  const found = await attempt(one);
  for (const row of found) printRow(row);
  rows.push(...found);
}
const judged = rows.flatMap(({ goals }) => goals);
const missed = judged.filter(({ met }) => met === false).length;
const notJudged = judged.filter(({ met }) => met === undefined).length;
console.log(`${judged.length - missed - notJudged} goals met, ${missed} missed, ${notJudged} not judged`);
if (asked.length === 0) writeResults();

/** A benchmark that fails is a row too: the others go on. */
async function attempt(one: Case): Promise<Row[]> {
  try {
    return await one.run();
  } catch (error) {
    return [
      { what: one.name, why: String(error), peers: [], goals: [{ goal: 'runs to its end', met: false }] },
    ];
  }
}

function writeResults(): void {
  const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const commit = git('rev-parse', '--short', 'HEAD');
  const result = {
    commit,
    changed: git('status', '--porcelain', '--untracked-files=no') !== '',
    node: process.version,
    cores: availableParallelism(),
    rows,
  };
  mkdirSync('bench/results', { recursive: true });
  writeFileSync(`bench/results/${commit}.json`, `${JSON.stringify(result, null, 2)}\n`);
}
