import type { Region } from '../decode/around.ts';
import { maybeContainer } from '../decode/container.ts';
import { expand } from '../decode/expand.ts';
import type { Limits, Span } from '../decode/outlet.ts';
import { LIMITS } from '../decode/outlet.ts';
import { rememberSeen } from '../decode/seen.ts';
import type { Tally } from '../decode/tally.ts';
import type { History } from '../history/read-history.ts';
import type { Heap } from '../kernel/heap.ts';
import type { Detector, Sighting } from './detector.ts';
import { gatherTexts } from './gather.ts';
import type { Keeper } from './keeper.ts';
import { createKeeper } from './keeper.ts';
import { linesInBatch } from './line-in-batch.ts';
import { withoutOverlaps } from './overlaps.ts';

/** Larger files are counted as not looked into. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Looks at what is not as it stands in the objects of a history. */
export interface Insight {
  /** Takes text that stood encoded in an object, and what is in that again. */
  addEncoded(object: number, how: string, region: Region): void;
  /**
   * Looks into the files that are no text: archives, documents, wide text. Each content is read once, whole; what is found in
   * it is found in its object. `touched` is told of each in which there was something to count. Gives that and what was found in encoded text, by text in the order in which these came.
   */
  finish(history: History, touched: (object: number) => void): readonly Sighting[];
  /** What was left out, by rule. */
  readonly leftOut: Keeper['leftOut'];
  release(): void;
}

/** Names bytes, so that nobody finds others of the same name. */
export type Digest = (bytes: Uint8Array) => string;

/** A text that was decoded. */
interface Text {
  readonly object: number;
  readonly within: readonly string[];
  /** Bytes of the object that have to be there for it. */
  readonly span: Span;
  /** Of a text that came out of a whole file: its number. */
  readonly ordinal: number | undefined;
}

export function lookInside(
  heap: Heap,
  detector: Detector,
  tally: Tally,
  {
    inflate,
    unpack,
    latin1,
    digest,
  }: Pick<Limits, 'inflate' | 'unpack' | 'latin1'> & { readonly digest?: Digest | undefined } = {},
): Insight {
  const texts: Text[] = [];
  /** Texts that were searched, and those with something in them. */
  let searched = 0;
  const loud = new Set<number>();
  const seen =
    digest === undefined
      ? undefined
      : rememberSeen(digest, {
          given: () => texts.length,
          searched: () => searched,
          isLoud: (text) => loud.has(text),
        });
  const limits = { ...LIMITS, inflate, unpack, latin1, seen };
  const keeper = createKeeper([], (text) => texts[text]!.object);
  const gathering = gatherTexts(heap, (batch) => {
    const lineAt = linesInBatch(heap, batch);
    detector.detect(batch, (sighting) => {
      const { object, start } = sighting;
      loud.add(object);
      const isLined = texts[object]!.ordinal !== undefined;
      return keeper.keep(sighting, isLined ? () => lineAt(object, start) : undefined);
    });
    searched = batch.runs.at(-2)! + 1;
    keeper.endBatch();
  });
  const add = (bytes: Uint8Array, text: Text): void => gathering.add(bytes, texts.push(text) - 1);
  const { decoded, undecoded } = tally;
  return {
    addEncoded: (object, how, region) => {
      const span = { start: region.start, end: region.end };
      decoded(how);
      if (region.fault !== undefined) undecoded(how, region.fault);
      const text = (bytes: Uint8Array, within: readonly string[]): void =>
        add(bytes, { object, within: [how, ...within], span, ordinal: undefined });
      expand(region.bytes, { text, decoded, undecoded }, limits, true);
    },
    finish: (history, touched) => {
      const { objects } = history;
      const isWanted = (object: number): boolean => {
        if (!objects.isOwn(object) || !isToBeRead(history, object)) return false;
        const state = objects.stateOf(object);
        if (state !== 'whole' && state !== 'delta') return false;
        const maybe = objects.isBinary(object) || maybeContainer(objects.firstBytes(object));
        return maybe && objects.kindOf(object) === 'blob';
      };
      history.rebuild(
        isWanted,
        MOST_BYTES,
        (object, address, size) => {
          const span = { start: 0, end: size };
          let ordinal = 0;
          const text = (bytes: Uint8Array, within: readonly string[]): void => {
            touched(object);
            add(bytes, { object, within, span, ordinal: ordinal++ });
          };
          const counted = {
            text,
            skipped: (count: number) => {
              touched(object);
              ordinal += count;
            },
            decoded: (how: string) => {
              touched(object);
              decoded(how);
            },
            undecoded: (what: string, why: string) => {
              touched(object);
              undecoded(what, why);
            },
          };
          // Looking for secrets in what comes out may move the kernel's memory.
          expand(heap.bytes().slice(address, address + size), counted, limits);
        },
        (object) => {
          touched(object);
          undecoded('file', 'it could not be read as a whole');
        },
      );
      gathering.flush();
      return withoutOverlaps(keeper.found).map((sighting) => inObject(sighting, texts[sighting.object]!));
    },
    leftOut: keeper.leftOut,
    release: () => gathering.release(),
  };
}

/** Of packs that were read before, only what was of interest then. */
function isToBeRead({ objects, knownCount }: History, object: number): boolean {
  return object >= knownCount || objects.isLoud(object);
}

/** Whoever has all of the encoded text, or of the file, has the find. */
function inObject(sighting: Sighting, { object, within, span, ordinal }: Text): Sighting {
  const place =
    ordinal === undefined
      ? {}
      : {
          ordinal,
          start: sighting.start,
          ...(sighting.lineInText === undefined ? {} : { line: sighting.lineInText }),
        };
  const inside = { within, ...place };
  const { find } = sighting;
  // What stands beside it in encoded text may be a secret too: nothing of that is shown.
  const alone =
    ordinal === undefined
      ? {
          text: sighting.text.slice(find.start, find.end),
          find: { ...find, start: 0, end: find.end - find.start },
        }
      : {};
  return { ...sighting, ...alone, object, ...span, seenStart: span.start, seenEnd: span.end, inside };
}
