/**
 * Two independent 32-bit hashes of a name (FNV-1a over UTF-16 code units, then mixed). The first says where to look,
 * the second tells most strangers apart without reading their row. Part of the file format: never change them in a schema version.
 */
export function hashName(name: string): readonly [place: number, check: number] {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) + 0x27d4eb2f;
  }
  return [mix(a), mix(b)];
}

/** The finaliser of MurmurHash3: every input bit changes about half of the output bits. */
function mix(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
