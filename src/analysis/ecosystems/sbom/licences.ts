/** One licence expression of several: all apply unless the document says otherwise, so they are joined by AND. `undefined` for none. */
export function joinLicences(licences: readonly string[]): string | undefined {
  const said = [...new Set(licences.map((licence) => licence.trim()))].filter(
    (licence) => licence !== '' && licence !== 'NOASSERTION' && licence !== 'NONE',
  );
  if (said.length < 2) return said[0];
  return said.map((licence) => (/\sOR\s/i.test(licence) ? `(${licence})` : licence)).join(' AND ');
}

/** `SHA-256` and its digest → `sha256:…`, the form in which other extractors give hashes. */
export function hashText(algorithm: string, content: string): string {
  const name = algorithm
    .toLowerCase()
    .replace(/^sha-(?=\d)/, 'sha')
    .replace(/^blake2b(?=\d)/, 'blake2b-');
  return `${name}:${content}`;
}
