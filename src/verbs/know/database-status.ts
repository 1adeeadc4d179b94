import type { Instant } from '../../model/advisory.ts';
import type { AdvisoryFolder, InstalledSet, InstalledTable } from '../../model/advisory-files.ts';

export interface DatabaseStatus {
  readonly path: string;
  /** Nothing is installed: scans use the starter set. */
  readonly installed: boolean;
  readonly sets: readonly (InstalledSet & {
    readonly bytes: number;
    /** Whole days since the newest record was modified. */
    readonly ageDays: number;
    readonly state: 'sound' | 'damaged' | 'missing';
  })[];
  readonly tables: readonly (InstalledTable & {
    readonly kind: 'kev' | 'epss';
    readonly ageDays: number | undefined;
    readonly state: 'sound' | 'damaged' | 'missing';
  })[];
  readonly bytes: number;
}

/** What is installed, how old it is, and whether every byte is as it was written (each file is read whole). */
export function databaseStatus(folder: AdvisoryFolder, now: Instant): DatabaseStatus {
  const manifest = folder.manifest();
  const sets = (manifest?.sets ?? []).map((set) => {
    const files = [set.base, set.overlay].filter((file) => file !== undefined);
    const states = files.map((file) => folder.check(file));
    return {
      ...set,
      bytes: files.reduce((sum, file) => sum + file.bytes, 0),
      ageDays: daysBetween(set.newest, now),
      state: states.find((state) => state !== 'sound') ?? ('sound' as const),
    };
  });
  const tables = (['kev', 'epss'] as const).flatMap((kind) => {
    const table = manifest?.[kind];
    if (table === undefined) return [];
    const ageDays = table.date === '' ? undefined : daysBetween(`${table.date}T00:00:00Z`, now);
    return [{ ...table, kind, ageDays, state: folder.check(table) }];
  });
  return {
    path: folder.path,
    installed: manifest !== undefined,
    sets,
    tables,
    bytes: [...sets, ...tables].reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

const daysBetween = (from: Instant, to: Instant): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000));
