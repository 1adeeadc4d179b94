import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** Names of the files that the build wrote beside its chunks, with a hash of what is in them; in the source there are none. */
declare const ASSAY_SEARCHES: { readonly plain: string; readonly encoded: string } | undefined;

/**
 * The search for the built-in rules that was made when this program was built, for `readSearch`. `undefined` when it is not there:
 * then it is to be made anew, which takes longer.
 */
export function readKeptSearch(encoded: boolean): Uint8Array | undefined {
  if (typeof ASSAY_SEARCHES === 'undefined') return undefined;
  const name = encoded ? ASSAY_SEARCHES.encoded : ASSAY_SEARCHES.plain;
  const here = import.meta.dirname;
  try {
    const bytes = readFileSync(join(here, basename(here) === 'chunks' ? '..' : '', name));
    return encoded ? inflateRawSync(bytes) : bytes;
  } catch {
    return undefined;
  }
}
