const MOST_COMPARED = 20_000;

/** Up to three names that a person may have meant: equal but for case, containing what was given, or few letters away. */
export function closestNames(given: string, names: readonly string[]): readonly string[] {
  if (given.length > 200) return [];
  const wanted = given.toLowerCase();
  const allowed = Math.max(given.length < 4 ? 1 : 2, Math.floor(given.length / 3));
  const scored: { readonly name: string; readonly score: number }[] = [];
  for (const name of new Set(names.slice(0, MOST_COMPARED))) {
    const lower = name.toLowerCase();
    const last = lower.slice(lower.lastIndexOf('/') + 1);
    let score = Infinity;
    if (lower === wanted || last === wanted) score = 0;
    else if (Math.abs(lower.length - wanted.length) <= allowed) score = distance(lower, wanted, allowed);
    if (score > allowed && wanted.length > 2 && lower.includes(wanted)) score = allowed;
    if (score <= allowed) scored.push({ name, score });
  }
  return scored
    .sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Levenshtein distance; Infinity once it must exceed `most`. */
function distance(a: string, b: string, most: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      const value = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + cost);
      next.push(value);
      if (value < least) least = value;
    }
    if (least > most) return Infinity;
    row = next;
  }
  return row[b.length]!;
}
