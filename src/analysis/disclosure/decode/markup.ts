import { characters } from './characters.ts';

const LT = 0x3c;
const GT = 0x3e;

/**
 * The text of an office document's XML without its tags: an editor splits a word wherever it was once changed. The ends of
 * paragraphs, cells, rows and properties become line ends.
 */
export function withoutTags(bytes: Uint8Array): Uint8Array {
  const output = new Uint8Array(bytes.length);
  let size = 0;
  for (let at = 0; at < bytes.length;) {
    if (bytes[at] !== LT) {
      output[size++] = bytes[at++]!;
      continue;
    }
    const end = bytes.indexOf(GT, at);
    if (end === -1) break;
    if (bytes[at + 1] === 0x2f && !isRun(bytes, at + 2, end)) output[size++] = 10;
    at = end + 1;
  }
  return output.subarray(0, size);
}

/** `w:t`, `w:r`, `a:t`, `a:r`, `t`, `r`, `text:span`: what holds parts of a word. */
function isRun(bytes: Uint8Array, start: number, end: number): boolean {
  const colon = bytes.subarray(start, end).indexOf(0x3a);
  const name = characters(bytes, start + colon + 1, Math.min(end, start + colon + 8));
  return name === 't' || name === 'r' || name === 'span' || name === 'rPr';
}
