import type { VersionScheme } from '../../../model/ecosystem.ts';

/*
 * A second reading of https://ossf.github.io/osv-schema/#evaluation, straight from the raw record and as slow as the page
 * puts it: it shares nothing with the index and serves as its oracle.
 */

interface RawEvent {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly last_affected?: string;
  readonly limit?: string;
}
export interface RawRange {
  readonly type: string;
  readonly events: readonly RawEvent[];
}
export interface RawRecord {
  readonly id: string;
  readonly withdrawn?: string;
  readonly affected: readonly {
    readonly package: { readonly ecosystem: string; readonly name: string };
    readonly ranges?: readonly RawRange[];
    readonly versions?: readonly string[];
  }[];
}

/** Whether a record holds for a version of a name. `sameName` says whether two spellings are one component. */
export function isVulnerable(
  record: RawRecord,
  ecosystem: string,
  version: string,
  scheme: VersionScheme,
  sameName: (stated: string) => boolean,
): boolean {
  if (record.withdrawn) return false;
  return record.affected.some(
    (entry) =>
      entry.package.ecosystem === ecosystem &&
      sameName(entry.package.name) &&
      ((entry.versions ?? []).includes(version) || includedInRanges(entry.ranges ?? [], version, scheme)),
  );
}

function includedInRanges(ranges: readonly RawRange[], version: string, scheme: VersionScheme): boolean {
  for (const { type, events } of ranges) {
    if (type === 'GIT' || !beforeLimits(events, version, scheme)) continue;
    let vulnerable = false;
    for (const event of sorted(events, scheme)) {
      if (
        event.introduced !== undefined &&
        (event.introduced === '0' || scheme.compare(version, event.introduced) >= 0)
      )
        vulnerable = true;
      if (event.fixed !== undefined && scheme.compare(version, event.fixed) >= 0) vulnerable = false;
      if (event.last_affected !== undefined && scheme.compare(version, event.last_affected) > 0)
        vulnerable = false;
    }
    if (vulnerable) return true;
  }
  return false;
}

function beforeLimits(events: readonly RawEvent[], version: string, scheme: VersionScheme): boolean {
  const limits = events.flatMap(({ limit }) => limit ?? []);
  return limits.length === 0 || limits.some((limit) => limit === '*' || scheme.compare(version, limit) < 0);
}

function sorted(events: readonly RawEvent[], scheme: VersionScheme): RawEvent[] {
  const bound = ({ introduced, fixed, last_affected: last }: RawEvent): string =>
    introduced ?? fixed ?? last ?? '*';
  return events
    .filter((event) => event.limit === undefined)
    .sort((a, b) => {
      const [x, y] = [bound(a), bound(b)];
      if (x === y) return 0;
      return x === '0' ? -1 : y === '0' ? 1 : scheme.compare(x, y);
    });
}
