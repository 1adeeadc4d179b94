import type { ExtractedComponent, Scope } from '../../../model/extractor.ts';

/** A container image reference in its parts. https://distribution.github.io/reference/ (grammar `reference`) */
export interface ImageReference {
  /** Registry and path without tag, as written, e.g. `node`, `ghcr.io/a/b`. */
  readonly name: string;
  /** `''` when none is written. */
  readonly tag: string;
  /** `sha256:…`, `''` when not pinned. */
  readonly digest: string;
}

/** Splits `[registry[:port]/]path[:tag][@digest]`; `undefined` when it cannot be an image reference. Never throws. */
export function parseImage(text: string): ImageReference | undefined {
  if (text.length > 500 || !/^[A-Za-z0-9]/.test(text) || /[^\w.:/@+-]/.test(text)) return undefined;
  const at = text.indexOf('@');
  const digest = at === -1 ? '' : text.slice(at + 1);
  const rest = at === -1 ? text : text.slice(0, at);
  if (at !== -1 && !/^[A-Za-z0-9+._-]+:[0-9A-Fa-f]{8,}$/.test(digest)) return undefined;
  // A colon before the last slash is a port.
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
  const name = colon === -1 ? rest : rest.slice(0, colon);
  const tag = colon === -1 ? '' : rest.slice(colon + 1);
  if (name === '' || name.endsWith('/') || name.includes('//') || (colon !== -1 && !/^\w[\w.-]*$/.test(tag)))
    return undefined;
  return { name, tag, digest };
}

/** `docker.io/library/node` → `node`: the one spelling of names that Docker Hub resolves alike. */
export function canonicalImageName(name: string): string {
  const short = name.replace(/^(?:(?:index|registry-1)\.)?docker\.io\//, '');
  return short.replace(/^library\//, '');
}

/**
 * The component for an image that a file names. The version is the tag; with only a digest, the digest.
 * No tag, or `latest`, is whatever the registry holds that day: no version, `requested` says `latest`.
 */
export function imageComponent(
  reference: ImageReference,
  line: number,
  scope: Scope,
  ecosystem?: 'Docker',
): ExtractedComponent {
  const { name, tag, digest } = reference;
  const floating = tag === '' || tag === 'latest';
  return {
    ...(ecosystem === undefined ? {} : { ecosystem }),
    name,
    version: floating ? digest : tag,
    ...(floating && digest === '' ? { requested: 'latest' } : {}),
    ...(digest === '' ? {} : { integrity: digest }),
    origin: 'registry',
    line,
    scopes: [scope],
  };
}

/** An image whose tag is computed at run time or build time: the name is known, the version is not. */
export function computedImage(
  text: string,
  line: number,
  scope: Scope,
  ecosystem?: 'Docker',
): ExtractedComponent | undefined {
  // A name is short; the search would be quadratic on a long row of colons.
  const cut = text.length > 500 ? -1 : text.search(/[:@][^/]*\$/);
  const reference = cut === -1 ? undefined : parseImage(text.slice(0, cut));
  if (reference === undefined) return undefined;
  return {
    ...(ecosystem === undefined ? {} : { ecosystem }),
    name: reference.name,
    version: '',
    requested: text.slice(cut + 1),
    origin: 'registry',
    line,
    scopes: [scope],
  };
}
