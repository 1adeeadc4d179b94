import type { AdvisoryStore } from '../../../model/advisory.ts';
import type { AdvisoryManifest, InstalledFile } from '../../../model/advisory-files.ts';
import type { Codec } from '../../../model/bytes.ts';
import { ECOSYSTEMS } from '../../../model/ecosystem.ts';
import { bytesSource } from '../../../adapters/bytes/file.ts';
import { encodeIndex } from '../index-format/encode.ts';
import { planChanges } from '../merge.ts';
import { readOsv } from '../osv.ts';
import { createRecordSet } from '../record-set.ts';
import { openStore } from '../store.ts';

/** A store over encoded files in memory, built from raw OSV records: the whole way but the disk. */
export function memoryStore(records: Iterable<unknown>, codec: Codec): AdvisoryStore {
  const set = createRecordSet();
  for (const raw of records) {
    const reading = readOsv(raw);
    if (reading.record !== undefined) set.add(reading.record);
  }
  const files = new Map<string, Uint8Array>();
  const sets: AdvisoryManifest['sets'][number][] = [];
  const changes = planChanges(set, new Map());
  for (const ecosystem of ECOSYSTEMS) {
    const changed = changes.get(ecosystem);
    if (changed === undefined) continue;
    const { meta, pieces } = encodeIndex(
      { ecosystem, kind: 'base', builtAt: '2026-01-01T00:00:00Z' },
      changed,
      codec,
    );
    const bytes = new Uint8Array(Buffer.concat(pieces));
    const base: InstalledFile = { file: ecosystem, bytes: bytes.length, sha256: codec.sha256([bytes]) };
    files.set(ecosystem, bytes);
    sets.push({
      ecosystem,
      base,
      advisories: meta.advisories,
      newest: meta.newest,
      builtAt: meta.builtAt,
      from: ['memory'],
    });
  }
  return openStore({ schema: 1, sets }, ({ file }) => bytesSource(file, files.get(file)!), codec);
}
