import { compareTrees, type ComparedBytes } from '../../analysis/compare/compare.ts';
import { steeredBy } from '../../analysis/compare/settings.ts';
import type { Comparison, SettingChange } from '../../model/comparison.ts';
import { AssayError } from '../../model/problem.ts';
import type { Tree, TreeEntry } from '../../model/tree.ts';
import { assessScan, type ScanInput } from './scan.ts';

/** Judges both sides with what `base` says (both inputs must carry the base's config and decisions) and compares them. Pure. */
export function assessDiff(base: ScanInput, head: ScanInput, bytes: ComparedBytes): Comparison {
  return compareTrees(
    { snapshot: assessScan(base), files: base.files },
    { snapshot: assessScan(head), files: head.files },
    bytes,
  );
}

const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Compares the bytes of manifests, lockfiles and settings of two trees; others are not looked at.
 * By blob id where both trees have one, else by reading; what cannot be read counts as changed.
 */
export async function compareBytes(
  base: Tree,
  head: Tree,
  read: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<ComparedBytes> {
  const before = byPath((await base.list(signal)).entries, read);
  const after = byPath((await head.list(signal)).entries, read);
  const same = new Set<string>();
  const settings: SettingChange[] = [];
  for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    signal?.throwIfAborted();
    const was = before.get(path);
    const is = after.get(path);
    const equal = was !== undefined && is !== undefined && (await isSame(was, is, base, head));
    if (equal) same.add(path);
    const steers = steeredBy(path);
    if (steers === undefined || equal) continue;
    settings.push({
      path,
      kind: was === undefined ? 'added' : is === undefined ? 'removed' : 'changed',
      steers,
    });
  }
  return { same: (path) => same.has(path), settings };
}

function byPath(entries: readonly TreeEntry[], read: ReadonlySet<string>): Map<string, TreeEntry> {
  const found = new Map<string, TreeEntry>();
  for (const entry of entries)
    if (read.has(entry.path) || steeredBy(entry.path) !== undefined) found.set(entry.path, entry);
  return found;
}

async function isSame(was: TreeEntry, is: TreeEntry, base: Tree, head: Tree): Promise<boolean> {
  if (was.blob !== undefined && is.blob !== undefined) return was.blob === is.blob;
  if (was.size >= 0 && is.size >= 0 && was.size !== is.size) return false;
  try {
    const [a, b] = await Promise.all([base.read(was.path, MOST_BYTES), head.read(is.path, MOST_BYTES)]);
    return a.length === b.length && a.every((byte, i) => byte === b[i]);
  } catch (error) {
    if (error instanceof AssayError) return false;
    throw error;
  }
}
