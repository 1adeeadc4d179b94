import type { Origin } from '../../../model/extractor.ts';
import { decodePart, parseSpec } from './spec.ts';

/**
 * Where a locked entry comes from, by the address that it was resolved to.
 * A tarball at the place where registries keep `name@version` is `registry` whatever the host, so that private mirrors count;
 * any other tarball is `url`: it may share the name and be something else.
 */
export function originOfSource(source: string, name: string, version: string): Origin {
  if (source.startsWith('http')) {
    if (isRegistryTarball(source, name, version)) return 'registry';
    return parseSpec(name, source).origin;
  }
  const { origin } = parseSpec(name, source);
  return origin === 'workspace' ? 'file' : origin;
}

/**
 * Whether a URL is where a registry serves that release. Layouts seen:
 * `/name/-/base-1.2.3.tgz` (most), `/name/download/base-1.2.3.tgz` and `/name/1.2.3/base-1.2.3.tgz` (mirrors),
 * `/@scope/name/-/@scope/name-1.2.3.tgz` (GitLab, Artifactory), `/download/@scope/name/1.2.3/<hash>` (GitHub).
 */
export function isRegistryTarball(url: string, name: string, version: string): boolean {
  const path = addressOf(url);
  const base = name.slice(name.lastIndexOf('/') + 1);
  // Build metadata is no part of a published version.
  const plus = version.indexOf('+');
  const release = plus === -1 ? version : version.slice(0, plus);
  if (endsAsUsual(path, name, base, release)) return true;
  const file = `${base}-${release}.tgz`;
  const plain = decodePart(path);
  const scopedFile = `${name}-${release}.tgz`;
  return (
    plain.endsWith(`/${name}/-/${file}`) ||
    plain.endsWith(`/${name}/-/${scopedFile}`) ||
    plain.endsWith(`/${name}/download/${file}`) ||
    plain.endsWith(`/${name}/download/${scopedFile}`) ||
    plain.endsWith(`/${name}/${release}/${file}`) ||
    plain.includes(`/download/${name}/${release}/`)
  );
}

/** Whether it ends in `/name/-/base-release.tgz`: asked of every entry, so compared in place, from the end. */
function endsAsUsual(path: string, name: string, base: string, release: string): boolean {
  let end = path.length - '.tgz'.length;
  if (!path.endsWith('.tgz') || !path.endsWith(release, end)) return false;
  end -= release.length;
  if (!path.endsWith('-', end) || !path.endsWith(base, end - 1)) return false;
  end -= base.length + 1;
  if (!path.endsWith('/-/', end) || !path.endsWith(name, end - 3)) return false;
  return path.endsWith('/', end - 3 - name.length);
}

/** A URL without query and fragment. */
function addressOf(url: string): string {
  const hash = url.indexOf('#');
  const end = hash === -1 ? url.length : hash;
  const query = url.indexOf('?');
  return url.slice(0, query !== -1 && query < end ? query : end);
}

/** The release that a registry's tarball address names (`…/a/-/a-1.2.3.tgz` gives `1.2.3`), `''` when it is not one of that name. */
export function releaseOf(url: string, name: string): string {
  if (!url.startsWith('http')) return '';
  const path = decodePart(addressOf(url));
  const base = `/${name.slice(name.lastIndexOf('/') + 1)}-`;
  const start = path.lastIndexOf(base);
  const version =
    start !== -1 && path.endsWith('.tgz') ? path.slice(start + base.length, -'.tgz'.length) : '';
  return /^\d+\.\d+\.\d+/.test(version) && isRegistryTarball(url, name, version) ? version : '';
}

/** The real name in a registry tarball's address (`…/@a/b/-/b-1.0.0.tgz` gives `@a/b`), `undefined` when it is not one. */
export function nameInTarball(url: string): string | undefined {
  const path = decodePart(addressOf(url));
  const dash = path.indexOf('/-/');
  if (dash === -1 || !path.startsWith('http')) return undefined;
  const parts = path.slice(0, dash).split('/');
  const base = parts.at(-1);
  const scope = parts.at(-2);
  if (base === undefined || base === '') return undefined;
  return scope?.startsWith('@') === true ? `${scope}/${base}` : base;
}

/** The commit at the end of a git address, `''` when it names none. Full hexadecimal ids only (40 or 64 digits). */
export function commitOf(source: string): string {
  const address = source.slice(source.lastIndexOf('#') + 1);
  const last = address.slice(address.lastIndexOf('/') + 1);
  const id = last.startsWith('commit=') ? last.slice(7) : last;
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(id) ? id : '';
}
