import type { VersionScheme } from '../../model/ecosystem.ts';
import { isWithin, parseIntervals } from './maven-range.ts';
import { comparePlain, plainLength } from './plain.ts';
import { parseSemver } from './semver.ts';
import { compareDigits, compareNumbers, compareText, endOfDigits, isDigit } from './text.ts';

/**
 * NuGet: one to four numbers, prerelease labels without case, metadata ignored.
 * https://learn.microsoft.com/nuget/concepts/package-versioning
 */
export const nuget: VersionScheme = {
  id: 'nuget',
  compare: compareNuget,
  isValid: isNugetVersion,
  isPrerelease: (version) => (parseSemver(version)?.prerelease ?? '') !== '',
  satisfies: satisfiesNugetRange,
};

/** At most nine digits, or up to 2^31 - 1: the reference keeps each number in 32 bits. */
function isNugetVersion(version: string): boolean {
  return /^\s*\d{1,10}(?:\.\d{1,10}){0,3}(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z.-]+)?\s*$/.test(
    version,
  );
}

function compareNuget(a: string, b: string): number {
  if (a === b) return 0;
  if (plainLength(a) > 0 && plainLength(b) > 0) return comparePlain(a, b);
  const left = parseSemver(a);
  const right = parseSemver(b);
  if (left === undefined || right === undefined)
    return left !== undefined ? 1 : right !== undefined ? -1 : compareText(a, b);
  for (let i = 0; i < left.numbers.length || i < right.numbers.length; i++) {
    const order = compareNumbers(left.numbers[i] ?? '0', right.numbers[i] ?? '0');
    if (order !== 0) return order;
  }
  if (left.prerelease === '' || right.prerelease === '')
    return left.prerelease !== '' ? -1 : right.prerelease !== '' ? 1 : 0;
  const x = left.prerelease.split('.');
  const y = right.prerelease.split('.');
  for (let i = 0; i < x.length && i < y.length; i++) {
    const order = compareLabels(x[i]!, y[i]!);
    if (order !== 0) return order;
  }
  return x.length - y.length;
}

/** Numbers before words. A number is what fits 32 bits with its sign (`--1` is minus one); longer ones are words. */
function compareLabels(a: string, b: string): number {
  const aNumber = isInt32(a);
  const bNumber = isInt32(b);
  if (aNumber && bNumber) return Number(a) - Number(b);
  if (aNumber || bNumber) return aNumber ? -1 : 1;
  return compareText(a.toUpperCase(), b.toUpperCase());
}

function isInt32(label: string): boolean {
  const start = label.startsWith('-') ? 1 : 0;
  if (start === label.length || endOfDigits(label, start) !== label.length) return false;
  const limit = start === 1 ? '2147483648' : '2147483647';
  return compareDigits(label, start, label.length, limit, 0, limit.length) <= 0;
}

/**
 * `[1.0,2.0)` as in Maven; a bare version is a minimum; `1.2.*` floats over what begins with it, `1.2.*-*` over
 * prereleases too. https://learn.microsoft.com/nuget/concepts/package-versioning#version-ranges
 */
function satisfiesNugetRange(version: string, range: string): boolean | undefined {
  const text = range.trim();
  if (/^[[(]/.test(text)) {
    const intervals = parseIntervals(text);
    if (intervals?.length !== 1) return undefined;
    const bounds = [intervals[0]!.low, intervals[0]!.high].filter(Boolean);
    return bounds.every(isNugetVersion) ? isWithin(nuget, version, intervals) : undefined;
  }
  if (!text.includes('*')) return isNugetVersion(text) ? compareNuget(version, text) >= 0 : undefined;
  const floating = /^((?:\d+\.)*)(\*|\d+)(?:\.(\*|\d+))*(?:-([0-9A-Za-z.-]*)\*)?$/.exec(text);
  if (floating === null) return undefined;
  return floats(version, text);
}

function floats(version: string, range: string): boolean | undefined {
  const hyphen = range.indexOf('-');
  const numbers = (hyphen === -1 ? range : range.slice(0, hyphen)).split('.');
  const star = numbers.indexOf('*');
  if (star !== -1 && star !== numbers.length - 1) return undefined;
  const read = parseSemver(version);
  if (read === undefined) return false;
  const fixed = star === -1 ? numbers : numbers.slice(0, star);
  const same = fixed.every((number, i) => compareNumbers(number, read.numbers[i] ?? '0') === 0);
  if (!same || (star === -1 && read.numbers.slice(fixed.length).some((number) => /[1-9]/.test(number))))
    return false;
  if (read.prerelease === '') return true;
  if (hyphen === -1) return false;
  const prefix = range.slice(hyphen + 1, -1).toLowerCase();
  return (
    read.prerelease.toLowerCase().startsWith(prefix) ||
    (star !== -1 && isDigit(range.charCodeAt(0)) && prefix === '')
  );
}
