import { expect, test } from 'vitest';
import { NO_CONFIG } from '../../analysis/config/config.ts';
import { extractors } from '../../analysis/ecosystems/index.ts';
import { memory } from '../../adapters/tree/memory.ts';
import { json } from '../../documents/json/index.ts';
import { withTakenAt } from '../../documents/json/taken-at.ts';
import { reporters } from '../../documents/index.ts';
import { extractAll } from '../../engine/extract.ts';
import type { AdvisoryStore } from '../../model/advisory.ts';
import type { Decision } from '../../model/decision.ts';
import type { Snapshot } from '../../model/result.ts';
import { terminalReport } from '../../surfaces/cli/terminal/report.ts';
import { momentOf } from './moment.ts';
import { assessScan } from './scan.ts';

const markdown = reporters.find(({ id }) => id === 'markdown')!;

/** An end of life or its approach every few months: a day later may say something else. */
const FILES = {
  '.nvmrc': '20\n',
  '.python-version': '3.9\n',
  Dockerfile: 'FROM node:22\nFROM debian:11\n',
  'requirements.txt': 'left==1.0\n',
};
const ENDS = ['2026-05-01', '2026-05-01T10:00:00Z', '2026-05-02T00:00:01Z', '2027-01-01T12:30:00Z'];
const decisions: readonly Decision[] = ENDS.map((expires, i) => ({
  id: `d${i}`,
  about: { advisories: ['GHSA-x'], component: 'pkg:pypi/left' },
  status: 'not_affected',
  reason: 'a reason',
  by: 'Jo',
  at: '2026-01-01T00:00:00Z',
  expires,
  source: { path: '.assay/decisions.yaml', line: i + 1, format: 'assay' },
}));
const store: AdvisoryStore = {
  sources: ['2026-04-30T23:59:59Z', '2026-05-01T00:00:00Z', '2026-04-01T17:00:00Z', 'unknown'].map(
    (newest) => ({
      ecosystem: 'PyPI',
      advisories: 5,
      newest,
      builtAt: newest,
      kind: 'installed',
      from: 'here',
    }),
  ),
  digest: 'd',
  covers: () => true,
  lookup: () => [],
  advisory: () => {
    throw new Error('none');
  },
  exploited: () => undefined,
  epss: () => undefined,
  kevDate: '2026-05-01',
  epssDate: undefined,
};

/** Seeded, so that a failure comes again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

test('moments that are one give the same reports, but for the time that JSON states', async () => {
  const { extractions } = await extractAll(memory(FILES), { extractors, workers: 0 });
  const at = (now: string): Snapshot =>
    assessScan({
      target: { name: 'app', kind: 'worktree' },
      files: extractions.map((one) => ({ ...one, ecosystem: 'PyPI' })),
      problems: [],
      skipped: [],
      store,
      config: NO_CONFIG,
      decisions,
      now,
      version: '1',
    });
  const next = random(7);
  const start = Date.parse('2026-04-29T00:00:00Z');
  const moments = [
    ...Array.from({ length: 120 }, () => instant(start + next() * 4 * 86_400_000)),
    ...Array.from({ length: 30 }, () => instant(start + next() * 900 * 86_400_000)),
  ];
  const seen = new Map<string, { readonly now: string; readonly snapshot: Snapshot }>();
  let pairs = 0;
  for (const now of moments) {
    const key = JSON.stringify(momentOf(now, store.sources, decisions));
    const snapshot = at(now);
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, { now, snapshot });
      continue;
    }
    pairs++;
    expect(withTakenAt(json.report(before.snapshot), now).join('')).toBe(json.report(snapshot));
    expect(markdown.report(before.snapshot)).toBe(markdown.report(snapshot));
    for (const all of [false, true]) {
      const options = { width: 80, colour: true, all };
      expect(terminalReport(before.snapshot, options)).toBe(terminalReport(snapshot, options));
    }
  }
  expect(pairs).toBeGreaterThan(80);
  expect(seen.size).toBeGreaterThan(10);
});

test('a second may end a decision, a day, or add one to the age of advisories', () => {
  const key = (now: string): string => JSON.stringify(momentOf(now, store.sources, decisions));
  for (const border of ['2026-05-01T10:00:00Z', '2026-05-02T00:00:00Z', '2026-05-01T17:00:00Z'])
    expect(key(border)).not.toBe(key(instant(Date.parse(border) - 1000)));
  expect(key('2026-05-01T11:00:00Z')).toBe(key('2026-05-01T16:59:59Z'));
});

test('only the name of the time is looked for, never a text that holds it', () => {
  const report =
    '{\n"target": {"name":"\\n\\"takenAt\\": \\"no\\""},\n"takenAt": "1",\n"x": "\\"takenAt\\": \\"2"\n}\n';
  expect(withTakenAt(report, '9').join('')).toBe(report.replace('"takenAt": "1"', '"takenAt": "9"'));
  expect(withTakenAt('none', '9').join('')).toBe('none');
});
