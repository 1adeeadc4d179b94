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

  /** Names of files, once they were listed: what is not among them need not be opened. */
  let loose: ReadonlySet<string> | undefined;
  const fileOf = (name: string): string | undefined => {
    if (loose !== undefined && name.startsWith('refs/') && !loose.has(name)) return undefined;
    const own = readSmallText(join(repository.gitDir, name));
    if (own !== undefined || repository.gitDir === repository.commonDir) return own;
    return readSmallText(join(repository.commonDir, name));
  };

  const resolveRef = (name: string): string | undefined => {
    let current = name;
    // Git follows at most five symbolic steps; a cycle ends here too.
    for (let step = 0; step < 10; step++) {
      if (!isSafeRefName(current)) return undefined;
      // HEAD and its like belong to the working tree, all else to the repository.
      const text = fileOf(current);
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
      const files = new Set<string>();
      const isAll = collectLoose(join(repository.commonDir, 'refs'), 'refs', files, 0);
      // A linked working tree has a few of its own.
      if (isAll && repository.gitDir === repository.commonDir) loose = files;
      return [...new Set([...packedRefs().keys(), ...files])].sort();
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

/** `false`: there may be more, behind links or beyond a limit. */
function collectLoose(folder: string, name: string, into: Set<string>, depth: number): boolean {
  if (depth > 64 || into.size > MAX_LISTED) return false;
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return false;
  }
  let isAll = true;
  for (const entry of entries) {
    const full = `${name}/${entry.name}`;
    if (entry.isDirectory()) isAll = collectLoose(join(folder, entry.name), full, into, depth + 1) && isAll;
    else if (!entry.isFile()) isAll = false;
    else if (isSafeRefName(full) && !full.endsWith('.lock')) into.add(full);
  }
  return isAll;
}

/** What git allows as a name, as far as it keeps a name from leaving the git folder. https://git-scm.com/docs/git-check-ref-format */
export function isSafeRefName(name: string): boolean {
  if (!/^(?:refs\/.+|[A-Z][A-Z_]*)$/.test(name)) return false;
  return !/\.\.|\/\/|[\0-\x20\x7f~^:?*[\\]|\/\.|^\.|\.$|\/$|@\{/.test(name);
}
