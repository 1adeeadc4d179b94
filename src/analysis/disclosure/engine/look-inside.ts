import type { ObjectStore } from '../../../model/history.ts';
import { maybeContainer } from '../decode/container.ts';
import { expand } from '../decode/expand.ts';
import type { Tally } from '../decode/tally.ts';
import type { ObjectTable } from '../history/object-table.ts';
import type { Heap } from '../kernel/heap.ts';
import type { Detector, Sighting } from './detector.ts';
import { gatherTexts } from './gather.ts';
import { withoutOverlaps } from './overlaps.ts';

/** Larger files are counted as not looked into. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Looks into the files of a history that are no text: archives, documents, wide text. Each content is read once, whole; what is
 * found in it is found in its object.
 */
export function lookInside(
  store: ObjectStore,
  objects: ObjectTable,
  heap: Heap,
  detector: Detector,
  tally: Tally,
): readonly Sighting[] {
  const found: Sighting[] = [];
  /** Of each text that came out of a file. */
  const texts: {
    readonly object: number;
    readonly size: number;
    readonly within: readonly string[];
    readonly ordinal: number;
  }[] = [];
  const gathering = gatherTexts(heap, (batch) => detector.detect(batch, (sighting) => found.push(sighting)));
  try {
    for (let object = 0; object < objects.count; object++) {
      const state = objects.stateOf(object);
      if ((state !== 'whole' && state !== 'delta') || objects.kindOf(object) !== 'blob') continue;
      if (!objects.isBinary(object) && !maybeContainer(objects.firstBytes(object))) continue;
      const file = store.object(objects.idOf(object), MOST_BYTES);
      if (file === undefined) {
        tally.undecoded('file', 'it could not be read as a whole');
        continue;
      }
      const size = file.bytes.length;
      let ordinal = 0;
      expand(file.bytes, {
        text: (bytes, within) => {
          gathering.add(bytes, texts.length);
          texts.push({ object, size, within, ordinal: ordinal++ });
        },
        decoded: tally.decoded,
        undecoded: tally.undecoded,
      });
    }
    gathering.flush();
  } finally {
    gathering.release();
  }
  return withoutOverlaps(found).map((sighting) => {
    const { object, size, within, ordinal } = texts[sighting.object]!;
    const inside = {
      within: [...within, ...(sighting.inside?.within ?? [])],
      ordinal,
      start: sighting.start,
    };
    // Whoever has all of the file has the find.
    return { ...sighting, object, start: 0, end: 0, seenStart: 0, seenEnd: size, inside };
  });
}
