import type { AdvisoryHit, AdvisoryStore, AffectedEntry, AffectedRange } from '../../model/advisory.ts';
import type { EcosystemId, VersionScheme } from '../../model/ecosystem.ts';
import type { Problem } from '../../model/problem.ts';

export interface ComponentMatch {
  /** Ordered by advisory id. */
  readonly hits: readonly AdvisoryHit[];
  /**
   * `version/unparsed`: the version cannot be put in order, and some advisory needs that. `hits` then holds only what
   * is certain all the same: the version is listed as it is spelt, or every version is affected.
   */
  readonly problem?: Problem;
}

/**
 * Holds one component version against every advisory of its name, as the OSV schema evaluates them:
 * affected when listed in `versions`, or inside of any range. `name` must be canonical.
 * https://ossf.github.io/osv-schema/#evaluation
 */
export function matchComponent(
  store: AdvisoryStore,
  ecosystem: EcosystemId,
  name: string,
  version: string,
  scheme: VersionScheme,
): ComponentMatch {
  const entries = store.lookup(ecosystem, name);
  if (entries.length === 0) return NOTHING;
  const orderable = scheme.isValid(version);
  const hits: AdvisoryHit[] = [];
  let unsettled = 0;
  for (const entry of entries) {
    const inside = entry.ranges.filter((range) =>
      orderable ? contains(range, version, scheme) : isEverything(range),
    );
    if (inside.length > 0 || isListed(entry, version, orderable ? scheme : undefined))
      hits.push({ entry, fixed: fixesOf(inside, scheme) });
    else if (!orderable && entry.ranges.length > 0) unsettled++;
  }
  if (unsettled === 0) return { hits };
  return {
    hits,
    problem: {
      code: 'version/unparsed',
      message: `${name}: ${JSON.stringify(version)} is no version that ${ecosystem} can order, so ${unsettled} of its ${entries.length} advisories could not be checked`,
      lost: true,
    },
  };
}

const NOTHING: ComponentMatch = { hits: [] };

/** Whether an advisory holds for a version, which `orderable` says can be put in order. */
export function isAffected(
  entry: AffectedEntry,
  version: string,
  scheme: VersionScheme,
  orderable: boolean,
): boolean {
  return (
    entry.ranges.some((range) => (orderable ? contains(range, version, scheme) : isEverything(range))) ||
    isListed(entry, version, orderable ? scheme : undefined)
  );
}

/** Whether a version lies in an interval: introduced ≤ version < fixed, or ≤ last affected; below the limit. */
export function contains(range: AffectedRange, version: string, scheme: VersionScheme): boolean {
  const { introduced, fixed, lastAffected, limit } = range;
  if (introduced !== '0' && scheme.compare(version, introduced) < 0) return false;
  if (fixed !== undefined && scheme.compare(version, fixed) >= 0) return false;
  if (lastAffected !== undefined && scheme.compare(version, lastAffected) > 0) return false;
  return limit === undefined || scheme.compare(version, limit) < 0;
}

/**
 * Whether `versions` lists it. Beside ranges the list repeats what they say, so the same spelling is asked for; where the list
 * is all there is, any spelling of the same version counts (`1.0` is `1.0.0` to PyPI).
 */
function isListed(entry: AffectedEntry, version: string, scheme: VersionScheme | undefined): boolean {
  const { versions } = entry;
  if (versions.length === 0) return false;
  if (versions.includes(version)) return true;
  if (entry.ranges.length > 0 || scheme === undefined) return false;
  return versions.some((listed) => scheme.compare(listed, version) === 0);
}

/** Every version there is: no order is needed to know. Malicious packages are mostly recorded so. */
const isEverything = ({ introduced, fixed, lastAffected, limit }: AffectedRange): boolean =>
  introduced === '0' && fixed === undefined && lastAffected === undefined && limit === undefined;

function fixesOf(ranges: readonly AffectedRange[], scheme: VersionScheme): readonly string[] {
  const fixes = ranges.flatMap(({ fixed }) => fixed ?? []);
  if (fixes.length < 2) return fixes;
  return [...new Set(fixes)].sort((a, b) => scheme.compare(a, b) || (a < b ? -1 : 1));
}
