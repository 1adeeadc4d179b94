import type { VersionScheme } from '../../model/ecosystem.ts';
import { satisfiesConstraints } from './ranges.ts';
import { compareText, trimZeros } from './text.ts';

const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** RFC 3339 instants in order of time, to any fraction of a second; what is none comes before all that are. */
export const datetime: VersionScheme = {
  id: 'datetime',
  compare(a, b) {
    const left = read(a);
    const right = read(b);
    if (left === undefined || right === undefined)
      return left !== undefined ? 1 : right !== undefined ? -1 : compareText(a, b);
    return left.second - right.second || compareText(left.fraction, right.fraction);
  },
  isValid: (version) => read(version) !== undefined,
  isPrerelease: () => false,
  satisfies: (version, range) => satisfiesConstraints(datetime, version, range.split(',')),
};

function read(text: string): { readonly second: number; readonly fraction: string } | undefined {
  const found = INSTANT.exec(text);
  if (found === null) return undefined;
  const second = Date.parse(found[1]! + found[3]!);
  return Number.isNaN(second) ? undefined : { second, fraction: trimZeros((found[2] ?? '').slice(1)) };
}
