import type { Disclosure, DisclosureSpot } from '../../../model/disclosure-report.ts';
import { compileGlob } from '../../decisions/glob.ts';

/** A glob of paths whose secrets do not count, and the file that says so. */
export interface IgnoredPaths {
  readonly glob: string;
  readonly by: string;
}

/**
 * Marks as covered what stands in ignored files and nowhere else: each place that is known now and, in a history, the first. Nothing is
 * taken away: covered ones are counted and can be shown.
 */
export function coverIgnored(
  disclosures: readonly Disclosure[],
  ignored: readonly IgnoredPaths[],
): readonly Disclosure[] {
  if (ignored.length === 0) return disclosures;
  const globs = ignored.map(({ glob, by }) => ({ glob, by, matches: compileGlob(glob) }));
  const globOf = ({ source, path }: DisclosureSpot): (typeof globs)[number] | undefined =>
    source === 'file' || source === 'document-property'
      ? globs.find(({ matches }) => path !== undefined && matches(path))
      : undefined;
  return disclosures.map((one) => {
    const { spots, history, covered, moreSpots } = one;
    if (covered !== undefined || spots.length === 0 || moreSpots === true) return one;
    const ends = [history?.first?.spot, history?.last?.spot].filter((spot) => spot !== undefined);
    const found = [...spots, ...ends].map(globOf);
    const [first] = found;
    if (first === undefined || found.includes(undefined)) return one;
    const reason = `it stands only in paths that ${first.by} ignores (${first.glob})`;
    return { ...one, covered: { by: 'ignored-path' as const, reason } };
  });
}
