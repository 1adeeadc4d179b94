import type { DisclosureRule, Find, Gate, Tier, Window } from '../../../model/disclosure.ts';
import { alphabetOf } from '../rules/form/alphabets.ts';
import { allBut, isOf, LOWER, beside } from '../rules/form/sieves.ts';

/** A protective marking: the words, as they are written in upper case, and how much they say where they stand. */
export interface Marking {
  readonly id: string;
  readonly title: string;
  /** Lower case, with one space between words; every usual way of joining them is looked for. */
  readonly words: readonly string[];
  /** Where it says something, and how sure that is. `undefined`: nothing there. */
  readonly inText: Tier | undefined;
  readonly onOwnLine: Tier | undefined;
  /** Words that programs have among their own values too. */
  readonly isCommon?: boolean;
}

const ADVICE =
  'Ask the owner of the document whether it may be published. If not, treat it as a security incident and remove it from the history.';

/** Between the words of a marking: space, hyphen, en or em dash or no-break space in UTF-8, with or without spaces around. */
const JOINT = '(?: ?(?:[ _-]|\\xe2\\x80[\\x93\\x94]|\\xc2\\xa0) ?)';
/** Bytes before a keyword in which its marking may begin. */
const BEFORE = 40;

export function markingRule(marking: Marking): DisclosureRule {
  const forms = marking.words.map((words) => words.toUpperCase().split(' ').join(JOINT));
  const pattern = new RegExp(`(?<![\\w$])(?:${forms.join('|')})(?![\\w$])`, 'g');
  return {
    id: marking.id,
    title: marking.title,
    kind: 'marking',
    keywords: [...new Set(marking.words.map(longestWord))],
    sieve: (keyword) => [[isOf(CAPITALS, keyword), beside('before', ENDS_NAME), beside('after', ENDS_NAME)]],
    gate: isUpperCaseWord,
    find: (window) => findMarking(marking, pattern, window),
    settle: (find, place) => {
      if (place.source === 'document-property')
        return { ...find, tier: 'likely', reasons: [...find.reasons, 'in a property of a document'] };
      // Among the values of a type, one a line.
      if (marking.inText === undefined && find.reasons.includes(PLACES.bare) && SOURCE.test(place.path ?? ''))
        return {
          ...find,
          tier: 'possible',
          reasons: [...find.reasons, 'in code, where values of a type stand so'],
        };
      // Each string of a program stands alone: names of constants and of sections do.
      return PROGRAM.test(
        place.within.findLast((how) => how.includes(': '))?.replace(/, line \d+$/, '') ?? place.path ?? '',
      )
        ? undefined
        : find;
    },
    advice: ADVICE,
  };
}

const SOURCE =
  /\.(?:java|kt|cs|scala|groovy|go|rs|swift|c|cc|cpp|h|hpp|ts|tsx|js|mjs|py|rb|php|sql|graphql|proto|thrift|avsc|xsd)$/i;
const PROGRAM = /\.(?:dll|exe|so|dylib|o|a|lib|class|pyc|wasm|bin|pdb|node)$/i;

const longestWord = (words: string): string =>
  words.split(' ').reduce((longest, word) => (word.length > longest.length ? word : longest), '');

/** Markings are written in capitals, and are no part of a longer name: `OFFICIAL_SENSITIVE_TIER` is code. */
const isUpperCaseWord: Gate = (bytes, start, end, from, to) => {
  for (let i = start; i < end; i++) if (bytes[i]! >= 0x61 && bytes[i]! <= 0x7a) return false;
  return !(start > from && isNameByte(bytes[start - 1]!)) && !(end < to && isNameByte(bytes[end]!));
};

const CAPITALS = allBut(LOWER);
const ENDS_NAME = allBut(alphabetOf('0-9A-Za-z_$'));

/** Letters, digits, `_` and `$`. */
const isNameByte = (unit: number): boolean =>
  ((unit | 32) >= 0x61 && (unit | 32) <= 0x7a) ||
  (unit >= 0x30 && unit <= 0x39) ||
  unit === 0x5f ||
  unit === 0x24;

function findMarking(marking: Marking, pattern: RegExp, { text, start, end }: Window): readonly Find[] {
  const from = Math.max(0, start - BEFORE);
  for (const match of text.slice(from, end + BEFORE).matchAll(pattern)) {
    const at = from + match.index;
    if (at > start || at + match[0].length < end) continue;
    const stop = withQualifiers(text, at + match[0].length);
    const position = positionOf(text, at, stop);
    const tier = position === 'text' ? marking.inText : marking.onOwnLine;
    if (tier === undefined || isTalkedAbout(text, at, stop)) return [];
    if (position !== 'field' && isValueOfElement(text, at, stop))
      return [
        {
          start: at,
          end: stop,
          tier: 'possible',
          reasons: [`${marking.title} in capitals`, 'the value of an element of data'],
        },
      ];
    // A value that a program knows, as it knows `PUBLIC` beside it.
    if (position === 'field' && marking.isCommon === true && text[at - 1] === '"' && text[stop] === '"')
      return [
        {
          start: at,
          end: stop,
          tier: 'possible',
          reasons: [`${marking.title} in capitals`, 'the value of a field in data or code'],
        },
      ];
    // What it says is about the marking, or about all that bear it.
    if (position === 'text' && tier === 'likely' && SPOKEN_OF.test(text.slice(stop, stop + 24)))
      return [
        {
          start: at,
          end: stop,
          tier: 'possible',
          reasons: [`${marking.title} in capitals`, 'it is spoken of'],
        },
      ];
    return [{ start: at, end: stop, tier, reasons: [`${marking.title} in capitals`, PLACES[position]] }];
  }
  return [];
}

