import { readSync, openSync, closeSync, statSync } from 'node:fs';
import type { SourceItem, SourceReader } from '../../../model/advisory-files.ts';
import { PUBLIC_EXPORTS } from '../../../model/advisory-files.ts';
import type { EcosystemId } from '../../../model/ecosystem.ts';
import { AssayError } from '../../../model/problem.ts';
import { openRepository } from '../../git/repository.ts';
import { readExports, readUrl } from './exports.ts';
import { readFolder, readLoose, readZipFile } from './folder.ts';
import { readRemoteRepository, readRepository } from './git.ts';
import { failedItem } from './items.ts';

/** OSV's public exports. https://google.github.io/osv.dev/data/ */
const OSV_ROOT = 'https://osv-vulnerabilities.storage.googleapis.com';
/** https://www.cisa.gov/known-exploited-vulnerabilities-catalog */
const KEV_URL = 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json';
/** https://www.first.org/epss/data_stats */
const EPSS_URL = 'https://epss.cyentia.com/epss_scores-current.csv.gz';

/** Hosts that `assay db update` speaks to when no `--from` is given. */
export const PUBLIC_HOSTS: readonly string[] = [OSV_ROOT, KEV_URL, EPSS_URL].map((url) => new URL(url).host);

/**
 * Reads any kind of source. A URL that ends with `/` is the root of an export laid out as OSV's is; one that ends with `.git`,
 * or begins with `git`, `ssh` or `user@host:`, is cloned; any other is downloaded. A folder with a `.git`, or a bare repository,
 * is read at its HEAD; any other folder is searched. `ecosystems` are those whose exports are wanted.
 */
export function sourceReader(ecosystems: readonly EcosystemId[]): SourceReader {
  return (from, options) => read(from, ecosystems, options);
}

async function* read(
  from: string,
  ecosystems: readonly EcosystemId[],
  options: Parameters<SourceReader>[1],
): AsyncGenerator<readonly SourceItem[]> {
  if (from === PUBLIC_EXPORTS) {
    yield* readExports(OSV_ROOT, ecosystems, options);
    for (const url of [KEV_URL, EPSS_URL]) {
      try {
        yield* readUrl(url, options);
      } catch (error) {
        options.signal.throwIfAborted();
        yield [failedItem(url, error)];
      }
    }
  } else if (isGitUrl(from)) yield* readRemoteRepository(from, options);
  else if (/^https?:\/\//i.test(from))
    yield* from.endsWith('/') ? readExports(from, ecosystems, options) : readUrl(from, options);
  else if (/^[a-z][a-z0-9+.-]+:\/\//i.test(from))
    throw new AssayError('source/unsupported', `${from}: this kind of address is not read`, {
      hint: '`--from` takes an http(s) or git address, a folder, a zip archive or a record',
    });
  else yield* readPath(from, options);
}

const isGitUrl = (from: string): boolean =>
  /^(git|ssh|git\+https?|git\+ssh):\/\//i.test(from) ||
  /^https?:\/\/.+\.git$/i.test(from) ||
  /^[\w.-]+@[\w.-]+:[^\\]+$/.test(from);

async function* readPath(
  path: string,
  options: Parameters<SourceReader>[1],
): AsyncGenerator<readonly SourceItem[]> {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch {
    throw new AssayError('source/not-found', `${path} does not exist`, {
      hint: '`--from` takes an http(s) or git address, a folder, a zip archive or a record',
    });
  }
  if (!isFolder) {
    if (startsLikeZip(path)) yield* readZipFile(path, options);
    else yield [readLoose(path)];
    return;
  }
  const repository = openRepository(path);
  if (repository === undefined) yield* readFolder(path, options);
  else yield* readRepository(repository, path, options);
}

function startsLikeZip(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = new Uint8Array(2);
    return readSync(file, head) === 2 && head[0] === 0x50 && head[1] === 0x4b;
  } finally {
    closeSync(file);
  }
}
