import { npm } from '../../versions/index.ts';

/**
 * Whether a locked version satisfies a declared range, as npm would say; `undefined` when that cannot be told
 * (no version, a tag, a catalog, a range that cannot be read).
 */
export function satisfies(version: string, range: string): boolean | undefined {
  return version === '' || range.includes(':') ? undefined : npm.satisfies(version, range);
}
