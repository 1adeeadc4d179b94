import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openFile } from '../src/adapters/bytes/file.ts';
import { readZipDirectory, readZipEntries } from '../src/adapters/zip/index.ts';
import { makeZip, zipEnd, zipPieces } from '../src/adapters/zip/testing/make-zip.ts';
import { seededRandom } from '../src/analysis/text/testing/random.ts';
import type { Random } from '../src/analysis/text/testing/random.ts';

export interface SyntheticOptions {
  readonly malicious: number;
  readonly flaws: number;
  readonly seed: number;
  /** A real export whose records are merged in. */
  readonly real?: string;
}

export const FULL_SCALE: SyntheticOptions = { malicious: 214_000, flaws: 6_000, seed: 20_260_822 };

/**
 * Path of a synthetic npm export at real scale, written to the temporary folder once (about 150 MB) and found there again.
 * Names, sizes and shapes follow OSV's: nearly all malware with one entry, some thousand reviewed flaws with ranges.
 */
export function syntheticExport(options: SyntheticOptions): string {
  const { malicious, flaws, seed, real } = options;
  const path = join(
    tmpdir(),
    'assay-bench',
    `npm-${malicious}-${flaws}-${seed}${real === undefined ? '' : '-real'}`,
    'npm',
    'all.zip',
  );
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(`${path}.tmp`, 'w');
  const centrals: Uint8Array[] = [];
  let offset = 0;
  let directoryBytes = 0;
  const add = (name: string, data: Uint8Array | string): void => {
    const { local, central } = zipPieces({ name, data }, offset);
    writeSync(file, local);
    offset += local.length;
    directoryBytes += central.length;
    centrals.push(central);
  };
  const random = seededRandom(seed);
  const names = new Set<string>();
  if (real !== undefined) {
    const source = openFile(real);
    const directory = readZipDirectory(source);
    for (const content of readZipEntries(source, directory, () => true, {
      entryBytes: 1e8,
      totalBytes: 1e10,
    })) {
      if (!('bytes' in content)) continue;
      names.add(content.entry.name);
      add(content.entry.name, content.bytes);
    }
    source.close();
  }
  for (let i = 0; i < flaws; i++) {
    const record = flaw(random, i);
    if (!names.has(`${record.id}.json`)) add(`${record.id}.json`, JSON.stringify(record, null, 2));
  }
  for (let i = 0; i < malicious; i++) {
    const record = malware(random, i);
    if (!names.has(`${record.id}.json`)) add(`${record.id}.json`, JSON.stringify(record, null, 2));
  }
  const directory = Buffer.concat(centrals);
  writeSync(file, directory);
  writeSync(file, zipEnd(centrals.length, directoryBytes, offset));
  closeSync(file);
  renameSync(`${path}.tmp`, path);
  return path;
}

/** 1,000 records dated after the base: new malware, and changes of known records. */
export function dailyDelta(): Uint8Array {
  const random = seededRandom(7);
  const records = Array.from({ length: 1000 }, (_, i) => ({
    ...(i % 20 === 0 ? flaw(random, 5000 + i) : malware(random, i % 2 === 0 ? 300_000 + i : i)),
    modified: '2026-11-20T00:00:00Z',
  }));
  return makeZip(records.map((record) => ({ name: `${record.id}.json`, data: JSON.stringify(record) })));
}

/** A malware record as OSSF's malicious-packages publishes them. */
export function malware(random: Random, number: number): { id: string } {
  const name = packageName(random);
  const time = instant(random);
  const sha = hex(random, 64);
  const all = random(100) < 70;
  const versions = Array.from({ length: 1 + random(3) }, () => `${random(100)}.${random(20)}.${random(20)}`);
  const origin = {
    source: pick(random, SOURCES),
    sha256: sha,
    modified_time: time,
  };
  return {
    modified: time,
    published: time,
    schema_version: '1.7.4',
    id: `MAL-${2022 + random(5)}-${number + 1}`,
    ...(random(100) < 40 ? { aliases: [ghsa(random)] } : {}),
    summary: `Malicious code in ${name} (npm)`,
    details: `\n---\n_-= Per source details. Do not edit below this line.=-_\n\n## Source: ${origin.source} (${sha})\n${sentences(random, 1)}\n`,
    affected: [
      {
        package: { ecosystem: 'npm', name, purl: `pkg:npm/${encodeURIComponent(name)}` },
        ...(all ? { ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] } : { versions }),
      },
    ],
    database_specific: { 'malicious-packages-origins': [origin] },
  } as { id: string };
}

