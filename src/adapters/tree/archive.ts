import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { AssayError } from '../../model/problem.ts';
import type { Tree } from '../../model/tree.ts';
import { openFile } from '../bytes/file.ts';
import { readZipDirectory, readZipEntry } from '../zip/index.ts';
import type { Contents, Stored } from './archive-contents.ts';
import { add, asFound, emptyContents, held, notHeld } from './archive-contents.ts';
import { treeFrom } from './from-source.ts';
import type { Wanted } from './left-out.ts';
import { readTar, TarError } from './tar.ts';

/** Files above this are listed but cannot be read. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_LINK_BYTES = 4096;

export interface ArchiveLimits {
  /** Most bytes of a tar archive's files held in memory. */
  readonly heldBytes: number;
  /** Most bytes that a compressed tar archive may unpack to, kept or not. */
  readonly unpackedBytes: number;
}

const LIMITS: ArchiveLimits = { heldBytes: 1024 * 1024 * 1024, unpackedBytes: 8 * 1024 * 1024 * 1024 };

export type ArchiveKind = 'tar' | 'tar.gz' | 'tar.zst' | 'zip' | 'unsupported';

/** What kind of archive a file is, by its first bytes and never by its name; `undefined` when it is none. */
export function archiveKind(path: string): ArchiveKind | undefined {
  let head: Uint8Array;
  try {
    const file = openFile(path);
    head = file.read(0, Math.min(512, file.size));
    file.close();
  } catch {
    return undefined;
  }
  const starts = (...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);
  if (starts(0x1f, 0x8b)) return 'tar.gz';
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return 'tar.zst';
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6)) return 'zip';
  // xz, bzip2, 7z, rar
  if (
    starts(0xfd, 0x37, 0x7a, 0x58, 0x5a) ||
    starts(0x42, 0x5a, 0x68) ||
    starts(0x37, 0x7a, 0xbc, 0xaf) ||
    starts(0x52, 0x61, 0x72, 0x21)
  )
    return 'unsupported';
  return Buffer.from(head).toString('latin1', 257, 262) === 'ustar' ? 'tar' : undefined;
}

/**
 * The files of a .tar, .tar.gz, .tar.zst or .zip, never unpacked to disk. A single folder at the top is left out of paths and said in the name.
 * A zip is read by position; a tar once through, its files held in memory.
 * What lies after a fault or a limit is a problem with `lost`; what lies before it is scanned.
 * AssayError `archive/not-an-archive`, `archive/unsupported`, and those of the zip reader.
 */
export function archive(
  path: string,
  name: string = path,
  limits: ArchiveLimits = LIMITS,
  wanted: Wanted = {},
): Tree {
  const kind = archiveKind(path);
  if (kind === undefined)
    throw new AssayError('archive/not-an-archive', `${path} is no archive that can be read`);
  const canZstd = typeof createZstdDecompress === 'function';
  if (kind === 'unsupported' || (kind === 'tar.zst' && !canZstd))
    throw new AssayError('archive/unsupported', `${path} is packed in a way that cannot be read here`, {
      hint: 'give a .tar, .tar.gz, .tar.zst (Node 22.15 or later) or .zip, or unpack it and scan the folder',
    });
  let files: Map<string, Stored> = new Map();
  let top = '';
  let close = (): void => {};
  return treeFrom({
    kind: 'archive',
    name: () => (top === '' ? name : `${name} (its folder ${top})`),
    find: async (signal) => {
      const contents = emptyContents();
      if (kind === 'zip') close = openZip(path, contents);
      else await gatherTar(path, kind, contents, limits, signal);
      const gathered = asFound(contents, wanted);
      ({ files, top } = gathered);
      return gathered.found;
    },
    bytes: (entry, limit) => files.get(entry.path)!.read(limit),
    close: () => close(),
  });
}

