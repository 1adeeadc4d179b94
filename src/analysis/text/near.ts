/**
 * Of `names` those that look most like `word`: at most two letters apart, or one begins or contains the other; nearest first, then by name.
 * Linear in the names: words and names beyond 64 letters are compared by what they contain only.
 */
export function nearNames(word: string, names: Iterable<string>, most: number): string[] {
  const wanted = word.toLowerCase();
  const scored: { readonly name: string; readonly score: number }[] = [];
  for (const name of new Set(names)) {
    const score = distanceOf(wanted, name.toLowerCase());
    if (score !== undefined) scored.push({ name, score });
  }
  return scored
    .sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** Smaller is nearer; `undefined` when they have nothing to do with each other. */
function distanceOf(word: string, name: string): number | undefined {
  if (word === '' || name === '') return undefined;
  if (word === name) return 0;
  const last = name.slice(name.lastIndexOf('/') + 1);
  if (last === word) return 0.5;
  const edits = Math.min(editsWithin(word, name, 2), editsWithin(word, last, 2) + 0.5);
  if (edits <= Math.min(2.5, word.length / 2)) return edits;
  if (word.length > 2 && (name.includes(word) || (name.length > 2 && word.includes(name))))
    return 3 + Math.abs(name.length - word.length) / 1000;
  return undefined;
}

/** Edit distance, or Infinity when it is more than `most`. */
function editsWithin(a: string, b: string, most: number): number {
  if (a.length > 64 || b.length > 64 || Math.abs(a.length - b.length) > most) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]! <= most ? row[b.length]! : Infinity;
}
