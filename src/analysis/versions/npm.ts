import type { VersionScheme } from '../../model/ecosystem.ts';
import { type ComparatorSets, parseNpmRange, readVersion, satisfiesNpmRange } from './npm-range.ts';
import { compareSemver, isSemverPrerelease } from './semver.ts';

/** npm: Semantic Versioning, read as loosely as npm reads what is in its registry. https://github.com/npm/node-semver */
export const npm: VersionScheme = {
  id: 'npm',
  compare: compareSemver,
  isValid: (version) => readVersion(version) !== undefined,
  isPrerelease: isSemverPrerelease,
  satisfies(version, range) {
    const sets = rangeOf(range);
    return sets === undefined ? undefined : satisfiesNpmRange(version, sets);
  },
};

/** Ranges read before: a lockfile repeats them, and a plan asks each of them about several versions. */
const known = new Map<string, ComparatorSets | undefined>();
const MOST_KNOWN = 4096;

function rangeOf(range: string): ComparatorSets | undefined {
  const found = known.get(range);
  if (found !== undefined || known.has(range)) return found;
  const sets = parseNpmRange(range);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(range, sets);
  return sets;
}
