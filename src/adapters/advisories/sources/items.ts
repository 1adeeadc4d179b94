import type { SourceItem } from '../../../model/advisory-files.ts';
import { AssayError } from '../../../model/problem.ts';

/** Limits of every kind of source. The largest real record has about 3 MB; the largest real export unpacks to 700 MB. */
export const MAX_FILE_BYTES: number = 64 * 1024 * 1024;
export const MAX_TOTAL_BYTES: number = 16 * 1024 * 1024 * 1024;
/** Items handed on at a time. */
export const BATCH = 512;

/** Whether a file may hold a record, KEV or EPSS, by name alone. */
export const isWanted = (name: string): boolean => /\.(json|csv|csv\.gz)$/i.test(name);
export const isZipName = (name: string): boolean => /\.zip$/i.test(name);

/** A failure to read one file, as data. Anything that is no AssayError is a bug or a broken world and goes on up. */
export function failedItem(name: string, error: unknown): SourceItem {
  if (!(error instanceof AssayError)) throw error;
  return { name, problem: { code: error.code, message: error.message, at: { path: name }, lost: true } };
}

/** Lets other work (Ctrl-C) happen, then stops if it was asked for. */
export async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  signal.throwIfAborted();
}
