import { ECOSYSTEMS, type EcosystemId } from '../../model/ecosystem.ts';
import { ecosystemOf, ecosystems } from '../ecosystems/index.ts';
import { arrayAt, objectAt, stringAt, type JsonObject } from '../text/json.ts';
import { readInstant } from './instants.ts';
import { toIntervals, type RangeEvent } from './intervals.ts';
import { readDetail } from './osv-detail.ts';
import type { AdvisoryRecord, AffectedName } from './record.ts';

/** What of a record could not be used. Counted, never silent. */
export interface OsvLoss {
  /** Ecosystem names that we have no rules for, e.g. `Debian:12`, without their suffix. */
  readonly ecosystems: readonly string[];
  /** `affected` entries of known ecosystems that name only commits. */
  readonly gitOnly: number;
  /** `affected` entries of known ecosystems without any range or version, which match nothing. */
  readonly unversioned: number;
}

export type OsvReading =
  | { readonly record: AdvisoryRecord; readonly loss: OsvLoss }
  | { readonly record: undefined; readonly why: string };

/**
 * Reads one OSV record. Tolerant: wrong case of ecosystems and names, empty or missing fields, several entries of one name,
 * versions without ranges, commit ranges beside versions, events with several keys. `record` is `undefined` when it is no
 * OSV record at all (no id, no list of what it affects). Schema: https://ossf.github.io/osv-schema/
 */
export function readOsv(value: unknown): OsvReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { record: undefined, why: 'not a JSON object' };
  const osv = value as JsonObject;
  const id = stringAt(osv, 'id');
  // Ids end up in file names, terminals and URLs.
  if (id === undefined || !/^[\x21-\x7e]{1,200}$/.test(id)) return { record: undefined, why: 'no usable id' };
  if (
    !Array.isArray(osv['affected']) &&
    stringAt(osv, 'withdrawn') === undefined &&
    !Object.hasOwn(osv, 'modified')
  )
    return { record: undefined, why: 'neither "affected" nor "modified": not an advisory' };
  // Some exports state the year 1 for every `modified`.
  const modified =
    readInstant(stringAt(osv, 'modified') ?? '') ?? readInstant(stringAt(osv, 'published') ?? '') ?? EPOCH;
  const detail = readDetail(osv, id, modified.instant);
  const { names, seen, loss } = readAffected(osv);
  return {
    record: {
      detail,
      modifiedMs: modified.ms,
      ecosystems: seen.size < 2 ? [...seen] : ECOSYSTEMS.filter((ecosystem) => seen.has(ecosystem)),
      affected: detail.withdrawn === undefined ? names : [],
    },
    loss,
  };
}

const EPOCH = { instant: '1970-01-01T00:00:00Z', ms: 0 };

interface Gathered {
  readonly ecosystem: EcosystemId;
  readonly name: string;
  readonly ranges: AffectedName['ranges'][number][];
  readonly versions: Set<string>;
}

function readAffected(osv: JsonObject): { names: AffectedName[]; seen: Set<EcosystemId>; loss: OsvLoss } {
  const gathered = new Map<string, Gathered>();
  const seen = new Set<EcosystemId>();
  const unknown = new Set<string>();
  let gitOnly = 0;
  let unversioned = 0;
  for (const item of arrayAt(osv, 'affected')) {
    const affected = asObject(item);
    const packageObject = objectAt(affected, 'package');
    const stated = stringAt(packageObject, 'ecosystem');
    if (stated === undefined) {
      // Records about C and C++ projects name repositories and no package.
      if (affected !== undefined) unknown.add('(none)');
      continue;
    }
    const ecosystem = knownEcosystem(stated);
    if (ecosystem === undefined) {
      unknown.add(stated.split(':', 1)[0]!.slice(0, 60));
      continue;
    }
    seen.add(ecosystem);
    const name = ecosystemOf(ecosystem).normaliseName(stringAt(packageObject, 'name')?.trim() ?? '');
    const ranges: AffectedName['ranges'][number][] = [];
    let commits = 0;
    for (const range of arrayAt(affected, 'ranges')) {
      const type = stringAt(asObject(range), 'type')?.toUpperCase();
      if (type === 'SEMVER' || type === 'ECOSYSTEM')
        ranges.push(...toIntervals(readEvents(asObject(range)), ecosystemOf(ecosystem).versions));
      else commits++;
    }
    const versions = arrayAt(affected, 'versions').map(textOf).filter(isVersion);
    if (ranges.length === 0 && versions.length === 0) {
      if (commits > 0) gitOnly++;
      else unversioned++;
      continue;
    }
    if (name === '') {
      unversioned++;
      continue;
    }
    const key = `${ecosystem}\0${name}`;
    const entry = gathered.get(key) ?? { ecosystem, name, ranges: [], versions: new Set() };
    entry.ranges.push(...ranges);
    for (const version of versions) entry.versions.add(version);
    gathered.set(key, entry);
  }
  const names = [...gathered.values()].map(({ ecosystem, name, ranges, versions }) => ({
    ecosystem,
    name,
    ranges: withoutRepeats(ranges),
    versions: [...versions].sort(),
  }));
  return { names, seen, loss: { ecosystems: [...unknown].sort(), gitOnly, unversioned } };
}

function readEvents(range: JsonObject | undefined): RangeEvent[] {
  const events: RangeEvent[] = [];
  for (const item of arrayAt(range, 'events')) {
    const event = asObject(item);
    if (event === undefined) continue;
    for (const kind of EVENT_KINDS) {
      if (!Object.hasOwn(event, kind)) continue;
      const version = textOf(event[kind]).trim();
      // An empty beginning is meant as the beginning; an empty end says nothing.
      if (version !== '') events.push({ kind, version });
      else if (kind === 'introduced') events.push({ kind, version: '0' });
    }
  }
  return events;
}

const EVENT_KINDS = ['introduced', 'fixed', 'last_affected', 'limit'] as const;

const published = ecosystems.filter(({ hasAdvisories }) => hasAdvisories).map(({ id }) => id);
const byExactName = new Map<string, EcosystemId>(published.map((id) => [id, id]));
const byLowerCase = new Map<string, EcosystemId>(published.map((id) => [id.toLowerCase(), id]));

/** `PyPI`, `pypi` and `Maven:https://…` are known; the suffix says which repository or release of the ecosystem. */
export function knownEcosystem(stated: string): EcosystemId | undefined {
  return byExactName.get(stated) ?? byLowerCase.get(stated.split(':', 1)[0]!.trim().toLowerCase());
}

function withoutRepeats(ranges: readonly AffectedName['ranges'][number][]): AffectedName['ranges'] {
  if (ranges.length < 2) return ranges;
  const seen = new Map(ranges.map((range) => [JSON.stringify(range), range]));
  return [...seen.values()];
}

/** Line breaks separate versions in the index; no ecosystem has them in a version. */
const isVersion = (text: string): boolean => text !== '' && !/[\n\r\0]/.test(text);

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

const asObject = (value: unknown): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
