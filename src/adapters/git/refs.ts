import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './repository.ts';
import { readSmallText } from './small-file.ts';

const MAX_LISTED = 200_000;
const MAX_PACKED_REFS_BYTES = 512 * 1024 * 1024;

/** The references of a repository, loose ones before packed ones. https://git-scm.com/docs/gitrepository-layout */
export interface Refs {
  /** The object id that a full name (`HEAD`, `refs/heads/main`) stands for, symbolic references followed; `undefined` when unset. */
  resolve(name: string): string | undefined;
  /** Full names below `refs/`, sorted by code unit. */
  names(): readonly string[];
}

/** Reads references on demand; `packed-refs` once. */
export function openRefs(repository: Repository): Refs {
  const idLength = repository.algorithm === 'sha1' ? 40 : 64;
  const isId = (text: string): boolean => text.length === idLength && /^[0-9a-f]+$/.test(text);
  let packed: Map<string, string> | undefined;
  const packedRefs = (): Map<string, string> =>
    (packed ??= parsePackedRefs(
      readSmallText(join(repository.commonDir, 'packed-refs'), MAX_PACKED_REFS_BYTES) ?? '',
      isId,
    ));

  const resolveRef = (name: string): string | undefined => {
    let current = name;
    // Git follows at most five symbolic steps; a cycle ends here too.
    for (let step = 0; step < 10; step++) {
      if (!isSafeRefName(current)) return undefined;
      // HEAD and its like belong to the working tree, all else to the repository.
      const text =
        readSmallText(join(repository.gitDir, current)) ?? readSmallText(join(repository.commonDir, current));
      if (text === undefined) return packedRefs().get(current);
      const target = /^ref:[ \t]*(\S.*?)\s*$/.exec(text.split('\n', 1)[0]!);
      if (target === null) {
        const id = text.slice(0, idLength).toLowerCase();
        return isId(id) ? id : undefined;
      }
      current = target[1]!;
    }
    return undefined;
  };

  return {
    resolve: resolveRef,
    names: () => {
      const names = new Set(packedRefs().keys());
      collectLoose(join(repository.commonDir, 'refs'), 'refs', names, 0);
      return [...names].sort();
    },
  };
}

function parsePackedRefs(text: string, isId: (id: string) => boolean): Map<string, string> {
  const refs = new Map<string, string>();
  for (const line of text.split('\n')) {
    // `# pack-refs with: …` and `^peeled` lines are extra.
    if (line.startsWith('#') || line.startsWith('^')) continue;
    const space = line.indexOf(' ');
    const id = line.slice(0, space);
    const name = line.slice(space + 1).trimEnd();
    if (space !== -1 && isId(id) && isSafeRefName(name)) refs.set(name, id);
  }
  return refs;
}

function collectLoose(folder: string, name: string, into: Set<string>, depth: number): void {
  if (depth > 64 || into.size > MAX_LISTED) return;
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    const full = `${name}/${entry.name}`;
    if (entry.isDirectory()) collectLoose(join(folder, entry.name), full, into, depth + 1);
    else if (entry.isFile() && isSafeRefName(full) && !full.endsWith('.lock')) into.add(full);
  }
}

/** What git allows as a name, as far as it keeps a name from leaving the git folder. https://git-scm.com/docs/git-check-ref-format */
export function isSafeRefName(name: string): boolean {
  if (!/^(?:refs\/.+|[A-Z][A-Z_]*)$/.test(name)) return false;
  return !/\.\.|\/\/|[\0-\x20\x7f~^:?*[\\]|\/\.|^\.|\.$|\/$|@\{/.test(name);
}
