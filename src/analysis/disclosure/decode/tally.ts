import type { DisclosureReport } from '../../../model/disclosure-report.ts';

/** Counts what was looked into and what was not. */
export interface Tally {
  readonly decoded: (how: string) => void;
  readonly undecoded: (what: string, why: string) => void;
  /** For a report: both sorted. */
  result(): Pick<DisclosureReport['coverage'], 'decoded' | 'undecoded'>;
}

export function createTally(): Tally {
  const decoded = new Map<string, number>();
  const undecoded = new Map<string, { what: string; why: string; count: number }>();
  return {
    decoded: (how) => void decoded.set(how, (decoded.get(how) ?? 0) + 1),
    undecoded: (what, why) => {
      const key = `${what}\n${why}`;
      const known = undecoded.get(key);
      if (known === undefined) undecoded.set(key, { what, why, count: 1 });
      else known.count++;
    },
    result: () => ({
      decoded: Object.fromEntries([...decoded].sort(([a], [b]) => (a < b ? -1 : 1))),
      undecoded: [...undecoded]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { what, why, count }]) => ({ what, why, count })),
    }),
  };
}
