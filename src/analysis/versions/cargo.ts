import type { VersionScheme } from '../../model/ecosystem.ts';
import { parseRequirements } from './npm-range.ts';
import type { Requirement } from './npm-range.ts';
import {
  compareIdentifiers,
  compareSemver,
  isSemverPrerelease,
  isStrictSemver,
  parseSemver,
} from './semver.ts';
import { compareNumbers } from './text.ts';

/** crates.io: https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html */
export const cargo: VersionScheme = {
  id: 'cargo',
  compare: compareSemver,
  isValid: isStrictSemver,
  isPrerelease: isSemverPrerelease,
  /** Comma-separated requirements, all of which must hold; a bare version is a caret requirement. */
  satisfies(version, range) {
    const requirements = range.split(',').map(parseOne);
    if (requirements.some((one) => one === undefined)) return undefined;
    const candidate = read(version);
    if (candidate === undefined) return false;
    const all = requirements as readonly Requirement[];
    if (!all.every((one) => meets(candidate, one))) return false;
    // A prerelease only next to a requirement that names one of the same three numbers.
    return candidate.prerelease === '' || all.some((one) => admitsPrereleases(candidate, one));
  },
};

interface Candidate {
  readonly numbers: readonly [string, string, string];
  readonly prerelease: string;
}

function read(version: string): Candidate | undefined {
  const parts = isStrictSemver(version) ? parseSemver(version) : undefined;
  if (parts === undefined) return undefined;
  const [major = '', minor = '', patch = ''] = parts.numbers;
  return { numbers: [major, minor, patch], prerelease: parts.prerelease };
}

function parseOne(text: string): Requirement | undefined {
  const found = parseRequirements(text.replaceAll(/\s+/g, ' '));
  if (found?.length !== 1 || found[0]!.disordered || found[0]!.operator === '~>') return undefined;
  return found[0];
}

function meets(candidate: Candidate, requirement: Requirement): boolean {
  const { operator, wildcard, version } = requirement;
  if (version.major === '') return true;
  switch (operator) {
    case '':
      return wildcard ? isExact(candidate, requirement) : isCaret(candidate, requirement);
    case '^':
      return isCaret(candidate, requirement);
    case '~':
      return isTilde(candidate, requirement);
    case '=':
      return isExact(candidate, requirement);
    case '>':
      return differs(candidate, requirement) > 0;
    case '<':
      return differs(candidate, requirement) < 0;
    case '>=':
      return isExact(candidate, requirement) || differs(candidate, requirement) > 0;
    default:
      return isExact(candidate, requirement) || differs(candidate, requirement) < 0;
  }
}

/** The numbers that the requirement gives, and its prerelease. */
function isExact(candidate: Candidate, requirement: Requirement): boolean {
  return (
    givenOf(requirement).every((number, i) => compareNumbers(candidate.numbers[i]!, number) === 0) &&
    samePrerelease(candidate, requirement)
  );
}

/** The order by the numbers given; where they are all the same and some are missing there is none: 0. */
function differs(candidate: Candidate, requirement: Requirement): number {
  const given = givenOf(requirement);
  for (const [i, number] of given.entries()) {
    const order = compareNumbers(candidate.numbers[i]!, number);
    if (order !== 0) return order;
  }
  return given.length < 3 ? 0 : comparePrerelease(candidate, requirement);
}

/** The last number may rise, the ones before it may not. */
function isTilde(candidate: Candidate, requirement: Requirement): boolean {
  const given = givenOf(requirement);
  if (!given.slice(0, 2).every((number, i) => compareNumbers(candidate.numbers[i]!, number) === 0))
    return false;
  const order = given.length < 3 ? 0 : compareNumbers(candidate.numbers[2], given[2]!);
  return order !== 0 ? order > 0 : comparePrerelease(candidate, requirement) >= 0;
}

/** Everything may rise behind the first number that is not zero. */
function isCaret(candidate: Candidate, requirement: Requirement): boolean {
  const given = givenOf(requirement);
  let free = false;
  for (const [i, number] of given.entries()) {
    const order = compareNumbers(candidate.numbers[i]!, number);
    if (order !== 0) return free && order > 0;
    // `^0.0.3` stays at 0.0.3, `^0.0` at 0.0, `^0` at 0.
    free ||= /[1-9]/.test(number);
  }
  return given.length < 3 || comparePrerelease(candidate, requirement) >= 0;
}

function givenOf({ version: { major, minor, patch } }: Requirement): readonly string[] {
  return [major, minor, patch].filter((number) => number !== '');
}

function samePrerelease(candidate: Candidate, requirement: Requirement): boolean {
  return comparePrerelease(candidate, requirement) === 0;
}

function comparePrerelease({ prerelease: a }: Candidate, { version }: Requirement): number {
  const b = version.prerelease.slice(1);
  if (a === '' || b === '') return a !== '' ? -1 : b !== '' ? 1 : 0;
  return compareIdentifiers(a, 0, a.length, b, 0, b.length);
}

function admitsPrereleases(candidate: Candidate, requirement: Requirement): boolean {
  const given = givenOf(requirement);
  return (
    requirement.version.prerelease !== '' &&
    given.every((number, i) => compareNumbers(candidate.numbers[i]!, number) === 0)
  );
}
