import type { DisclosureRule, Find } from '../../../../model/disclosure.ts';
import { REACH, TEXT_REACH } from '../../../../model/disclosure.ts';

/** A find with the rule that found it, in offsets of the whole text. */
export interface Found {
  readonly rule: string;
  readonly tier: Find['tier'];
  readonly secret: string;
  readonly start: number;
  readonly reasons: readonly string[];
}

/** What rules cost: how often their keywords stood in the text, how often a gate was open, and how long `find` took. */
export interface Cost {
  hits: number;
  passes: number;
  ms: number;
}

/** Runs rules over latin1 text, said plainly: each keyword by `indexOf`, gate, window, find; one find a place and rule. */
export function runRules(
  rules: readonly DisclosureRule[],
  text: string,
  costs: Map<string, Cost> = new Map(),
): readonly Found[] {
  const bytes = latin1Bytes(text);
  const folded = text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  const found = new Map<string, Found>();
  for (const rule of rules)
    for (const keyword of rule.keywords) {
      const cost = costs.get(`${rule.id} ${keyword}`) ?? { hits: 0, passes: 0, ms: 0 };
      costs.set(`${rule.id} ${keyword}`, cost);
      for (let at = folded.indexOf(keyword); at !== -1; at = folded.indexOf(keyword, at + 1)) {
        cost.hits++;
        const end = at + keyword.length;
        const lineStart = Math.max(text.lastIndexOf('\n', at) + 1, at - REACH);
        const nextLine = text.indexOf('\n', end);
        const lineEnd = Math.min(nextLine === -1 ? text.length : nextLine, end + REACH);
        const [from, to] =
          rule.scope === 'text'
            ? [lineStart, Math.min(text.length, lineStart + TEXT_REACH)]
            : [lineStart, lineEnd];
        if (rule.gate !== undefined && !rule.gate(bytes, at, end, 0, bytes.length)) continue;
        cost.passes++;
        const started = performance.now();
        const finds = rule.find({ text: text.slice(from, to), start: at - from, end: end - from, keyword });
        cost.ms += performance.now() - started;
        for (const find of finds) {
          const start = from + find.start;
          const secret = find.secret ?? text.slice(start, from + find.end);
          const key = `${rule.id} ${start} ${find.end - find.start}`;
          if (!found.has(key))
            found.set(key, { rule: rule.id, tier: find.tier, secret, start, reasons: find.reasons });
        }
      }
    }
  return [...found.values()].sort((a, b) => a.start - b.start || (a.rule < b.rule ? -1 : 1));
}

function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
