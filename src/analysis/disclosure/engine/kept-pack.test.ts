import { expect, test } from 'vitest';
import type { ObjectStore } from '../../../model/history.ts';
import { numbers, startedKernel } from '../kernel/testing/started.ts';
import { createDetector } from './detector.ts';
import type { KeptPack } from './kept-pack.ts';
import { decodeKept, encodeKept } from './kept-pack.ts';
import { prepareRules } from './rule-set.ts';
import { scanHistory } from './scan-history.ts';
import { made, rules, told } from './testing/made-store.ts';

const { kernel, heap } = startedKernel();
const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.subarray(start, end)).toString('latin1');
const set = prepareRules(rules);
const detector = createDetector(kernel, heap, set, latin1);
const scan = (store: ObjectStore, known: readonly KeptPack[] = []) =>
  scanHistory({ store, kernel, heap, rules: set, latin1, detector }, {}, known);

/** What was kept of the packs of a store, written and read. */
function keptOf(store: ObjectStore, known: readonly KeptPack[] = []): KeptPack[] {
  return Array.from(scan(store, known).kept(), ([pack, kept]) =>
    decodeKept(encodeKept(kept), store.packs[pack]!.offsets.length),
  ).map((kept) => kept!);
}

test.for([false, true])(
  'a history of which some packs are known is as one that is read anew (damaged objects: %s)',
  (isDamaged) => {
    let known = 0;
    for (let seed = 1; seed <= 6; seed++) {
      const store = made(seed, isDamaged);
      const expected = told(scan(store));
      let kept: KeptPack[] = [];
      for (let packs = 0; packs <= store.packs.length; packs++) {
        const some = { ...store, packs: store.packs.slice(0, packs) };
        // One pack after the other, each time with what was kept before.
        kept = [...kept, ...keptOf(some, kept)];
        known += kept.length;
        expect(told(scan(store, kept))).toEqual(expected);
      }
    }
    expect(known).toBeGreaterThan(5);
  },
);

test('what is kept is read as it was written; what is cut, longer or changed never throws', () => {
  const store = made(3, false);
  const [first] = keptOf(store);
  const objects = store.packs[0]!.offsets.length;
  const bytes = encodeKept(first!);
  expect(encodeKept(decodeKept(bytes, objects)!)).toEqual(bytes);
  expect(decodeKept(bytes, objects + 1)).toBeUndefined();
  for (let end = 0; end < bytes.length; end++)
    expect(decodeKept(bytes.subarray(0, end), objects)).toBeUndefined();
  const random = numbers(1);
  for (let i = 0; i < 100; i++) {
    const changed = bytes.slice();
    changed[random(changed.length)]! ^= 1 << random(8);
    const kept = decodeKept(changed, objects);
    if (kept !== undefined) scan(store, [kept]);
  }
});
