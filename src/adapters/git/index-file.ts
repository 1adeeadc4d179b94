import { createHash } from 'node:crypto';
import { pathFromBytes } from './path-bytes.ts';

/** One entry of the staging area. */
export interface IndexEntry {
  readonly path: string;
  readonly mode: number;
  readonly id: string;
  /** Bytes of the file when it was staged, modulo 2^32. */
  readonly size: number;
  /** 0, or 1 base, 2 ours, 3 theirs while a merge is unresolved. */
  readonly stage: number;
  /** `git add --intent-to-add`: named, but nothing staged yet. */
  readonly intentToAdd: boolean;
}

export interface IndexFile {
  /** In the order of the file: by path bytes, then stage. */
  readonly entries: readonly IndexEntry[];
  /** Why the index cannot be taken as whole: `split` (entries lie in another file), `damaged`, `version`. */
  readonly fault: { readonly kind: 'split' | 'damaged' | 'version'; readonly message: string } | undefined;
  /** The tree that git would commit, where the index knows it: always while `git commit` runs its hooks, not after `git add`. */
  readonly tree: string | undefined;
}

/**
 * Reads `.git/index` of version 2, 3 or 4. A sparse index has folders (mode 0o40000, path ending in `/`) among its entries.
 * `withIds` false leaves `id` empty, which is cheaper; `verify` false does not look at the checksum, as git itself does not.
 * Never throws: what was read before a fault is given with it. https://git-scm.com/docs/index-format
 */
export function parseIndex(
  bytes: Buffer,
  algorithm: 'sha1' | 'sha256',
  withIds: boolean = true,
  verify: boolean = true,
): IndexFile {
  const idBytes = algorithm === 'sha1' ? 20 : 32;
  const entries: IndexEntry[] = [];
  const fail = (kind: 'split' | 'damaged' | 'version', message: string): IndexFile => ({
    entries,
    fault: { kind, message },
    tree: undefined,
  });
  if (bytes.length < 12 + idBytes || bytes.toString('latin1', 0, 4) !== 'DIRC')
    return fail('damaged', 'it is no git index');
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return fail('version', `index version ${version}; 2, 3 and 4 can be read`);
  const count = bytes.readUInt32BE(8);
  const end = bytes.length - idBytes;
  const fixed = 40 + idBytes + 2;
  let at = 12;
  let previous: Buffer = Buffer.alloc(0);
  for (let i = 0; i < count; i++) {
    if (at + fixed > end) return fail('damaged', `it ends after ${i} of ${count} entries`);
    const flags = bytes.readUInt16BE(at + 40 + idBytes);
    const extended = version > 2 && (flags & 0x4000) !== 0 ? bytes.readUInt16BE(at + fixed) : 0;
    let start = at + fixed + (version > 2 && (flags & 0x4000) !== 0 ? 2 : 0);
    let kept = 0;
    if (version === 4) {
      const strip = readOffset(bytes, start);
      kept = previous.length - strip.value;
      if (kept < 0) return fail('damaged', `entry ${i} shortens a path by more than it has`);
      start = strip.next;
    }
    const stop = bytes.indexOf(0, start);
    if (stop === -1 || stop > end) return fail('damaged', `entry ${i} has no end`);
    let path: string;
    if (version === 4) {
      previous = Buffer.concat([previous.subarray(0, kept), bytes.subarray(start, stop)]);
      path = pathOf(previous, 0, previous.length);
    } else path = pathOf(bytes, start, stop);
    entries.push({
      path,
      mode: bytes.readUInt32BE(at + 24),
      id: withIds ? bytes.toString('hex', at + 40, at + 40 + idBytes) : '',
      size: bytes.readUInt32BE(at + 36),
      stage: (flags >> 12) & 3,
      intentToAdd: (extended & 0x2000) !== 0,
    });
    // Versions 2 and 3 pad each entry with 1–8 NULs to a multiple of eight bytes.
    at = version === 4 ? stop + 1 : at + ((stop - at + 8) & ~7);
  }
  // Extensions: four letters, length, data. `link` means that the shared part lies in `sharedindex.*`.
  let tree: string | undefined;
  while (at + 8 <= end) {
    const name = bytes.toString('latin1', at, at + 4);
    if (name === 'link') return fail('split', 'the index is split over two files');
    if (name === 'TREE') tree = topTree(bytes, at + 8, end, idBytes);
    at += 8 + bytes.readUInt32BE(at + 4);
  }
  return !verify || isWhole(bytes, end, algorithm)
    ? { entries, fault: undefined, tree }
    : fail('damaged', 'its checksum does not fit');
}

/** The file ends with a hash of all before it, or with zeros where `index.skipHash` is set. */
function isWhole(bytes: Buffer, end: number, algorithm: string): boolean {
  const checksum = bytes.subarray(end);
  return (
    checksum.every((byte) => byte === 0) ||
    createHash(algorithm).update(bytes.subarray(0, end)).digest().equals(checksum)
  );
}

/** The first entry of the cache tree: an empty path, NUL, `entries SP subtrees LF`, and the id unless the entries are -1. */
function topTree(bytes: Buffer, at: number, end: number, idBytes: number): string | undefined {
  const line = bytes.indexOf(10, at);
  if (bytes[at] !== 0 || line === -1 || line + 1 + idBytes > end) return undefined;
  return /^\d{1,10} \d{1,10}$/.test(bytes.toString('latin1', at + 1, Math.min(line, at + 32)))
    ? bytes.toString('hex', line + 1, line + 1 + idBytes)
    : undefined;
}

function pathOf(bytes: Buffer, start: number, end: number): string {
  const path = bytes.toString('utf8', start, end);
  return path.includes('\uFFFD') ? pathFromBytes(bytes.subarray(start, end)) : path;
}

/** The variable-length number of pack offsets: each further byte adds one before shifting. */
function readOffset(bytes: Buffer, at: number): { readonly value: number; readonly next: number } {
  let byte = bytes[at] ?? 0;
  let value = byte & 0x7f;
  let next = at + 1;
  while (byte >= 128 && next < at + 8) {
    byte = bytes[next++] ?? 0;
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return { value, next };
}
