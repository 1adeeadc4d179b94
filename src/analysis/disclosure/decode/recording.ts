import type { Region } from './around.ts';
import { passedOver } from './around.ts';
import { bytesOf, readFrom } from './characters.ts';

/** How an event of a recorded terminal goes on behind its time: what was shown (`o`), or typed. https://docs.asciinema.org/manual/asciicast/v2/ */
export const EVENT_FORMS: readonly string[] = [', "o", "', ',"o","', ', "i", "', ',"i","', '"stdout":[['];

/** Bytes that are read in one go; the next event begins another. */
const MOST = 16 * 1024 * 1024;
const EVENT =
  /\s{0,40},?\[\s{0,40}[\d.e+-]{1,24}\s{0,40},\s{0,40}(?:"([oi])"\s?,\s?)?"((?:[^"\\\n]|\\.){0,4096})"\s{0,40}\]/y;

/** An event that begins, and whose string has no end here. */
const BEGUN =
  /\s{0,40},?\[\s{0,40}[\d.e+-]{1,24}\s{0,40},\s{0,40}(?:"[oi]"\s?,\s?)?"(?:[^"\\\n]|\\.){0,4096}\\?$/y;

/**
 * All that is shown from the event on in which `at` is, and on a line of its own all that is typed: letters that somebody typed come one
 * by one.
 */
export function recordedFrom(bytes: Uint8Array, at: number, from: number, to: number): Region | undefined {
  let start = at;
  if (bytes[at] === 0x22) start = at + 10;
  else while (start > from && at - start < 32 && bytes[start] !== 0x5b) start--;
  if (bytes[start] !== 0x5b) return undefined;
  const { shown, typed, events, end } = readFrom(bytes, start, to, MOST, eventsOf);
  const texts = [shown, typed].filter((text) => text.length >= 20);
  if (events >= 2 && texts.length > 0) return { bytes: bytesOf(texts.join('\n')), start, end: start + end };
  // Events of which nothing comes say nothing from the second on either.
  return start + end > at ? passedOver(at, start + end) : undefined;
}

interface Events {
  readonly shown: string;
  readonly typed: string;
  readonly events: number;
  readonly end: number;
  readonly isCut: boolean;
}

function eventsOf(text: string): Events {
  const shown: string[] = [];
  const typed: string[] = [];
  let events = 0;
  let end = 0;
  for (EVENT.lastIndex = 0; ;) {
    const match = EVENT.exec(text);
    if (match === null) break;
    end = EVENT.lastIndex;
    events++;
    (match[1] === 'i' ? typed : shown).push(said(match[2]!));
  }
  BEGUN.lastIndex = end;
  return { shown: shown.join(''), typed: typed.join(''), events, end, isCut: BEGUN.test(text) };
}

const NAMED: Readonly<Record<string, string>> = { n: '\n', r: '', t: '\t', b: '\b' };

function said(json: string): string {
  return json
    .replaceAll(/\\(?:u([\da-fA-F]{4})|(.))/g, (_, code: string | undefined, one: string | undefined) =>
      code === undefined
        ? Object.hasOwn(NAMED, one!)
          ? NAMED[one!]!
          : one!
        : String.fromCharCode(Math.min(255, Number.parseInt(code, 16))),
    )
    .replaceAll(/[^\x00-\xff]/g, '?'); // oxlint-disable-line no-control-regex
}
