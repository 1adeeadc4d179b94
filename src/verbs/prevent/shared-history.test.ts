import { expect, test } from 'vitest';
import { createDetector } from '../../analysis/disclosure/engine/detector.ts';
import { prepareRules } from '../../analysis/disclosure/engine/rule-set.ts';
import type { HistoryScan } from '../../analysis/disclosure/engine/scan-history.ts';
import { scanHistory } from '../../analysis/disclosure/engine/scan-history.ts';
import type { MadeObject } from '../../analysis/disclosure/history/testing/memory-store.ts';
import {
  idOf,
  makeDelta,
  makePack,
  memoryStore,
} from '../../analysis/disclosure/history/testing/memory-store.ts';
import { numbers, startedKernel } from '../../analysis/disclosure/kernel/testing/started.ts';
import type { Answer } from '../../engine/readers.ts';
import type { DisclosureRule } from '../../model/disclosure.ts';
import type { ObjectStore } from '../../model/history.ts';
import type { HistoryAnswer, HistoryReaders } from './shared-history.ts';
import { readShare, scanTogether } from './shared-history.ts';

const rules: readonly DisclosureRule[] = [
  {
    id: 'line',
    title: 'line',
    kind: 'credential',
    keywords: ['secret-'],
    advice: '',
    find: ({ text, start }) => {
      const found = /^secret-\d+/.exec(text.slice(start));
      return found === null ? [] : [{ start, end: start + found[0].length, tier: 'certain', reasons: ['x'] }];
    },
  },
  {
    id: 'block',
    title: 'block',
    kind: 'credential',
    keywords: ['begin-block'],
    scope: 'text',
    advice: '',
    find: ({ text, start }) => {
      const found = /^begin-block\n(\w+)\nend/.exec(text.slice(start));
      return found === null
        ? []
        : [{ start, end: start + found[0].length, tier: 'certain', reasons: ['x'], secret: found[1]! }];
    },
  },
];

/** Packs of random trees of deltas, some of whose objects are in two of them; objects outside packs; one that is damaged. */
function made(seed: number, isDamaged: boolean): ObjectStore {
  const random = numbers(seed);
  const line = (): string => {
    const kind = random(9);
    if (kind === 0) return `x secret-${random(5)} y\n`;
    if (kind === 1) return `begin-block\nword${random(3)}\nend\n`;
    return `line ${random(40)}\n`;
  };
  const text = (): string => Array.from({ length: 3 + random(9) }, line).join('');
  const known: string[] = [];
  const packs = Array.from({ length: 3 }, (_, number) => {
    const objects: MadeObject[] = [];
    const texts: string[] = [];
    for (let i = 0; i < 40; i++) {
      const isDelta = i > 0 && random(3) > 0;
      if (!isDelta) {
        const own = known.length > 0 && random(3) === 0 ? known[random(known.length)]! : text();
        objects.push({ kind: 'blob', bytes: Buffer.from(own) });
        texts.push(own);
        known.push(own);
        continue;
      }
      const base = random(i);
      const of = texts[base]!;
      const cut = random(of.length);
      const more = line();
      const own = `${of.slice(0, cut)}${more}${of.slice(cut)}`;
      objects.push({
        kind: 'ofs-delta',
        base,
        id: idOf('blob', Buffer.from(own)),
        bytes: makeDelta(of.length, ...(cut === 0 ? [] : [[0, cut] as const]), more, [cut, of.length - cut]),
        ...(isDamaged && random(12) === 0 ? { data: Buffer.from('none') } : {}),
      });
      texts.push(own);
      known.push(own);
    }
    // An id names one object of a pack.
    const ids = new Set<string>();
    const isTwice = objects.some(({ id, bytes }) => {
      const own = id ?? idOf('blob', bytes);
      return ids.size === ids.add(own).size;
    });
    return isTwice ? undefined : makePack(objects, `${number}.pack`);
  }).filter((pack) => pack !== undefined);
  const loose = Array.from({ length: 5 }, () => {
    const bytes = Buffer.from(random(2) === 0 ? known[random(known.length)]! : text());
    return { id: idOf('blob', bytes), kind: 'blob' as const, bytes };
  });
  return memoryStore(packs, [...new Map(loose.map((one) => [one.id, one])).values()]);
}

/** A kernel for each reader. */
const worlds = [0, 1, 2].map(() => {
  const { kernel, heap } = startedKernel();
  const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
    Buffer.from(bytes.subarray(start, end)).toString('latin1');
  const set = prepareRules(rules);
  return { kernel, heap, rules: set, latin1, detector: createDetector(kernel, heap, set, latin1), spent: [] };
});
const worldOf = (store: ObjectStore, reader = 0) => ({ ...worlds[reader]!, store });

/** Readers in this thread, each of which takes some chunks and then answers, or ends early. */
function readersOf(store: ObjectStore, seed: number, failed: string[]): HistoryReaders {
  const random = numbers(seed);
  const answers: Answer<HistoryAnswer>[] = [];
  return {
    count: 2,
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

const told = ({ groups, counts, bytes, tally, problems, history, commits, entries }: HistoryScan) => ({
  groups: groups.map(({ rule, ...group }) => [rule.id, group]),
  counts,
  bytes,
  tally: tally.result(),
  problems: [...history.problems, ...problems],
  columns: [commits.count, entries.count],
});

test.for([false, true])('whoever reads what, the same is found (damaged objects: %s)', async (isDamaged) => {
  let found = 0;
  let failures = 0;
  let lost = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const store = made(seed, isDamaged);
    const alone = told(scanHistory(worldOf(store)));
    const failed: string[] = [];
    const together = await scanTogether(worldOf(store), readersOf(store, seed * 7, failed), {
      leastChunk: 1,
    });
    expect(told(together)).toEqual(alone);
    found += alone.groups.length;
    failures += failed.length;
    lost += alone.problems.length;
    expect(isDamaged || together.history.shared !== undefined).toBe(true);
  }
  expect(found).toBeGreaterThan(100);
  expect(failures).toBeGreaterThan(0);
  expect(lost > 0).toBe(isDamaged);
});
