import type { VersionScheme } from '../../model/ecosystem.ts';
import { compareLegacy } from './pep440-legacy.ts';
import { satisfiesSpecifiers } from './pep440-range.ts';
import { comparePlain, plainLength } from './plain.ts';
import { compareNumbers, compareText, isNumeric } from './text.ts';

/** PyPI: https://packaging.python.org/specifications/version-specifiers/ (PEP 440). What is no such version comes before all that are. */
export const pep440: VersionScheme = {
  id: 'pypi',
  compare(a, b) {
    if (a === b) return 0;
    if (plainLength(a) > 0 && plainLength(b) > 0) return comparePlain(a, b);
    const left = parsePep440(a);
    const right = parsePep440(b);
    if (left === undefined || right === undefined)
      return left !== undefined ? 1 : right !== undefined ? -1 : compareLegacy(a, b);
    return comparePep440(left, right);
  },
  isValid: (version) => parsePep440(version) !== undefined,
  isPrerelease(version) {
    const read = parsePep440(version);
    return read !== undefined && isPrerelease(read);
  },
  satisfies: satisfiesSpecifiers,
};

/** A version in its parts. Numbers are digit strings, `''` where the part is absent; an implied number is `0`. */
export interface Pep440 {
  readonly epoch: string;
  readonly release: readonly string[];
  /** `a`, `b`, `rc` or `''`. */
  readonly preKind: string;
  readonly pre: string;
  readonly post: string;
  readonly dev: string;
  /** Lower case, segments joined by dots; `''` when absent. */
  readonly local: string;
}

const VERSION =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;

const PRE_KINDS: ReadonlyMap<string, string> = new Map([
  ['alpha', 'a'],
  ['beta', 'b'],
  ['c', 'rc'],
  ['pre', 'rc'],
  ['preview', 'rc'],
]);

/** Reads a version in any of its accepted spellings; `undefined` when it is none. */
export function parsePep440(version: string): Pep440 | undefined {
  const found = VERSION.exec(version.trim().toLowerCase());
  if (found === null) return undefined;
  const [, epoch = '0', release = '', kind = '', pre = '', implicitPost = '', post = '', postNumber = ''] =
    found;
  return {
    epoch,
    release: release.split('.'),
    preKind: PRE_KINDS.get(kind) ?? kind,
    pre: kind === '' ? '' : pre || '0',
    post: post === '' ? implicitPost : postNumber || '0',
    dev: found[8] === undefined ? '' : found[9] || '0',
    local: (found[10] ?? '').replaceAll(/[-_]/g, '.'),
  };
}

/** A development release or a prerelease proper. */
export function isPrerelease(version: Pep440): boolean {
  return version.preKind !== '' || version.dev !== '';
}

/** Total order of parsed versions. `ignoreLocal` compares the public part only. */
export function comparePep440(a: Pep440, b: Pep440, ignoreLocal = false): number {
  return (
    compareNumbers(a.epoch, b.epoch) ||
    compareReleases(a.release, b.release) ||
    compareText(preKey(a), preKey(b)) ||
    compareNumbers(a.pre, b.pre) ||
    compareOptional(a.post, b.post, -1) ||
    compareOptional(a.dev, b.dev, 1) ||
    (ignoreLocal ? 0 : compareLocals(a.local, b.local))
  );
}

/** Release numbers, missing ones zero. */
export function compareReleases(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length || i < b.length; i++) {
    const order = compareNumbers(a[i] ?? '0', b[i] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

/** `1.dev1` < `1a1` < `1b1` < `1rc1` < `1`: a bare development release comes before every prerelease. */
function preKey({ preKind, post, dev }: Pep440): string {
  if (preKind !== '') return preKind;
  return post === '' && dev !== '' ? '' : 'z';
}

/** `absent` says where a missing number goes: -1 before all, 1 after all. */
function compareOptional(a: string, b: string, absent: number): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? absent : -absent;
  return compareNumbers(a, b);
}

/** No local part first; then segment by segment, words before numbers, fewer before more. */
function compareLocals(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? -1 : 1;
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < left.length && i < right.length; i++) {
    const x = left[i]!;
    const y = right[i]!;
    const xNumeric = isNumeric(x);
    const yNumeric = isNumeric(y);
    const order =
      xNumeric && yNumeric ? compareNumbers(x, y) : xNumeric ? 1 : yNumeric ? -1 : compareText(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
