import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { ObjectInflater } from '../../model/deflate.ts';
import type { ObjectType, RawObject } from './objects.ts';
import { TooLargeError } from './pack.ts';
import { readSmallFile } from './small-file.ts';

/** `type size\0` before the bytes of a loose object. */
const HEADER = /^(commit|tree|blob|tag) (0|[1-9][0-9]{0,14})\0/;
/** Above any compressed form of an object that we would accept. */
const MAX_FILE_BYTES = 1024 * 1024 * 1024;

/** A loose object of one objects folder: `ab/cdef…`, zlib over header and bytes. `undefined` when it is not there. Throws when damaged. */
export function readLoose(
  folder: string,
  id: string,
  limit: number,
  inflater?: ObjectInflater,
): RawObject | undefined {
  const packed = readSmallFile(join(folder, id.slice(0, 2), id.slice(2)), MAX_FILE_BYTES);
  if (packed === undefined) return undefined;
  let bytes = inflater === undefined ? undefined : quickly(packed, limit, inflater);
  try {
    bytes ??= inflateSync(packed, { maxOutputLength: limit + 64 });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw new TooLargeError(limit + 1);
    throw new Error('the loose object is damaged', { cause: error });
  }
  const header = HEADER.exec(bytes.toString('latin1', 0, 64));
  if (header === null) throw new Error('the loose object has no header');
  const body = bytes.subarray(header[0].length);
  if (body.length !== Number(header[2]))
    throw new Error(`it has ${body.length} bytes where it says ${header[2]}`);
  if (body.length > limit) throw new TooLargeError(body.length);
  return { type: header[1] as ObjectType, bytes: body };
}

/** `undefined`: by the ordinary way, which says what is wrong. */
function quickly(packed: Buffer, limit: number, inflater: ObjectInflater): Buffer | undefined {
  const head = inflater.head(packed);
  const header = head === undefined ? null : HEADER.exec(Buffer.from(head).toString('latin1'));
  if (header === null) return undefined;
  const size = Number(header[2]);
  const bytes = size > limit ? undefined : inflater.exactly(packed, header[0].length + size);
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Ids of loose objects that start with a prefix of at least two digits. */
export function findLoose(folder: string, prefix: string, idDigits: number): readonly string[] {
  let names: string[];
  try {
    names = readdirSync(join(folder, prefix.slice(0, 2)));
  } catch {
    return [];
  }
  return names
    .filter(
      (name) => name.length === idDigits - 2 && name.startsWith(prefix.slice(2)) && /^[0-9a-f]+$/.test(name),
    )
    .map((name) => prefix.slice(0, 2) + name);
}
