import type { AdvisoryStore } from '../../model/advisory.ts';
import type { AdvisoryFolder, AdvisoryManifest, InstalledFile } from '../../model/advisory-files.ts';
import type { ByteSource, Codec } from '../../model/bytes.ts';
import { AssayError } from '../../model/problem.ts';
import { starterStore } from '../../analysis/advisories/starter/store.ts';
import { openStore } from '../../analysis/advisories/store.ts';

/**
 * The advisories that a scan uses: what is installed in the folder, else the embedded starter set.
 * Files are opened here and read later, so an update in the meantime takes nothing away. `close` when done.
 * AssayError `advisories/corrupt` when something is installed and damaged: the starter set is no substitute for it.
 */
export function openAdvisories(
  folder: AdvisoryFolder,
  codec: Codec,
): { readonly store: AdvisoryStore; readonly close: () => void } {
  for (let attempt = 0; ; attempt++) {
    const manifest = folder.manifest();
    if (manifest === undefined) return { store: starterStore(codec), close: () => {} };
    try {
      const files = openAll(folder, manifest);
      return {
        store: openStore(manifest, (file) => files.get(file.file)!, codec),
        close: () => files.forEach((source) => source.close()),
      };
    } catch (error) {
      // An update replaced the files between our two looks.
      const replaced = error instanceof AssayError && error.code === 'advisories/missing' && attempt < 3;
      if (!replaced) throw error;
    }
  }
}

function openAll(folder: AdvisoryFolder, manifest: AdvisoryManifest): Map<string, ByteSource> {
  const files: InstalledFile[] = [
    ...manifest.sets.flatMap(({ base, overlay }) => (overlay === undefined ? [base] : [base, overlay])),
    ...[manifest.kev, manifest.epss].filter((table) => table !== undefined),
  ];
  const opened = new Map<string, ByteSource>();
  try {
    for (const file of files) opened.set(file.file, folder.open(file));
  } catch (error) {
    for (const source of opened.values()) source.close();
    throw error;
  }
  return opened;
}
