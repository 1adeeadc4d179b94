import { decodeBase64 } from './base64.ts';

/** What a macaroon says of itself. */
export interface Macaroon {
  readonly location: string;
  readonly caveats: number;
}

/**
 * Reads a macaroon in the binary form of version 2, base64 of either alphabet. `undefined` when it is none, or not whole: its
 * signature of 32 bytes has to be the last. https://github.com/rescrv/libmacaroons/blob/master/doc/format.txt
 */
export function readMacaroon(text: string): Macaroon | undefined {
  const bytes = decodeBase64(text);
  if (bytes === undefined || bytes.charCodeAt(0) !== 2) return undefined;
  const reader = { bytes, at: 1 };
  const header = section(reader);
  const location = header?.get(LOCATION);
  if (header === undefined || location === undefined || !header.has(IDENTIFIER)) return undefined;
  let caveats = 0;
  for (;;) {
    if (bytes.charCodeAt(reader.at) === END) break;
    const caveat = section(reader);
    if (caveat === undefined || !caveat.has(IDENTIFIER)) return undefined;
    caveats++;
  }
  reader.at++;
  const signature = field(reader);
  if (signature?.type !== SIGNATURE || signature.value.length !== 32 || reader.at !== bytes.length)
    return undefined;
  return { location, caveats };
}

const END = 0;
const LOCATION = 1;
const IDENTIFIER = 2;
const SIGNATURE = 6;

interface Reader {
  readonly bytes: string;
  at: number;
}

/** Fields up to the mark that ends them, by type. */
function section(reader: Reader): ReadonlyMap<number, string> | undefined {
  const fields = new Map<number, string>();
  for (;;) {
    if (reader.at >= reader.bytes.length) return undefined;
    if (reader.bytes.charCodeAt(reader.at) === END) {
      reader.at++;
      return fields;
    }
    const read = field(reader);
    if (read === undefined || fields.has(read.type)) return undefined;
    fields.set(read.type, read.value);
  }
}

function field(reader: Reader): { readonly type: number; readonly value: string } | undefined {
  const type = number(reader);
  const size = number(reader);
  const end = reader.at + size;
  if (!(end <= reader.bytes.length)) return undefined;
  const value = reader.bytes.slice(reader.at, end);
  reader.at = end;
  return { type, value };
}

/** A number in base 128, the lowest seven bits first. NaN when it does not end, or is above what a token needs. */
function number(reader: Reader): number {
  let value = 0;
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = reader.bytes.charCodeAt(reader.at++);
    value |= (byte & 127) << shift;
    if (byte < 128) return value;
  }
  return Number.NaN;
}
