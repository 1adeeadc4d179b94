import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes that are read at a time. */
export const BLOCK: number = 128 * 1024;
const BLOCKS = 256;

/** A large file read by position. Neighbouring reads share blocks, so that small objects cost no system call each. */
export interface Window {
  readonly size: number;
  /** Up to `length` bytes from `offset`; fewer at the end of the file. Not to be written to, valid until the next call. */
  bytes(offset: number, length: number): Buffer;
  /** The block that holds `offset`, from a multiple of BLOCK on; shorter at the end of the file. As for `bytes`. */
  block(offset: number): Buffer;
  /** As `bytes`, to be kept and written to; read for itself. */
  own(offset: number, length: number): Buffer;
  close(): void;
}

/** Opens a file for reading by position; throws as `fs.openSync` does. Holds at most so many blocks of 128 KiB: 32 MiB. */
export function openWindow(path: string, most: number = BLOCKS): Window {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  const blocks = new Map<number, Buffer>();

  const block = (index: number): Buffer => {
    let found = blocks.get(index);
    if (found !== undefined) return found;
    let room: Buffer | undefined;
    if (blocks.size >= most) {
      const oldest = blocks.keys().next().value!;
      room = blocks.get(oldest);
      blocks.delete(oldest);
    }
    found = direct(index * BLOCK, BLOCK, room);
    blocks.set(index, found);
    return found;
  };

  /** Into `room` where that is as large as what is wanted: a history goes through thousands of blocks. */
  const direct = (offset: number, length: number, room?: Buffer): Buffer => {
    const wanted = Math.max(0, Math.min(length, size - offset));
    const bytes = room?.length === wanted ? room : Buffer.allocUnsafeSlow(wanted);
    let read = 0;
    while (read < wanted) {
      const step = readSync(file, bytes, read, wanted - read, offset + read);
      if (step === 0) break;
      read += step;
    }
    return bytes.subarray(0, read);
  };

  return {
    size,
    bytes: (offset, length) => {
      const index = Math.floor(offset / BLOCK);
      const start = offset - index * BLOCK;
      const end = Math.min(start + length, start + Math.max(0, size - offset));
      return end <= BLOCK ? block(index).subarray(start, end) : direct(offset, length);
    },
    block: (offset) => block(Math.floor(offset / BLOCK)),
    own: direct,
    close: () => {
      blocks.clear();
      closeSync(file);
    },
  };
}
