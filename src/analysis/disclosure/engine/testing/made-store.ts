import type { DisclosureRule } from '../../../../model/disclosure.ts';
import type { ObjectStore } from '../../../../model/history.ts';
import type { MadeObject } from '../../history/testing/memory-store.ts';
import { idOf, makeDelta, makePack, memoryStore } from '../../history/testing/memory-store.ts';
import { numbers } from '../../kernel/testing/started.ts';
import type { HistoryScan } from '../scan-history.ts';

/** Two kinds: one that stands in a line, one whose text goes on for three lines. */
export const lineAndBlock = (kind: DisclosureRule['kind']): readonly DisclosureRule[] => [
  {
    id: 'line',
    title: 'line',
    kind,
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
    kind,
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

export const rules: readonly DisclosureRule[] = lineAndBlock('credential');

/** Packs of random trees of deltas, some of whose objects are in two of them; objects outside packs; one that is damaged. */
export function made(seed: number, isDamaged: boolean): ObjectStore {
  const random = numbers(seed);
  const line = (): string => {
    const kind = random(9);
    if (kind === 0) return `x secret-${random(5)} y\n`;
    if (kind === 1) return `begin-block\nword${random(3)}\nend\n`;
    return `line ${random(40)}\n`;
  };
  const text = (): string => Array.from({ length: 3 + random(9) }, line).join('');
  const known: string[] = [];
  let count = 0;
  const packs = Array.from({ length: 3 }, (_, number) => {
    const objects: MadeObject[] = [];
    const texts: string[] = [];
    // An id names one object of a pack; other packs may have the same.
    const ids = new Set<string>();
    const unless = (own: string, other: string): string =>
      ids.has(idOf('blob', Buffer.from(own))) ? other : own;
    for (let i = 0; i < 40; i++) {
      const unique = `only ${count++}\n`;
      let own: string;
      if (i === 0 || random(3) === 0) {
        const again = known.length > 0 && random(3) === 0 ? known[random(known.length)]! : text();
        own = unless(again, `${again}${unique}`);
        objects.push({ kind: 'blob', bytes: Buffer.from(own) });
      } else {
        const base = random(i);
        const of = texts[base]!;
        const cut = random(of.length);
        const more = random(4) === 0 ? unique : line();
        const put = (what: string): string => `${of.slice(0, cut)}${what}${of.slice(cut)}`;
        const inserted = unless(put(more), put(unique)) === put(more) ? more : unique;
        own = put(inserted);
        objects.push({
          kind: 'ofs-delta',
          base,
          id: idOf('blob', Buffer.from(own)),
          bytes: makeDelta(of.length, ...(cut === 0 ? [] : [[0, cut] as const]), inserted, [
            cut,
            of.length - cut,
          ]),
          ...(isDamaged && random(60) === 0 ? { data: Buffer.from('none') } : {}),
        });
      }
      texts.push(own);
      known.push(own);
      ids.add(idOf('blob', Buffer.from(own)));
    }
    return makePack(objects, `${number}.pack`);
  });
  const loose = Array.from({ length: 5 }, () => {
    const bytes = Buffer.from(random(2) === 0 ? known[random(known.length)]! : text());
    return { id: idOf('blob', bytes), kind: 'blob' as const, bytes };
  });
  return memoryStore(packs, [...new Map(loose.map((one) => [one.id, one])).values()]);
}

export interface Told {
  readonly groups: readonly unknown[];
  readonly problems: readonly unknown[];
  readonly [more: string]: unknown;
}

/** All that a scan says, as plain data. */
export const told = ({
  groups,
  counts,
  bytes,
  tally,
  problems,
  history,
  commits,
  entries,
}: HistoryScan): Told => ({
  groups: groups.map(({ rule, ...group }) => [rule.id, group]),
  counts,
  bytes,
  tally: tally.result(),
  problems: [...history.problems, ...problems],
  columns: [commits.count, entries.count],
});
