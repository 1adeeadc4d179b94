/**
 * JSON with comments and trailing commas, as JSON of the same length: what JSON does not know becomes blanks, so that
 * offsets and lines stay. Strings are left alone; whatever else is wrong is left for the JSON parser to find. Linear.
 */
export function jsonOf(text: string): string {
  const blanks: [from: number, to: number][] = [];
  // A comma is trailing when the next thing that is neither blank nor comment closes a bracket.
  let comma = -1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 32) continue;
    const end = code === 47 /* / */ ? commentEnd(text, i) : -1;
    if (end !== -1) {
      blanks.push([i, end]);
      i = end - 1;
    } else if (code === 44 /* , */) comma = i;
    else {
      if (comma !== -1 && (code === 125 || code === 93)) blanks.push([comma, comma + 1]);
      comma = -1;
      if (code === 34 /* " */) i = stringEnd(text, i);
    }
  }
  if (blanks.length === 0) return text;
  const pieces: string[] = [];
  let copied = 0;
  for (const [from, to] of blanks.sort((a, b) => a[0] - b[0])) {
    pieces.push(text.slice(copied, from), text.slice(from, to).replace(/[^\r\n]/g, ' '));
    copied = to;
  }
  return pieces.join('') + text.slice(copied);
}

/** One past the comment that starts at a slash; -1 when none does. */
function commentEnd(text: string, slash: number): number {
  const next = text.charCodeAt(slash + 1);
  if (next !== 47 && next !== 42) return -1;
  const end = next === 47 ? text.indexOf('\n', slash) : text.indexOf('*/', slash + 2);
  return end === -1 ? text.length : next === 47 ? end : end + 2;
}

/** Offset of the quote that ends the string, or the end of the text. */
function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34) return i;
  }
  return text.length;
}