/** A flaw as GitHub publishes them. */
export function flaw(random: Random, number: number): { id: string } {
  const name = number < 40 ? POPULAR[number % POPULAR.length]! : packageName(random);
  const major = random(9);
  return {
    schema_version: '1.4.0',
    id: ghsa(random),
    modified: instant(random),
    published: instant(random),
    aliases: [`CVE-${2016 + random(11)}-${1000 + random(60_000)}`],
    summary: sentences(random, 1),
    details: sentences(random, 12),
    severity: [
      {
        type: 'CVSS_V3',
        score: `CVSS:3.1/AV:N/AC:L/PR:${pick(random, ['N', 'L'])}/UI:N/S:U/C:${pick(random, ['H', 'L', 'N'])}/I:L/A:H`,
      },
    ],
    affected: Array.from({ length: 1 + random(2) }, (_, i) => ({
      package: { ecosystem: 'npm', name },
      ranges: [
        {
          type: 'SEMVER',
          events: [
            { introduced: i === 0 ? '0' : `${major + i}.0.0` },
            { fixed: `${major + i}.${random(30)}.${random(10)}` },
          ],
        },
      ],
    })),
    references: Array.from({ length: 4 }, () => ({
      type: 'WEB',
      url: `https://github.com/${name}/commit/${hex(random, 40)}`,
    })),
    database_specific: {
      cwe_ids: [`CWE-${20 + random(900)}`],
      severity: pick(random, ['LOW', 'MODERATE', 'HIGH', 'CRITICAL']),
      github_reviewed: true,
    },
  } as { id: string };
}

const SOURCES = ['ghsa-malware', 'amazon-inspector', 'ossf-package-analysis', 'reversing-labs', 'kam193'];
const POPULAR = ['lodash', 'minimist', 'axios', 'semver', 'express', 'debug', 'qs', 'ws', 'braces', 'tar'];
const WORDS =
  'any computer that has this package installed or running should be considered fully compromised all secrets and keys stored on that computer should be rotated immediately from a different computer the package communicates with a domain associated with malicious activity and executes one or more commands during installation'.split(
    ' ',
  );
const SYLLABLES =
  'ba be bo ca co da de do fa fi ga go ka la li lo ma mi mo na no pa po ra ri ro sa si ta to va vi za'.split(
    ' ',
  );

function packageName(random: Random): string {
  const word = (): string => Array.from({ length: 2 + random(4) }, () => pick(random, SYLLABLES)).join('');
  const name = `${word()}-${word()}${random(4) === 0 ? `-${random(1000)}` : ''}`;
  return random(5) === 0 ? `@${word()}/${name}` : name;
}

const sentences = (random: Random, count: number): string =>
  Array.from(
    { length: count },
    () => `${Array.from({ length: 8 + random(12) }, () => pick(random, WORDS)).join(' ')}.`,
  ).join(' ');

const instant = (random: Random): string =>
  `${2022 + random(4)}-${two(1 + random(12))}-${two(1 + random(28))}T${two(random(24))}:${two(random(60))}:${two(random(60))}Z`;
const two = (number: number): string => String(number).padStart(2, '0');
const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => '0123456789abcdef'[random(16)]).join('');
const ghsa = (random: Random): string =>
  `GHSA-${Array.from({ length: 3 }, () => Array.from({ length: 4 }, () => '23456789cfghjmpqrvwx'[random(20)]).join('')).join('-')}`;
const pick = <T>(random: Random, items: readonly T[]): T => items[random(items.length)]!;
