import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { AdvisoryFolder, AdvisoryManifest, InstalledFile } from '../../model/advisory-files.ts';
import type { ByteSource } from '../../model/bytes.ts';
import { AssayError } from '../../model/problem.ts';
import { openFile } from '../bytes/file.ts';
import { takeLock } from './lock.ts';
import { parseManifest } from './manifest.ts';

const MANIFEST = 'manifest.json';
const VERIFIED = 'verified.json';
const READ_BYTES = 1 << 20;
/** Files of an unfinished update are left alone for so long: it may still be running. */
const STALE_MS = 24 * 3600_000;

/** An advisory folder on disk. Nothing is touched until something is asked for; a missing folder is an empty one. */
export function openAdvisoryFolder(path: string): AdvisoryFolder {
  const at = (name: string): string => join(path, name);
  let seen: Record<string, string> | undefined;
  /** File name to `size:mtime` of files whose checksum was found right. Only a shortcut: losing it costs one check. */
  const verified = (): Record<string, string> => (seen ??= readVerified(at(VERIFIED)));

  return {
    path,
    manifest() {
      let text: string;
      try {
        text = readFileSync(at(MANIFEST), 'utf8');
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw new AssayError('advisories/unreadable', `${at(MANIFEST)} cannot be read`, { cause: error });
      }
      const manifest = parseManifest(text);
      if (manifest === undefined) throw corrupt(at(MANIFEST), 'it is no manifest that this version can read');
      return manifest;
    },
    open(file) {
      const source = openInstalled(at(file.file), file);
      const stamp = stampOf(at(file.file));
      if (verified()[file.file] === `${file.sha256}:${stamp}`) return source;
      if (checksum(source) !== file.sha256) {
        source.close();
        throw corrupt(at(file.file), 'its checksum is wrong');
      }
      const next = { ...readVerified(at(VERIFIED)), [file.file]: `${file.sha256}:${stamp}` };
      seen = next;
      writeVerified(path, next);
      return source;
    },
    check(file) {
      try {
        const source = openInstalled(at(file.file), file);
        try {
          return checksum(source) === file.sha256 ? 'sound' : 'damaged';
        } finally {
          source.close();
        }
      } catch (error) {
        return error instanceof AssayError && error.code === 'advisories/missing' ? 'missing' : 'damaged';
      }
    },
    write(stem, pieces) {
      mkdirSync(path, { recursive: true });
      const temporary = at(`.${stem}-${randomBytes(6).toString('hex')}.tmp`);
      const written = writeDurably(temporary, pieces);
      const file = `${stem}-${written.sha256.slice(0, 16)}.bin`;
      renameSync(temporary, at(file));
      const next = { ...readVerified(at(VERIFIED)), [file]: `${written.sha256}:${stampOf(at(file))}` };
      seen = next;
      writeVerified(path, next);
      return { file, ...written };
    },
    commit(manifest) {
      const temporary = at(`.manifest-${randomBytes(6).toString('hex')}.tmp`);
      mkdirSync(path, { recursive: true });
      writeDurably(temporary, [Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)]);
      renameSync(temporary, at(MANIFEST));
      syncFolder(path);
      removeOld(path, manifest);
    },
    lock: () => {
      mkdirSync(path, { recursive: true });
      return takeLock(at('update.lock'));
    },
  };
}

function openInstalled(path: string, file: InstalledFile): ByteSource {
  let source: ByteSource;
  try {
    source = openFile(path);
  } catch (error) {
    if (isMissing(error))
      throw new AssayError('advisories/missing', `${path} is missing`, {
        hint: 'run `assay db update --fresh` to build it anew',
      });
    throw new AssayError('advisories/unreadable', `${path} cannot be read`, { cause: error });
  }
  if (source.size === file.bytes) return source;
  source.close();
  throw corrupt(path, `it has ${source.size} bytes; expected ${file.bytes}`);
}

function checksum(source: ByteSource): string {
  const hash = createHash('sha256');
  for (let at = 0; at < source.size; at += READ_BYTES)
    hash.update(source.read(at, Math.min(READ_BYTES, source.size - at)));
  return hash.digest('hex');
}

function writeDurably(path: string, pieces: Iterable<Uint8Array>): { bytes: number; sha256: string } {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = openSync(path, 'wx', 0o644);
  try {
    for (const piece of pieces) {
      hash.update(piece);
      for (let done = 0; done < piece.length;) done += writeSync(file, piece, done);
      bytes += piece.length;
    }
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(path, { force: true });
    throw new AssayError('advisories/unwritable', `${path} cannot be written`, {
      hint: 'is the disk full? `--db` names another folder',
      cause: error,
    });
  }
  closeSync(file);
  return { bytes, sha256: hash.digest('hex') };
}

/** A rename is only durable once its folder is; not every system lets one sync a folder. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // Windows cannot; the data are safe, the name may come later.
  }
}

/** Scans that run now keep what they have open; where a system refuses to remove open files, the next update does. */
function removeOld(path: string, manifest: AdvisoryManifest): void {
  const keep = new Set([
    ...manifest.sets.flatMap(({ base, overlay }) => [base.file, overlay?.file]),
    manifest.kev?.file,
    manifest.epss?.file,
  ]);
  for (const name of readdirSync(path)) {
    const ours = /^[\w.-]+-[0-9a-f]{16}\.bin$/.test(name);
    const unfinished = name.endsWith('.tmp') && name.startsWith('.') && isStale(join(path, name));
    if ((!ours || keep.has(name)) && !unfinished) continue;
    try {
      rmSync(join(path, name), { force: true });
    } catch {
      // In use.
    }
  }
}

function isStale(path: string): boolean {
  try {
    return Date.now() - statSync(path).mtimeMs > STALE_MS;
  } catch {
    return false;
  }
}

function readVerified(path: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, string>) : {};
  } catch {
    return {};
  }
}

function writeVerified(folder: string, value: Record<string, string>): void {
  const present = new Set(safeList(folder));
  const kept = Object.fromEntries(Object.entries(value).filter(([name]) => present.has(name)));
  const temporary = join(folder, `.verified-${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = openSync(temporary, 'wx', 0o644);
    try {
      writeSync(file, JSON.stringify(kept));
    } finally {
      closeSync(file);
    }
    renameSync(temporary, join(folder, VERIFIED));
  } catch {
    // A folder that we may only read is checked on every run.
    rmSync(temporary, { force: true });
  }
}

function safeList(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function stampOf(path: string): string {
  const { size, mtimeMs, ino } = statSync(path);
  return `${size}:${mtimeMs}:${ino}`;
}

const isMissing = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'ENOENT';

const corrupt = (path: string, what: string): AssayError =>
  new AssayError('advisories/corrupt', `${path} cannot be used: ${what}`, {
    hint: 'run `assay db update --fresh` to build it anew',
  });
