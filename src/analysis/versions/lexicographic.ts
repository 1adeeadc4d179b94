import type { VersionScheme } from '../../model/ecosystem.ts';
import { satisfiesConstraints } from './ranges.ts';

/** Text by Unicode code points, as its UTF-8 bytes would be ordered. */
export const lexicographic: VersionScheme = {
  id: 'lexicographic',
  compare(a, b) {
    if (a === b) return 0;
    const length = Math.min(a.length, b.length);
    let i = 0;
    while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
    if (i === length) return a.length - b.length;
    return rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
  },
  isValid: (version) => version !== '',
  isPrerelease: () => false,
  satisfies: (version, range) => satisfiesConstraints(lexicographic, version, range.split(',')),
};

/** Surrogates stand for code points above all that fit one unit, U+E000 to U+FFFF included. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
