import { codec } from '../../adapters/advisories/codec.ts';
import { openAdvisoryFolder } from '../../adapters/advisories/folder.ts';
import { openStore } from '../../analysis/advisories/store.ts';
import type { AdvisoryStore } from '../../model/advisory.ts';
import type { ByteSource } from '../../model/bytes.ts';

/**
 * The installed advisories of a folder, or the embedded starter set where nothing is installed.
 * Files are opened when first asked for; `close` closes them. AssayError `advisories/corrupt` for a damaged folder.
 */
export async function openAdvisories(
  folder: string,
): Promise<{ readonly store: AdvisoryStore; close(): void }> {
  const files = openAdvisoryFolder(folder);
  const manifest = files.manifest();
  if (manifest === undefined) {
    const { starterStore } = await import('../../analysis/advisories/starter/store.ts');
    return { store: starterStore(codec), close: () => undefined };
  }
  const opened: ByteSource[] = [];
  const open = (file: Parameters<typeof files.open>[0]): ByteSource => {
    const source = files.open(file);
    opened.push(source);
    return source;
  };
  return { store: openStore(manifest, open, codec), close: () => opened.forEach((source) => source.close()) };
}
