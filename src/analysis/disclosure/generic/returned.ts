import { nameAt, stringAt, type Assignment } from './assignment.ts';

/** Leads from a name to the string that a function of this name returns, in one line. */
const PARAMETERS = String.raw`\([^()"'\n]{0,80}\)`;
const RETURNS = new RegExp(
  // `password: return "…"`, `password = () => "…"`, `password: function () { return "…"`, `password = lambda: "…"`
  String.raw`\s?[:=]\s{0,4}(?:return\s{1,4}|lambda:\s?|(?:async )?(?:function\s?\w{0,40})?${PARAMETERS}[^={}().\n"';]{0,60}(?:=>\s{0,4})?(?:\{\s{0,4}return\s{1,4})?)(?=["'\x60])|` +
    // `getPassword() { return "…"`, `password(): string => "…"`, `get_password() -> str: return "…"`
    String.raw`[?!]?${PARAMETERS}[^={}().\n"';]{0,60}(?:\{\s{0,4}(?:return\s{1,4})?|=>?\s{0,4}|:\s{0,4}return\s{1,4})(?=["'\x60])`,
  'y',
);

/** What is asked of a password, or done to one: what it returns says how that went. */
const DOES =
  /^(?:is|has|can|should|needs|check|validate|verify|match|compare|forgot|reset|change|update|set|hash|encrypt|test|expect)(?=[A-Z_-])/;

/** The string that the function returns whose name has the keyword `start`…`end` in it; undefined when it returns none on this line. */
export function returnedAt(text: string, start: number, end: number): Assignment | undefined {
  const { key, right } = nameAt(text, start, end);
  RETURNS.lastIndex = right;
  if (!RETURNS.test(text) || isDone(key)) return undefined;
  const value = stringAt(text, RETURNS.lastIndex);
  if (value === undefined || value.end === value.start) return undefined;
  return isWhole(text, value.end) ? { key, by: 'equals', ...value } : undefined;
}

/** The name says what is done, and not what is returned: `checkPassword`. */
export const isDone = (name: string): boolean => DOES.test(name);

/** The string ends, and nothing is made of it. */
const isWhole = (text: string, at: number): boolean =>
  /^\\?["'`]\s?(?:[;})\],]|\r?\n|$)/.test(text.slice(at, at + 5));
