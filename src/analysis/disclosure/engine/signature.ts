const [CR, SPACE, PLUS, MINUS, CLOSES] = [13, 32, 0x2b, 0x2d, 0x3e];
const PEOPLE: readonly Uint8Array[] = ['author ', 'committer ', 'tagger '].map((word) =>
  Uint8Array.from(word, (one) => one.charCodeAt(0)),
);

/** Whether `start`…`end` is a line of a commit or tag that says who made it, and when: `author … <…> 1700000000 +0100`. */
export function isSignature(bytes: Uint8Array, start: number, end: number): boolean {
  const who = PEOPLE.find((word) => startsWith(bytes, start, end, word));
  if (who === undefined) return false;
  const zone = end - 5;
  if (zone <= start || (bytes[zone] !== PLUS && bytes[zone] !== MINUS) || bytes[zone - 1] !== SPACE)
    return false;
  for (let at = zone + 1; at < end; at++) if (!isDigit(bytes[at]!)) return false;
  let seconds = zone - 1;
  while (seconds > start && isDigit(bytes[seconds - 1]!)) seconds--;
  const closes = seconds - 2;
  if (seconds === zone - 1 || closes < start + who.length) return false;
  if (bytes[seconds - 1] !== SPACE || bytes[closes] !== CLOSES) return false;
  const inside = bytes.subarray(start, closes);
  return !inside.includes(CR);
}

function startsWith(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (start + word.length > end) return false;
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word[i]) return false;
  return true;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}
