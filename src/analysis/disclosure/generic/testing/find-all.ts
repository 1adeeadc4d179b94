import {
  REACH,
  TEXT_REACH,
  type DisclosureRule,
  type Find,
  type Place,
} from '../../../../model/disclosure.ts';

/** What was found, with its place in the whole text. */
export interface Found {
  readonly rule: string;
  readonly text: string;
  readonly find: Find;
}

/** How often a rule's keywords stood in the text, how often the gate let them through, and how many finds came of it. */
export interface Count {
  hits: number;
  passes: number;
  finds: number;
}

/**
 * All rules over one text, plainly: every place of every keyword, gate, window, find; what is found twice is kept once, at
 * its surest. `text` is latin1: a code unit a byte.
 */
export function findAll(
  rules: readonly DisclosureRule[],
  text: string,
  place: Place = { source: 'file', within: [] },
  counts: Map<string, Count> = new Map(),
): readonly Found[] {
  const bytes = Uint8Array.from(text, (unit) => unit.charCodeAt(0));
  const lower = text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  const found = new Map<string, Found>();
  for (const rule of rules)
    for (const keyword of rule.keywords)
      for (let at = lower.indexOf(keyword); at !== -1; at = lower.indexOf(keyword, at + 1)) {
        const count = counts.get(`${rule.id} ${keyword}`) ?? { hits: 0, passes: 0, finds: 0 };
        counts.set(`${rule.id} ${keyword}`, count);
        count.hits++;
        const end = at + keyword.length;
        if (rule.gate !== undefined && !rule.gate(bytes, at, end, 0, bytes.length)) continue;
        count.passes++;
        const lineStart = text.lastIndexOf('\n', at - 1) + 1;
        const newline = text.indexOf('\n', end);
        const from = rule.scope === 'text' ? lineStart : Math.max(lineStart, at - REACH);
        const to =
          rule.scope === 'text'
            ? from + TEXT_REACH
            : Math.min(newline === -1 ? text.length : newline, end + REACH);
        for (const raw of rule.find({
          text: text.slice(from, to),
          start: at - from,
          end: end - from,
          keyword,
        })) {
          const find = rule.settle === undefined ? raw : rule.settle(raw, place);
          if (find === undefined) continue;
          count.finds++;
          const value = text.slice(from + find.start, from + find.end);
          const key = `${rule.id} ${from + find.start} ${from + find.end}`;
          const before = found.get(key);
          if (before === undefined || find.tier < before.find.tier)
            found.set(key, {
              rule: rule.id,
              text: value,
              find: { ...find, start: from + find.start, end: from + find.end },
            });
        }
      }
  return [...found.values()].sort((a, b) => a.find.start - b.find.start || (a.rule < b.rule ? -1 : 1));
}
