import type {
  ExtractedComponent,
  SourceFile,
  VersionComponent,
  VersionFacts,
} from '../../../model/extractor.ts';
import type { JsonObject } from '../../text/json.ts';
import { folderOf } from '../../text/paths.ts';
import { scopeBit } from '../../graph/scopes.ts';
import { installPlaces, type InstallPlaces } from './install-places.ts';
import { blockReader, cutLock, type LockReaders } from './lock-blocks.ts';
import { nestedFacts, nestedVersion, type NestedFacts } from './lock-versions-v1.ts';
import { packageFacts, packagesVersion, type PackageFacts } from './lock-versions-v3.ts';
import { cleanComponent } from './scrub.ts';

/** Characters of entries that are remembered; all are forgotten before the next version when it was passed. */
const MOST_HELD = 48 * 1024 * 1024;

/** What the versions of lockfiles share: all that one entry says by itself, in numbers. */
export interface LockMemory {
  readonly places: InstallPlaces;
  /** By number, without credentials. */
  readonly known: readonly VersionComponent[];
  /** Bits of the scopes that each states. */
  readonly stated: readonly number[];
  /** The number of a component; each call makes one. */
  add(component: ExtractedComponent): number;
}

/**
 * A reader for the versions of lockfiles, of which few entries change from one to the next: what an entry says by itself is found
 * once for each different text of it, and a version is put together from that. `undefined` for a file that is not laid out as
 * npm does it, or has what hardly any has: it is to be extracted as any.
 */
export function lockVersions(): (
  file: SourceFile,
  companion: (path: string) => string | undefined,
) => VersionFacts | undefined {
  let memory = lockMemory();
  let readers = readersOf(memory);
  let version = 0;
  return (file, companion) => {
    if (readers.packages.held() + readers.nested.held() + readers.rest.held() > MOST_HELD) {
      memory = lockMemory();
      readers = readersOf(memory);
    }
    const blocks = cutLock(file.text, readers, version++);
    if (blocks === undefined) return undefined;
    const folder = folderOf(file.path);
    return blocks.packages === undefined
      ? nestedVersion(blocks.rest, blocks.nested!, folder, companion, memory)
      : packagesVersion(blocks.rest, blocks.packages, file.path, memory);
  };
}

const readersOf = (memory: LockMemory): LockReaders<PackageFacts | undefined, NestedFacts | undefined> => ({
  packages: blockReader((location: string, value: JsonObject) => packageFacts(location, value, memory)),
  nested: blockReader((name: string, value: JsonObject) => nestedFacts(name, value, memory)),
  rest: blockReader(() => undefined),
});

function lockMemory(): LockMemory {
  const known: VersionComponent[] = [];
  const stated: number[] = [];
  return {
    places: installPlaces(),
    known,
    stated,
    add(component) {
      const { name, version, origin, requested, source } = cleanComponent(component);
      known.push({
        name,
        version,
        origin,
        ...(requested === undefined ? {} : { requested }),
        ...(source === undefined || origin === 'registry' ? {} : { source }),
      });
      stated.push((component.scopes ?? []).reduce((bits, scope) => bits | scopeBit(scope), 0));
      return known.length - 1;
    },
  };
}
