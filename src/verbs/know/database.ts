import type { Instant } from '../../model/advisory.ts';
import type {
  AdvisoryFolder,
  AdvisoryManifest,
  InstalledFile,
  InstalledSet,
  InstalledTable,
  SourceProgress,
  SourceReader,
} from '../../model/advisory-files.ts';
import type { Codec } from '../../model/bytes.ts';
import { ECOSYSTEMS, type EcosystemId } from '../../model/ecosystem.ts';
import { AssayError } from '../../model/problem.ts';
import { encodeCveTable } from '../../analysis/advisories/exploited/cve-table.ts';
import type { ExploitFacts } from '../../analysis/advisories/exploited/facts.ts';
import {
  openIndex,
  type IndexedRecord,
  type IndexFile,
} from '../../analysis/advisories/index-format/decode.ts';
import { encodeIndex } from '../../analysis/advisories/index-format/encode.ts';
import { bitOf, WITHDRAWN } from '../../analysis/advisories/index-format/layout.ts';
import { planChanges } from '../../analysis/advisories/merge.ts';
import type { PackedRecord } from '../../analysis/advisories/record-set.ts';
import { inputReader, type AdvisoryInput } from './advisory-input.ts';

export interface DatabasePorts {
  readonly folder: AdvisoryFolder;
  readonly read: SourceReader;
  readonly codec: Codec;
  readonly now: Instant;
}

export interface UpdateOptions {
  /** What the person named, in order; `[PUBLIC_EXPORTS]` when nothing. */
  readonly from: readonly string[];
  /** Forget what is installed and build from the sources alone. */
  readonly fresh?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SourceProgress) => void;
}

/** What an update did. */
export interface UpdateReport {
  readonly sets: readonly {
    readonly ecosystem: EcosystemId;
    /** `overlay`: the changes were put beside the base; `base`: the file was built anew. */
    readonly wrote: 'base' | 'overlay' | 'nothing';
    /** Records that are new, changed or withdrawn. */
    readonly changed: number;
    readonly advisories: number;
  }[];
  readonly input: Omit<AdvisoryInput, 'records' | 'kev' | 'epss'>;
  readonly manifest: AdvisoryManifest;
}

/** Below so many records a base is rebuilt faster than it is worth to look in two places. */
const SMALL_BASE = 8192;
/** An overlay of more than this part of its base is folded into it. */
const LARGEST_OVERLAY = 1 / 16;

/**
 * Reads sources and brings the advisory folder up to date. Records are merged with what is installed: the newest wins.
 * Few changes go into an overlay, many fold into a new base. Readers see all of it at once or nothing; on failure nothing changes.
 * AssayError `source/empty` when the sources held neither advisories nor exploit data.
 */
export async function updateDatabase(ports: DatabasePorts, options: UpdateOptions): Promise<UpdateReport> {
  const { folder, codec } = ports;
  const release = folder.lock();
  try {
    const before = (options.fresh ? undefined : folder.manifest()) ?? { schema: 1, sets: [] };
    const { input, seen } = await readSources(ports, options, before);
    if (input.read === 0 && input.kev === undefined && input.epss === undefined)
      throw new AssayError('source/empty', `no advisories found in ${options.from.join(', ')}`, {
        hint: input.problems[0]?.message ?? 'expected <ecosystem>/all.zip or OSV records in JSON',
      });
    options.onProgress({ step: 'building the index', done: 0, total: undefined, unit: 'records' });
    const installed = new Map(
      before.sets.map((set) => [set.ecosystem, openSet(folder, codec, set, input.records)]),
    );
    const changes = planChanges(
      input.records,
      new Map([...installed].map(([id, { records }]) => [id, records])),
    );
    const sets: InstalledSet[] = [];
    const report: UpdateReport['sets'][number][] = [];
    for (const ecosystem of ECOSYSTEMS) {
      options.signal.throwIfAborted();
      const changed = changes.get(ecosystem) ?? [];
      const old = installed.get(ecosystem);
      const from = seen.get(ecosystem) ?? [];
      if (old === undefined && changed.length === 0) continue;
      const set = writeSet(ports, ecosystem, old, changed, from);
      sets.push(set.set);
      report.push({ ecosystem, wrote: set.wrote, changed: changed.length, advisories: set.set.advisories });
    }
    for (const set of installed.values()) set.close();
    const kev = input.kev === undefined ? before.kev : writeTable(folder, input.kev);
    const epss = input.epss === undefined ? before.epss : writeTable(folder, input.epss);
    const manifest: AdvisoryManifest = {
      schema: 1,
      sets,
      ...(kev === undefined ? {} : { kev }),
      ...(epss === undefined ? {} : { epss }),
    };
    folder.commit(manifest);
    const { records: _records, kev: _kev, epss: _epss, ...rest } = input;
    return { sets: report, input: rest, manifest };
  } finally {
    release();
  }
}

