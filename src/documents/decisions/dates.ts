import type { Instant } from '../../model/advisory.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads a date as people and tools write it, without a locale or a clock: `2026-11-20`, `2026-11-20T17:53:14.464Z` (with any offset; UTC
 * without one), `2026/11/20`, `11/20/2026` (month first, as JavaScript reads it), `20 November 2026`, `Nov 20, 2026`,
 * milliseconds since 1970. A date without a time is its first moment in UTC. `undefined` when it is none of these or no such day.
 */
export function instantOf(value: unknown): Instant | undefined {
  if (typeof value === 'number') return fromMilliseconds(value);
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const text = value.trim();
  if (/^\d{12,14}$/.test(text)) return fromMilliseconds(Number(text));
  const iso =
    /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i.exec(
      text,
    );
  if (iso !== null)
    return moment(
      Number(iso[1]),
      Number(iso[2]),
      Number(iso[3]),
      Number(iso[4] ?? 0),
      Number(iso[5] ?? 0),
      Number(iso[6] ?? 0),
      offsetOf(iso[7]),
    );
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (american !== null) return moment(Number(american[3]), Number(american[1]), Number(american[2]));
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})$/i.exec(text);
  if (dayFirst !== null) return moment(Number(dayFirst[3]), monthOf(dayFirst[2]!), Number(dayFirst[1]));
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i.exec(text);
  if (monthFirst !== null)
    return moment(Number(monthFirst[3]), monthOf(monthFirst[1]!), Number(monthFirst[2]));
  return undefined;
}

/** 1–12; 0 for a word that is no month. `Sept` and every prefix of three letters and more count. */
function monthOf(word: string): number {
  const index = MONTHS.indexOf(word.slice(0, 3).toLowerCase());
  const full = FULL[index];
  return full !== undefined && (full.startsWith(word.toLowerCase()) || word.toLowerCase() === 'sept')
    ? index + 1
    : 0;
}

const FULL = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** Minutes east of UTC. */
function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

function moment(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  offset = 0,
): Instant | undefined {
  const days = [
    31,
    year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ];
  if (day < 1 || day > (days[month - 1] ?? 0) || hour > 23 || minute > 59 || second > 60 || year < 1)
    return undefined;
  return fromMilliseconds(Date.UTC(year, month - 1, day, hour, minute, second) - offset * 60_000);
}

function fromMilliseconds(milliseconds: number): Instant | undefined {
  if (!Number.isFinite(milliseconds) || milliseconds < 0 || milliseconds > 253_402_300_799_999)
    return undefined;
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
