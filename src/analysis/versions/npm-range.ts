import { holds } from './ranges.ts';
import { compareSemver } from './semver.ts';
import { compareText, increment } from './text.ts';

/** One bound of a range, with a complete version. */
export interface Comparator {
  readonly operator: '<' | '<=' | '>' | '>=' | '=';
  readonly version: string;
}

/** Alternatives, of each of which every comparator must hold. An empty list of comparators is any release. */
export type ComparatorSets = readonly (readonly Comparator[])[];

/** A version that may end early: `''` stands for a number that is left out or is `x`, `X` or `*`. */
export interface PartialVersion {
  readonly major: string;
  readonly minor: string;
  readonly patch: string;
  /** With its hyphen, or `''`. */
  readonly prerelease: string;
}

const NUMBER_OR_X = String.raw`(?:\d+|[xX*])`;
/** A prerelease may lack its hyphen, then it begins with a letter: were a digit allowed, matching would be quadratic. */
const PRERELEASE = String.raw`(?:(?:-|(?=[A-Za-z]))([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?`;
const PARTIAL = String.raw`[v= ]*(${NUMBER_OR_X})(?:\.(${NUMBER_OR_X})(?:\.(${NUMBER_OR_X})${PRERELEASE}(?:\+[0-9A-Za-z.-]+)?)?)?`;
const HYPHEN_RANGE = new RegExp(`^ ?${PARTIAL} - ${PARTIAL} ?$`);
const SIMPLE = new RegExp(` ?(~>?|\\^|[<>]=?|=)?${PARTIAL}(?= |$)`, 'y');

/**
 * Reads an npm range (https://github.com/npm/node-semver#ranges) into plain comparators. `undefined` when it is none:
 * tags, URLs and other specifications of package.json are no ranges.
 */
export function parseNpmRange(range: string): ComparatorSets | undefined {
  const simple = simpleRange(range);
  if (simple !== undefined) return [simple];
  const sets: Comparator[][] = [];
  // Blanks are made single first, so that no expression below meets a long run of them.
  for (const alternative of range.replaceAll(/\s+/g, ' ').split('||')) {
    const set = parseAlternative(alternative);
    if (set === undefined) return undefined;
    sets.push(set);
  }
  // As in npm, "any release" swallows its alternatives, with the prereleases that they would have let in.
  return sets.some((set) => set.length === 0) ? [[]] : sets;
}

/** `^1.2.3`, `~1.2.3` and `1.2.3`: nearly all that a lockfile holds, read without the expressions below. */
function simpleRange(range: string): Comparator[] | undefined {
  const operator = range.startsWith('^') || range.startsWith('~') ? range[0]! : '';
  if (!isPlain(range, operator.length)) return undefined;
  const [major = '', minor = '', patch = ''] = range.slice(operator.length).split('.');
  return desugar(operator, { major, minor, patch, prerelease: '' });
}

/** Whether three numbers without leading zeros stand from `start` on, with dots between them and nothing else. */
function isPlain(text: string, start: number): boolean {
  let dots = 0;
  let first = start;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (i === first || dots === 2) return false;
      dots++;
      first = i + 1;
    } else if (code < 48 || code > 57 || (i > first && text.charCodeAt(first) === 48)) return false;
  }
  return dots === 2 && first < text.length;
}

/**
 * Whether a version satisfies a range as npm sees it: a prerelease only when some comparator of the alternative
 * is itself a prerelease of the same three numbers.
 */
export function satisfiesNpmRange(version: string, sets: ComparatorSets): boolean {
  const read = readVersion(version);
  if (read === undefined) return false;
  return sets.some(
    (set) =>
      set.every(({ operator, version }) => holds(compareSemver(read.text, version), operator)) &&
      (!read.prerelease ||
        set.some(
          ({ version }) => version.startsWith(`${read.core}-`) && version.length > read.core.length + 1,
        )),
  );
}

const VERSION = new RegExp(
  String.raw`^[v=\s]*(\d+)\.(\d+)\.(\d+)${PRERELEASE}(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\s*$`,
);

/** A complete npm version, loosely read (`v1.2.3`, `1.2.3beta`); `undefined` for anything less. */
export function readVersion(
  version: string,
): { readonly text: string; readonly core: string; readonly prerelease: boolean } | undefined {
  if (isPlain(version, 0)) return { text: version, core: version, prerelease: false };
  const found = VERSION.exec(version);
  if (found === null) return undefined;
  const core = `${plain(found[1]!)}.${plain(found[2]!)}.${plain(found[3]!)}`;
  const prerelease = found[4];
  return prerelease === undefined
    ? { text: core, core, prerelease: false }
    : { text: `${core}-${prerelease}`, core, prerelease: true };
}

function parseAlternative(text: string): Comparator[] | undefined {
  const hyphen = HYPHEN_RANGE.exec(text);
  if (hyphen !== null) return hyphenRange(partial(hyphen.slice(1, 5)), partial(hyphen.slice(5, 9)));
  const requirements = parseRequirements(text);
  if (requirements?.some(({ operator, disordered }) => disordered && !/[~^]/.test(operator)))
    return undefined;
  return requirements?.flatMap(({ operator, version }) => desugar(operator, version));
}

