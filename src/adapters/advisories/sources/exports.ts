import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceItem, SourceReader } from '../../../model/advisory-files.ts';
import type { EcosystemId } from '../../../model/ecosystem.ts';
import { AssayError } from '../../../model/problem.ts';
import { openFile } from '../../bytes/file.ts';
import { download, downloadBytes } from '../../http/download.ts';
import { readArchive } from './archive.ts';
import { BATCH, breathe, failedItem, MAX_FILE_BYTES } from './items.ts';

type Options = Parameters<SourceReader>[1];

/** Largest download: npm's export had 320 MB in 2026. */
const MAX_DOWNLOAD_BYTES = 8 * 1024 * 1024 * 1024;
/** With more changes than this since the last update, the whole export is the cheaper download. */
const MOST_SINGLE_RECORDS = 3000;
const AT_ONCE = 16;

/**
 * A public export laid out as OSV's is: `<root>/<ecosystem>/all.zip`, with `modified_id.csv` beside it.
 * Where records of the ecosystem are installed, only those that changed since are fetched, one by one, if they are few.
 * https://google.github.io/osv.dev/data/
 */
export async function* readExports(
  root: string,
  ecosystems: readonly EcosystemId[],
  options: Options,
): AsyncGenerator<readonly SourceItem[]> {
  for (const ecosystem of ecosystems) {
    const folder = `${root.replace(/\/$/, '')}/${encodeURIComponent(ecosystem)}`;
    const since = options.since(ecosystem);
    const changed = since === undefined ? undefined : await changedSince(folder, since, options);
    if (changed !== undefined && changed.length <= MOST_SINGLE_RECORDS) {
      yield* fetchRecords(folder, changed, options);
      continue;
    }
    try {
      yield* readUrl(`${folder}/all.zip`, options);
    } catch (error) {
      options.signal.throwIfAborted();
      yield [failedItem(`${folder}/all.zip`, error)];
    }
  }
}

/** Downloads one file, whatever it is: an archive is opened, anything else is handed on. */
export async function* readUrl(url: string, options: Options): AsyncGenerator<readonly SourceItem[]> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-download-'));
  const path = join(folder, 'download');
  try {
    const { bytes } = await download(url, path, {
      signal: options.signal,
      limit: MAX_DOWNLOAD_BYTES,
      onProgress: (done, total) =>
        options.onProgress({ step: `downloading ${url}`, done, total, unit: 'bytes' }),
    });
    const source = openFile(path);
    try {
      const head = bytes >= 4 ? source.read(0, 4) : new Uint8Array(4);
      if (head[0] === 0x50 && head[1] === 0x4b) yield* readArchive(source, url, options);
      else if (bytes > MAX_FILE_BYTES)
        throw new AssayError('source/too-large', `${url} is no archive and has ${bytes} bytes`);
      else yield [{ name: url, bytes: source.read(0, bytes) }];
    } finally {
      source.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Ids that changed since, by the export's own list (`time,id`, newest first). `undefined` when there is no such list. */
async function changedSince(folder: string, since: string, options: Options): Promise<string[] | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await downloadBytes(`${folder}/modified_id.csv`, {
      signal: options.signal,
      limit: 256 * 1024 * 1024,
    });
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return undefined;
  }
  const ids: string[] = [];
  const text = new TextDecoder().decode(bytes);
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at);
    const comma = text.indexOf(',', at);
    if (comma !== -1 && comma < end) {
      // Both are UTC to the second here; the rest of the second is read again.
      if (text.slice(at, at + 19) < since.slice(0, 19)) break;
      ids.push(text.slice(comma + 1, end).trim());
    }
    at = end + 1;
  }
  return ids.every((id) => /^[\w.:-]+$/.test(id)) ? ids : undefined;
}

async function* fetchRecords(
  folder: string,
  ids: readonly string[],
  options: Options,
): AsyncGenerator<readonly SourceItem[]> {
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const items = await Promise.all(
      ids.slice(start, start + AT_ONCE).map(async (id): Promise<SourceItem> => {
        const name = `${folder}/${id}.json`;
        try {
          return {
            name,
            bytes: await downloadBytes(name, { signal: options.signal, limit: MAX_FILE_BYTES }),
          };
        } catch (error) {
          options.signal.throwIfAborted();
          return failedItem(name, error);
        }
      }),
    );
    yield items;
    if (start % BATCH === 0)
      options.onProgress({ step: `downloading ${folder}`, done: start, total: ids.length, unit: 'records' });
    await breathe(options.signal);
  }
}
