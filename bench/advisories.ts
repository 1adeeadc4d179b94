import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codec } from '../src/adapters/advisories/codec.ts';
import { openAdvisoryFolder } from '../src/adapters/advisories/folder.ts';
import { sourceReader } from '../src/adapters/advisories/sources/index.ts';
import { openFile } from '../src/adapters/bytes/file.ts';
import { readZipDirectory, readZipEntries } from '../src/adapters/zip/index.ts';
import { matchComponent } from '../src/analysis/advisories/match.ts';
import { isVulnerable, type RawRecord } from '../src/analysis/advisories/testing/osv-evaluation.ts';
import { ecosystemOf } from '../src/analysis/ecosystems/index.ts';
import type { EcosystemId } from '../src/model/ecosystem.ts';
import { openAdvisories } from '../src/verbs/know/advisories.ts';
import { updateDatabase } from '../src/verbs/know/database.ts';
import { seededRandom } from '../src/analysis/text/testing/random.ts';
import { dailyDelta, flaw, FULL_SCALE, syntheticExport } from './advisories-synthetic.ts';
import { writeFileSync } from 'node:fs';

/*
 * `node bench/advisories.ts`: index build and daily overlay at npm's real scale, look-ups cold and warm,
 * and agreement with a brute-force reading of the OSV algorithm on 100,000 random (component, version) pairs.
 * Each measured step is a process of its own, so that its memory is its own.
 */
const DATA = resolve(process.env['ASSAY_DATA'] ?? '../shared/data', 'osv');
const COMPARED: readonly EcosystemId[] = ['Go', 'crates.io', 'PyPI', 'npm', 'RubyGems'];
const PAIRS = 100_000;

function all(): void {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-db-'));
  const real = join(DATA, 'npm', 'all.zip');
  const npm = syntheticExport(existsSync(real) ? { ...FULL_SCALE, real } : FULL_SCALE);
  const delta = join(folder, 'delta.zip');
  writeFileSync(delta, dailyDelta());
  const db = join(folder, 'db');
  run('build of 220,000 npm records', 'update', db, npm);
  run('daily overlay of 1,000 records', 'update', db, delta);
  run('3,000 look-ups, cold', 'lookup', db);
  run('matches, warm', 'warm', db);
  if (existsSync(DATA)) {
    const realDb = join(folder, 'real');
    run('build of all real data', 'update', realDb, DATA);
    run(`${PAIRS} pairs against brute force`, 'oracle', realDb);
  } else console.log('the real advisories are absent: no comparison with brute force');
  rmSync(folder, { recursive: true });
}

function run(title: string, ...args: string[]): void {
  const done = spawnSync(process.execPath, [fileURLToPath(import.meta.url), ...args], { encoding: 'utf8' });
  console.log(`${title}\n  ${done.stdout.trim().replaceAll('\n', '\n  ')}`);
  if (done.status !== 0) console.log(done.stderr);
}

const cpuMs = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};
const report = (cpu: number, more = ''): void =>
  console.log(
    `${cpu.toFixed(0)} ms CPU, ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB at most${more === '' ? '' : `, ${more}`}`,
  );

async function update(db: string, from: readonly string[]): Promise<void> {
  const result = await updateDatabase(
    { folder: openAdvisoryFolder(db), read: sourceReader([]), codec, now: '2026-11-21T00:00:00Z' },
    { from, signal: new AbortController().signal, onProgress: () => {} },
  );
  const size = result.manifest.sets.reduce(
    (sum, { base, overlay }) => sum + base.bytes + (overlay?.bytes ?? 0),
    0,
  );
  report(
    cpuMs(),
    `whole process; index ${(size / 1e6).toFixed(1)} MB; ${result.sets.map((set) => `${set.ecosystem} ${set.wrote} ${set.changed}`).join(', ')}`,
  );
}

/** Names that are in the index for one in ten look-ups, and none for the others, as in a real lockfile. */
function names(count: number): string[] {
  const random = seededRandom(FULL_SCALE.seed);
  const known = Array.from(
    { length: count / 10 },
    (_, i) =>
      (flaw(random, i) as unknown as { affected: { package: { name: string } }[] }).affected[0]!.package.name,
  );
  return Array.from({ length: count }, (_, i) => (i % 10 === 0 ? known[i / 10]! : `component-${i}`));
}

function lookup(db: string): void {
  const asked = names(3000);
  const base = process.memoryUsage.rss();
  const started = process.cpuUsage();
  const clock = performance.now();
  const { store, close } = openAdvisories(openAdvisoryFolder(db), codec);
  let hits = 0;
  for (const name of asked)
    hits += matchComponent(store, 'npm', name, '1.2.3', ecosystemOf('npm').versions).hits.length;
  const wall = performance.now() - clock;
  console.log(
    `${wall.toFixed(1)} ms wall, ${cpuMs(started).toFixed(1)} ms CPU with opening, ${((process.memoryUsage.rss() - base) / 1e6).toFixed(1)} MB more, ${hits} hits`,
  );
  close();
}

