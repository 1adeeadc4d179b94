import type { Find, Gate, Tier, Window } from '../../../../model/disclosure.ts';
import { alphabetOf } from './alphabets.ts';
import { distinctUnits, lookOf } from './placeholders.ts';
import { isReference } from './references.ts';
import type { Issuer } from './shape-rules.ts';
import type { Shape, ShapedRule } from './shapes.ts';
import { leastLength, patternOf, piecesOf } from './shapes.ts';

/**
 * A credential that only its name gives away: 32 letters and digits are anything, but not in `ALGOLIA_API_KEY=…`. The name is the
 * keyword; behind it come the rest of the name, an operator, and the value.
 */
export interface AssignedForm {
  readonly id: string;
  readonly title: string;
  /** Parts of names, in lower case: `algolia`. */
  readonly names: readonly string[];
  readonly shapes: readonly Shape[];
  /** What else the whole name has to say for the tier; otherwise the find is only possible. Default: that it is a secret. */
  readonly said?: RegExp;
  readonly tier?: Tier;
  /** For names that are words of other things too: nothing is found unless `said` holds. */
  readonly isStrict?: boolean;
}

/** A rule from a form. */
export function assignedRule(issuer: Issuer, form: AssignedForm): ShapedRule {
  const pieces = form.shapes.map(piecesOf);
  let pattern: RegExp | undefined;
  return {
    id: form.id,
    title: form.title,
    kind: 'credential',
    provider: issuer.provider,
    keywords: form.names,
    shapes: form.shapes,
    isNamed: true,
    gate: assignmentGate(Math.min(...pieces.map(leastLength))),
    find: (window) =>
      findAssigned(form, (pattern ??= new RegExp(pieces.map(patternOf).join('|'), 'iy')), window),
    advice: issuer.advice,
    ...(issuer.revokePage === undefined ? {} : { revokePage: issuer.revokePage }),
  };
}

export const assignedRules = (issuer: Issuer, forms: readonly AssignedForm[]): readonly ShapedRule[] =>
  forms.map((form) => assignedRule(issuer, form));

/** Bytes between a name's keyword and its operator, and between the operator and the value, at most. */
const NAME_REACH = 32;
const VALUE_REACH = 8;

const NAME = alphabetOf('0-9A-Za-z_. -');
/** What may close a name before the operator: quotes, brackets, space. */
const CLOSING = alphabetOf('"\'`\\)] \t');
const OPERATOR = alphabetOf(':=,>(|?');
/** What may open a value behind the operator. */
const OPENING = alphabetOf('"\'`\\(=> \t|:');
const VALUE = alphabetOf('0-9A-Za-z_.~+/=:|%-');

/** Open when an operator stands near behind the keyword, and a run of value behind it that is long enough. */
export function assignmentGate(least: number): Gate {
  return (bytes, _start, end, _from, to) => {
    let i = end;
    const nameStop = Math.min(to, end + NAME_REACH);
    while (i < nameStop && NAME[bytes[i]!] === 1) i++;
    while (i < nameStop && CLOSING[bytes[i]!] === 1) i++;
    if (i >= to || OPERATOR[bytes[i]!] === 0) return false;
    i++;
    const valueStop = Math.min(to, i + VALUE_REACH);
    while (i < valueStop && OPENING[bytes[i]!] === 1) i++;
    if (i + least > to) return false;
    for (const stop = i + least; i < stop; i++) if (VALUE[bytes[i]!] === 0) return false;
    return true;
  };
}

/** Where a value starts behind a keyword that ends at `end`, and the rest of the name: as the gate goes. */
export function valueBehind(
  text: string,
  end: number,
): { readonly rest: string; readonly start: number } | undefined {
  let i = end;
  const nameStop = Math.min(text.length, end + NAME_REACH);
  while (i < nameStop && NAME[text.charCodeAt(i)] === 1) i++;
  const rest = text.slice(end, i);
  while (i < nameStop && CLOSING[text.charCodeAt(i)] === 1) i++;
  if (i >= text.length || OPERATOR[text.charCodeAt(i)] !== 1) return undefined;
  i++;
  const valueStop = Math.min(text.length, i + VALUE_REACH);
  while (i < valueStop && OPENING[text.charCodeAt(i)] === 1) i++;
  return { rest, start: i };
}

const SECRET = /key|secret|token|pass|pwd|auth|cred|api|access|sign|licen[cs]e|webhook|bearer|login/;
/** Names of values that are long and random and no secret. */
const NO_SECRET =
  /sha\d|sha[_-]?sum|checksum|digest|integrity|commit|revision|[_.-]rev$|[_.-]ref$|hash|etag|fingerprint|version|build|image|url$|uri$|path$|href|class(?:name)?$|public[_-]?key$|pubkey$|(?:apt|gpg|pgp|rpm|yum)_{0,2}-?key/;

function findAssigned(form: AssignedForm, pattern: RegExp, window: Window): readonly Find[] {
  const { text, start, end } = window;
  const behind = valueBehind(text, end);
  if (behind === undefined) return [];
  pattern.lastIndex = behind.start;
  const value = pattern.exec(text)?.[0];
  if (value === undefined || isReference(value)) return [];
  const before = /[0-9A-Za-z_.-]{0,40}$/.exec(text.slice(Math.max(0, start - 40), start))![0];
  const name = `${before}${text.slice(start, end)}${behind.rest}`.trim().toLowerCase();
  const look = lookOf(form.shapes.reduce(withoutFixed, value));
  if (look === 'made-up' || NO_SECRET.test(name) || !isMixed(value)) return [];
  const isSaid = (form.said ?? SECRET).test(name);
  if (!isSaid && form.isStrict === true) return [];
  const tier = isSaid && look === 'random' ? (form.tier ?? 'likely') : 'possible';
  const reasons = [
    `assigned to a name with "${window.keyword}" in it, in the form that such a value has`,
    ...(isSaid ? [] : ['the name does not say that it is a secret']),
    ...(look === 'random' ? [] : ['it runs along the alphabet, as made-up values do']),
  ];
  return [{ start: behind.start, end: behind.start + value.length, tier, reasons }];
}

/** A shape's fixed text is no part of what is random. */
const withoutFixed = (value: string, shape: Shape): string =>
  shape
    .split(/<[^>]*>/)
    .filter((text) => text.length > 3)
    .reduce((rest, text) => rest.replace(text, ''), value);

/** What is random has digits, and many different characters for its length; a word or a path has not. */
function isMixed(value: string): boolean {
  const digits = value.replace(/[^0-9]+/g, '').length;
  return (
    digits > 0 && (value.length < 16 || digits > 1) && distinctUnits(value) >= Math.min(8, value.length / 2)
  );
}
