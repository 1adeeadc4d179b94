/**
 * Whether a component selector names a purl: `pkg:npm/lodash` every version, `pkg:npm/lodash@4.17.20` that one, `pkg:npm/%40house/*`
 * everything that starts so. Scopes may be written as people do (`pkg:npm/@a/b`), qualifiers and subpaths do not count.
 */
export function selectsComponent(selector: string, purl: string): boolean {
  const wanted = bare(selector);
  const given = bare(purl);
  if (wanted.endsWith('*')) return given.startsWith(wanted.slice(0, -1));
  const version = versionAt(wanted);
  if (version !== -1) return wanted === given;
  const cut = versionAt(given);
  return wanted === (cut === -1 ? given : given.slice(0, cut));
}

/** Percent signs of names decoded, type in lower case, without `?…` and `#…`. A malformed escape stays as it is. */
function bare(purl: string): string {
  const end = purl.search(/[?#]/);
  const text = (end === -1 ? purl : purl.slice(0, end)).trim();
  const slash = text.indexOf('/');
  const decoded = text.replace(/%([0-7][0-9A-Fa-f])/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return slash === -1 ? decoded : decoded.slice(0, slash).toLowerCase() + decoded.slice(slash);
}

/** Offset of the `@` before the version; a scope's comes right after a slash. */
function versionAt(purl: string): number {
  const at = purl.lastIndexOf('@');
  return at > 0 && purl[at - 1] !== '/' && !purl.slice(at).includes('/') ? at : -1;
}
