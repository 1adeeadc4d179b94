/** The oldest Node that assay runs on, as bin/assay.js and package.json have it. */
export const NODE_FLOOR = '22.22';

/** One thing that was looked at on this machine. */
export interface Finding {
  /** Stable: `node`, `node-on-path`, `assay`, `git`, `hooks`, `hook:pre-commit`, `hook-runs`, `committed`, `self-test`, `advisories`, `cache`. */
  readonly id: string;
  /** `attention`: works, but is worth a look. `missing`: does not work. */
  readonly state: 'ok' | 'attention' | 'missing';
  readonly says: string;
  /** What to do about it. */
  readonly todo?: string;
}

/** 1 when something does not work. */
export function doctorCode(findings: readonly Finding[]): 0 | 1 {
  return findings.some(({ state }) => state === 'missing') ? 1 : 0;
}

/** `22.22.1` against the floor `22.22`, number by number; `v` before it is allowed. False for what is no version. */
export function isAtLeast(version: string, floor: string): boolean {
  const numbers = (text: string): number[] => text.replace(/^v/, '').split('.').map(Number);
  const have = numbers(version);
  const want = numbers(floor);
  if (have.some((number) => !Number.isInteger(number))) return false;
  for (const [i, number] of want.entries()) if ((have[i] ?? 0) !== number) return (have[i] ?? 0) > number;
  return true;
}

/** Advisories older than this have missed what a week's work would have brought. */
const OLD_DAYS = 14;

/** What the age of the advisories in use means; `undefined`: only the starter set that comes with assay. */
export function advisoriesFinding(
  installed: { readonly sets: number; readonly ageDays: number } | undefined,
  folder: string,
): Finding {
  if (installed === undefined)
    return {
      id: 'advisories',
      state: 'attention',
      says: `none are installed in ${folder}: scans use the small set that comes with assay`,
      todo: 'assay db update',
    };
  const { sets, ageDays } = installed;
  const says = `${sets} ${sets === 1 ? 'ecosystem' : 'ecosystems'} in ${folder}, the newest advisory is ${ageDays} ${ageDays === 1 ? 'day' : 'days'} old`;
  return ageDays > OLD_DAYS
    ? { id: 'advisories', state: 'attention', says, todo: 'assay db update' }
    : { id: 'advisories', state: 'ok', says };
}
