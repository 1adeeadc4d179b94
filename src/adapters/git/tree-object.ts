import { pathFromBytes } from './path-bytes.ts';

export interface TreeObjectEntry {
  /** As git writes it, in octal: 0o40000 folder, 0o100644 and 0o100755 file, 0o120000 symbolic link, 0o160000 submodule. */
  readonly mode: number;
  readonly name: string;
  readonly id: string;
}

export const MODE_FOLDER = 0o40000;
export const MODE_LINK = 0o120000;
export const MODE_SUBMODULE = 0o160000;

/** The entries of a tree object in its own order: `mode SP name NUL id`, repeated. `undefined` when it is damaged. */
export function parseTree(bytes: Buffer, idBytes: number): TreeObjectEntry[] | undefined {
  const entries: TreeObjectEntry[] = [];
  let at = 0;
  while (at < bytes.length) {
    let mode = 0;
    for (; bytes[at] !== 0x20; at++) {
      const digit = (bytes[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 7 || mode > 0o7777777) return undefined;
      mode = mode * 8 + digit;
    }
    const end = bytes.indexOf(0, ++at);
    if (end === -1 || end + 1 + idBytes > bytes.length) return undefined;
    const name = bytes.toString('utf8', at, end);
    entries.push({
      mode,
      // The replacement character: the name is not UTF-8 (or holds that very character; both are told apart there).
      name: name.includes('\uFFFD') ? pathFromBytes(bytes.subarray(at, end)) : name,
      id: bytes.toString('hex', end + 1, end + 1 + idBytes),
    });
    at = end + 1 + idBytes;
  }
  return entries;
}
