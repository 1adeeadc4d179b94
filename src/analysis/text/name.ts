/**
 * A name as git stores it (any bytes), as text. Valid UTF-8 stays as it is; in anything else each byte that is not part of a character
 * becomes `\xNN`, so that two names do not fall together as with U+FFFD.
 */
export function nameOfBytes(bytes: Uint8Array): string {
  const text = decoded(bytes);
  if (text !== undefined) return text;
  let name = '';
  for (let at = 0; at < bytes.length;) {
    let size = 1;
    let one: string | undefined;
    for (; size <= 4 && one === undefined; size++) one = decoded(bytes.subarray(at, at + size));
    name += one ?? `\\x${bytes[at]!.toString(16).padStart(2, '0')}`;
    at += one === undefined ? 1 : size - 1;
  }
  return name;
}

/** Made when it is needed: Node loads what it is made of only then. */
let decoder: InstanceType<typeof TextDecoder> | undefined;

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return (decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })).decode(bytes);
  } catch {
    return undefined;
  }
}
