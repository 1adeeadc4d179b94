import type { EcosystemId } from '../../model/ecosystem.ts';
import type { Extraction, Origin, VersionComponent, VersionFacts } from '../../model/extractor.ts';
import type { Problem } from '../../model/problem.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { isUnreadable } from '../graph/inventory.ts';
import { scopeBit } from '../graph/scopes.ts';
import { standingOf } from '../graph/standing.ts';
import { identify } from '../identity/identify.ts';
import type { ComponentTable, FileFacts } from './component-table.ts';

/** Raise when the written form or what goes into it changes: it is part of every key. */
export const RECORD_FORMAT = 'timeline/1';

/** Somebody asks for it directly; something other than development needs it (or nobody knows who does). */
export const DIRECT = 1;
export const PRODUCTION = 2;

/** `requested` when there is no version; `place` is where it comes from when that is no registry, or the purl of an ecosystem without rules. */
export type RecordedComponent = readonly [
  ecosystem: EcosystemId,
  name: string,
  version: string,
  requested: string,
  origin: Origin,
  place: string,
  flags: number,
];

/** What a timeline needs of one file: its components, without edges. Plain data, kept as JSON between runs. */
export interface FileRecord {
  readonly role: Extraction['role'];
  readonly ecosystem: EcosystemId;
  /** Manifests that need not be looked at, since this file locks them. Empty when nothing could be read from it. */
  readonly covers: readonly string[];
  /** Each identity once. The repository's own projects and workspace members are not among them. */
  readonly components: readonly RecordedComponent[];
  /** Only those that lost something. */
  readonly problems: readonly Problem[];
}

/**
 * Condenses what an extractor found in a file, and takes its components into the table. The same identity as in an inventory, the same
 * flags over all its entries.
 */
export function fileFacts(
  extraction: Extraction,
  path: string,
  ecosystem: EcosystemId,
  table: ComponentTable,
): FileFacts {
  const { components, role, covers, problems } = extraction;
  const { scopes, direct } = standingOf(extraction);
  const isReleasedHere = releasedBy(ecosystem);
  const purls = new Map<string, number>();
  const flags = new Map<number, number>();
  components.forEach((found, node) => {
    if (isOwn(found)) return;
    const number = isReleasedHere(found)
      ? releasedNumber(found, ecosystem, table)
      : otherNumber(found, path, ecosystem, table, purls);
    flags.set(number, (flags.get(number) ?? 0) | flagsOf(scopes[node]!, direct[node] === 'yes'));
  });
  return factsOf(
    { role, covers: role === 'lock' && !isUnreadable(extraction) ? covers : [], problems },
    ecosystem,
    flags,
  );
}

/** As `fileFacts`, of one version of a file that was read with others: what is known of a component is asked for once. */
export function versionFileFacts(
  { role, known, components, scopes, isDirect, covers, problems }: VersionFacts,
  path: string,
  ecosystem: EcosystemId,
  table: ComponentTable,
): FileFacts {
  const isReleasedHere = releasedBy(ecosystem);
  const numbers = table.numbersOf(known);
  const purls = new Map<string, number>();
  const flags = new Map<number, number>();
  for (let node = 0; node < components.length; node++) {
    const id = components[node]!;
    let number = numbers[id];
    if (number === undefined) {
      const found = known[id]!;
      if (isOwn(found)) number = numbers[id] = OWN;
      else if (isReleasedHere(found)) number = numbers[id] = releasedNumber(found, ecosystem, table);
      else number = otherNumber(found, path, ecosystem, table, purls);
    }
    if (number === OWN) continue;
    flags.set(number, (flags.get(number) ?? 0) | flagsOf(scopes[node]!, isDirect[node] === 1));
  }
  return factsOf({ role, covers, problems }, ecosystem, flags);
}

/** In the place of a number: the repository's own. */
const OWN = -1;

const isOwn = ({ origin }: VersionComponent): boolean => origin === 'project' || origin === 'workspace';

const DEVELOPMENT = scopeBit('dev') | scopeBit('build');

function flagsOf(scopes: number, isDirect: boolean): number {
  const isDevelopment = scopes !== 0 && (scopes & ~DEVELOPMENT) === 0;
  return (isDirect ? DIRECT : 0) | (isDevelopment ? 0 : PRODUCTION);
}

/** `flags`: by number, in the order of the file. */
function factsOf(
  { role, covers, problems }: Pick<Extraction, 'role' | 'covers' | 'problems'>,
  ecosystem: EcosystemId,
  flags: ReadonlyMap<number, number>,
): FileFacts {
  return {
    role,
    ecosystem,
    covers,
    components: Uint32Array.from(flags.keys()),
    flags: Uint8Array.from(flags.values()),
    problems: problems.filter((problem) => problem.lost),
  };
}

const releasedNumber = (
  { name, version, origin }: VersionComponent,
  ecosystem: EcosystemId,
  table: ComponentTable,
): number => table.released(ecosystem, ecosystemOf(ecosystem).normaliseName(name), version, origin);

/** Whether an entry is a release of the file's own ecosystem, by its own words: nearly all of a lockfile are. */
const releasedBy =
  (ecosystem: EcosystemId) =>
  ({ purl, name, version, origin, ecosystem: own }: VersionComponent): boolean =>
    purl === undefined &&
    name !== '' &&
    version !== '' &&
    (origin === 'registry' || origin === 'unknown') &&
    (own === undefined || own === ecosystem) &&
    ecosystem !== 'Other';

/** `purls`: numbers of what only a purl names, in this file. */
function otherNumber(
  found: VersionComponent,
  path: string,
  ecosystem: EcosystemId,
  table: ComponentTable,
  purls: Map<string, number>,
): number {
  const identity = identify(found, found.ecosystem ?? ecosystem, path);
  const isOther = identity.ecosystem === 'Other';
  const known = isOther ? purls.get(identity.key) : undefined;
  if (known !== undefined) return known;
  const isPlain = found.origin === 'registry' || found.origin === 'unknown';
  const number = table.add([
    identity.ecosystem,
    identity.name,
    found.version,
    found.version === '' ? (found.requested ?? '') : '',
    found.origin,
    isOther ? identity.purl() : isPlain ? '' : (found.source ?? ''),
    0,
  ]);
  if (isOther) purls.set(identity.key, number);
  return number;
}

/** What is kept of a file between runs. */
export function recordOf(
  { role, ecosystem, covers, components, flags, problems }: FileFacts,
  table: Pick<ComponentTable, 'components'>,
): FileRecord {
  return {
    role,
    ecosystem,
    covers,
    components: Array.from(components, (number, i): RecordedComponent => {
      const { ecosystem: of, name, version, requested, origin, place } = table.components[number]!;
      return [of, name, version, requested, origin, place, flags[i]!];
    }),
    problems,
  };
}

/** A record that was kept as JSON; `undefined` when it is no such thing. */
export function readRecord(value: unknown): FileRecord | undefined {
  const record = value as Partial<FileRecord> | null;
  return typeof record === 'object' &&
    record !== null &&
    typeof record.role === 'string' &&
    typeof record.ecosystem === 'string' &&
    Array.isArray(record.covers) &&
    Array.isArray(record.components) &&
    Array.isArray(record.problems)
    ? (record as FileRecord)
    : undefined;
}
