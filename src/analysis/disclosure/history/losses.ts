import type { Problem } from '../../../model/problem.ts';
import { Status } from '../kernel/module.ts';

/** What of a pack could not be read, by reason. */
export interface Losses {
  /** Notes an object, and how many more are lost with it because they are deltas of it. */
  note(code: 'git/damaged-object' | 'git/too-large', why: string, id: string, more: number): void;
  /** What was noted so far, and takes it in again: of a pack that several read, in its order. */
  summary(): readonly LossesOfReason[];
  add(noted: readonly LossesOfReason[]): void;
  /** One problem a reason, in the order in which the reasons came. */
  problems(): readonly Problem[];
}

/** Objects that were lost for one reason: how many, how many more with them, and the first of them. Plain data. */
export interface LossesOfReason {
  readonly code: 'git/damaged-object' | 'git/too-large';
  readonly why: string;
  readonly count: number;
  readonly more: number;
  readonly ids: readonly string[];
}

const NAMED = 5;

export function collectLosses(pack: string): Losses {
  const byReason = new Map<
    string,
    { code: LossesOfReason['code']; why: string; count: number; more: number; ids: string[] }
  >();
  const add = ({ code, why, count, more, ids }: LossesOfReason): void => {
    const key = `${code} ${why}`;
    const found = byReason.get(key) ?? { code, why, count: 0, more: 0, ids: [] };
    byReason.set(key, found);
    found.count += count;
    found.more += more;
    for (const id of ids) if (found.ids.length < NAMED) found.ids.push(id);
  };
  return {
    note: (code, why, id, more) => add({ code, why, count: 1, more, ids: [id] }),
    summary: () => [...byReason.values()],
    add: (noted) => noted.forEach(add),
    problems: () =>
      Array.from(byReason.values(), ({ code, why, count, more, ids }) => ({
        code,
        message:
          `${pack}: ${count === 1 ? `object ${ids[0]}` : `${count} objects (${ids.join(', ')}${count > ids.length ? ', …' : ''})`} ` +
          `cannot be read: ${why}${more === 0 ? '' : `; ${more} more are deltas of ${count === 1 ? 'it' : 'them'}`}`,
        hint:
          code === 'git/too-large'
            ? 'raise the limit'
            : 'run `git fsck` in the repository, or fetch it again',
        lost: true,
      })),
  };
}

/** A status of the kernel in words. */
export function statusWords(status: number): string {
  return WORDS.get(status) ?? `status ${status}`;
}

const WORDS: ReadonlyMap<number, string> = new Map([
  [Status.truncated, 'its data ends too early'],
  [Status.damaged, 'its compressed data is damaged'],
  [Status.wrongSize, 'it does not have the size that it says'],
  [Status.wrongSum, 'its checksum is wrong'],
  [Status.badDelta, 'its delta is damaged'],
  [Status.wrongBase, 'its delta was made for another base'],
  [Status.tooLarge, 'its delta gives more than it says'],
]);
