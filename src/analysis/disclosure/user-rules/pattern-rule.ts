import type { DisclosureRule, Find, Tier, Window } from '../../../model/disclosure.ts';
import type { Problem } from '../../../model/problem.ts';
import type { AllowList } from './allow.ts';
import { allowInPlace, allowInText, bytesOf, foldBytes, matches } from './allow.ts';
import { compilePattern } from './compile.ts';

/** A rule that an organisation wrote, or had written for another tool. */
export interface PatternSpec {
  readonly id: string;
  readonly title: string;
  /** RE2's syntax. Absent: every file whose path fits is found. */
  readonly pattern?: string;
  /** RE2's syntax, on the path of the file. */
  readonly path?: string;
  /** In lower case. Needed only when no text of three bytes stands in every match. */
  readonly keywords: readonly string[];
  /** The group that is the secret; 0: the first group that took part, else the whole match. */
  readonly group: number;
  /** Least Shannon entropy of the secret, in bits a character. */
  readonly entropy?: number;
  readonly tier: Tier;
  readonly advice: string;
  readonly revokePage?: string;
  readonly allow: readonly AllowList[];
}

/** A rule made from a spec, or the reason why there is none. */
export type MadeRule =
  | { readonly rule: DisclosureRule; readonly stopped: () => Problem | undefined; readonly spent: Spent }
  | { readonly reason: string };

/** Bytes that one rule's pattern may be run over in one scan. What is left then is said to be unsearched. */
export const BUDGET: number = 512 * 1024 * 1024;

/** How many bytes a rule's pattern was run over so far. */
export interface Spent {
  bytes: number;
}

/** Makes a rule of it. Refused are patterns without text to look for, and those that could take exponential time. */
export function patternRule(spec: PatternSpec): MadeRule {
  const path = spec.path === undefined ? undefined : compilePattern(spec.path);
  if (path?.isRefused === true) return { reason: `its path: ${path.reason}` };
  if (spec.pattern === undefined)
    return path === undefined
      ? { reason: 'neither pattern nor path' }
      : pathRule(spec, path.regex, path.keywords);
  const compiled = compilePattern(spec.pattern);
  if (compiled.isRefused) return { reason: compiled.reason };
  const given = spec.keywords
    .map((keyword) => foldBytes(bytesOf(keyword)))
    .filter((keyword) => keyword.length > 1);
  const keywords = compiled.keywords.length > 0 ? compiled.keywords : given;
  if (keywords.length === 0)
    return {
      reason: 'no text of three bytes stands in every match, and no keywords are given: nothing to look for',
    };
  const { regex, reach } = compiled;
  const spent: Spent = { bytes: 0 };
  const rule: DisclosureRule = {
    ...basics(spec, keywords),
    scope: compiled.isMultiline ? 'text' : 'line',
    find: (window) => {
      const near = clip(window, reach);
      spent.bytes += near.text.length;
      return spent.bytes > BUDGET ? [] : findPattern(spec, regex, near, window);
    },
    settle: (find, place) =>
      path !== undefined && !(place.path !== undefined && matches(path.regex, bytesOf(place.path)))
        ? undefined
        : allowInPlace(find, place),
  };
  return {
    rule,
    spent,
    stopped: () =>
      spent.bytes > BUDGET
        ? {
            code: 'rules/stopped',
            message: `the rule ${spec.id} was stopped after ${BUDGET / 2 ** 20} MiB: its keywords stand nearly everywhere`,
            hint: 'give it a keyword that is rarer',
            lost: true,
          }
        : undefined,
  };
}

function basics(
  spec: PatternSpec,
  keywords: readonly string[],
): Pick<DisclosureRule, 'id' | 'title' | 'kind' | 'keywords' | 'advice'> & { readonly revokePage?: string } {
  return {
    id: spec.id,
    title: spec.title,
    kind: 'credential',
    keywords,
    advice: spec.advice,
    ...(spec.revokePage === undefined ? {} : { revokePage: spec.revokePage }),
  };
}

/** What is within `reach` bytes of the keyword. */
function clip({ text, start, end, keyword }: Window, reach: number): Window & { readonly from: number } {
  const from = Math.max(0, start - reach);
  return { text: text.slice(from, end + reach), start: start - from, end: end - from, keyword, from };
}

function findPattern(
  spec: PatternSpec,
  regex: RegExp,
  near: Window & { readonly from: number },
  window: Window,
): readonly Find[] {
  const finds: Find[] = [];
  regex.lastIndex = 0;
  for (let match = regex.exec(near.text); match !== null; match = regex.exec(near.text)) {
    if (match[0] === '') {
      regex.lastIndex++;
      continue;
    }
    const secret = secretOf(match, spec.group);
    const start = near.from + match.index + Math.max(0, match[0].indexOf(secret));
    if (secret === '' || (spec.entropy !== undefined && entropyOf(secret) <= spec.entropy)) continue;
    const find: Find = {
      start,
      end: start + secret.length,
      tier: spec.tier,
      reasons: [`the pattern of ${spec.id} fits`],
    };
    const kept = allowInText(find, spec.allow, window, match[0]);
    if (kept !== undefined) finds.push(kept);
  }
  return finds;
}

function secretOf(match: RegExpExecArray, group: number): string {
  if (group > 0) return match[group] ?? '';
  return match.slice(1).find((part) => part !== undefined && part !== '') ?? match[0];
}

/** Shannon entropy in bits a byte, as other tools reckon it. */
export function entropyOf(text: string): number {
  const counts = new Uint32Array(256);
  for (let i = 0; i < text.length; i++) counts[text.charCodeAt(i) & 255]!++;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Finds files by their path alone. */
function pathRule(spec: PatternSpec, path: RegExp, found: readonly string[]): MadeRule {
  const keywords = found.length > 0 ? found : spec.keywords.filter((keyword) => keyword.length > 1);
  if (keywords.length === 0)
    return { reason: 'no text of three bytes stands in every path that fits, and no keywords are given' };
  const rule: DisclosureRule = {
    ...basics(spec, keywords),
    find: (window) => {
      path.lastIndex = 0;
      const match = path.exec(window.text);
      if (match === null) return [];
      const find: Find = {
        start: match.index,
        end: match.index + match[0].length,
        tier: spec.tier,
        reasons: [`the path fits ${spec.id}`],
      };
      const kept = allowInText(find, spec.allow, window, match[0]);
      return kept === undefined ? [] : [kept];
    },
    settle: (find, place) => (place.source === 'path' ? allowInPlace(find, place) : undefined),
  };
  return { rule, stopped: () => undefined, spent: { bytes: 0 } };
}
