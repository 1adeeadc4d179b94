import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { makePack, memoryStore } from '../history/testing/memory-store.ts';
import { numbers, startedKernel } from '../kernel/testing/started.ts';
import type { Digest } from './look-inside.ts';
import { prepareRules } from './rule-set.ts';
import { scanHistory } from './scan-history.ts';
import { rules, told } from './testing/made-store.ts';

const archive = (members: readonly (readonly [name: string, bytes: Uint8Array])[]): Buffer =>
  Buffer.concat([
    Buffer.from('!<arch>\n'),
    ...members.flatMap(([name, bytes]) => [
      Buffer.from(`${`${name}/`.padEnd(48)}${String(bytes.length).padEnd(10)}\`\n`),
      bytes,
      Buffer.from(bytes.length % 2 === 0 ? '' : '\n'),
    ]),
  ]);

/** Archives that have members of each other, in which something is as it is, encoded, packed, or nothing at all. */
function blobs(seed: number): Buffer[] {
  const next = numbers(seed);
  const text = (): string =>
    Array.from({ length: 4 + next(4) }, () => {
      const line = next(7) === 0 ? `x secret-${next(9)} y` : `line ${next(9999)} of one file`;
      return next(5) === 0 ? Buffer.from(`${line} `.repeat(3)).toString('base64') : line;
    }).join('\n');
  const pool: Buffer[] = Array.from({ length: 12 }, () => Buffer.from(text()));
  for (let i = 0; i < 6; i++) {
    const inner = Array.from({ length: 2 }, (_, at) => [`i${at}`, pool[next(pool.length)]!] as const);
    pool.push(next(2) === 0 ? gzipSync(pool[next(12)]!) : archive(inner));
  }
  // So large that what was before it has been searched.
  const large = Buffer.from('nothing here\n'.repeat(90_000));
  return Array.from({ length: 14 }, (_, i) => {
    const members = Array.from(
      { length: 1 + next(5) },
      (_, at) => [`m${at}`, pool[next(pool.length)]!] as const,
    );
    return archive([
      ...members,
      [`own ${i}`, Buffer.from(`${i}`)],
      ...(next(3) === 0 ? [['l', large] as const] : []),
    ]);
  });
}

test('what archives hold many times is found in each of them, though it is looked at once', () => {
  let looked = 0;
  for (let seed = 1; seed < 16; seed++) {
    const all = blobs(seed);
    const scan = (digest?: Digest): unknown =>
      told(
        scanHistory({
          ...startedKernel(),
          store: memoryStore([makePack(all.map((bytes) => ({ kind: 'blob', bytes })))]),
          rules: prepareRules(rules, { encoded: true }),
          latin1: (bytes, start, end) => Buffer.from(bytes.subarray(start, end)).toString('latin1'),
          ...(digest === undefined ? {} : { digest }),
        }),
      );
    const plain = scan();
    expect(scan((bytes) => createHash('sha256').update(bytes).digest('hex'))).toEqual(plain);
    looked += (plain as { groups: unknown[] }).groups.length;
  }
  expect(looked).toBeGreaterThan(30);
});
