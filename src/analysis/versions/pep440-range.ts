import { comparePep440, compareReleases, isPrerelease, parsePep440 } from './pep440.ts';
import type { Pep440 } from './pep440.ts';
import { compareNumbers, increment } from './text.ts';

/**
 * Whether a version meets every specifier of a comma-separated set (PEP 440): `~=1.4.2`, `==1.*`, `!=2`, `>=1,<2`, `===x`.
 * A prerelease counts: whether to pick one is the resolver's choice, not the range's.
 * `undefined` when one specifier cannot be read; an empty set holds for every version.
 */
export function satisfiesSpecifiers(version: string, range: string): boolean | undefined {
  const candidate = parsePep440(version);
  let all = true;
  for (const part of stripBrackets(range.trim()).split(',')) {
    const specifier = part.trim();
    if (specifier === '') continue;
    const met = satisfiesSpecifier(version, candidate, specifier);
    if (met === undefined) return undefined;
    all &&= met;
  }
  return all;
}

/** Old metadata puts the set in brackets: `(>=1.0)`. */
function stripBrackets(range: string): string {
  return range.startsWith('(') && range.endsWith(')') ? range.slice(1, -1) : range;
}

function satisfiesSpecifier(
  version: string,
  candidate: Pep440 | undefined,
  specifier: string,
): boolean | undefined {
  const operator = /^(?:===|[~=!<>]=|[<>])/.exec(specifier)?.[0];
  if (operator === undefined) return undefined;
  const text = specifier.slice(operator.length).trim();
  if (operator === '===')
    return /[\s;)]/.test(text) || text === ''
      ? undefined
      : version.trim().toLowerCase() === text.toLowerCase();
  const wildcard = (operator === '==' || operator === '!=') && text.endsWith('.*');
  const bound = parsePep440(wildcard ? text.slice(0, -2) : text);
  if (bound === undefined) return undefined;
  if (wildcard && (isPrerelease(bound) || bound.post !== '' || bound.local !== '')) return undefined;
  if (bound.local !== '' && operator !== '==' && operator !== '!=') return undefined;
  if (operator === '~=' && bound.release.length < 2) return undefined;
  if (candidate === undefined) return false;
  switch (operator) {
    case '==':
      return wildcard ? hasPrefix(candidate, bound, bound.release.length) : isEqual(candidate, bound);
    case '!=':
      return !(wildcard ? hasPrefix(candidate, bound, bound.release.length) : isEqual(candidate, bound));
    case '<=':
      return comparePep440(candidate, bound, true) <= 0;
    case '>=':
      return comparePep440(candidate, bound, true) >= 0;
    case '<':
      return isBelow(candidate, bound);
    case '>':
      return isAbove(candidate, bound);
    default:
      return (
        comparePep440(candidate, bound, true) >= 0 && hasPrefix(candidate, bound, bound.release.length - 1)
      );
  }
}

/** A local part of the candidate counts only when the specifier has one. */
function isEqual(candidate: Pep440, bound: Pep440): boolean {
  return comparePep440(candidate, bound, bound.local === '') === 0;
}

/** Whether the first `length` release numbers are the same, missing ones zero. */
function hasPrefix(candidate: Pep440, bound: Pep440, length: number): boolean {
  return (
    compareNumbers(candidate.epoch, bound.epoch) === 0 &&
    compareReleases(candidate.release.slice(0, length), bound.release.slice(0, length)) === 0
  );
}

/** `<1.0` leaves out the prereleases of 1.0, unless the bound is one itself. */
function isBelow(candidate: Pep440, bound: Pep440): boolean {
  return comparePep440(candidate, isPrerelease(bound) ? bound : { ...bound, dev: '0' }) < 0;
}

/** `>1.0` leaves out the post releases of 1.0, unless the bound is one itself; local versions never count as later. */
function isAbove(candidate: Pep440, bound: Pep440): boolean {
  if (bound.dev === '' && bound.post !== '')
    return comparePep440(candidate, { ...bound, post: increment(bound.post), dev: '0' }) >= 0;
  if (comparePep440(candidate, bound, true) <= 0) return false;
  if (bound.dev !== '' || candidate.post === '') return true;
  return comparePep440({ ...candidate, post: '', dev: '' }, bound, true) !== 0;
}
