import type { EcosystemId } from '../../model/ecosystem.ts';
import type { Extraction, Origin } from '../../model/extractor.ts';
import type { Problem } from '../../model/problem.ts';
import { isUnreadable } from '../graph/inventory.ts';
import { scopeBit } from '../graph/scopes.ts';
import { standingOf } from '../graph/standing.ts';
import { identify } from '../identity/identify.ts';

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

/** Condenses what an extractor found in a file. The same identity as in an inventory, the same flags over all its entries. */
export function recordOf(extraction: Extraction, path: string, ecosystem: EcosystemId): FileRecord {
  const { scopes, direct } = standingOf(extraction);
  const developmentBits = scopeBit('dev') | scopeBit('build');
  const places = new Map<string, number>();
  const components: RecordedComponent[] = [];
  extraction.components.forEach((found, node) => {
    if (found.origin === 'project' || found.origin === 'workspace') return;
    const bits = scopes[node]!;
    const isDevelopment = bits !== 0 && (bits & ~developmentBits) === 0;
    const flags = (direct[node] === 'yes' ? DIRECT : 0) | (isDevelopment ? 0 : PRODUCTION);
    const identity = identify(found, found.ecosystem ?? ecosystem, path);
    const known = places.get(identity.key);
    if (known !== undefined) {
      const before = components[known]!;
      if ((before[6] | flags) !== before[6]) components[known] = withFlags(before, flags);
      return;
    }
    places.set(identity.key, components.length);
    const isPlain = found.origin === 'registry' || found.origin === 'unknown';
    components.push([
      identity.ecosystem,
      identity.name,
      found.version,
      found.version === '' ? (found.requested ?? '') : '',
      found.origin,
      identity.ecosystem === 'Other' ? identity.purl() : isPlain ? '' : (found.source ?? ''),
      flags,
    ]);
  });
  return {
    role: extraction.role,
    ecosystem,
    covers: extraction.role === 'lock' && !isUnreadable(extraction) ? extraction.covers : [],
    components,
    problems: extraction.problems.filter((problem) => problem.lost),
  };
}

function withFlags(
  [ecosystem, name, version, requested, origin, place, flags]: RecordedComponent,
  more: number,
): RecordedComponent {
  return [ecosystem, name, version, requested, origin, place, flags | more];
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