async function readSources(
  { read, codec }: DatabasePorts,
  { from, signal, onProgress }: UpdateOptions,
  before: AdvisoryManifest,
): Promise<{ input: AdvisoryInput; seen: Map<EcosystemId, string[]> }> {
  const reader = inputReader(codec);
  const seen = new Map<EcosystemId, string[]>();
  for (const source of from) {
    // What one source is known to have given already need not be asked for again.
    const since = (ecosystem: EcosystemId): Instant | undefined => {
      const set = before.sets.find((installed) => installed.ecosystem === ecosystem);
      return set?.from.includes(source) ? set.newest : undefined;
    };
    const earlier = reader.ecosystems();
    for await (const items of read(source, { signal, onProgress, since }))
      for (const item of items) reader.take(item, source);
    const later = reader.ecosystems();
    for (const ecosystem of ECOSYSTEMS)
      if (later[ecosystem] !== earlier[ecosystem])
        seen.set(ecosystem, [...(seen.get(ecosystem) ?? []), source]);
  }
  return { input: reader.result(), seen };
}

interface OpenSet {
  readonly set: InstalledSet;
  readonly base: IndexFile;
  readonly overlay: IndexFile | undefined;
  /** Both layers as one, by id; only records that the update speaks of. */
  readonly records: Map<string, IndexedRecord>;
  close(): void;
}

function openSet(
  folder: AdvisoryFolder,
  codec: Codec,
  set: InstalledSet,
  wanted: { has(id: string): boolean },
): OpenSet {
  const sources = [set.base, set.overlay].map((file) => (file === undefined ? undefined : folder.open(file)));
  const [base, overlay] = sources.map((source) =>
    source === undefined ? undefined : openIndex(source, codec),
  );
  const records = new Map<string, IndexedRecord>();
  for (const record of base!.records(wanted)) records.set(record.id, record);
  for (const record of overlay?.records(wanted) ?? []) records.set(record.id, record);
  return { set, base: base!, overlay, records, close: () => sources.forEach((source) => source?.close()) };
}

function writeSet(
  { folder, codec, now }: DatabasePorts,
  ecosystem: EcosystemId,
  old: OpenSet | undefined,
  changed: readonly PackedRecord[],
  from: readonly string[],
): { set: InstalledSet; wrote: UpdateReport['sets'][number]['wrote'] } {
  const sources = [...new Set([...(old?.set.from ?? []), ...from])];
  // Looked at and found unchanged is as good as built now.
  if (old !== undefined && changed.length === 0)
    return {
      set: { ...old.set, from: sources, builtAt: from.length > 0 ? now : old.set.builtAt },
      wrote: 'nothing',
    };
  let advisories = old?.set.advisories ?? 0;
  let newest = old === undefined ? 0 : Date.parse(old.set.newest);
  for (const { id, flags, modifiedMs } of changed) {
    const before = old?.records.get(id);
    if (before !== undefined && !(before.flags & WITHDRAWN)) advisories--;
    if (!(flags & WITHDRAWN)) advisories++;
    newest = Math.max(newest, modifiedMs);
  }
  const about = {
    ecosystem,
    advisories,
    newest: `${new Date(newest).toISOString().slice(0, 19)}Z`,
    builtAt: now,
    from: sources,
  };
  const ids = new Set(changed.map(({ id }) => id));
  const kept = [...(old?.overlay?.packed() ?? [])].filter(({ id }) => !ids.has(id));
  const write = (kind: 'base' | 'overlay', records: readonly PackedRecord[]): InstalledFile => {
    const ordered = records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const { pieces } = encodeIndex({ ecosystem, kind, builtAt: now }, ordered, codec);
    return folder.write(`${ecosystem.replaceAll(/[^A-Za-z.]/g, '')}-${kind}`, pieces);
  };
  const overlay = [...kept, ...changed];
  if (
    old !== undefined &&
    old.base.meta.records >= SMALL_BASE &&
    overlay.length <= old.base.meta.records * LARGEST_OVERLAY
  ) {
    const file = { ...write('overlay', overlay), records: overlay.length };
    return { set: { ...about, base: old.set.base, overlay: file }, wrote: 'overlay' };
  }
  for (const { id } of kept) ids.add(id);
  const below: PackedRecord[] = [];
  for (const record of old?.base.packed() ?? []) if (!ids.has(record.id)) below.push(record);
  const isHere = ({ ecosystems, flags }: PackedRecord): boolean =>
    (ecosystems & bitOf(ecosystem)) !== 0 || (ecosystems === 0 && (flags & WITHDRAWN) !== 0);
  return { set: { ...about, base: write('base', [...below, ...overlay].filter(isHere)) }, wrote: 'base' };
}

function writeTable(folder: AdvisoryFolder, facts: ExploitFacts & { readonly from: string }): InstalledTable {
  const bytes = encodeCveTable(facts.kind, facts.values);
  return {
    ...folder.write(facts.kind, [bytes]),
    count: facts.values.size,
    date: facts.date,
    from: facts.from,
  };
}
