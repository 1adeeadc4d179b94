import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceItem, SourceReader } from '../../../model/advisory-files.ts';
import { AssayError } from '../../../model/problem.ts';
import { openFile } from '../../bytes/file.ts';
import { readArchive } from './archive.ts';
import { BATCH, breathe, failedItem, isWanted, isZipName, MAX_FILE_BYTES } from './items.ts';

const MAX_DEPTH = 32;

/**
 * A folder's `<ecosystem>/all.zip` (any zip), loose records and exploit data, in order of name. Symbolic links to files are read,
 * to folders are not followed (cycles); `.git` and `node_modules` are left out.
 */
export async function* readFolder(
  folder: string,
  options: Parameters<SourceReader>[1],
): AsyncGenerator<readonly SourceItem[]> {
  let batch: SourceItem[] = [];
  let done = 0;
  for (const path of walk(folder, 0)) {
    if (isZipName(path)) {
      yield* readZipFile(path, options);
      continue;
    }
    batch.push(readLoose(path));
    done++;
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
    options.onProgress({ step: `reading ${folder}`, done, total: undefined, unit: 'records' });
    await breathe(options.signal);
  }
  yield batch;
}

/** One zip archive on disk; a damaged one is an item with a problem. */
export async function* readZipFile(
  path: string,
  options: Parameters<SourceReader>[1],
): AsyncGenerator<readonly SourceItem[]> {
  const source = openFile(path);
  try {
    yield* readArchive(source, path, options);
  } catch (error) {
    yield [failedItem(path, error)];
  } finally {
    source.close();
  }
}

/** One file of records or exploit data. */
export function readLoose(path: string): SourceItem {
  try {
    const { size } = statSync(path);
    if (size > MAX_FILE_BYTES)
      throw new AssayError(
        'source/too-large',
        `${path} has ${size} bytes; at most ${MAX_FILE_BYTES} are read`,
      );
    return { name: path, bytes: readFileSync(path) };
  } catch (error) {
    if (error instanceof AssayError) return failedItem(path, error);
    return failedItem(path, new AssayError('source/unreadable', `${path} cannot be read: ${String(error)}`));
  }
}

function* walk(folder: string, depth: number): Generator<string> {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    // The folder that was named must be readable; one below it that is not holds no records of ours.
    if (depth === 0) throw new AssayError('source/unreadable', `${folder} cannot be read: ${String(error)}`);
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (depth < MAX_DEPTH && entry.name !== '.git' && entry.name !== 'node_modules')
        yield* walk(path, depth + 1);
    } else if (isWanted(entry.name) || isZipName(entry.name)) {
      if (entry.isFile() || (entry.isSymbolicLink() && isFile(path))) yield path;
    }
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