/** An operator (`''` when there is none) and the partial version behind it. */
export interface Requirement {
  readonly operator: string;
  readonly version: PartialVersion;
  /** `x.1` and `1.x.2`: npm reads them behind `^` and `~`, and refuses them elsewhere. */
  readonly disordered: boolean;
  /** One of the numbers is written as `x`, `X` or `*`. */
  readonly wildcard: boolean;
}

/** Reads requirements that stand side by side with single blanks between them; `undefined` when something else is there. */
export function parseRequirements(text: string): readonly Requirement[] | undefined {
  const requirements: Requirement[] = [];
  let at = 0;
  while (at < text.length) {
    SIMPLE.lastIndex = at;
    const found = SIMPLE.exec(text);
    if (found === null) return text.slice(at).trim() === '' ? requirements : undefined;
    at = SIMPLE.lastIndex;
    requirements.push({
      operator: found[1] ?? '',
      version: partial(found.slice(2, 6)),
      disordered: isDisordered(found),
      wildcard: found.slice(2, 5).some((text) => text !== undefined && !/\d/.test(text)),
    });
  }
  return requirements;
}

/** The plain comparators that a requirement stands for; none at all where every release will do. */
export function desugar(operator: string, version: PartialVersion): Comparator[] {
  if (operator === '^') return caret(version);
  if (operator.startsWith('~')) return tilde(version);
  return primitive(operator, version);
}

function isDisordered(found: RegExpExecArray): boolean {
  const [, , major, minor = 'x', patch = 'x'] = found;
  const isX = (text: string | undefined) => text !== undefined && !/\d/.test(text);
  return (isX(major) && !isX(minor)) || (isX(minor) && !isX(patch));
}

function partial(groups: readonly (string | undefined)[]): PartialVersion {
  const number = (text: string | undefined) => (text === undefined || /[xX*]/.test(text) ? '' : plain(text));
  const major = number(groups[0]);
  const minor = major === '' ? '' : number(groups[1]);
  const patch = minor === '' ? '' : number(groups[2]);
  const prerelease = patch === '' || groups[3] === undefined ? '' : `-${groups[3]}`;
  return { major, minor, patch, prerelease };
}

/** Leading zeros go, as in npm's loose reading. */
function plain(digits: string): string {
  return digits.length > 1 && digits.startsWith('0') ? digits.replace(/^0+(?=\d)/, '') : digits;
}

/** `-0` is the lowest prerelease there is: `<2.0.0-0` keeps prereleases of 2.0.0 out. */
function between(low: string, high: string): Comparator[] {
  return [
    { operator: '>=', version: low },
    { operator: '<', version: `${high}-0` },
  ];
}

/** Lowest version that a partial one stands for. */
function lowest({ major, minor, patch, prerelease }: PartialVersion): string {
  return `${major || '0'}.${minor || '0'}.${patch || '0'}${prerelease}`;
}

function nextMajor({ major }: PartialVersion): string {
  return `${increment(major)}.0.0`;
}

function nextMinor({ major, minor }: PartialVersion): string {
  return `${major}.${increment(minor)}.0`;
}

function tilde(version: PartialVersion): Comparator[] {
  if (version.major === '') return [];
  return between(lowest(version), version.minor === '' ? nextMajor(version) : nextMinor(version));
}

function caret(version: PartialVersion): Comparator[] {
  const { major, minor, patch } = version;
  if (major === '') return [];
  if (major !== '0' || minor === '') return between(lowest(version), nextMajor(version));
  if (minor !== '0' || patch === '') return between(lowest(version), nextMinor(version));
  return between(lowest(version), `${major}.${minor}.${increment(patch)}`);
}

function primitive(operator: string, version: PartialVersion): Comparator[] {
  const { major, minor, patch } = version;
  if (major === '') return operator === '<' || operator === '>' ? [NOTHING] : [];
  const next = minor === '' ? nextMajor(version) : nextMinor(version);
  if (patch === '') {
    switch (operator) {
      case '>':
        return [{ operator: '>=', version: next }];
      case '<=':
        return [{ operator: '<', version: `${next}-0` }];
      case '<':
        return [{ operator: '<', version: `${lowest(version)}-0` }];
      case '>=':
        return [{ operator: '>=', version: lowest(version) }];
      default:
        return between(lowest(version), next);
    }
  }
  return [{ operator: operator === '' ? '=' : (operator as '='), version: lowest(version) }];
}

/** `<*` and `>*`: no version at all. */
const NOTHING: Comparator = { operator: '<', version: '0.0.0-0' };

function hyphenRange(from: PartialVersion, to: PartialVersion): Comparator[] {
  const set: Comparator[] = [];
  if (from.major !== '') set.push({ operator: '>=', version: lowest(from) });
  if (to.major === '') return set;
  if (to.patch !== '') set.push({ operator: '<=', version: lowest(to) });
  else set.push({ operator: '<', version: `${to.minor === '' ? nextMajor(to) : nextMinor(to)}-0` });
  return set;
}

/** Orders comparators by version, then operator: for canonical output. */
export function compareComparators(a: Comparator, b: Comparator): number {
  return compareSemver(a.version, b.version) || compareText(a.operator, b.operator);
}
