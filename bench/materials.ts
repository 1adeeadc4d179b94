import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openFile } from '../src/adapters/bytes/file.ts';
import { readZipDirectory, readZipEntries } from '../src/adapters/zip/index.ts';
import { makeZip } from '../src/adapters/zip/testing/make-zip.ts';
import { FULL_SCALE, syntheticExport } from './advisories-synthetic.ts';
import { assay, data, inPeers, measure, peer } from './measure.ts';
import type { Measurement } from './measure.ts';

/*
 * What several benchmarks need, each made once a run and only when asked for, in a temporary folder that goes with the run.
 */

/** A function whose first answer is kept. */
function kept<T>(make: () => T): () => T {
  let answer: { readonly value: T } | undefined;
  return () => (answer ??= { value: make() }).value;
}

export const workFolder: () => string = kept(() => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-run-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
});

/** An npm export of 220,000 records, the real ones among them when they are there. */
export const fullZip: () => string = kept(() => {
  const real = data('osv/npm/all.zip');
  return syntheticExport(real === undefined ? FULL_SCALE : { ...FULL_SCALE, real });
});

/** Our index of `fullZip`, and what making it took. */
export const fullIndex: () => { readonly db: string; readonly made: Measurement } = kept(() => {
  const db = join(workFolder(), 'full');
  const made = measure(assay('db', 'update', '--from', fullZip(), '--db', db), { runs: 1, warmUp: false });
  return { db, made };
});

/** The ecosystems of the comparison: all of the real data but npm-extra. */
const COMPARED = ['npm', 'PyPI', 'Go', 'crates.io', 'RubyGems', 'Packagist'];

/** Our index of the real advisories. */
export const realIndex: () => string | undefined = kept(() => {
  const zips = COMPARED.map((ecosystem) => data(`osv/${ecosystem}/all.zip`)).filter(
    (zip) => zip !== undefined,
  );
  if (zips.length < COMPARED.length) return undefined;
  const db = join(workFolder(), 'real');
  measure(assay('db', 'update', ...zips.flatMap((zip) => ['--from', zip]), '--db', db), {
    runs: 1,
    warmUp: false,
  });
  return db;
});

/** Every ecosystem has a file: where one is absent, osv-scanner stops matching after its first package. */
const OSV_ECOSYSTEMS = [...COMPARED, 'Maven', 'NuGet', 'Pub', 'Hex', 'SwiftURL', 'GitHub Actions'];

/** The environment under which osv-scanner finds these archives, and an empty one for each other ecosystem. */
function osvScannerEnvironment(
  name: string,
  zipOf: (ecosystem: string) => string | undefined,
): Record<string, string> {
  const folder = join(workFolder(), name);
  for (const ecosystem of OSV_ECOSYSTEMS) {
    const inside = join(folder, 'osv-scalibr', ecosystem);
    mkdirSync(inside, { recursive: true });
    const zip = zipOf(ecosystem);
    if (zip === undefined) writeFileSync(join(inside, 'all.zip'), makeZip([]));
    else symlinkSync(zip, join(inside, 'all.zip'));
  }
  return { OSV_SCALIBR_LOCAL_DB_CACHE_DIRECTORY: folder };
}

export const osvFull: () => Record<string, string> = kept(() =>
  osvScannerEnvironment('osv-full', (ecosystem) => (ecosystem === 'npm' ? fullZip() : undefined)),
);

export const OSV_ARGUMENTS: readonly string[] = [
  'scan',
  'source',
  '--offline',
  '--offline-vulnerabilities',
  '--all-packages',
  '--format',
  'json',
];

/** osv-scanner over all real repositories with the real advisories; undefined when it or they are absent. */
export const osvScannerOverAll: () => Measurement | undefined = kept(() => {
  const scanner = peer('osv-scanner');
  const repos = data('repos');
  if (scanner === undefined || repos === undefined || data('osv') === undefined) return undefined;
  const env = osvScannerEnvironment('osv-real', (ecosystem) =>
    COMPARED.includes(ecosystem) ? data(`osv/${ecosystem}/all.zip`) : undefined,
  );
  return measure([scanner, ...OSV_ARGUMENTS, '-r', repos], { env, runs: 1, warmUp: false });
});

/** How trivy is asked for an inventory alone, development dependencies included, without the network. */
export function trivyInventory(trivy: string, path: string): string[] {
  const cache = join(workFolder(), 'trivy-cache');
  return [
    trivy,
    'fs',
    '--quiet',
    '--offline-scan',
    '--skip-version-check',
    '--disable-telemetry',
    '--cache-dir',
    cache,
    '--include-dev-deps',
    '--format',
    'cyclonedx',
    path,
  ];
}

/** trivy adds what the module and Maven caches of the machine know: with empty ones, every machine gives the same edges. */
export const trivyEnvironment: () => Record<string, string> = kept(() => {
  const home = join(workFolder(), 'trivy-home');
  mkdirSync(home, { recursive: true });
  return { HOME: home, GOPATH: home, GOMODCACHE: join(home, 'mod') };
});

/** trivy's inventory of all real repositories; undefined when it or they are absent. */
export const trivyOverAll: () => Measurement | undefined = kept(() => {
  const trivy = peer('trivy');
  const repos = data('repos');
  if (trivy === undefined || repos === undefined) return undefined;
  return measure(trivyInventory(trivy, repos), { env: trivyEnvironment(), runs: 1, warmUp: false });
});

/** The records of `fullZip`, a line each, with the `_id` that nedb wants. */
export const fullLines: () => string = kept(() => {
  const path = join(workFolder(), 'records', 'npm.nedb');
  mkdirSync(join(workFolder(), 'records'), { recursive: true });
  const source = openFile(fullZip());
  const file = openSync(path, 'w');
  const decoder = new TextDecoder();
  let lines: string[] = [];
  const flush = (): void => {
    writeSync(file, lines.join(''));
    lines = [];
  };
  const limits = { entryBytes: 1e8, totalBytes: 1e10 };
  for (const content of readZipEntries(source, readZipDirectory(source), () => true, limits)) {
    if (!('bytes' in content)) continue;
    const record = JSON.parse(decoder.decode(content.bytes)) as { id: string };
    lines.push(`${JSON.stringify({ ...record, _id: record.id })}\n`);
    if (lines.length === 1000) flush();
  }
  flush();
  closeSync(file);
  source.close();
  return path;
});

/** The Node that the peers' native modules were compiled for. */
export function peerNode(): string | undefined {
  return peer('node');
}

/** cve-lite-cli's own database of `fullZip`; undefined when it is absent. */
export const cveLiteDatabase: () => string | undefined = kept(() => {
  const node = peerNode();
  const modules = inPeers('npm/node_modules/cve-lite-cli');
  if (node === undefined || modules === undefined) return undefined;
  const path = join(workFolder(), 'cve-lite.db');
  run([node, resolve('bench/peers/fill-cve-lite.mjs'), modules, fullLines(), path]);
  return existsSync(path) ? path : undefined;
});

function run(command: readonly string[]): void {
  const done = spawnSync(command[0]!, command.slice(1), { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(`${command.join(' ')}: ${done.stderr}`);
}
