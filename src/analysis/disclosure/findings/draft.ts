import type { DisclosureRule, Find, Place, Tier } from '../../../model/disclosure.ts';
import { TIERS } from '../../../model/disclosure.ts';
import type { Disclosure, DisclosureSpot } from '../../../model/disclosure-report.ts';
import { settle } from '../engine/place.ts';
import { excerptOf } from './excerpt.ts';

/** A find in one place, before it is judged. */
export interface Placed {
  readonly find: Find;
  /** What the find's offsets count in. */
  readonly text: string;
  readonly place: Place;
  /** Absent: it helps to judge, and is not listed (where it was long ago). */
  readonly spot?: DisclosureSpot;
  /** Why the line itself lets it pass: a comment in it. */
  readonly allowed?: string;
  /** The text that has it, by number. */
  readonly copy?: number;
}

/** The secret's name that gives nothing away: `v1:RULE:HMAC`. */
export type Fingerprint = (rule: string, secret: string) => string;

/** Spots that a report names; of more it says that there are more. */
export const MOST_SPOTS = 50;

/**
 * One disclosure of all places of one secret: its tier is the surest of them. `undefined` when every place says that it is none.
 * `copies` counts distinct texts that have it; `undefined`: those that its places name.
 */
export function draftDisclosure(
  rule: DisclosureRule,
  secret: string,
  placed: readonly Placed[],
  copies: number | undefined,
  fingerprint: Fingerprint,
): Disclosure | undefined {
  let best: { readonly find: Find; readonly from: Placed } | undefined;
  const spots: DisclosureSpot[] = [];
  const held: Placed[] = [];
  for (const one of placed) {
    const find = settle(rule, one.find, one.place);
    if (find === undefined) continue;
    held.push(one);
    if (one.spot !== undefined) spots.push(one.spot);
    if (best === undefined || isSurer(find.tier, best.find.tier)) best = { find, from: one };
  }
  if (best === undefined) return undefined;
  const { from } = best;
  const find =
    rule.settleAmong?.(
      best.find,
      held.map(({ place }) => place),
    ) ?? best.find;
  const allowed = reasonOfAll(held);
  const places = distinct(spots);
  return {
    fingerprint: fingerprint(rule.id, secret),
    rule: rule.id,
    title: rule.title,
    kind: rule.kind,
    ...(rule.provider === undefined ? {} : { provider: rule.provider }),
    tier: find.tier,
    reasons: find.reasons,
    excerpt: excerptOf(rule.kind, from.text, from.find.start, from.find.end),
    advice: rule.advice,
    ...(rule.revokePage === undefined ? {} : { revokePage: rule.revokePage }),
    spots: places.slice(0, MOST_SPOTS),
    ...(places.length > MOST_SPOTS ? { moreSpots: true } : {}),
    copies: copies ?? new Set(held.map(({ copy }) => copy)).size,
    ...(allowed === undefined ? {} : { covered: { by: 'allow-comment', reason: allowed } }),
  };
}

/** One place without a comment, and the secret counts. */
function reasonOfAll(placed: readonly Placed[]): string | undefined {
  return placed.every(({ allowed }) => allowed !== undefined) ? placed[0]?.allowed : undefined;
}

function isSurer(a: Tier, b: Tier): boolean {
  return TIERS.indexOf(a) < TIERS.indexOf(b);
}

function distinct(spots: readonly DisclosureSpot[]): DisclosureSpot[] {
  const byKey = new Map(
    spots.map((spot) => [
      `${spot.path ?? ''}\0${spot.line ?? 0}\0${spot.within.join('\0')}\0${spot.source}`,
      spot,
    ]),
  );
  return [...byKey.values()].sort(
    (a, b) => compare(a.path ?? '', b.path ?? '') || (a.line ?? 0) - (b.line ?? 0),
  );
}

/** Surest first; then by rule and first place. */
export function inOrder(disclosures: readonly Disclosure[]): Disclosure[] {
  return disclosures.toSorted(
    (a, b) =>
      TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) ||
      compare(a.rule, b.rule) ||
      compare(a.spots[0]?.path ?? '', b.spots[0]?.path ?? '') ||
      (a.spots[0]?.line ?? 0) - (b.spots[0]?.line ?? 0) ||
      compare(a.fingerprint, b.fingerprint),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How a text was reached, with the line in it at the end; as it is when the text has but one line. */
export function withLine(within: readonly string[], line: number | undefined): readonly string[] {
  const last = within.at(-1);
  return line === undefined || last === undefined
    ? within
    : [...within.slice(0, -1), `${last}, line ${line}`];
}
