import { characters } from './characters.ts';

const [TAB, LF, CR, SPACE, LESS] = [9, 10, 13, 32, 0x3c];

/** `<!-- … -->`, short. */
export function isComment(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 1] === 0x21 && bytes[at + 2] === 0x2d && bytes[at + 3] === 0x2d;
}

/** Bytes of tags between two parts of a word: Office says much of each. */
const MOST_TAGS = 1024;

/** From the end of a run of text over tags to the start of the next run. `at` itself when another element lies between. */
export function betweenRuns(bytes: Uint8Array, at: number, to: number): number {
  const most = Math.min(to, at + MOST_TAGS);
  let next = at;
  let isOpen = true;
  while (next < most && bytes[next] === LESS) {
    const closes = bytes[next + 1] === 0x2f;
    const isInline = INLINE.has(tagName(bytes, closes ? next + 2 : next + 1)) || isComment(bytes, next);
    const end = bytes.indexOf(0x3e, next);
    if (end === -1 || end >= most || (closes && !isInline && !isRunTag(bytes, next + 2))) return at;
    // What a run looks like may stand between them, and breaks, paragraphs and cells not.
    if (isInline) {
      next = end + 1;
      continue;
    }
    if (!closes && !isRunTag(bytes, next + 1)) {
      if (!isLookTag(bytes, next + 1)) return at;
    } else isOpen = !closes;
    next = end + 1;
    while (
      next < most &&
      (bytes[next] === SPACE || bytes[next] === LF || bytes[next] === CR || bytes[next] === TAB)
    )
      next++;
  }
  return isOpen && next > at ? next : at;
}

/** `span`, `tspan`, `w:r`, `a:t`, `text:span`: what holds a part of a word and nothing more. */
export function isRunTag(bytes: Uint8Array, at: number): boolean {
  const name = tagName(bytes, at);
  return (
    name === 'span' || name === 'tspan' || name === 't' || name === 'r' || name === 'rPr' || INLINE.has(name)
  );
}

/** What changes the look of letters in the midst of a word, or says where it may be broken. */
const INLINE: ReadonlySet<string> = new Set(['wbr', 'b', 'i', 'u', 'em', 'mark', 'code', 'strong', 'font']);

/** `w:rPr`, and what is in it: `<w:b/>`, `<w:lang …/>`. */
function isLookTag(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at + 1] === 0x3a &&
    /^(?:b|i|u|sz|szCs|lang|color|rFonts|proofErr|noProof|highlight|shd|latin|bookmarkStart|bookmarkEnd)$/.test(
      tagName(bytes, at),
    )
  );
}

/** Without its prefix. */
function tagName(bytes: Uint8Array, at: number): string {
  let start = at;
  let end = at;
  for (; end < at + 24; end++) {
    const unit = bytes[end]!;
    if (unit === 0x3a) start = end + 1;
    else if (!(((unit | 32) >= 0x61 && (unit | 32) <= 0x7a) || unit === 0x2d)) break;
  }
  return characters(bytes, start, end);
}