/** `<transport-guarantee>CONFIDENTIAL</transport-guarantee>`: an element that is none of a page or a document says what the word is of. */
function isValueOfElement(text: string, start: number, end: number): boolean {
  const name = /<([a-z][\w.-]{0,60})>\s{0,8}$/i.exec(text.slice(Math.max(0, start - 72), start))?.[1];
  return (
    name !== undefined &&
    !OF_A_PAGE.test(name) &&
    text
      .slice(end, end + 72)
      .trimStart()
      .startsWith(`</${name}>`)
  );
}

const OF_A_PAGE =
  /^(?:h[1-6]|p|b|i|u|a|em|strong|small|big|div|span|center|font|t[dhr]|li|d[dt]|title|header|footer|caption|label|mark|pre|code|blockquote|cite|section|article|body|para|text|line|subject|.*(?:classification|marking|sensitivity|caveat|handling))$/i;

type Position = 'line' | 'bare' | 'field' | 'bracket' | 'text';
const PLACES: Readonly<Record<Position, string>> = {
  line: 'alone on its line, as in a header or footer',
  bare: 'alone on its line',
  field: 'the value of a field that says how the document is marked',
  bracket: 'in brackets, as paragraphs and subjects are marked',
  text: 'within a line',
};

const FIELD =
  /(?:classification|protective[ _-]?marking|security[ _-]?marking|marking|handling|sensitivity|caveat|classified)["'*\]]{0,3}\s{0,3}(?:as|is)?\s{0,3}[:=>-]{0,2}\s{0,3}["'*[(]{0,3}$/i;

/** What stands around a marking on its line: signs of comments, Markdown and HTML; a page's number. */
const DECORATION = /^(?:[\s/*#!_~[\]-]|<!--|<\/?[a-z][^<>]{0,60}>|\xef\xbb\xbf)*$/;
const FOOTER = /^(?:[\s/*#!_~[\]-]|-->|<\/?[a-z][^<>]{0,60}>|\b[Pp]age \d{1,5}(?: of \d{1,5})?)*$/;

function positionOf(text: string, start: number, end: number): Position {
  const from = Math.max(text.lastIndexOf('\n', start - 1) + 1, start - 120);
  const newline = text.indexOf('\n', end);
  const before = text.slice(from, start);
  const after = text.slice(end, Math.min(newline === -1 ? text.length : newline, end + 120));
  if (FIELD.test(before)) return 'field';
  // A bullet makes it one of the values that markings have.
  if (DECORATION.test(before) && FOOTER.test(after) && !/^\s*[-*+] $/.test(before))
    return from !== 0 && text[from - 1] !== '\n'
      ? 'text'
      : /[^\s]/.test(before) || /[^\s]/.test(after)
        ? 'line'
        : 'bare';
  // Not `env(SECRET)`, a call.
  if (/(?:^|[^\w])[[(]\s?$/.test(before) && /^\s?[\])]/.test(after)) return 'bracket';
  return 'text';
}

/** Handling instructions and descriptors that follow: `OFFICIAL-SENSITIVE – COMMERCIAL`. */
function withQualifiers(text: string, end: number): number {
  const pattern =
    /(?:(?: ?(?:-|\xe2\x80\x93|\xe2\x80\x94|\/\/?|:|\[|\() ?| )(?:COMMERCIAL|PERSONAL(?: DATA)?|LOCSEN|LEGAL(?: PROFESSIONAL PRIVILEGE)?|POLICY DEVELOPMENT|MARKET SENSITIVE|INVESTIGATION|MEDICAL|HR|STAFF|UK EYES ONLY|RECIPIENTS ONLY|ORGANISATIONAL USE ONLY|HMG USE ONLY|FOR PUBLIC RELEASE|EMBARGOED|NOFORN|ATOMAL|REL [A-Z]{2,4}(?:, ?[A-Z]{2,4}){0,8}|STRAP ?[123]?)(?![A-Za-z0-9_])[\])]?){1,4}/y;
  pattern.lastIndex = end;
  return end + (pattern.exec(text)?.[0].length ?? 0);
}

const SPOKEN_OF =
  /^["'\u2019)\]]{0,2}\s(?:markings?|marked|classif\w+|information|data|materials?|documents?|levels?|messages?|assets?|systems?|tier|caveats?|or above|and above)\b/i;

/** Quoted alone, as the value of a list or a constant: code and guides about markings, not marked documents. */
function isTalkedAbout(text: string, start: number, end: number): boolean {
  // Quotes of print, in UTF-8.
  if (/\xe2\x80[\x98\x9c]$/.test(text.slice(Math.max(0, start - 3), start)))
    return /^\xe2\x80[\x99\x9d]/.test(text.slice(end, end + 3));
  const before = text[start - 1] ?? '';
  // One of those that a pattern or a table lists.
  if (before === '|' && text[end] === '|') return true;
  return (
    before !== '' &&
    '"\'`'.includes(before) &&
    text[end] === before &&
    !FIELD.test(text.slice(Math.max(0, start - 60), start))
  );
}
