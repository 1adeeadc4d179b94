import { generic } from '../versions/generic.ts';

/** A tag's name taken apart. */
export interface VersionTag {
  readonly name: string;
  /** What stands before the version, a `v` right before it aside: `''`, `release-`, `@scope/name@`. */
  readonly prefix: string;
  readonly version: string;
  readonly isPrerelease: boolean;
  /** Set where a project changed how it counts: versions of a later way are higher than all of an earlier one. Default 0. */
  readonly era?: number;
}

const MOST_LETTERS = 256;
/** A number with at least one more behind it; or a number alone, at the end or before a word for prereleases. */
const VERSION = /^\d+(?:[._]\d+|(?:-\d+)+$|$|[-._]?(?:alpha|beta|rc|pre|dev|m|a|b|c)[-._]?\d*$)/i;
const PRERELEASE =
  /(?:^|[\d.\-_+])(?:alpha|beta|rc|cr|pre|preview|dev|snapshot|nightly|canary|next|milestone|insiders?|experimental|unstable|test|edge|early|ea|tp|m\d|a\d|b\d|c\d)(?:[\d.\-_+]|$)/i;
/** A word behind three numbers: in semver's eyes a prerelease (1.0.0-internal.1), unless the word says that it comes after the release. */
const SEMVER_WORD =
  /^\d+\.\d+\.\d+-(?!(?:p|patch|post|sp|hotfix|fix|lts|final|release|ga|stable|build|r|esr|security)\d*(?:[.\-_+]|$))\d*[a-z]/i;
/** Words that say `this is the release`. */
const RELEASE_WORD = /[-._]?(?:release|final|ga|stable)$/i;

/** The version that a tag's name states; `undefined` when it looks like none. */
export function parseVersionTag(name: string): VersionTag | undefined {
  if (name.length > MOST_LETTERS) return undefined;
  const start = versionStart(name);
  if (start === -1) return undefined;
  const version = name.slice(start);
  if (version.includes('/') || !VERSION.test(version)) return undefined;
  const prefix = name.slice(0, start).replace(/(^|[^A-Za-z])[vV]$/, '$1');
  return {
    name,
    prefix,
    version: version.replace(RELEASE_WORD, '').replaceAll('_', '.'),
    isPrerelease: PRERELEASE.test(version) || SEMVER_WORD.test(version),
  };
}

/**
 * Where the version begins: behind the last `/` or `@`, at the first number that more numbers follow (`lib2-1.0` is 1.0),
 * else at the first number.
 */
function versionStart(name: string): number {
  const cut = Math.max(name.lastIndexOf('/'), name.lastIndexOf('@')) + 1;
  let first = -1;
  for (let i = cut; i < name.length; i++) {
    if (!isDigit(name.charCodeAt(i)) || isDigit(name.charCodeAt(i - 1))) continue;
    if (first === -1) first = i;
    let end = i;
    while (isDigit(name.charCodeAt(end))) end++;
    const dot = name[end];
    if ((dot === '.' || dot === '_') && isDigit(name.charCodeAt(end + 1))) return i;
  }
  return first;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/**
 * Years are higher than any count: where a project went from versions by date (2018.09) to counted ones (2.0), the dated ones
 * would make all that came after them old. `lastOf` is when the newest of some releases was made.
 */
export function withEras<T extends { readonly tag: VersionTag }>(
  releases: readonly T[],
  lastOf: (releases: readonly T[]) => number,
): readonly T[] {
  const dated = releases.filter(({ tag }) => isDated(tag));
  const counted = releases.filter(({ tag }) => !isDated(tag));
  if (dated.length === 0 || counted.length === 0 || lastOf(dated) > lastOf(counted)) return releases;
  return releases.map((release) =>
    isDated(release.tag) ? { ...release, tag: { ...release.tag, era: -1 } } : release,
  );
}

/** `2018.09`, `2018-09-01`, `20180901`. */
const isDated = ({ version }: VersionTag): boolean => /^(?:19|20)\d\d(?:[01]\d[0-3]\d)?(?!\d)/.test(version);

/** By version, then by name, so that the order of equal versions (`v1.0`, `1.0.0`) is settled too. */
export function compareTags(a: VersionTag, b: VersionTag): number {
  return (
    (a.era ?? 0) - (b.era ?? 0) ||
    generic.compare(a.version, b.version) ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  );
}
