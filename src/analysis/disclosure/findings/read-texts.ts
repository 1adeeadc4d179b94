import { expand } from '../decode/expand.ts';
import type { Limits } from '../decode/outlet.ts';
import { LIMITS } from '../decode/outlet.ts';
import type { Tally } from '../decode/tally.ts';
import type { TextScan } from '../engine/scan-texts.ts';
import type { ScannedText } from './of-files.ts';

/** Scans texts and, of files, what is hidden in them; remembers what each was. */
export interface TextReading {
  add(bytes: Uint8Array, text: ScannedText): void;
  /** By the numbers of the scan's sightings. */
  readonly texts: readonly ScannedText[];
  /** Texts that came out of no other. */
  readonly outer: number;
}

export function readTexts(
  scan: TextScan,
  tally: Tally,
  { inflate, unpack, latin1 }: Pick<Limits, 'inflate' | 'unpack' | 'latin1'> = {},
): TextReading {
  const limits = { ...LIMITS, inflate, unpack, latin1 };
  const texts: ScannedText[] = [];
  let outer = 0;
  return {
    texts,
    get outer() {
      return outer;
    },
    add: (bytes, text) => {
      scan.add(bytes);
      const own = texts.push(text) - 1;
      outer++;
      if (text.source !== 'file') return;
      let ordinal = 0;
      expand(
        bytes,
        {
          text: (inner, within, span) => {
            scan.add(inner, true);
            const from = { text: own, ordinal: ordinal++, ...(span === undefined ? {} : { span }) };
            texts.push({ ...text, within, from });
          },
          decoded: tally.decoded,
          undecoded: tally.undecoded,
        },
        limits,
      );
    },
  };
}
