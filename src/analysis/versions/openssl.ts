import type { VersionScheme } from '../../model/ecosystem.ts';
import { satisfiesConstraints } from './ranges.ts';
import { compareSemver, parseSemver } from './semver.ts';
import { compareText } from './text.ts';

/** OpenSSL: three numbers, and before 3.0 letters for fixes: `1.0.2` < `1.0.2a` < … < `1.0.2z` < `1.0.2za`. */
export const openssl: VersionScheme = {
  id: 'openssl',
  compare(a, b) {
    if (a === b) return 0;
    const left = split(a);
    const right = split(b);
    if (left === undefined || right === undefined)
      return left !== undefined ? 1 : right !== undefined ? -1 : compareText(a, b);
    return compareSemver(left.version, right.version) || compareText(left.letters, right.letters);
  },
  isValid: (version) => /^\d+\.\d+\.\d+(?:[a-z]{1,3}|-[0-9a-z.-]+)?$/.test(version),
  isPrerelease: (version) => /-(?:alpha|beta|pre|dev)/.test(version),
  satisfies: (version, range) => satisfiesConstraints(openssl, version, range.split(',')),
};

/** The letters taken off the numbers; what follows a hyphen is a prerelease and stays. */
function split(text: string): { readonly version: string; readonly letters: string } | undefined {
  const read = parseSemver(text);
  if (read === undefined) return undefined;
  const numbers = read.numbers.join('.');
  const letters = /^[a-z]*/.exec(text.slice(text.indexOf(numbers) + numbers.length))![0];
  const prerelease = read.prerelease.slice(letters.length);
  return { version: prerelease === '' ? numbers : `${numbers}-${prerelease.replace(/^-/, '')}`, letters };
}
