import type { VersionScheme } from '../../model/ecosystem.ts';
import { holds, parseConstraint } from './ranges.ts';
import { compareIdentifiers, compareSemver, isSemverPrerelease, parseSemver } from './semver.ts';
import { increment } from './text.ts';

/** Pub (Dart): Semantic Versioning in which build metadata counts: `1.0.0` < `1.0.0+1` < `1.0.0+2`. https://dart.dev/tools/pub/versioning */
export const pub: VersionScheme = {
  id: 'pub',
  compare: (a, b) => compareSemver(a, b) || compareBuilds(buildOf(a), buildOf(b)),
  isValid: (version) =>
    /^\d+\.\d+\.\d+(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/.test(
      version,
    ),
  isPrerelease: isSemverPrerelease,
  satisfies: satisfiesPubConstraint,
};

function buildOf(version: string): string {
  const plus = version.indexOf('+');
  return plus === -1 ? '' : version.slice(plus + 1);
}

function compareBuilds(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? -1 : 1;
  return compareIdentifiers(a, 0, a.length, b, 0, b.length);
}

/** `any`, a version, `^1.2.3`, or bounds side by side: `>=1.0.0 <2.0.0`. */
function satisfiesPubConstraint(version: string, range: string): boolean | undefined {
  const text = range.trim();
  if (text === 'any' || text === '') return true;
  const parts = text
    .replaceAll(/([<>=^]) +/g, '$1')
    .split(/ +/)
    .map(parseConstraint);
  let lowest = '';
  let met = true;
  for (const part of parts) {
    if (part === undefined || !pub.isValid(part.version)) return undefined;
    if (part.operator.startsWith('>')) lowest = part.version;
  }
  for (const { operator, version: bound } of parts as { operator: string; version: string }[]) {
    if (operator === '^')
      met &&= pub.compare(version, bound) >= 0 && isBelow(version, nextBreaking(bound), bound);
    else if (operator === '<') met &&= isBelow(version, bound, lowest);
    else if (/^(?:>=?|<=)?$/.test(operator)) met &&= holds(pub.compare(version, bound), operator);
    else return undefined;
  }
  return met;
}

/** `<2.0.0` leaves out prereleases of 2.0.0, unless the lower bound is one of them. */
function isBelow(version: string, bound: string, lowest: string): boolean {
  const core = bound.replace(/[-+].*$/s, '');
  const open = bound !== core || lowest.startsWith(`${core}-`);
  return pub.compare(version, open ? bound : `${bound}-0`) < 0;
}

function nextBreaking(version: string): string {
  const [major = '0', minor = '0'] = parseSemver(version)?.numbers ?? [];
  return /^0+$/.test(major) ? `0.${increment(minor)}.0` : `${increment(major)}.0.0`;
}
