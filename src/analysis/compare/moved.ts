import type { FileChange } from '../../model/comparison.ts';
import type { Extraction } from '../../model/extractor.ts';
import type { ExtractedFile } from '../graph/inventory.ts';
import type { FilePair } from './files.ts';

/**
 * Whether a lockfile and the ranges that its manifests declare moved together. `undefined` for what is no lockfile on both sides.
 * A manifest that changed in anything but its dependencies did not move.
 */
export function movedOf(
  { base, head, was }: FilePair,
  baseFiles: readonly ExtractedFile[],
  headFiles: readonly ExtractedFile[],
  same: (path: string) => boolean,
  changed: boolean,
): FileChange['moved'] {
  if (base?.manifest.role !== 'lock' || head?.manifest.role !== 'lock' || was !== undefined) return undefined;
  const { path, covers, extractor } = head.manifest;
  const room = extractor.slice(0, extractor.indexOf('/') + 1);
  const declared = declarations(covers, room, baseFiles, headFiles, same);
  const lockMoved = !same(path);
  if (declared === 'changed') return lockMoved ? 'both' : 'manifest-only';
  if (!lockMoved || !changed) return undefined;
  return declared === 'same' ? 'lock-only' : 'unknown';
}

function declarations(
  covers: readonly string[],
  room: string,
  baseFiles: readonly ExtractedFile[],
  headFiles: readonly ExtractedFile[],
  same: (path: string) => boolean,
): 'same' | 'changed' | 'unknown' {
  let known = covers.length > 0;
  for (const path of covers) {
    if (same(path)) continue;
    const before = manifestAt(baseFiles, path, room);
    const after = manifestAt(headFiles, path, room);
    if (before === undefined && after === undefined) known = false;
    else if (before === undefined || after === undefined || declaredIn(before) !== declaredIn(after))
      return 'changed';
  }
  return known ? 'same' : 'unknown';
}

function manifestAt(files: readonly ExtractedFile[], path: string, room: string): Extraction | undefined {
  // Ordered by path: a binary search, since a workspace's lockfile covers hundreds.
  let low = 0;
  let high = files.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (files[middle]!.path < path) low = middle + 1;
    else high = middle;
  }
  for (let i = low; files[i]?.path === path; i++)
    if (files[i]!.extractor.startsWith(room) && files[i]!.extraction.role === 'manifest')
      return files[i]!.extraction;
  return undefined;
}

/** What a manifest asks for, without lines and without its own version. */
function declaredIn({ components, edges }: Extraction): string {
  return JSON.stringify([
    components
      .filter(({ origin }) => origin !== 'project' && origin !== 'workspace')
      .map(({ name, version, requested, source, alias, scopes }) => [
        name,
        version,
        requested,
        source,
        alias,
        scopes,
      ]),
    edges,
  ]);
}
