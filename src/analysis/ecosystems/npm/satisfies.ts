import type { VersionScheme } from '../../../model/ecosystem.ts';
import { generic as scheme } from '../../versions/index.ts';

/**
 * Whether a locked version satisfies a declared range, as npm would say; `undefined` when that cannot be told
 * (a tag, a catalog, a range that cannot be read). The common spellings `^1.2.3`, `~1.2.3` and `1.2.3` against
 * a plain release are answered here: lockfiles ask thousands of times.
 */
export function satisfies(version: string, range: string): boolean | undefined {
  if (version === '' || range.includes(':')) return undefined;
  const has = plainRelease(version, 0);
  if (has === undefined) return ask(scheme, version, range);
  const operator = range.charCodeAt(0);
  const caret = operator === 94; /* ^ */
  const tilde = operator === 126; /* ~ */
  const wants = plainRelease(range, caret || tilde ? 1 : 0);
  if (wants === undefined) return range === '' || range === '*' ? true : ask(scheme, version, range);
  const [major, minor, patch] = has;
  const [wantMajor, wantMinor, wantPatch] = wants;
  if (major !== wantMajor) return false;
  if (!caret && !tilde) return minor === wantMinor && patch === wantPatch;
  if (tilde || major === 0) {
    if (minor !== wantMinor) return false;
    return caret && minor === 0 && major === 0 ? patch === wantPatch : patch >= wantPatch;
  }
  return minor > wantMinor || (minor === wantMinor && patch >= wantPatch);
}

function ask(scheme: VersionScheme, version: string, range: string): boolean | undefined {
  // A tag (`latest`, `next`) is no range: npm resolves it at the registry.
  return /^[A-Za-z]/.test(range) && !/^[vVxX]/.test(range) ? undefined : scheme.satisfies(version, range);
}

/** Reads exactly `digits.digits.digits` from an offset to the end; nothing else, and no numbers past 15 digits. */
function plainRelease(text: string, from: number): readonly [number, number, number] | undefined {
  let part = 0;
  let value = 0;
  let digits = 0;
  let first = 0;
  let second = 0;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      value = value * 10 + code - 48;
      if (++digits > 15 || (digits > 1 && value < 10)) return undefined;
    } else if (code === 46 && digits > 0 && part < 2) {
      if (part === 0) first = value;
      else second = value;
      part++;
      value = 0;
      digits = 0;
    } else return undefined;
  }
  return part === 2 && digits > 0 ? [first, second, value] : undefined;
}
