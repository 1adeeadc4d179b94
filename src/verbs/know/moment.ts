import { hasEnded } from '../../analysis/decisions/apply.ts';
import type { AdvisorySource, Instant } from '../../model/advisory.ts';
import type { Decision } from '../../model/decision.ts';

const DAY_MS = 86_400_000;

/**
 * All that a scan and its reports as text, Markdown and JSON take from the clock, but for the time itself that a report states: the day
 * (what is at its end of life), how old the advisories are in days, and which decisions have ended. Moments that give the same differ in
 * nothing else. Plain data for a cache key.
 */
export function momentOf(
  now: Instant,
  sources: readonly AdvisorySource[],
  decisions: readonly Decision[],
): readonly unknown[] {
  return [
    now.slice(0, 10),
    sources.map(({ newest }) => Math.floor((Date.parse(now) - Date.parse(newest)) / DAY_MS)),
    decisions.map((decision) => hasEnded(decision, now)),
  ];
}
