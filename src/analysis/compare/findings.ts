import type { FindingChange } from '../../model/comparison.ts';
import type { Finding } from '../../model/finding.ts';
import type { Snapshot } from '../../model/result.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { versionless } from '../identity/identify.ts';

/** One claim about one name, with every version that it holds for. */
interface Claim {
  readonly findings: Finding[];
  readonly versions: string[];
}

/**
 * What became known to be wrong, worse or right. Findings are compared by rule and name, since an upgrade that does not fix changes nothing;
 * those about the repository by fingerprint. Only open ones count. O(findings), plus sorting.
 */
export function compareFindings(
  base: Snapshot,
  head: Snapshot,
): { readonly changes: readonly FindingChange[]; readonly remaining: number } {
  const before = claimsOf(base, (finding) => finding.decision === undefined);
  const after = claimsOf(head, (finding) => finding.decision === undefined);
  const decided = claimsOf(head, (finding) => finding.decision !== undefined);
  const changes: FindingChange[] = [];
  let remaining = 0;
  for (const [key, is] of after) {
    const was = before.get(key);
    if (was === undefined) changes.push(changeOf('appeared', [], is, head));
    else if (isWorse(was, is)) {
      const [a, b] = [urgency(was), urgency(is)];
      changes.push({
        ...changeOf('worse', was.versions, is, head),
        ...(b < a ? { priorityBefore: was.findings[0]!.priority } : {}),
      });
    } else remaining++;
  }
  for (const [key, was] of before)
    if (!after.has(key))
      changes.push({
        ...changeOf('disappeared', was.versions, was, base),
        after: decided.get(key)?.versions ?? [],
        because: decided.has(key) ? 'decided' : 'gone',
      });
  return { changes: changes.sort(byUrgency), remaining };
}

function claimsOf(snapshot: Snapshot, takes: (finding: Finding) => boolean): Map<string, Claim> {
  const { components } = snapshot.inventory;
  const claims = new Map<string, Claim>();
  for (const finding of snapshot.findings) {
    if (!takes(finding)) continue;
    const component = finding.component === undefined ? undefined : components[finding.component];
    const key = component === undefined ? finding.fingerprint : `${finding.rule}\0${versionless(component)}`;
    const known = claims.get(key);
    if (known === undefined)
      claims.set(key, { findings: [finding], versions: component === undefined ? [] : [component.version] });
    else {
      known.findings.push(finding);
      if (component !== undefined && !known.versions.includes(component.version))
        known.versions.push(component.version);
    }
  }
  for (const { findings, versions } of claims.values()) {
    const component = findings[0]!.component;
    findings.sort((a, b) => RANK[a.priority] - RANK[b.priority]);
    if (component !== undefined)
      versions.sort(ecosystemOf(components[component]!.ecosystem).versions.compare);
  }
  return claims;
}

function isWorse(was: Claim, is: Claim): boolean {
  return (
    is.versions.length > was.versions.length ||
    urgency(is) < urgency(was) ||
    (inProduction(is) && !inProduction(was))
  );
}

const urgency = ({ findings }: Claim): number => RANK[findings[0]!.priority];

const inProduction = ({ findings }: Claim): boolean =>
  findings.some(({ occurrences }) =>
    occurrences.some(
      ({ scopes }) => scopes.length === 0 || scopes.includes('prod') || scopes.includes('peer'),
    ),
  );

function changeOf(
  kind: FindingChange['kind'],
  before: readonly string[],
  { findings, versions }: Claim,
  { inventory }: Snapshot,
): FindingChange {
  const finding = findings[0]!;
  const component = finding.component === undefined ? undefined : inventory.components[finding.component]!;
  return {
    kind,
    finding: finding.kind,
    rule: finding.rule,
    ids: finding.ids,
    subject: component?.name ?? 'repository',
    title: finding.title,
    before,
    after: versions,
    priority: finding.priority,
    fixed: finding.fixed,
    fingerprints: findings.map(({ fingerprint }) => fingerprint).sort(),
    at: findings.flatMap(({ occurrences }) => occurrences.map(({ at }) => at)),
  };
}

const RANK: Readonly<Record<Finding['priority'], number>> = {
  critical: 0,
  high: 1,
  unknown: 2,
  medium: 3,
  low: 4,
};

const KINDS: Readonly<Record<FindingChange['kind'], number>> = { appeared: 0, worse: 1, disappeared: 2 };

function byUrgency(a: FindingChange, b: FindingChange): number {
  return (
    KINDS[a.kind] - KINDS[b.kind] ||
    RANK[a.priority] - RANK[b.priority] ||
    compareText(a.subject, b.subject) ||
    compareText(a.rule, b.rule) ||
    compareText(a.fingerprints[0]!, b.fingerprints[0]!)
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
