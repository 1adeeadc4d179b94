import type { Sighting } from '../engine/detector.ts';
import { HIDDEN, REGION } from './excerpt.ts';

/** Secrets of one text, by start; `reach` is the furthest end of those up to each. */
interface Spans {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly reach: readonly number[];
}

/**
 * Gives a sighting's text with what the others are hidden around it: a line with a name and a password is the excerpt of both.
 * Addresses and markings are no secrets, and stay.
 */
export function hideOthers(sightings: Iterable<Sighting>): (one: Sighting) => string {
  const texts = new Map<string, Sighting[]>();
  for (const one of sightings) {
    const key = keyOf(one);
    if (key === undefined || one.rule.kind === 'marking' || one.rule.kind === 'internal-address') continue;
    const list = texts.get(key);
    if (list === undefined) texts.set(key, [one]);
    else list.push(one);
  }
  const spans = new Map(Array.from(texts, ([key, list]) => [key, spansOf(list)]));
  return (one) => {
    const own = spans.get(keyOf(one) ?? '');
    return own === undefined ? one.text : without(one, own);
  };
}

/** The text that its offsets count in. `undefined`: they are of what it is encoded in. */
function keyOf({ object, inside }: Sighting): string | undefined {
  if (inside === undefined) return `${object}`;
  return inside.ordinal === undefined ? undefined : `${object}/${inside.ordinal}`;
}

const startOf = ({ start, inside }: Sighting): number => inside?.start ?? start;

function spansOf(list: readonly Sighting[]): Spans {
  const sorted = list
    .map((one) => ({ start: startOf(one), end: startOf(one) + one.find.end - one.find.start }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let furthest = 0;
  return {
    starts: sorted.map(({ start }) => start),
    ends: sorted.map(({ end }) => end),
    reach: sorted.map(({ end }) => (furthest = Math.max(furthest, end))),
  };
}

function without(one: Sighting, { starts, ends, reach }: Spans): string {
  const start = startOf(one);
  const end = start + one.find.end - one.find.start;
  const shift = start - one.find.start;
  let { text } = one;
  const hide = (from: number, to: number): void => {
    const [first, last] = [Math.max(0, from - shift), Math.min(text.length, to - shift)];
    if (first < last) text = text.slice(0, first) + HIDDEN.repeat(last - first) + text.slice(last);
  };
  for (let at = lastBefore(starts, end + REGION); at >= 0 && reach[at]! > start - REGION; at--) {
    hide(starts[at]!, Math.min(ends[at]!, start));
    hide(Math.max(starts[at]!, end), ends[at]!);
  }
  return text;
}

/** The last index whose start is below a limit; -1 for none. */
function lastBefore(starts: readonly number[], limit: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
