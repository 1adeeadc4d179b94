/** Signs of ranges and markup, which DejaVu Sans has half as wide again. */
const SIGNS = '+<=>^~';

/**
 * Advance widths in thousandths of an em for ASCII from U+0020, as common system fonts have them
 * (measured on Helvetica's metrics and widened by an eighth, since some systems' sans is wider).
 */
const ASCII: readonly number[] = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
].map((width, at) => (SIGNS.includes(String.fromCharCode(0x20 + at)) ? 838 : Math.round(width * 1.125)));

const ELLIPSIS = '…';

/** How much wider bold letters are, measured on DejaVu Sans, the widest that browsers fall back to. */
const BOLD = 1.16;

/** About how wide a line of text is, in the unit of `size`; rather too wide than too narrow. Linear. */
export function textWidth(text: string, size: number, bold = false): number {
  let sum = 0;
  for (const character of text) sum += advance(character);
  return (sum * size * (bold ? BOLD : 1)) / 1000;
}

/**
 * The text if it fits into `width`, else as much of it as fits with an ellipsis; `''` when not even one character does.
 * `keep: 'end'` cuts in the middle, so that a version at the end stays.
 */
export function fitText(
  text: string,
  width: number,
  size: number,
  keep: 'start' | 'end' = 'start',
  bold = false,
): string {
  if (textWidth(text, size, bold) <= width) return text;
  const room = (width * 1000) / (bold ? size * BOLD : size) - advance(ELLIPSIS);
  const characters = Array.from(text);
  let head = 0;
  let tail = 0;
  let used = 0;
  // From both ends in turn when the end matters, else from the start alone.
  while (head + tail < characters.length) {
    const fromEnd = keep === 'end' && tail <= head / 2;
    const next = advance(characters[fromEnd ? characters.length - 1 - tail : head]!);
    if (used + next > room) break;
    used += next;
    if (fromEnd) tail++;
    else head++;
  }
  if (head + tail === 0) return '';
  const start = characters.slice(0, head).join('').trimEnd();
  return start + ELLIPSIS + (tail === 0 ? '' : characters.slice(-tail).join(''));
}

/** Lines of whole words that fit into `width`, at most `most`: the last one takes the rest, and is cut where it is drawn. */
export function wrapText(
  text: string,
  width: number,
  size: number,
  most: number,
  bold = false,
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ')) {
    const wide = textWidth(`${line === '' ? '' : ' '}${word}`, size, bold);
    if (line !== '' && lines.length < most - 1 && used + wide > width) {
      lines.push(line);
      line = word;
      used = textWidth(word, size, bold);
    } else {
      line = line === '' ? word : `${line} ${word}`;
      used += wide;
    }
  }
  return [...lines, line];
}

function advance(character: string): number {
  const code = character.codePointAt(0)!;
  if (code >= 0x20 && code < 0x7f) return ASCII[code - 0x20]!;
  if (MARK.test(character)) return 0;
  // East Asian wide and emoji take a whole em; other letters rarely more than an M.
  return code >= 0x1100 && WIDE.test(character) ? 1100 : character === ELLIPSIS ? 1000 : 800;
}

const MARK = /^\p{M}$/u;
const WIDE =
  /^[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{Emoji_Presentation}\uff00-\uff60\u3000-\u303f]$/u;
