import type { DisclosureRule, Find, Tier, Window } from '../../../../model/disclosure.ts';
import type { Alphabet } from './alphabets.ts';
import { BASE62, BASE64, runEnd, runStart, WORD } from './alphabets.ts';
import { runGate, startsToken } from './gates.ts';
import { lookOf } from './placeholders.ts';
import { runSieves } from './sieves.ts';

/** What a rule concludes of a token; `undefined` when it is surely no secret. */
export type Judgement = { readonly tier: Tier; readonly reasons: readonly string[] } | undefined;

/** A credential that its own form gives away: fixed marks, an alphabet, a length, perhaps a checksum. */
export interface TokenForm {
  readonly id: string;
  readonly title: string;
  readonly provider: string;
  /** Fixed text in the token, as the token has it (`ghp_`): the keywords. */
  readonly marks: readonly string[];
  /** Whether the marks come in either case. */
  readonly anyCase?: boolean;
  /** The bytes that follow a mark: at least so many of an alphabet. Only the gate looks at it; the pattern decides. */
  readonly body: Alphabet;
  readonly least: number;
  /** For marks inside a token: the bytes that come before them. The token starts where the run of them starts. */
  readonly lead?: { readonly body: Alphabet; readonly least: number; readonly most: number };
  /**
   * The whole token from its start on, sticky. What follows is looked at here: a token does not go on. A group `secret` is
   * the secret when the match has more (a URL's host).
   */
  readonly pattern: RegExp;
  /** The varying part starts so many characters into the secret; without it, after the mark. For the look of it. */
  readonly varies?: number;
  /** How sure one is when nothing more can be checked, and why. Default `likely`. */
  readonly tier?: Tier;
  readonly reason: string;
  /** Looks closer, for example at a checksum. Called with the secret when it does not look made up. */
  judge?(secret: string, window: Window, start: number): Judgement;
  readonly advice: string;
  readonly revokePage?: string;
}

/** A rule from a token's form. One find at most at each keyword. */
export function tokenRule(form: TokenForm): DisclosureRule {
  const run = {
    ...(form.anyCase === true ? {} : { cased: form.marks }),
    body: form.body,
    least: form.least,
    ...(form.lead === undefined ? {} : { lead: form.lead }),
  };
  return {
    id: form.id,
    title: form.title,
    kind: 'credential',
    provider: form.provider,
    keywords: [...new Set(form.marks.map((mark) => mark.toLowerCase()))],
    marks: form.marks,
    sieve: (keyword) => runSieves(run, keyword),
    gate: runGate(run),
    find: (window) => findToken(form, window),
    advice: form.advice,
    ...(form.revokePage === undefined ? {} : { revokePage: form.revokePage }),
  };
}

function findToken(form: TokenForm, window: Window): readonly Find[] {
  const start = tokenStart(form, window);
  if (start === undefined) return [];
  form.pattern.lastIndex = start;
  const match = form.pattern.exec(window.text);
  if (match === null) return [];
  if (isInBase64(window.text, start, start + match[0].length)) return [];
  const secret = match.groups?.['secret'] ?? match[0];
  const at = start + match[0].lastIndexOf(secret);
  const skipped = form.varies ?? Math.max(0, window.end - at);
  const judged = judgeToken(form, secret, secret.slice(skipped), window, at);
  return judged === undefined ? [] : [{ start: at, end: at + secret.length, ...judged }];
}

function tokenStart(form: TokenForm, { text, start }: Window): number | undefined {
  if (form.lead === undefined) return canStart(text, start) ? start : undefined;
  const first = runStart(text, start, Math.max(0, start - form.lead.most), form.lead.body);
  return start - first < form.lead.least || !canStart(text, first) ? undefined : first;
}

const canStart = (text: string, at: number): boolean =>
  at === 0 ||
  WORD[text.charCodeAt(at)] !== 1 ||
  WORD[text.charCodeAt(at - 1)] !== 1 ||
  startsToken(
    text.charCodeAt(at - 1),
    at < 2 ? 0 : text.charCodeAt(at - 2),
    at < 3 ? 0 : text.charCodeAt(at - 3),
  );

/** Shorter runs may be a path with a token in it. */
const LEAST_BASE64 = 60;
/** No path has so many characters beside the token, and none but of base64. */
const SURELY_BASE64 = 120;

/** A token of letters and digits alone comes about in long base64 too, as that of signatures is: `+` stands beside it there. */
function isInBase64(text: string, start: number, end: number): boolean {
  if (runEnd(text, start, end, BASE62) !== end) return false;
  const first = runStart(text, start, Math.max(0, start - 256), BASE64);
  const last = runEnd(text, end, Math.min(text.length, end + 256), BASE64);
  const around = `${text.slice(first, start)}${text.slice(end, last)}`;
  return around.length > SURELY_BASE64 || (last - first >= LEAST_BASE64 && around.includes('+'));
}

function judgeToken(form: TokenForm, secret: string, varying: string, window: Window, at: number): Judgement {
  const look = lookOf(varying);
  if (look === 'made-up') return undefined;
  const judged =
    form.judge === undefined
      ? { tier: form.tier ?? 'likely', reasons: [form.reason] }
      : form.judge(secret, window, at);
  if (judged === undefined || look === 'random' || judged.tier === 'certain') return judged;
  return {
    tier: 'possible',
    reasons: [...judged.reasons, 'it runs along the alphabet, as made-up values do'],
  };
}
