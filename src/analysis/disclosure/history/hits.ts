import type { Placed } from './inherit.ts';

/** Stretches of objects that something was found in, by number; read where they are, for there may be millions. */
export interface Hits {
  readonly count: number;
  objectOf(hit: number): number;
  startOf(hit: number): number;
  endOf(hit: number): number;
}

/** The same, of an array. */
export function hitsOf(
  list: readonly { readonly object: number; readonly start: number; readonly end: number }[],
): Hits {
  return {
    count: list.length,
    objectOf: (hit) => list[hit]!.object,
    startOf: (hit) => list[hit]!.start,
    endOf: (hit) => list[hit]!.end,
  };
}

/** Hits by the object that they are in. */
export interface HitsByObject {
  /** By start. */
  placedIn(object: number): Placed[];
  /** Objects from a number on that have hits, ascending. */
  objectsFrom(object: number): readonly number[];
}

const NONE: Placed[] = [];

export function groupHits(hits: Hits, objects: number): HitsByObject {
  const starts = new Int32Array(objects + 1);
  for (let hit = 0; hit < hits.count; hit++) starts[hits.objectOf(hit) + 1]!++;
  for (let object = 0; object < objects; object++) starts[object + 1]! += starts[object]!;
  const order = new Int32Array(hits.count);
  const next = starts.slice(0, objects);
  for (let hit = 0; hit < hits.count; hit++) order[next[hits.objectOf(hit)]!++] = hit;
  return {
    placedIn: (object) => {
      const from = starts[object]!;
      const to = starts[object + 1]!;
      if (from === to) return NONE;
      const placed: Placed[] = [];
      for (let at = from; at < to; at++) {
        const hit = order[at]!;
        const start = hits.startOf(hit);
        placed.push({ hit, start, size: hits.endOf(hit) - start });
      }
      return placed.sort((a, b) => a.start - b.start || a.hit - b.hit);
    },
    objectsFrom: (from) => {
      const found: number[] = [];
      for (let object = from; object < objects; object++)
        if (starts[object] !== starts[object + 1]) found.push(object);
      return found;
    },
  };
}
