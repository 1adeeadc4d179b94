import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { allRules } from '../src/analysis/disclosure/all-rules.ts';
import { writeSearch } from '../src/analysis/disclosure/engine/search-file.ts';

/** A file of the build: what is looked for in all rules at once, so that no run has to make it. */
export interface SearchFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The searches for the built-in rules; names hold a hash of what is in them, so that no bundle meets another's. */
export function keptSearches(): { readonly plain: SearchFile; readonly encoded: SearchFile } {
  return { plain: searchFile('rules', false), encoded: searchFile('rules-encoded', true) };
}

function searchFile(name: string, encoded: boolean): SearchFile {
  const bytes = writeSearch(allRules, encoded);
  if (bytes === undefined) throw new RangeError('the built-in rules need more than one search');
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 8);
  // Mostly alike, so that deflated it takes a twentieth of the room: 5 MB less for histories. That of hooks is read as it is, which
  // spares them seven milliseconds for 1.5 MB of the disk (a packed package is as small).
  return { name: `${name}-${hash}.bin`, bytes: encoded ? deflateRawSync(bytes, { level: 9 }) : bytes };
}
