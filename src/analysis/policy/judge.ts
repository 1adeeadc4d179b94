import type { Finding, Priority } from '../../model/finding.ts';
import type { Problem } from '../../model/problem.ts';
import type { NotChecked, Verdict } from '../../model/result.ts';

/** The least priority that blocks. `unknown` priorities are never below it. */
export type Threshold = Exclude<Priority, 'unknown'>;

const ORDER: readonly Priority[] = ['critical', 'high', 'medium', 'low'];

/**
 * The first cut of policy: block on open findings at or above `failOn`.
 * Blocking wins over not knowing; not knowing wins over passing. Without `failOn` nothing blocks,
 * but input that could not be read still keeps the verdict from being a pass.
 * `recognised` is how many files were understood: a policy over nothing is not a pass.
 */
export function judge(
  findings: readonly Finding[],
  notChecked: readonly NotChecked[],
  problems: readonly Problem[],
  failOn: Threshold | undefined,
  recognised: number,
): Verdict {
  const blocking =
    failOn === undefined
      ? []
      : findings.filter((finding) => finding.decision === undefined && isAtLeast(finding.priority, failOn));
  if (blocking.length > 0 && failOn !== undefined)
    return {
      effect: 'block',
      reasons: [`${count(blocking.length, 'open finding')} at or above ${failOn}`],
      blocking: blocking.map((finding) => finding.fingerprint),
    };
  const reasons = unknowns(notChecked, problems, failOn !== undefined, recognised);
  return { effect: reasons.length > 0 ? 'unknown' : 'pass', reasons, blocking: [] };
}

/** Whether a priority reaches a threshold. What nobody has scored always does. */
export function isAtLeast(priority: Priority, threshold: Threshold): boolean {
  return priority === 'unknown' || ORDER.indexOf(priority) <= ORDER.indexOf(threshold);
}

function unknowns(
  notChecked: readonly NotChecked[],
  problems: readonly Problem[],
  hasPolicy: boolean,
  recognised: number,
): string[] {
  const reasons: string[] = [];
  const lost = new Set(problems.filter((problem) => problem.lost).map((problem) => problem.at?.path ?? ''));
  if (lost.size > 0) reasons.push(`${count(lost.size, 'file')} could not be read in full`);
  if (!hasPolicy) return reasons;
  if (recognised === 0) reasons.push('no manifest or lockfile was recognised, so there was nothing to judge');
  for (const group of notChecked)
    if (group.holdsUpPolicy)
      reasons.push(`${count(group.count, 'component')} of ${group.ecosystem} not checked: ${WHY[group.why]}`);
  return reasons;
}

/** Why components were not held against advisories, in words. */
export const WHY: Readonly<Record<NotChecked['why'], string>> = {
  'no-data': 'no advisories installed for this ecosystem',
  'no-source': 'no public advisory data for this kind',
  'not-locked': 'no exact version is locked',
  'not-registry': 'not from a registry (git, file, URL), so names prove nothing',
};

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
