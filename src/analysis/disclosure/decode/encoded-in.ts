import type { Region } from './around.ts';
import { ascii85Runs } from './base85.ts';
import { characterLists } from './characters-listed.ts';
import { hexDumps } from './dump.ts';
import { unescapedLines } from './escapes.ts';
import { hintedRuns } from './hints.ts';
import { joinedRuns } from './joined.ts';
import { lineLists } from './line-list.ts';
import type { Limits } from './outlet.ts';
import { encodedRuns } from './runs.ts';
import { struckLines } from './typed-over.ts';

/** A text that stands encoded in another, where it stands, and how it was written there. */
export interface Encoded extends Region {
  readonly how: string;
}

/**
 * Whatever stands encoded in a text, by kind, each kind in the text's order: one stretch may be given in several readings. Linear.
 * `within` says how the text itself was reached.
 */
export function* encodedIn(
  bytes: Uint8Array,
  within: readonly string[],
  latin1: Limits['latin1'],
): Generator<Encoded, void, undefined> {
  const text = bytes.length > MOST_TEXT ? undefined : latin1?.(bytes, 0, bytes.length);
  yield* encodedRuns(bytes);
  if (within.filter((how) => ESCAPES.has(how)).length < MOST_ESCAPED) yield* unescapedLines(bytes);
  yield* joinedRuns(bytes, text);
  yield* lineLists(bytes, text);
  yield* hexDumps(bytes);
  yield* hintedRuns(bytes);
  yield* struckLines(bytes);
  yield* ascii85Runs(bytes);
  if (text !== undefined) yield* characterLists(bytes, text);
}

/** Bytes of which text is made in one go. */
const MOST_TEXT = 64 * 1024 * 1024;

/** Text is looked into for escapes so often: they come in any order, and each order would be tried. */
const MOST_ESCAPED = 2;
const ESCAPES: ReadonlySet<string> = new Set(['percent', 'escapes', 'character references']);
