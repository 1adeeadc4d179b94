import type { VersionScheme } from '../../model/ecosystem.ts';
import { holds, parseConstraint } from './ranges.ts';
import { compareSemver, isSemverPrerelease, isStrictSemver } from './semver.ts';
import { increment } from './text.ts';

/** Hex (Elixir): https://hexdocs.pm/elixir/Version.html */
export const hex: VersionScheme = {
  id: 'hex',
  compare: compareSemver,
  isValid: isStrictSemver,
  isPrerelease: isSemverPrerelease,
  satisfies(version, range) {
    if (!isStrictSemver(version)) return false;
    // `and` binds closer than `or`.
    const alternatives = range
      .trim()
      .replaceAll(/\s+/g, ' ')
      .split(' or ')
      .map((alternative) => alternative.split(' and ').map((one) => satisfiesOne(version, one)));
    if (alternatives.flat().includes(undefined)) return undefined;
    return alternatives.some((alternative) => alternative.every(Boolean));
  },
};

function satisfiesOne(version: string, requirement: string): boolean | undefined {
  const read = parseConstraint(requirement);
  if (read === undefined) return undefined;
  const { operator, version: bound } = read;
  if (operator === '~>') {
    const parts = /^(\d+)\.(\d+)(\.\d+)?(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.exec(bound);
    if (parts === null) return undefined;
    const [, major = '', minor = '', patch, prerelease = ''] = parts;
    const low = `${major}.${minor}${patch ?? '.0'}${prerelease}`;
    if (!isStrictSemver(low)) return undefined;
    const next = patch === undefined ? `${increment(major)}.0.0` : `${major}.${increment(minor)}.0`;
    return compareSemver(version, low) >= 0 && compareSemver(version, `${next}-0`) < 0;
  }
  if (!/^(?:==|!=|[<>]=?)?$/.test(operator) || !isStrictSemver(bound)) return undefined;
  return holds(compareSemver(version, bound), operator);
}
