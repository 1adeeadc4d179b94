import type { Inflated } from './inflate.ts';
import { inflateZlib } from './inflate.ts';

/** Texts of a PNG picture that are packed (https://www.w3.org/TR/png-3/#11zTXt and iTXt): others can be read as they stand. */
export function* pngTexts(bytes: Uint8Array, room: () => number): Generator<Inflated, void, undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length;) {
    const size = view.getUint32(at);
    const type = view.getUint32(at + 4);
    const data = bytes.subarray(at + 8, Math.min(bytes.length, at + 8 + size));
    if (type === ZTXT || type === ITXT) {
      const start = packedAt(data, type === ITXT);
      if (start !== undefined) yield inflateZlib(data, start, room());
    }
    at += 12 + size;
  }
}

const ZTXT = 0x7a545874;
const ITXT = 0x69545874;

/** Behind the keyword, the method and, of an international text that is packed, the language and the translated keyword. */
function packedAt(data: Uint8Array, isInternational: boolean): number | undefined {
  const keyword = data.indexOf(0);
  if (keyword === -1) return undefined;
  if (!isInternational) return keyword + 2;
  const language = data.indexOf(0, keyword + 3);
  const translated = language === -1 ? -1 : data.indexOf(0, language + 1);
  return data[keyword + 1] !== 1 || translated === -1 ? undefined : translated + 1;
}
