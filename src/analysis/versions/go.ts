import type { VersionScheme } from '../../model/ecosystem.ts';
import { holds, parseConstraint } from './ranges.ts';
import { compareSemver, isSemverPrerelease, isStrictSemver } from './semver.ts';

/**
 * Go modules and the Go toolchain: Semantic Versioning behind a `v` (modules), `go` (toolchains) or nothing (advisories).
 * Pseudo-versions are prereleases, `+incompatible` does not count. https://go.dev/ref/mod#versions
 */
export const go: VersionScheme = {
  id: 'golang',
  compare: (a, b) => compareSemver(bare(a), bare(b)),
  isValid: (version) =>
    isStrictSemver(bare(version)) || /^\d+(?:\.\d+){0,2}(?:rc\d+|beta\d+)?$/.test(bare(version)),
  isPrerelease: (version) => isSemverPrerelease(bare(version)),
  /** go.mod names a minimum: any version from there on will do. Operators may say otherwise. */
  satisfies(version, range) {
    const parts = range.split(',').map(parseConstraint);
    if (parts.some((part) => part === undefined || !go.isValid(part.version) || /[~^]/.test(part.operator)))
      return undefined;
    return parts.every((part) => holds(go.compare(version, part!.version), part!.operator || '>='));
  },
};

function bare(version: string): string {
  return version.startsWith('go') ? version.slice(2) : version.startsWith('v') ? version.slice(1) : version;
}
