import type { VersionScheme } from '../../model/ecosystem.ts';
import { parseNpmRange, readVersion, satisfiesNpmRange } from './npm-range.ts';
import { compareSemver, isSemverPrerelease } from './semver.ts';

/** npm: Semantic Versioning, read as loosely as npm reads what is in its registry. https://github.com/npm/node-semver */
export const npm: VersionScheme = {
  id: 'npm',
  compare: compareSemver,
  isValid: (version) => readVersion(version) !== undefined,
  isPrerelease: isSemverPrerelease,
  satisfies(version, range) {
    const sets = parseNpmRange(range);
    return sets === undefined ? undefined : satisfiesNpmRange(version, sets);
  },
};
