import type { VersionScheme } from '../../model/ecosystem.ts';
import { compareSemver, isSemverPrerelease, parseSemver } from './semver.ts';
import { increment } from './text.ts';

/** Swift packages: Semantic Versioning, often tagged with a `v`. */
export const swift: VersionScheme = {
  id: 'swift',
  compare: compareSemver,
  isValid: (version) => /^v?\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.test(version),
  isPrerelease: isSemverPrerelease,
  satisfies: satisfiesSwiftRequirement,
};

const QUOTED = String.raw`"?([0-9A-Za-z.+-]+)"?`;
const EXACT = new RegExp(String.raw`^(?:\.?exact ?(?:\(|:) ?)?${QUOTED} ?\)?$`);
const FROM = new RegExp(String.raw`^(?:\.(upToNextMajor|upToNextMinor) ?\( ?)?from: ?${QUOTED} ?\)?$`);
const RANGE = new RegExp(String.raw`^${QUOTED} ?(\.\.<|\.\.\.) ?${QUOTED}$`);

/**
 * A requirement as Package.swift writes it: `from: "1.2.3"`, `.upToNextMinor(from: "1.2.3")`, `exact: "1.2.3"`,
 * `"1.0.0"..<"2.0.0"`, `"1.0.0"..."1.9.9"`; a bare version is that version.
 * https://docs.swift.org/package-manager/PackageDescription/PackageDescription.html#package-dependency-requirement
 */
function satisfiesSwiftRequirement(version: string, range: string): boolean | undefined {
  const text = range.trim().replaceAll(/\s+/g, ' ');
  const between = RANGE.exec(
    text.replaceAll('...', ' ... ').replaceAll('..<', ' ..< ').replaceAll(/ +/g, ' '),
  );
  if (between !== null) {
    const [, low = '', operator, high = ''] = between;
    if (!swift.isValid(low) || !swift.isValid(high)) return undefined;
    // Closed ranges are half-open ones that end at the next patch.
    return isBetween(version, low, operator === '...' ? next(high, 2) : high);
  }
  const from = FROM.exec(text);
  if (from !== null) {
    const low = from[2]!;
    return swift.isValid(low)
      ? isBetween(version, low, next(low, from[1] === 'upToNextMinor' ? 1 : 0))
      : undefined;
  }
  const exact = EXACT.exec(text)?.[1];
  return exact !== undefined && swift.isValid(exact) ? compareSemver(version, exact) === 0 : undefined;
}

/** Prereleases only where a bound is one, and never those of a release that is the upper bound. */
function isBetween(version: string, low: string, high: string): boolean {
  if (compareSemver(version, low) < 0 || compareSemver(version, high) >= 0) return false;
  if (!isSemverPrerelease(version)) return true;
  if (isSemverPrerelease(high)) return true;
  return isSemverPrerelease(low) && compareSemver(version, `${high}-0`) < 0;
}

/** The version above in one place, lower places zero. */
function next(version: string, place: number): string {
  const numbers = [...(parseSemver(version)?.numbers ?? []), '0', '0'].slice(0, 3);
  return numbers.map((number, i) => (i < place ? number : i === place ? increment(number) : '0')).join('.');
}
