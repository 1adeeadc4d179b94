/** Finds the next of some forms in bytes, from `at` on: where it stands, and which it is. `undefined`: there is none up to `to`. */
export type FormSearch = (
  bytes: Uint8Array,
  at: number,
  to: number,
) => { readonly at: number; readonly form: number } | undefined;

/** Bytes of a form that are looked at first: none may be shorter. */
const BLOCK = 4;

/**
 * A search for forms of four bytes at least, letters in either case; of those that stand in one place the longest is given. Two bytes of
 * the text tell how far on a form may begin, so that most bytes are not looked at (Wu and Manber, 1994).
 */
export function searchForms(forms: readonly string[]): FormSearch {
  const shifts = new Uint8Array(65536).fill(BLOCK - 1);
  const starts = new Map<number, number[]>();
  const written = forms.map((form) => Array.from(form.toLowerCase(), (one) => one.charCodeAt(0)));
  for (const [form, units] of written.entries()) {
    for (let i = 0; i + 1 < BLOCK; i++)
      for (const a of cases(units[i]!))
        for (const b of cases(units[i + 1]!)) {
          const pair = (a << 8) | b;
          shifts[pair] = Math.min(shifts[pair]!, BLOCK - 2 - i);
          if (i === BLOCK - 2) starts.set(pair, [...(starts.get(pair) ?? []), form]);
        }
  }
  for (const list of starts.values()) list.sort((a, b) => written[b]!.length - written[a]!.length || a - b);
  return (bytes, at, to) => {
    for (let last = at + BLOCK - 1; last < to;) {
      const pair = (bytes[last - 1]! << 8) | bytes[last]!;
      const shift = shifts[pair]!;
      if (shift > 0) {
        last += shift;
        continue;
      }
      const start = last - BLOCK + 1;
      for (const form of starts.get(pair) ?? [])
        if (isAt(bytes, start, to, written[form]!)) return { at: start, form };
      last++;
    }
    return undefined;
  };
}

function cases(unit: number): readonly number[] {
  return unit >= 0x61 && unit <= 0x7a ? [unit, unit - 32] : [unit];
}

function isAt(bytes: Uint8Array, start: number, to: number, units: readonly number[]): boolean {
  if (start + units.length > to) return false;
  for (let i = 0; i < units.length; i++) {
    const unit = bytes[start + i]!;
    if (unit !== units[i] && !(unit >= 0x41 && unit <= 0x5a && (unit | 32) === units[i])) return false;
  }
  return true;
}
