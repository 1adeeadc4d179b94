import type { DisclosureRule, Find } from '../../../model/disclosure.ts';
import type { Latin1 } from './detector.ts';
import type { Watch } from './watches.ts';

/** A line, and what was found in it by whom it was asked of. */
export interface KnownLine {
  readonly text: string;
  readonly answers: { readonly watch: Watch; readonly at: number; readonly finds: readonly Find[] }[];
}

/** Lines that were looked at lately: half of a history's come again, in copies and versions of their file. */
export interface LineMemory {
  /** The line `start`…`end` of the memory, with what is known of it. */
  look(bytes: Uint8Array, start: number, end: number): KnownLine;
}

/** Places for lines; one that comes to another's place takes it. */
const PLACES = 1 << 14;
/** Longer lines are rare, and rarely come again. */
const MOST = 512;

export function rememberLines(latin1: Latin1): LineMemory {
  const places: (KnownLine | undefined)[] = [];
  places.length = PLACES;
  /** The last line that came to each place: it is kept when it comes again, for most never do. */
  const last = new Int32Array(PLACES);
  return {
    look: (bytes, start, end) => {
      if (end - start > MOST) return { text: latin1(bytes, start, end), answers: [] };
      let hash = end - start;
      for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
      const place = (hash ^ (hash >>> 15)) & (PLACES - 1);
      const known = places[place];
      if (known !== undefined && isSame(known.text, bytes, start, end)) return known;
      const fresh = { text: latin1(bytes, start, end), answers: [] };
      if (last[place] === hash) places[place] = fresh;
      last[place] = hash;
      return fresh;
    },
  };
}

/** What a rule finds in a line that has the keyword of its watch at `at`. */
export function askOnce(
  rule: DisclosureRule,
  watch: Watch,
  { text, answers }: KnownLine,
  at: number,
): readonly Find[] {
  for (const answer of answers) if (answer.watch === watch && answer.at === at) return answer.finds;
  const { keyword } = watch;
  const finds = rule.find({ text, start: at, end: at + keyword.length, keyword });
  answers.push({ watch, at, finds });
  return finds;
}

function isSame(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}
