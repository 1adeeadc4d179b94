import type { SourceItem, SourceReader } from '../../../model/advisory-files.ts';
import type { ByteSource } from '../../../model/bytes.ts';
import { bytesSource } from '../../bytes/file.ts';
import { readZipDirectory, readZipEntries } from '../../zip/index.ts';
import { BATCH, breathe, failedItem, isWanted, isZipName, MAX_FILE_BYTES, MAX_TOTAL_BYTES } from './items.ts';

/** Largest archive inside an archive that is unpacked into memory. */
const MAX_INNER_ZIP_BYTES = 1024 * 1024 * 1024;

/** The wanted files of a zip archive, and of the archives in it (one level: an export of exports). */
export async function* readArchive(
  source: ByteSource,
  name: string,
  options: Parameters<SourceReader>[1],
  depth = 0,
): AsyncGenerator<readonly SourceItem[]> {
  const directory = readZipDirectory(source);
  const total = directory.entries.filter((entry) => isWanted(entry.name)).length;
  let done = 0;
  let batch: SourceItem[] = [];
  const limits = { entryBytes: MAX_FILE_BYTES, totalBytes: MAX_TOTAL_BYTES };
  for (const content of readZipEntries(source, directory, (entry) => isWanted(entry.name), limits)) {
    const path = `${name}/${content.entry.name}`;
    batch.push('bytes' in content ? { name: path, bytes: content.bytes } : failedItem(path, content.error));
    done++;
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
    options.onProgress({ step: `reading ${name}`, done, total, unit: 'records' });
    await breathe(options.signal);
  }
  yield batch;
  if (depth > 0) return;
  const inner = { entryBytes: MAX_INNER_ZIP_BYTES, totalBytes: MAX_TOTAL_BYTES };
  for (const content of readZipEntries(source, directory, (entry) => isZipName(entry.name), inner)) {
    const path = `${name}/${content.entry.name}`;
    try {
      if ('error' in content) throw content.error;
      yield* readArchive(bytesSource(path, content.bytes), path, options, depth + 1);
    } catch (error) {
      yield [failedItem(path, error)];
    }
  }
}
