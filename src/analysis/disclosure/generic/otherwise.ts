import { givenAt, stringAt, type Assignment } from './assignment.ts';

/** A string that a name is given where something else is not there, or says so. */
export interface Otherwise extends Assignment {
  /** `default`: behind what is asked first (`a || "…"`); `choice`: one of two (`a ? "…" : "…"`). */
  readonly as: 'default' | 'choice';
}

/** A variable, a field, a call or an entry by its name: `process.env.DB_PASSWORD`, `ENV["X"]`, `getenv('X')`. */
const NAME = String.raw`[$@]?[A-Za-z_](?:[\w$]|\??\.|->|::){0,80}`;
const ARGUMENT = String.raw`[([]\s?(?:["'][\w.:/ -]{0,60}["']|\w{0,40})\s?[)\]]`;
const TERM = String.raw`\(?(?:${NAME})(?:${ARGUMENT}){0,3}\)?`;

/** `a || b || "…"`, `a ?? "…"`, `a ?: "…"`, `a or "…"`. */
const BEFORE_DEFAULT = new RegExp(
  String.raw`(?:${TERM}\s{0,8}(?:\|\||\?\?|\?:|\bor\b)\s{0,8}){1,3}(?=["'\x60])`,
  'y',
);
/** `a === "b" ? "…" : "…"` up to the first string; or behind that, or a name instead of it, up to the second. */
const BEFORE_CHOICE = /(?:[^?\n;{}]|\?\.){1,160}\?(?![?.:])\s{0,8}/y;
const BEFORE_OTHER = /["'`]?\s{0,8}:\s{0,8}(?=["'`])/y;
const ENDS = /\\?["'`](?!\s?[=!]=)/y;
const TERM_AT = new RegExp(TERM, 'y');
const SIGNS = /[^\n?|]{0,300}?(?:[?|]| or | if )/y;
/** `"…" if a else "…"`, behind the first. */
const ELSE = /["')]? if [^\n"';]{1,100}(?:["'][\w.-]{0,40}["'][^\n"';]{0,40})? else (?=["'])/y;

/**
 * Strings that a name with the keyword `start`…`end` in it is given, but for one that stands directly behind it: in the order of the line,
 * at most two.
 */
export function givenOtherwise(text: string, start: number, end: number): readonly Otherwise[] {
  // Most lines have none of the signs.
  if (behind(SIGNS, text, end) === undefined) return [];
  const given = givenAt(text, start, end);
  if (given === undefined || (given.by !== 'equals' && given.by !== 'colon')) return [];
  const { key, from, by } = given;
  const found = (at: number | undefined, as: Otherwise['as']): Otherwise[] => {
    const value = at === undefined ? undefined : stringAt(text, at);
    // The string is whole, and compared with nothing.
    const isWhole =
      value !== undefined && value.end > value.start && behind(ENDS, text, value.end) !== undefined;
    return isWhole ? [{ key, by, as, ...value }] : [];
  };
  const first = stringAt(text, from)?.end ?? behind(TERM_AT, text, from);
  const last = first === undefined ? undefined : behind(ELSE, text, first);
  if (last !== undefined) return found(last, 'choice');
  const byDefault = behind(BEFORE_DEFAULT, text, from);
  if (byDefault !== undefined) return found(byDefault, 'default');
  const choice = behind(BEFORE_CHOICE, text, from);
  if (choice === undefined) return [];
  const one = found(choice, 'choice');
  const stop = one[0]?.end ?? behind(TERM_AT, text, choice);
  return [...one, ...found(stop === undefined ? undefined : behind(BEFORE_OTHER, text, stop), 'choice')];
}

function behind(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
