import type { RegistryFacts, TagFact } from '../../model/adoption.ts';
import { compareText, dayOf, secondsOf, YEAR } from './figures.ts';

/** A version that came out. */
export interface Release {
  readonly version: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly prerelease: boolean;
  /** What stands before the version in a tag (`@scope/name`), for repositories that release several components; `''` for none. */
  readonly line: string;
  /** The tag as it is, where it is one. */
  readonly tag?: string;
}

/** The versions that tags name, ordered by time. Tags that name none (`latest`, `v1`) are left out. */
export function releasesOfTags(tags: readonly TagFact[]): readonly Release[] {
  const found: Release[] = [];
  for (const { name, at } of tags) {
    const read = versionOfTag(name);
    if (read !== undefined) found.push({ ...read, at, tag: name });
  }
  return found;
}

/** A registry's releases that have a time and were not withdrawn, ordered by time. */
export function releasesOfRegistry(registry: RegistryFacts): readonly Release[] {
  return registry.releases
    .flatMap(({ version, at, withdrawn }) => {
      const seconds = secondsOf(at);
      return seconds === undefined || withdrawn === true
        ? []
        : [{ version, at: seconds, prerelease: isPrerelease(version), line: '' }];
    })
    .sort((a, b) => a.at - b.at || compareText(a.version, b.version));
}

/**
 * What a tag says: `v1.2.3`, `1.2`, `release-1.2.3`, `ckan-2.11.0`, `@scope/name@1.2.3`, `sdk/v1.2.3`, `REL_1_2_3`.
 * One number alone is no version: `v4` is a tag that moves.
 */
export function versionOfTag(
  tag: string,
): { readonly version: string; readonly prerelease: boolean; readonly line: string } | undefined {
  if (tag.length > 200) return undefined;
  const cut = Math.max(tag.lastIndexOf('@'), tag.lastIndexOf('/'));
  const rest = tag.slice(cut + 1);
  const start = rest.search(/\d/);
  if (start === -1) return undefined;
  const before = rest.slice(0, start);
  // `name-`, `v`, `release_v`: letters that end at a separator or in a `v`.
  if (
    before !== '' &&
    !/^(?:[A-Za-z][A-Za-z0-9_.+-]*[-_.])?[vV]?[.-]?$|^(?:rel|release|version|ver|r)$/i.test(before)
  )
    return undefined;
  const written = rest.slice(start);
  const version = /^\d+(?:_\d+)+/.test(written) ? written.replaceAll('_', '.') : written;
  if (!/^\d+(?:\.\d+){1,4}(?![\d])/.test(version) || /[^A-Za-z0-9._+~-]/.test(version)) return undefined;
  const name = before.replace(/[-_.]?[vV]?[.-]?$/, '');
  const line = cut > 0 ? tag.slice(0, cut) : /^(?:rel|release|version|ver|r|v)?$/i.test(name) ? '' : name;
  return { version, prerelease: isPrerelease(version), line };
}

/** Whether a version says that it is not finished, in any ecosystem's way of saying it. */
export function isPrerelease(version: string): boolean {
  const rest = version.replace(/^[vV]?\d+(?:\.\d+)*/, '').replace(/\+.*$/, '');
  return /[A-Za-z]/.test(rest) && !/^[-._]?(?:final|ga|release|lts|post\d*|p\d+|sp\d+|r\d+)$/i.test(rest);
}

/** The releases of one part of a repository, and why of this one. */
export interface JudgedPart {
  readonly releases: readonly Release[];
  /** What stands before the versions in its tags: `Release.line`. */
  readonly part: string;
  /** Parts that tags name; a repository that is released as one has one. */
  readonly parts: number;
  readonly because: 'only' | 'asked for' | 'most releases';
}

/**
 * The releases that matter to somebody who takes `name`: those of its own part where tags have one for it (`name@1.2.3` in a
 * repository of many components), else those whose tags name no part, else of the part with most. Without a name the part with most
 * finished releases, of those with any in the 24 months to `asOf` where there are such; of two alike the first by name.
 */
export function judgedPart(releases: readonly Release[], name: string | undefined, asOf: number): JudgedPart {
  const byPart = new Map<string, Release[]>();
  for (const release of releases) {
    const known = byPart.get(release.line);
    if (known === undefined) byPart.set(release.line, [release]);
    else known.push(release);
  }
  const of = (part: string, because: JudgedPart['because']): JudgedPart => ({
    releases: byPart.get(part) ?? [],
    part,
    parts: byPart.size,
    because,
  });
  if (byPart.size < 2) return of([...byPart.keys()][0] ?? '', 'only');
  if (name !== undefined) {
    const own = [name, name.slice(name.lastIndexOf('/') + 1)].find((one) => byPart.has(one));
    if (own !== undefined) return of(own, 'asked for');
    if (byPart.has('')) return of('', 'asked for');
  }
  const weigh = (list: readonly Release[]): readonly [recent: number, all: number] => {
    const finished = list.filter(({ prerelease, at }) => !prerelease && at <= asOf);
    return [Number(finished.some(({ at }) => at > asOf - 2 * YEAR)), finished.length];
  };
  const [most] = [...byPart]
    .map(([part, list]) => ({ part, weight: weigh(list) }))
    .sort(
      (one, other) =>
        other.weight[0] - one.weight[0] ||
        other.weight[1] - one.weight[1] ||
        compareText(one.part, other.part),
    );
  return of(most!.part, 'most releases');
}

/**
 * The finished release that came last; of those of one day the highest by its numbers, since branches are often released together.
 * `undefined` when there is none. `releases` are ordered by time.
 */
export function newestFinished(releases: readonly Release[]): Release | undefined {
  const finished = releases.filter(({ prerelease }) => !prerelease);
  const last = finished.at(-1);
  if (last === undefined) return undefined;
  const day = dayOf(last.at);
  return finished
    .filter(({ at }) => dayOf(at) === day)
    .reduce((best, release) => (compareNumbers(release.version, best.version) > 0 ? release : best), last);
}

function compareNumbers(a: string, b: string): number {
  const first = a.split(/\D+/).map(Number);
  const second = b.split(/\D+/).map(Number);
  for (let i = 0; i < Math.max(first.length, second.length); i++) {
    const order = (first[i] ?? 0) - (second[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

/** Finished releases in (`from`, `to`], one a day: what came out on one day (of several branches, or components) is one delivery. */
export function deliveries(releases: readonly Release[], from: number, to: number): readonly number[] {
  const days = new Map<string, number>();
  for (const { at, prerelease } of releases)
    if (!prerelease && at > from && at <= to && !days.has(dayOf(at))) days.set(dayOf(at), at);
  return [...days.values()].sort((a, b) => a - b);
}
