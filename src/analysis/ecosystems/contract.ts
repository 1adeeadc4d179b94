import { expect, test } from 'vitest';
import type { Extraction, Extractor, VersionComponent, VersionFacts } from '../../model/extractor.ts';
import { standingOf } from '../graph/standing.ts';

const none = (): undefined => undefined;

/** What every extraction owes its reader, whatever the input was. */
export function expectSound(extraction: Extraction): void {
  const count = extraction.components.length;
  for (const edge of extraction.edges) {
    expect(Number.isInteger(edge.from) && edge.from >= 0 && edge.from < count).toBe(true);
    expect(Number.isInteger(edge.to) && edge.to >= 0 && edge.to < count).toBe(true);
  }
  for (const component of extraction.components) {
    expect(typeof component.name).toBe('string');
    expect(typeof component.version).toBe('string');
    expect(component.line).toBeGreaterThanOrEqual(0);
  }
  for (const problem of extraction.problems) expect(problem.code).toMatch(/^[a-z-]+\/[a-z0-9-]+$/);
}

/** That a reader of versions says of a file what its extraction says, or leaves it to that. */
export function expectSameVersion(version: VersionFacts | undefined, extraction: Extraction): void {
  if (version === undefined) return;
  const { known, components, scopes, isDirect, role, covers, problems } = version;
  const standing = standingOf(extraction);
  const told = ({ name, version, origin, ecosystem, purl, requested, source }: VersionComponent) => ({
    name,
    version,
    origin,
    ecosystem,
    purl,
    requested,
    source: origin === 'registry' ? undefined : source,
  });
  expect(Array.from(components, (id) => told(known[id]!))).toEqual(extraction.components.map(told));
  expect([...scopes]).toEqual([...standing.scopes]);
  expect(Array.from(isDirect, (one) => one === 1)).toEqual(standing.direct.map((one) => one === 'yes'));
  expect({ role, covers, problems }).toEqual({
    role: extraction.role,
    covers: extraction.covers,
    problems: extraction.problems.filter(({ lost }) => lost),
  });
}

/**
 * The suite that every extractor passes: call it once from its test file with a good sample.
 * `path` must be claimed. Hostile inputs must give problems or data, never a throw, and stay linear in time.
 */
export function extractorContract(extractor: Extractor, path: string, sample: string): void {
  const versions = extractor.extractVersions?.();
  const expectRun = (text: string): Extraction => {
    extractor.companions?.({ path, text }, path);
    const extraction = extractor.extract({ path, text }, none);
    expectSound(extraction);
    // Every input of this suite is a version of one file, whatever came before it.
    expectSameVersion(versions?.({ path, text }, none), extraction);
    return extraction;
  };

  test(`${extractor.id}: claims its sample by name, and nothing unrelated`, () => {
    expect(extractor.claims(path)).toBe(true);
    expect(extractor.claims('src/unrelated.txt.bak')).toBe(false);
    expect(extractor.claims('')).toBe(false);
  });

  test(`${extractor.id}: reads its sample without loss`, () => {
    const extraction = expectRun(sample);
    expect(extraction.components.length).toBeGreaterThan(0);
    expect(extraction.problems.filter((problem) => problem.lost)).toEqual([]);
  });

  test(`${extractor.id}: gives the same bytes for the same input`, () => {
    expect(JSON.stringify(expectRun(sample))).toBe(JSON.stringify(expectRun(sample)));
  });

  test(`${extractor.id}: reads CRLF as it reads LF`, () => {
    const names = (extraction: Extraction) =>
      extraction.components.map((c) => `${c.name}@${c.version}:${c.line}`);
    expect(names(expectRun(sample.replaceAll('\n', '\r\n')))).toEqual(names(expectRun(sample)));
  });

  test(`${extractor.id}: survives every truncation`, () => {
    const step = Math.max(1, Math.floor(sample.length / 200));
    for (let length = 0; length < sample.length; length += step) expectRun(sample.slice(0, length));
  });

  test(`${extractor.id}: survives mutation`, () => {
    // A small fixed generator: failures must reproduce.
    let seed = 0x2545f491;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return seed % below;
    };
    const noise = [
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\n',
      ' ',
      '\0',
      '__proto__',
      '<<<<<<< HEAD\n',
      '\uFFFF',
      '%',
      '@',
      '=',
    ];
    for (let round = 0; round < 300; round++) {
      const at = random(sample.length + 1);
      const cut = random(8);
      expectRun(sample.slice(0, at) + noise[random(noise.length)]! + sample.slice(at + cut));
    }
  });

  test(`${extractor.id}: prototype keys stay data`, () => {
    for (const word of ['__proto__', 'constructor', 'hasOwnProperty', 'toString']) {
      expectRun(
        sample.replace(/[A-Za-z][A-Za-z-]{3,}/g, (found, at: number) => (at % 3 === 0 ? word : found)),
      );
    }
    expect(({} as Record<string, unknown>)['version']).toBeUndefined();
  });

  test(`${extractor.id}: deep and long input ends in linear time`, () => {
    const started = process.threadCpuUsage();
    for (const piece of [
      '{"a":',
      '[',
      '(',
      '<a>',
      ' '.repeat(3),
      '- ',
      'a.',
      '"',
      '\\',
      '#',
      '\t',
      '${',
      '/',
      '==',
    ])
      expectRun(piece.repeat(100_000));
    expectRun(sample + 'a'.repeat(1_000_000));
    expectRun('a'.repeat(1_000_000) + sample);
    expectRun(sample.repeat(Math.ceil(1_000_000 / sample.length)));
    // Quadratic code takes minutes here; linear code takes well under a second. Of this thread's work: a busy machine is no fault.
    const { user, system } = process.threadCpuUsage(started);
    expect(user + system).toBeLessThan(20_000_000);
  }, 300_000);
}
