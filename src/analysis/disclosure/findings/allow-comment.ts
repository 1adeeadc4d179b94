import { characters } from '../decode/characters.ts';

/** Words in a line that say that what it shows is no secret, or is known: of other tools, each of which rules on all of its line. */
const OTHERS =
  /(?:gitleaks|betterleaks):allow|pragma: ?(?:allow|white)list secret|trufflehog:ignore|\bggignore\b|\bnosecret\b|nosemgrep: ?[\w.-]*secret/i;
/** The same for the line behind them. */
const NEXT_LINE = /pragma: ?(?:allow|white)list nextline secret/i;
/** Ours names the rule (or `*`), and says why. */
const OURS = /assay:allow[ \t]+([a-z0-9*][a-z0-9._-]*)(?:[ \t]+([^\r\n]{1,200}))?/;

/**
 * Why the line of a find lets it pass: a comment beside it; `undefined` when it does not. `text` is one code unit a byte and shows the find at
 * `start`…`end`.
 */
export function allowComment(rule: string, text: string, start: number, end: number): string | undefined {
  const first = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\0', start - 1)) + 1;
  const stop = text.indexOf('\n', end);
  const line = text.slice(first, stop === -1 ? text.length : stop);
  const own = OURS.exec(line);
  if (own !== null && (own[1] === '*' || own[1] === rule)) return own[2]?.trim() ?? 'its line allows it';
  const other = OTHERS.exec(line);
  return other === null ? undefined : `its line says ${other[0]}`;
}

/** Longer ones allow nothing. */
const MOST_BEFORE = 400;
/** Bytes before a find in its own line above which nobody has written a comment for it. */
const MOST_LINE = 64 * 1024;

/** The same of the line before that of a find at `start`: it may allow what stands in the next. */
export function allowedBefore(bytes: Uint8Array, start: number): string | undefined {
  const from = Math.max(0, start - MOST_LINE);
  const end = from + bytes.subarray(from, start).lastIndexOf(10);
  if (end <= from) return undefined;
  const least = Math.max(0, end - MOST_BEFORE);
  const first = least + bytes.subarray(least, end).lastIndexOf(10) + 1;
  const found = NEXT_LINE.exec(characters(bytes, first, end));
  return found === null ? undefined : `the line before says ${found[0]}`;
}
