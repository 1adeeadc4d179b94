/**
 * Percent-encoding of purl and vers: letters, digits and `.-_~:` stand for themselves, every other octet of the UTF-8
 * is `%XX`. https://github.com/package-url/purl-spec/blob/main/docs/specification/standard/specification.md#character-encoding
 */
export function encode(text: string): string {
  let from = 0;
  let encoded = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // The bulk of all names, without a look-up.
    if ((code >= 97 && code <= 122) || (code >= 45 && code <= 57 && code !== 47)) continue;
    if (code >= 128) return encodeUnicode(text);
    const triplet = TRIPLETS[code]!;
    if (triplet === '') continue;
    encoded += text.slice(from, i) + triplet;
    from = i + 1;
  }
  return from === 0 ? text : encoded + text.slice(from);
}

/** By ASCII code: `''` for what stands for itself, else the percent-encoded form. */
const TRIPLETS: readonly string[] = Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9.\-_~:]/.test(String.fromCharCode(code))
    ? ''
    : `%${code.toString(16).toUpperCase().padStart(2, '0')}`,
);

function encodeUnicode(text: string): string {
  // A lone surrogate has no UTF-8 (encodeURIComponent would throw): it becomes U+FFFD, as in every encoder.
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'))
    .replaceAll('%3A', ':')
    .replaceAll(/[!'()*]/g, (char) => TRIPLETS[char.charCodeAt(0)]!);
}

/** Undoes `encode`; `undefined` when a percent sign is not followed by UTF-8 in hexadecimal. */
export function decode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
