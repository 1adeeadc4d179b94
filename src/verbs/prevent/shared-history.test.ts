import { expect, test } from 'vitest';
import { createDetector } from '../../analysis/disclosure/engine/detector.ts';
import { prepareRules } from '../../analysis/disclosure/engine/rule-set.ts';
import { scanHistory } from '../../analysis/disclosure/engine/scan-history.ts';
import { made, rules, told } from '../../analysis/disclosure/engine/testing/made-store.ts';
import { drawn, numbers, startedKernel } from '../../analysis/disclosure/kernel/testing/started.ts';
import type { Answer } from '../../engine/readers.ts';
import type { ObjectStore } from '../../model/history.ts';
import type { HistoryAnswer, HistoryReaders } from './shared-history.ts';
import { readShare, scanTogether } from './shared-history.ts';

/** A kernel for each reader. */
const worlds = [0, 1, 2].map(() => {
  const { kernel, heap } = startedKernel();
  const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
    Buffer.from(bytes.subarray(start, end)).toString('latin1');
  const set = prepareRules(rules);
  const detector = createDetector(kernel, heap, set, latin1);
  return { kernel, heap, rules: set, latin1, detector, draw: drawn, spent: [] };
});
const worldOf = (store: ObjectStore, reader = 0) => ({ ...worlds[reader]!, store });

/** Two readers in this thread that say to be `count`, each of which takes some chunks and then answers, or ends early. */
function readersOf(store: ObjectStore, seed: number, failed: string[], count: number): HistoryReaders {
  const random = numbers(seed);
  const answers: Answer<HistoryAnswer>[] = [];
  return {
    count,
    load: () => {},
    failed: (why) => void failed.push(why),
    give: (task) => {
      for (const number of [1, 2]) {
        const given = structuredClone(task(number));
        let most = random(20);
        const { queue } = given;
        // What it does not take is left for others.
        const order = new Proxy(queue.order, {
          get: (of, name) =>
            name === 'length' ? (most-- > 0 ? of.length : 0) : (Reflect.get(of, name, of) as unknown),
        });
        const state = queue.state;
        const taken = Atomics.load(state, 0);
        const part = readShare(worldOf(store, number), { ...given, queue: { ...queue, order } });
        // The one that it was refused is next.
        if (Atomics.load(state, 0) > taken) Atomics.sub(state, 0, 1);
        answers.push(random(4) === 0 ? { why: 'no memory' } : { part: structuredClone(part) });
      }
    },
    answers: () => Promise.resolve(answers),
    end: () => {},
  };
}

test.for([
  [2, false],
  [2, true],
  // So many that nearly all trees are cut into pieces.
  [60, false],
  [60, true],
] as const)(
  'whoever of %d others reads what, the same is found (damaged objects: %s)',
  async ([count, isDamaged]) => {
    let found = 0;
    let pieces = 0;
    let failures = 0;
    let lost = 0;
    for (let seed = 1; seed <= 8; seed++) {
      const store = made(seed, isDamaged);
      const alone = told(scanHistory(worldOf(store)));
      const failed: string[] = [];
      const together = await scanTogether(worldOf(store), readersOf(store, seed * 7, failed, count), {
        leastChunk: 1,
      });
      expect(told(together)).toEqual(alone);
      pieces += together.history.chunks().filter(({ base }) => base !== undefined).length;
      found += alone.groups.length;
      failures += failed.length;
      lost += alone.problems.length;
      expect(isDamaged || together.history.shared !== undefined).toBe(true);
    }
    expect(found).toBeGreaterThan(40);
    expect(failures).toBeGreaterThan(0);
    expect(count === 2 || isDamaged || pieces > 40).toBe(true);
    expect(lost > 0).toBe(isDamaged);
  },
);
