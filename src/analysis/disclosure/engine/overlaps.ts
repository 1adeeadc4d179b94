import type { DisclosureKind } from '../../../model/disclosure.ts';
import { TIERS } from '../../../model/disclosure.ts';
import type { Sighting } from './detector.ts';

/** The more a kind says of what a text is, the sooner it is believed. */
const RANK: Readonly<Record<DisclosureKind, number>> = {
  'deny-list': 7,
  credential: 6,
  'personal-data': 5,
  marking: 4,
  password: 3,
  'generic-secret': 2,
  'internal-address': 1,
};

/**
 * Of sightings that overlap in one object, the one that says most. Among secrets: the surer, then the better kind, then the
 * narrower, which names the secret itself and not what is around it. Among the rest: the better kind, the surer, the narrower.
 * Equal ones (two keywords of one find) become one. Words of a deny-list and addresses stay beside what they are part of, for
 * they say something else.
 */
export function withoutOverlaps(sightings: readonly Sighting[]): Sighting[] {
  const sorted = sightings.toSorted(
    (a, b) => a.object - b.object || a.start - b.start || strength(b) - strength(a) || a.end - b.end,
  );
  const kept: Sighting[] = [];
  /** Those of the current object that may reach over the next. */
  let open: Sighting[] = [];
  for (const next of sorted) {
    open = open.filter(({ object, end }) => object === next.object && end > next.start);
    const rivals = open.filter((one) => isSame(one, next) || compete(one, next));
    if (rivals.some((one) => !isStronger(next, one))) continue;
    for (const loser of rivals) {
      kept.splice(kept.lastIndexOf(loser), 1);
      open.splice(open.indexOf(loser), 1);
    }
    kept.push(next);
    open.push(next);
  }
  return kept;
}

/** One secret told twice: by two keywords, or by the line and the column that it stands in. */
function isSame(a: Sighting, b: Sighting): boolean {
  return a.rule.id === b.rule.id && a.secret === b.secret;
}

function isStronger(a: Sighting, b: Sighting): boolean {
  return strength(a) - strength(b) > 0 || (strength(a) === strength(b) && a.end - a.start < b.end - b.start);
}

/** Without what only looked like a secret because something is encoded there, which is known now. Of one text or object each. */
export function withoutEncoded(plain: readonly Sighting[], decoded: readonly Sighting[]): Sighting[] {
  const known = stretchesOf(decoded.filter(({ inside }) => inside?.ordinal === undefined));
  return plain.filter(
    (one) => !isGuessed(one) || furthestEnd(known.get(one.object), one.end - 1) <= one.start,
  );
}

/**
 * Without what was guessed of text that stands encoded in a credential: the parts of a JSON Web Token say nothing more. What has the mark of
 * an issuer stays.
 */
export function withoutInner(decoded: readonly Sighting[], plain: readonly Sighting[]): Sighting[] {
  const outer = stretchesOf(plain.filter(({ rule }) => rule.kind === 'credential'));
  return decoded.filter(
    (one) =>
      !isGuessed(one) ||
      one.inside?.ordinal !== undefined ||
      furthestEnd(outer.get(one.object), one.start) < one.end,
  );
}

const isGuessed = ({ rule }: Sighting): boolean => rule.kind === 'generic-secret' || rule.kind === 'password';

/** Where sightings of one object begin, in order, and of each how far it and those before it reach. */
interface Stretches {
  readonly starts: readonly number[];
  readonly reach: readonly number[];
}

function stretchesOf(sightings: readonly Sighting[]): ReadonlyMap<number, Stretches> {
  const byObject = new Map<number, Sighting[]>();
  for (const one of sightings) {
    const own = byObject.get(one.object);
    if (own === undefined) byObject.set(one.object, [one]);
    else own.push(one);
  }
  const stretches = new Map<number, Stretches>();
  for (const [object, own] of byObject) {
    own.sort((a, b) => a.start - b.start);
    let furthest = 0;
    stretches.set(object, {
      starts: own.map(({ start }) => start),
      reach: own.map(({ end }) => (furthest = Math.max(furthest, end))),
    });
  }
  return stretches;
}

/** How far those reach that begin at or before a place; 0 when none does. */
function furthestEnd(stretches: Stretches | undefined, place: number): number {
  if (stretches === undefined) return 0;
  const { starts, reach } = stretches;
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= place) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : reach[low - 1]!;
}

function compete(a: Sighting, b: Sighting): boolean {
  return speaksOfSecrets(a.rule.kind) === speaksOfSecrets(b.rule.kind) && a.rule.kind !== 'deny-list';
}

function speaksOfSecrets(kind: DisclosureKind): boolean {
  return kind === 'credential' || kind === 'password' || kind === 'generic-secret';
}

function strength({ rule, find }: Sighting): number {
  const sureness = TIERS.length - TIERS.indexOf(find.tier);
  return speaksOfSecrets(rule.kind) ? sureness * 10 + RANK[rule.kind] : RANK[rule.kind] * 10 + sureness;
}