/** Lists a zip; its entries are read when asked for. Gives the function that closes the file. */
function openZip(path: string, contents: Contents): () => void {
  const source = openFile(path);
  try {
    const directory = readZipDirectory(source);
    // Some Windows tools write backslashes only.
    const windows = directory.entries.every((entry) => !entry.name.includes('/'));
    for (const entry of directory.entries) {
      const full = (windows ? entry.name.replaceAll('\\', '/') : entry.name).replace(/^(?:\.\/){1,64}/, '');
      if (full.endsWith('/')) continue;
      const read = (limit: number): Uint8Array => readZipEntry(source, directory, entry, limit);
      const format = entry.mode & 0o170000;
      let taken: boolean;
      if (format === 0o120000) taken = add(contents, full, { target: linkText(read) });
      else if (format !== 0 && format !== 0o100000) taken = add(contents, full, 'special');
      else taken = add(contents, full, { size: entry.size, read });
      if (!taken) break;
    }
    return () => source.close();
  } catch (error) {
    source.close();
    throw error;
  }
}

/** An unreadable link is one that leads nowhere. */
function linkText(read: (limit: number) => Uint8Array): string {
  try {
    return new TextDecoder().decode(read(MAX_LINK_BYTES));
  } catch {
    return '/';
  }
}

async function gatherTar(
  path: string,
  kind: 'tar' | 'tar.gz' | 'tar.zst',
  contents: Contents,
  limits: ArchiveLimits,
  signal: AbortSignal | undefined,
): Promise<void> {
  let heldBytes = 0;
  const full = (what: string): void => {
    contents.problems.push({
      code: 'archive/too-large',
      message: `${what}; the rest was left out`,
      hint: 'unpack it and scan the folder',
      lost: true,
    });
  };
  const file = createReadStream(path, { highWaterMark: 1024 * 1024, signal });
  const stream = unpacked(file, kind, limits.unpackedBytes);
  let count = 0;
  try {
    for await (const item of readTar(stream as AsyncIterable<Buffer>, MAX_FILE_BYTES)) {
      count++;
      signal?.throwIfAborted();
      if (item.kind === 'folder') continue;
      if (item.kind === 'symbolic-link') {
        if (!add(contents, item.path, { target: item.target })) return;
      } else if (item.kind === 'special') add(contents, item.path, 'special');
      else if (item.kind === 'hard-link') {
        const target = contents.files.get(item.target);
        // A hard link is a file like the first one, under another name.
        if (target === undefined)
          contents.problems.push({
            code: 'archive/damaged',
            message: 'a hard link to nothing',
            at: { path: item.path },
            lost: true,
          });
        else if (!add(contents, item.path, target)) return;
      } else {
        heldBytes += item.bytes?.length ?? 0;
        if (heldBytes > limits.heldBytes)
          return full(`the files of the archive have more than ${limits.heldBytes} bytes`);
        const stored =
          item.bytes === undefined ? notHeld(item.path, item.size, MAX_FILE_BYTES) : held(item.bytes);
        if (!add(contents, item.path, stored)) return;
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof BombError)
      return full(`the archive unpacks to more than ${limits.unpackedBytes} bytes`);
    const message = (error as Error).message;
    if (count === 0)
      throw new AssayError('archive/not-an-archive', `${path} cannot be read: ${message}`, { cause: error });
    if (!(error instanceof TarError) && (error as { code?: string }).code === undefined) throw error;
    contents.problems.push({
      code: 'archive/damaged',
      message: `the archive is damaged: ${message}; what lies after that is not known`,
      lost: true,
    });
  } finally {
    file.destroy();
    stream.destroy();
  }
}

class BombError extends Error {}

function unpacked(
  file: ReturnType<typeof createReadStream>,
  kind: 'tar' | 'tar.gz' | 'tar.zst',
  most: number,
): Transform {
  let total = 0;
  const counter = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      total += chunk.length;
      done(total > most ? new BombError() : null, chunk);
    },
  });
  const options = { chunkSize: 256 * 1024 };
  const unpacker =
    kind === 'tar.gz'
      ? createGunzip(options)
      : kind === 'tar.zst'
        ? createZstdDecompress(options)
        : undefined;
  file.on('error', (error) => counter.destroy(error));
  if (unpacker === undefined) return file.pipe(counter);
  unpacker.on('error', (error) => counter.destroy(error));
  counter.on('close', () => unpacker.destroy());
  return file.pipe(unpacker).pipe(counter);
}
