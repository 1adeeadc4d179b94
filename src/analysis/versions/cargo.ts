import type { VersionScheme } from '../../model/ecosystem.ts';
import { desugar, parseRequirements, satisfiesNpmRange } from './npm-range.ts';
import type { Comparator } from './npm-range.ts';
import { compareSemver, isSemverPrerelease, isStrictSemver } from './semver.ts';

/** crates.io: https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html. A bare version is a caret requirement. */
export const cargo: VersionScheme = {
  id: 'cargo',
  compare: compareSemver,
  isValid: isStrictSemver,
  isPrerelease: isSemverPrerelease,
  satisfies(version, range) {
    const comparators = parseCargoRange(range);
    return comparators === undefined ? undefined : satisfiesNpmRange(version, [comparators]);
  },
};

/** Comma-separated, all of which must hold; prereleases as in npm: only next to a comparator that names one. */
function parseCargoRange(range: string): Comparator[] | undefined {
  const comparators: Comparator[] = [];
  for (const part of range.split(',')) {
    const [requirement, ...more] = parseRequirements(part.replaceAll(/\s+/g, ' ')) ?? [];
    if (requirement === undefined || more.length > 0) return undefined;
    const { operator, version, wildcard } = requirement;
    comparators.push(...desugar(operator === '' && !wildcard ? '^' : operator, version));
  }
  return comparators;
}
