/** Gives the raw value of a name, which may hold expressions itself; `undefined` when nothing in the tree says. */
export type Lookup = (name: string) => string | undefined;

const MAX_DEPTH = 32;
const MAX_LENGTH = 4_096;

/**
 * Replaces `${name}` by its value, again and again. What is not known, goes round in a circle, nests deeper than 32
 * or grows past 4,096 characters stays as it was written, so the answer then still holds `${`.
 */
export function interpolate(raw: string, lookup: Lookup): string {
  return raw.includes('${') ? (expand(raw, lookup, [], { left: 1_000 }) ?? raw) : raw;
}

function expand(
  raw: string,
  lookup: Lookup,
  inside: readonly string[],
  budget: { left: number },
): string | undefined {
  let out = '';
  let at = 0;
  for (;;) {
    const open = raw.indexOf('${', at);
    const close = open === -1 ? -1 : raw.indexOf('}', open);
    if (close === -1) break;
    const name = raw.slice(open + 2, close);
    const value =
      inside.includes(name) || inside.length >= MAX_DEPTH || budget.left-- <= 0 ? undefined : lookup(name);
    const full = value?.includes('${') ? expand(value, lookup, [...inside, name], budget) : value;
    out += raw.slice(at, open) + (full ?? raw.slice(open, close + 1));
    if (out.length > MAX_LENGTH) return undefined;
    at = close + 1;
  }
  return out + raw.slice(at);
}

/** Whether an expression is left. */
export const isUnresolved = (value: string): boolean => value.includes('${');