function warm(db: string): void {
  const asked = names(3000);
  const { store, close } = openAdvisories(openAdvisoryFolder(db), codec);
  const scheme = ecosystemOf('npm').versions;
  let hits = 0;
  const once = (): void => {
    for (const name of asked) hits += matchComponent(store, 'npm', name, '1.2.3', scheme).hits.length;
  };
  once();
  const started = process.cpuUsage();
  for (let round = 0; round < 200; round++) once();
  console.log(`${((200 * asked.length) / cpuMs(started) / 1000).toFixed(2)} million matches a second`);
  close();
}

/** Random names of the data with random versions that the data mention, and neighbours of those. */
function oracle(db: string): void {
  const random = seededRandom(42);
  const { store, close } = openAdvisories(openAdvisoryFolder(db), codec);
  let pairs = 0;
  let positive = 0;
  const wrong: string[] = [];
  for (const ecosystem of COMPARED) {
    const rules = ecosystemOf(ecosystem);
    const scheme = rules.versions;
    const normaliseName = (name: string): string => rules.normaliseName(name);
    const byName = new Map<string, RawRecord[]>();
    const versionsOf = new Map<string, Set<string>>();
    for (const record of rawRecords()) {
      for (const entry of record.affected) {
        if (entry.package.ecosystem !== ecosystem) continue;
        const name = normaliseName(entry.package.name);
        const list = byName.get(name) ?? [];
        if (!list.includes(record)) list.push(record);
        byName.set(name, list);
        const seen = versionsOf.get(name) ?? new Set();
        for (const version of entry.versions ?? []) seen.add(version);
        for (const range of entry.ranges ?? [])
          if (range.type !== 'GIT')
            for (const event of range.events)
              for (const version of Object.values(event)) seen.add(version as string);
        versionsOf.set(name, seen);
      }
    }
    const all = [...byName.keys()];
    for (let i = 0; i < PAIRS / COMPARED.length; i++) {
      const name = all[random(all.length)]!;
      const seen = [...versionsOf.get(name)!].filter((version) => version !== '0');
      const near = seen.length === 0 ? '1.0.0' : seen[random(seen.length)]!;
      const version = mutate(near, random);
      if (!scheme.isValid(version)) {
        i--;
        continue;
      }
      const expected = byName
        .get(name)!
        .filter((record) =>
          isVulnerable(record, ecosystem, version, scheme, (stated) => normaliseName(stated) === name),
        )
        .map(({ id }) => id)
        .sort();
      const found = [
        ...new Set(matchComponent(store, ecosystem, name, version, scheme).hits.map(({ entry }) => entry.id)),
      ];
      pairs++;
      if (expected.length > 0) positive++;
      if (found.join() !== [...new Set(expected)].join())
        wrong.push(`${ecosystem} ${name} ${version}: brute force ${expected.join()}, index ${found.join()}`);
    }
  }
  close();
  console.log(
    `${pairs - wrong.length} of ${pairs} agree (${((100 * (pairs - wrong.length)) / pairs).toFixed(3)} %), ${positive} of them affected`,
  );
  for (const line of wrong.slice(0, 10)) console.log(line);
  if (wrong.length > 0) process.exitCode = 1;
}

function mutate(version: string, random: (below: number) => number): string {
  if (random(2) === 0) return version;
  const parts = version.split('.');
  const at = random(parts.length);
  const number = Number(parts[at]);
  if (!Number.isSafeInteger(number)) return version;
  parts[at] = String(Math.max(0, number + random(3) - 1));
  return parts.join('.');
}

let cached: RawRecord[] | undefined;
function rawRecords(): RawRecord[] {
  if (cached !== undefined) return cached;
  cached = [];
  for (const folder of ['npm', 'npm-extra', 'PyPI', 'Go', 'crates.io', 'RubyGems', 'Packagist']) {
    const path = join(DATA, folder, 'all.zip');
    if (!existsSync(path)) continue;
    const source = openFile(path);
    const decoder = new TextDecoder();
    for (const content of readZipEntries(source, readZipDirectory(source), () => true, {
      entryBytes: 1e8,
      totalBytes: 1e10,
    }))
      if ('bytes' in content) cached.push(JSON.parse(decoder.decode(content.bytes)) as RawRecord);
    source.close();
  }
  return cached;
}

const [step, ...rest] = process.argv.slice(2);
if (step === undefined) all();
else if (step === 'update') await update(rest[0]!, rest.slice(1));
else if (step === 'lookup') lookup(rest[0]!);
else if (step === 'warm') warm(rest[0]!);
else if (step === 'oracle') oracle(rest[0]!);
