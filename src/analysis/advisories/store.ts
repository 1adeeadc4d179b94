import type { Advisory, AdvisorySource, AdvisoryStore, AffectedEntry } from '../../model/advisory.ts';
import type { AdvisoryManifest, InstalledFile, InstalledSet } from '../../model/advisory-files.ts';
import type { ByteSource, Codec } from '../../model/bytes.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import { AssayError } from '../../model/problem.ts';
import { sha256 } from '../text/sha256.ts';
import { toAdvisory } from './advisory.ts';
import { toldSource } from './told-source.ts';
import { openCveTable, type CveTable } from './exploited/cve-table.ts';
import { epssOf, kevOf } from './exploited/facts.ts';
import { openIndex, type IndexFile } from './index-format/decode.ts';

/** Overlay records are numbered from here on, so that one number says which file and which record. */
const OVERLAY = 2 ** 32;

/** Most names whose entries are kept decoded; a fleet asks for the same few thousand again and again. */
const MOST_REMEMBERED = 50_000;

interface Layers {
  readonly base: IndexFile;
  readonly overlay: IndexFile | undefined;
  /** Ids that the overlay speaks for. */
  readonly shadowed: ReadonlySet<string>;
  readonly entries: Map<string, readonly AffectedEntry[]>;
  readonly advisories: Map<number, Advisory>;
}

/**
 * Installed advisory data as scans use it. A file is opened when its ecosystem is first asked for.
 * A look-up throws AssayError `advisories/corrupt` when the file behind it is damaged: better no answer than half of one.
 */
export function openStore(
  manifest: AdvisoryManifest,
  open: (file: InstalledFile) => ByteSource,
  codec: Codec,
): AdvisoryStore {
  const sets = new Map<EcosystemId, InstalledSet>(manifest.sets.map((set) => [set.ecosystem, set]));
  const opened = new Map<EcosystemId, Layers>();

  const layersOf = (ecosystem: EcosystemId): Layers | undefined => {
    const known = opened.get(ecosystem);
    if (known !== undefined) return known;
    const set = sets.get(ecosystem);
    if (set === undefined) return undefined;
    const file = (installed: InstalledFile, kind: 'base' | 'overlay'): IndexFile => {
      const index = openIndex(open(installed), codec);
      if (index.meta.ecosystem !== ecosystem || index.meta.kind !== kind)
        throw new AssayError(
          'advisories/corrupt',
          `${installed.file} holds the ${index.meta.kind} of ${index.meta.ecosystem}; expected the ${kind} of ${ecosystem}`,
          { hint: 'run `assay db update --fresh` to build it anew' },
        );
      return index;
    };
    const base = file(set.base, 'base');
    const overlay = set.overlay === undefined ? undefined : file(set.overlay, 'overlay');
    const layers: Layers = {
      base,
      overlay,
      shadowed: new Set(overlay?.records().map(({ id }) => id)),
      entries: new Map(),
      advisories: new Map(),
    };
    opened.set(ecosystem, layers);
    return layers;
  };

  const tables = new Map<string, CveTable>();
  const table = (name: 'kev' | 'epss'): CveTable | undefined => {
    const installed = manifest[name];
    if (installed === undefined) return undefined;
    const known = tables.get(name) ?? openCveTable(open(installed), name);
    tables.set(name, known);
    return known;
  };

  return {
    sources: manifest.sets.map(toSource),
    digest: digestOf(manifest),
    covers: (ecosystem) => sets.has(ecosystem),
    lookup(ecosystem, name) {
      const layers = layersOf(ecosystem);
      if (layers === undefined) return [];
      const known = layers.entries.get(name);
      if (known !== undefined) return known;
      const entries = lookupLayers(layers, name);
      if (layers.entries.size >= MOST_REMEMBERED) layers.entries.clear();
      layers.entries.set(name, entries);
      return entries;
    },
    advisory(ecosystem, ordinal) {
      const layers = layersOf(ecosystem);
      const known = layers?.advisories.get(ordinal);
      if (known !== undefined) return known;
      const index = ordinal >= OVERLAY ? layers?.overlay : layers?.base;
      if (layers === undefined || index === undefined)
        throw new AssayError('advisories/no-record', `no advisory has the number ${ordinal} in ${ecosystem}`);
      const advisory = toAdvisory(index.detail(ordinal % OVERLAY));
      layers.advisories.set(ordinal, advisory);
      return advisory;
    },
    exploited: (cve) => kevOf(table('kev')?.find(cve)),
    epss: (cve) => epssOf(table('epss')?.find(cve)),
    kevDate: manifest.kev?.date,
    epssDate: manifest.epss?.date,
  };
}

function lookupLayers({ base, overlay, shadowed }: Layers, name: string): readonly AffectedEntry[] {
  const below = base.lookup(name);
  if (overlay === undefined) return below;
  const above = overlay.lookup(name);
  if (above.length === 0 && !below.some(({ id }) => shadowed.has(id))) return below;
  return [
    ...below.filter(({ id }) => !shadowed.has(id)),
    ...above.map((entry) => withNumber(entry, entry.advisory + OVERLAY)),
  ].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Keeps `versions` lazy. */
function withNumber(entry: AffectedEntry, advisory: number): AffectedEntry {
  return {
    advisory,
    id: entry.id,
    ranges: entry.ranges,
    get versions() {
      return entry.versions;
    },
  };
}

export function toSource(set: InstalledSet): AdvisorySource {
  return {
    ecosystem: set.ecosystem,
    advisories: set.advisories,
    newest: set.newest,
    builtAt: set.builtAt,
    kind: 'installed',
    from: set.from.map(toldSource).join(', '),
  };
}

function digestOf(manifest: AdvisoryManifest): string {
  const files = [
    ...manifest.sets.flatMap(({ base, overlay }) => [base, ...(overlay === undefined ? [] : [overlay])]),
    ...[manifest.kev, manifest.epss].filter((found) => found !== undefined),
  ];
  return sha256(files.map((file) => file.sha256).join('\n'));
}
