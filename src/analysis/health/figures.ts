/** Seconds in a day: times here are seconds since 1970. */
export const DAY = 86_400;
/** Twelve months, as the windows count them. */
export const YEAR: number = 365 * DAY;

/** The middle value (of an even number the mean of both), `undefined` of none. */
export function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The smallest value that at least `share` (0–1) of the values do not pass (nearest rank), `undefined` of none. */
export function percentile(values: readonly number[], share: number): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/** Whole number of days from one time to another, rounded down; negative when the second is earlier. */
export function daysBetween(from: number, to: number): number {
  return Math.floor((to - from) / DAY);
}

/** `2026-07-01` of seconds since 1970 (UTC). Times outside the years 0–9999 give the nearest of them. */
export function dayOf(seconds: number): string {
  const kept = Math.min(253_402_300_799, Math.max(-62_167_219_200, Number.isFinite(seconds) ? seconds : 0));
  return new Date(kept * 1000).toISOString().slice(0, 10);
}

/** `2026-07-01T09:49:52Z`. */
export function instantOf(seconds: number): string {
  const kept = Math.min(253_402_300_799, Math.max(0, Number.isFinite(seconds) ? seconds : 0));
  return `${new Date(kept * 1000).toISOString().slice(0, 19)}Z`;
}

/** Seconds since 1970 of an RFC 3339 instant or a day; `undefined` when it is neither. */
export function secondsOf(instant: string | undefined): number | undefined {
  if (instant === undefined || !/^\d{4}-\d\d-\d\d(?:[T ]|$)/.test(instant)) return undefined;
  const at = Date.parse(/[zZ]$|[+-]\d\d:?\d\d$|^\d{4}-\d\d-\d\d$/.test(instant) ? instant : `${instant}Z`);
  return Number.isNaN(at) ? undefined : Math.floor(at / 1000);
}

/** `3 releases`, `1 release`; thousands are grouped. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** `1234567` → `1,234,567`, whatever the locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `58 %`, of a share 0–1. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `21 days`; half days stay. */
export function inDays(days: number): string {
  const rounded = Math.round(days * 2) / 2;
  return `${grouped(Math.trunc(rounded))}${rounded % 1 === 0 ? '' : '.5'} ${rounded === 1 ? 'day' : 'days'}`;
}

/** Code units, never the locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
