import type { VersionScheme } from '../../model/ecosystem.ts';
import { satisfiesConstraints } from './ranges.ts';
import { compareNumbers, compareText, trimZeros } from './text.ts';

/** Gentoo: https://projects.gentoo.org/pms/8/pms.html#version-comparison. What is no version comes before all that are. */
export const gentoo: VersionScheme = {
  id: 'ebuild',
  compare(a, b) {
    const left = VERSION.exec(a);
    const right = VERSION.exec(b);
    if (left === null || right === null) return left !== null ? 1 : right !== null ? -1 : compareText(a, b);
    return (
      compareReleases(left[1]!, right[1]!) ||
      compareText(left[2] ?? '', right[2] ?? '') ||
      compareSuffixes(left[3] ?? '', right[3] ?? '') ||
      compareNumbers(left[4] ?? '', right[4] ?? '')
    );
  },
  isValid: (version) => VERSION.test(version),
  isPrerelease: (version) => /_(?:alpha|beta|pre|rc)/.test(version),
  satisfies: (version, range) => satisfiesConstraints(gentoo, version, range.split(',')),
};

const VERSION = /^(\d+(?:\.\d+)*)([a-z])?((?:_(?:alpha|beta|pre|rc|p)\d*)*)(?:-r(\d+))?$/;

/** The first number counts as a number; a later one with a leading zero is the fraction that follows a point. */
function compareReleases(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < left.length && i < right.length; i++) {
    const x = left[i]!;
    const y = right[i]!;
    const fraction = i > 0 && (x.startsWith('0') || y.startsWith('0'));
    const order = fraction ? compareText(trimZeros(x), trimZeros(y)) : compareNumbers(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

const RANKS: readonly string[] = ['alpha', 'beta', 'pre', 'rc', '', 'p'];

function compareSuffixes(a: string, b: string): number {
  const left = a.split('_').slice(1);
  const right = b.split('_').slice(1);
  for (let i = 0; i < left.length || i < right.length; i++) {
    const x = left[i] ?? '';
    const y = right[i] ?? '';
    const rank = RANKS.indexOf(x.replace(/\d+$/, '')) - RANKS.indexOf(y.replace(/\d+$/, ''));
    const order = rank || compareNumbers(x.replace(/^[a-z]+/, ''), y.replace(/^[a-z]+/, ''));
    if (order !== 0) return order;
  }
  return 0;
}
