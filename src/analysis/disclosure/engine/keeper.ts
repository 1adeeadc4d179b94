import type { DisclosureRule } from '../../../model/disclosure.ts';
import type { Problem } from '../../../model/problem.ts';
import { allowComment } from '../findings/allow-comment.ts';
import type { Sighting } from './detector.ts';

/** Bytes of text that are kept with a find, and on both sides of it when there is more: the excerpt needs fewer. */
const MOST_TEXT = 512;
const AROUND = 200;

/** So many times one secret is kept of one text: how often it stands there says nothing more. */
export const MOST_OF_SECRET = 64;
/** So many secrets of one rule are kept of one text: nobody reads ten thousand addresses of one file. */
export const MOST_IN_TEXT = 10_000;
/** So many finds are kept in all; certain ones beyond it too. */
export const MOST_IN_ALL = 1_000_000;

/** Collects sightings in bounded memory, and says what it left out. */
export interface Keeper {
  readonly found: readonly Sighting[];
  /**
   * `line`: gives the line of a sighting whose text is not to be had again. `false`: what else its rule finds in the text of this object that
   * is at hand is not kept either, and need not be looked for.
   */
  keep(sighting: Sighting, line?: () => number | undefined): boolean;
  /** Text that follows has other objects, or goes on with the last one. */
  endBatch(): void;
  /** What was left out, by rule. */
  readonly leftOut: ReadonlyMap<DisclosureRule, LeftOut>;
  /** The same in words. `nameOf` says what an object is. */
  problems(nameOf: (object: number) => string): readonly Problem[];
}

/** What of a rule was left out, and the lowest number of an object or text that has some. */
export interface LeftOut {
  readonly object: number;
  /** Texts that had so many finds of it that it was asked no more. */
  readonly texts: number;
  /** Finds that were too many in all. */
  readonly count: number;
}

/**
 * `before`: what other keepers found and left out, to go on from. `objectOf`: which object a text came out of, when it is numbers of texts
 * that sightings have.
 */
export function createKeeper(
  before: readonly Pick<Keeper, 'found' | 'leftOut'>[] = [],
  objectOf: (text: number) => number = (object) => object,
): Keeper {
  const found: Sighting[] = before.flatMap((keeper) => keeper.found);
  /** Of the batch at hand, by object and rule. */
  let counts = new Map<number, Map<DisclosureRule, Count>>();
  const leftOut = new Map<DisclosureRule, LeftOut>();
  const leave = (rule: DisclosureRule, { object, texts, count }: LeftOut): void => {
    const known = leftOut.get(rule);
    leftOut.set(rule, {
      object: Math.min(object, known?.object ?? object),
      texts: texts + (known?.texts ?? 0),
      count: count + (known?.count ?? 0),
    });
  };
  for (const keeper of before) for (const [rule, some] of keeper.leftOut) leave(rule, some);
  const judge = ({ rule, object, secret, find }: Sighting): 'kept' | 'left' | 'closed' => {
    let own = counts.get(object);
    if (own === undefined) counts.set(object, (own = new Map()));
    let count = own.get(rule);
    if (count === undefined) own.set(rule, (count = { kept: 0, times: undefined, isClosed: false }));
    if (found.length < MOST_IN_ALL || find.tier === 'certain') {
      // Nearly always the first few of a text, of which nothing need be remembered.
      if (count.kept++ < MOST_OF_SECRET) return 'kept';
      count.times ??= new Map();
      const times = count.times.get(secret);
      if (times !== undefined && times >= MOST_OF_SECRET) return 'left';
      if (times !== undefined || count.times.size < MOST_IN_TEXT) {
        count.times.set(times === undefined ? copied(secret) : secret, (times ?? 0) + 1);
        return 'kept';
      }
      if (!count.isClosed) leave(rule, { object: objectOf(object), texts: 1, count: 0 });
      count.isClosed = true;
      return 'closed';
    }
    leave(rule, { object: objectOf(object), texts: 0, count: 1 });
    return 'left';
  };
  return {
    found,
    keep: (sighting, lineOf) => {
      const judged = judge(sighting);
      if (judged !== 'kept') return judged !== 'closed';
      const line = lineOf?.();
      const { rule, find, text } = sighting;
      const allowed = allowComment(rule.id, text, find.start, find.end);
      const kept = shortened(sighting);
      found.push(
        allowed === undefined && line === undefined
          ? kept
          : {
              ...kept,
              ...(allowed === undefined ? {} : { allowed }),
              ...(line === undefined ? {} : { lineInText: line }),
            },
      );
      return true;
    },
    endBatch: () => {
      if (counts.size > 0) counts = new Map();
    },
    leftOut,
    problems: (nameOf) =>
      [...leftOut].sort(byRule).map(([rule, some]) => ({
        code: 'secrets/too-many',
        message: `not all finds of ${rule.id} are listed: ${amounts(some)}, first in ${nameOf(some.object)}`,
        hint: `take such a file out, or leave the rule out: --disable ${rule.id}`,
        lost: true,
      })),
  };
}

function amounts({ texts, count }: LeftOut): string {
  const ofTexts = `${texts === 1 ? 'a text has' : `${texts} texts have`} more than ${MOST_IN_TEXT}`;
  const inAll = `${count} more than ${MOST_IN_ALL} in all`;
  return [...(texts > 0 ? [ofTexts] : []), ...(count > 0 ? [inAll] : [])].join(', and ');
}

function byRule([a]: readonly [DisclosureRule, LeftOut], [b]: readonly [DisclosureRule, LeftOut]): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

interface Count {
  kept: number;
  times: Map<string, number> | undefined;
  /** No more is kept of it. */
  isClosed: boolean;
}

/** Without the window that it was found in, which may be a hundred times larger. */
function shortened(sighting: Sighting): Sighting {
  const { text, find, secret } = sighting;
  if (text.length <= MOST_TEXT) return sighting;
  const from = Math.max(0, find.start - AROUND);
  return {
    ...sighting,
    secret: copied(secret),
    text: copied(text.slice(from, find.end + AROUND)),
    find: { ...find, start: find.start - from, end: find.end - from },
  };
}

/**
 * A string of its own: a part of another one keeps the whole of it in memory. What is put together is written anew once it is
 * looked into.
 */
function copied(text: string): string {
  return ` ${text}`.slice(1);
}
