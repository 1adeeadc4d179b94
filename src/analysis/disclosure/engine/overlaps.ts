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
  const known = new Map<number, Sighting[]>();
  for (const one of decoded) {
    const own = known.get(one.object) ?? [];
    known.set(one.object, own);
    own.push(one);
  }
  return plain.filter(
    ({ rule, object, start, end }) =>
      (rule.kind !== 'generic-secret' && rule.kind !== 'password') ||
      known
        .get(object)
        ?.some((one) => one.inside?.ordinal === undefined && one.start < end && start < one.end) !== true,
  );
}

/**
 * Without what was guessed of text that stands encoded in a credential: the parts of a JSON Web Token say nothing more. What has the mark of
 * an issuer stays.
 */
export function withoutInner(decoded: readonly Sighting[], plain: readonly Sighting[]): Sighting[] {
  const outer = new Map<number, Sighting[]>();
  for (const one of plain) {
    if (one.rule.kind !== 'credential') continue;
    const own = outer.get(one.object) ?? [];
    outer.set(one.object, own);
    own.push(one);
  }
  return decoded.filter(
    ({ rule, object, start, end, inside }) =>
      (rule.kind !== 'generic-secret' && rule.kind !== 'password') ||
      inside?.ordinal !== undefined ||
      outer.get(object)?.some((one) => one.start <= start && end <= one.end) !== true,
  );
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
