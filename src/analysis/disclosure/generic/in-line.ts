import type { DisclosureRule, Find } from '../../../model/disclosure.ts';

/**
 * What a rule of the general ones says of a value whose name stands elsewhere, as if both stood in one line. `start`: where the
 * value stands, in code units; what is found is moved there.
 */
export function findInLine(
  rule: DisclosureRule,
  name: string,
  value: string,
  start: number,
): readonly Find[] {
  const line = `${name}="${value}"`;
  for (const keyword of rule.keywords) {
    const at = name.toLowerCase().lastIndexOf(keyword);
    if (at === -1) continue;
    const finds = rule.find({ text: line, start: at, end: at + keyword.length, keyword });
    const shift = start - name.length - 2;
    if (finds.length > 0)
      return finds.map((find) => ({ ...find, start: find.start + shift, end: find.end + shift }));
  }
  return [];
}
