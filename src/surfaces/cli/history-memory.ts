import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { byteFiles } from '../../adapters/cache/byte-files.ts';
import { defaultCacheFolder } from '../../adapters/cache/location.ts';
import { decodeKept, encodeKept } from '../../analysis/disclosure/engine/kept-pack.ts';
import type { KeptPack } from '../../analysis/disclosure/engine/kept-pack.ts';
import type { ObjectStore } from '../../model/history.ts';
import type { HistoryMemory } from '../../verbs/prevent/secrets.ts';
import type { Io } from './command.ts';
import type { RulesOrigin } from './secrets-rules.ts';

/** Raise when what is kept, or how, changes. */
const FORMAT = 'history/1';
/** Smaller packs are read again in no time. */
const LEAST = 1024 * 1024;

/**
 * What was kept of the packs of a store when they were read with the same program and the same rules, after the same packs; and keeps what is
 * learnt of others. `undefined` where the program is not built: then nothing stands for its code.
 */
export function historyMemory(io: Io, store: ObjectStore, origin: RulesOrigin): HistoryMemory | undefined {
  if (io.build === undefined) return undefined;
  const files = byteFiles(join(defaultCacheFolder(io.env), FORMAT));
  const keys: (string | undefined)[] = [];
  let key: string | undefined = digest([FORMAT, io.build, process.version, ...rulesIn(origin)]);
  for (const { size, checksum, offsets } of store.packs) {
    key =
      key === undefined || checksum === undefined || checksum === '' || size < LEAST
        ? undefined
        : digest([key, checksum, `${size}`, `${offsets.length}`]);
    keys.push(key);
  }
  const known: KeptPack[] = [];
  for (const [pack, own] of keys.entries()) {
    const bytes = own === undefined ? undefined : files.get(own);
    const kept = bytes === undefined ? undefined : decodeKept(bytes, store.packs[pack]!.offsets.length);
    if (kept === undefined) break;
    known.push(kept);
  }
  return {
    known,
    keep: (pack, kept) => {
      const own = keys[pack];
      if (own !== undefined) files.set(own, encodeKept(kept));
    },
  };
}

/** All that the rules were made of. */
function rulesIn({ sources, choice, wordKey }: RulesOrigin): string[] {
  return [
    JSON.stringify([...(choice.kinds ?? ['all'])].sort()),
    JSON.stringify(choice.disabled.toSorted()),
    wordKey ?? '',
    ...sources.map(({ path, bytes }) => `${path}\0${createHash('sha256').update(bytes).digest('hex')}`),
  ];
}

const digest = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');
