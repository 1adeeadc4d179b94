import type { DisclosureReport } from '../../../model/disclosure-report.ts';

/** Counts what was looked into and what was not. */
export interface Tally {
  readonly decoded: (how: string) => void;
  readonly undecoded: (what: string, why: string) => void;
  /** Takes in what another counted. */
  add(other: TallyResult): void;
  /** For a report: both sorted. */
  result(): TallyResult;
}

export type TallyResult = Required<Pick<DisclosureReport['coverage'], 'decoded' | 'undecoded'>>;

export function createTally(): Tally {
  const decoded = new Map<string, number>();
  const undecoded = new Map<string, { what: string; why: string; count: number }>();
  const count = (how: string, times: number): void => {
    decoded.set(how, (decoded.get(how) ?? 0) + times);
  };
  const miss = (what: string, why: string, times: number): void => {
    const key = `${what}\n${why}`;
    const known = undecoded.get(key);
    if (known === undefined) undecoded.set(key, { what, why, count: times });
    else known.count += times;
  };
  return {
    decoded: (how) => count(how, 1),
    undecoded: (what, why) => miss(what, why, 1),
    add: (other) => {
      for (const [how, times] of Object.entries(other.decoded)) count(how, times);
      for (const { what, why, count: times } of other.undecoded) miss(what, why, times);
    },
    result: () => ({
      decoded: Object.fromEntries([...decoded].sort(([a], [b]) => (a < b ? -1 : 1))),
      undecoded: [...undecoded]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { what, why, count }]) => ({ what, why, count })),
    }),
  };
}
