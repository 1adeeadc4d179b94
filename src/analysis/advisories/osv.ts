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
      ecosystems: seen.length < 2 ? seen : ECOSYSTEMS.filter((ecosystem) => seen.includes(ecosystem)),
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
  /** With repeats. */
  readonly versions: string[];
}

/** What is said of the `affected` entries of one record. A quarter of a million are read in an update, nearly all with one entry. */
interface Tally {
  readonly names: Gathered[];
  /** Position in `names` by ecosystem and name; made for the second. */
  places: Map<string, number> | undefined;
  readonly seen: EcosystemId[];
  unknown: Set<string> | undefined;
  gitOnly: number;
  unversioned: number;
}

function readAffected(osv: JsonObject): { names: AffectedName[]; seen: EcosystemId[]; loss: OsvLoss } {
  const tally: Tally = {
    names: [],
    places: undefined,
    seen: [],
    unknown: undefined,
    gitOnly: 0,
    unversioned: 0,
  };
  for (const item of arrayAt(osv, 'affected')) {
    const affected = asObject(item);
    if (affected !== undefined) readEntry(affected, tally);
  }
  const names = tally.names.map(({ ecosystem, name, ranges, versions }) => ({
    ecosystem,
    name,
    ranges: withoutRepeats(ranges),
    versions: versions.length < 2 ? versions : [...new Set(versions)].sort(),
  }));
  const { seen, unknown, gitOnly, unversioned } = tally;
  const ecosystems = unknown === undefined ? [] : [...unknown].sort();
  return { names, seen, loss: { ecosystems, gitOnly, unversioned } };
}

function readEntry(affected: JsonObject, tally: Tally): void {
  const packageObject = objectAt(affected, 'package');
  const stated = stringAt(packageObject, 'ecosystem');
  const ecosystem = stated === undefined ? undefined : knownEcosystem(stated);
  if (stated === undefined || ecosystem === undefined) {
    // Records about C and C++ projects name repositories and no package.
    tally.unknown ??= new Set();
    tally.unknown.add(stated === undefined ? '(none)' : stated.split(':', 1)[0]!.slice(0, 60));
    return;
  }
  if (!tally.seen.includes(ecosystem)) tally.seen.push(ecosystem);
  const rules = ecosystemOf(ecosystem);
  const name = rules.normaliseName(stringAt(packageObject, 'name')?.trim() ?? '');
  const ranges: AffectedName['ranges'][number][] = [];
  let commits = 0;
  for (const range of arrayAt(affected, 'ranges')) {
    const type = stringAt(asObject(range), 'type')?.toUpperCase();
    if (type === 'SEMVER' || type === 'ECOSYSTEM') {
      for (const interval of toIntervals(readEvents(asObject(range)), rules.versions)) ranges.push(interval);
    } else commits++;
  }
  const versions: string[] = [];
  for (const value of arrayAt(affected, 'versions')) {
    const version = textOf(value);
    if (isVersion(version)) versions.push(version);
  }
  if (ranges.length === 0 && versions.length === 0) {
    if (commits > 0) tally.gitOnly++;
    else tally.unversioned++;
  } else if (name === '') tally.unversioned++;
  else gather({ ecosystem, name, ranges, versions }, tally);
}

/** Entries of one name are one. */
function gather(entry: Gathered, tally: Tally): void {
  const { names } = tally;
  if (names.length === 0) {
    names.push(entry);
    return;
  }
  const keyOf = ({ ecosystem, name }: Gathered): string => `${ecosystem}\0${name}`;
  tally.places ??= new Map([[keyOf(names[0]!), 0]]);
  const key = keyOf(entry);
  const known = tally.places.get(key);
  if (known === undefined) tally.places.set(key, names.push(entry) - 1);
  else {
    for (const range of entry.ranges) names[known]!.ranges.push(range);
    for (const version of entry.versions) names[known]!.versions.push(version);
  }
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
