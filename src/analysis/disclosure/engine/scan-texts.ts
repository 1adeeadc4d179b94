import type { Problem } from '../../../model/problem.ts';
import type { Heap } from '../kernel/heap.ts';
import type { KernelExports } from '../kernel/module.ts';
import type { Detector, Latin1, Sighting } from './detector.ts';
import { createDetector } from './detector.ts';
import { gatherTexts } from './gather.ts';
import { createKeeper } from './keeper.ts';
import { linesInBatch } from './line-in-batch.ts';
import { withoutOverlaps } from './overlaps.ts';
import type { RuleSet } from './rule-set.ts';

/** Asks all rules about texts that are at hand, one after another. */
export interface TextScan {
  /** Takes a text in, which may have come out of another; its number comes back as the `object` of its sightings. */
  add(bytes: Uint8Array, isInner?: boolean): number;
  /** Everything found so far, each once; the texts may be forgotten. */
  finish(): readonly Sighting[];
  /** What was left out; `nameOf` says what a text is. */
  problems(nameOf: (text: number) => string): readonly Problem[];
  readonly texts: number;
  readonly bytes: number;
}

export function scanTexts(world: {
  readonly kernel: KernelExports;
  readonly heap: Heap;
  readonly rules: RuleSet;
  readonly latin1: Latin1;
  /** One for these rules that is there already, and stays. */
  readonly detector?: Detector;
}): TextScan {
  const { heap } = world;
  const detector = world.detector ?? createDetector(world.kernel, heap, world.rules, world.latin1);
  const keeper = createKeeper();
  const inner = new Set<number>();
  const gathering = gatherTexts(heap, (batch) => {
    const lineAt = linesInBatch(heap, batch);
    detector.detect(batch, (sighting) => {
      const { object, start } = sighting;
      return keeper.keep(sighting, inner.has(object) ? () => lineAt(object, start) : undefined);
    });
    if (batch.goesOn !== true) keeper.endBatch();
  });
  let texts = 0;
  let bytes = 0;
  return {
    get texts() {
      return texts;
    },
    get bytes() {
      return bytes;
    },
    problems: (nameOf) => keeper.problems(nameOf),
    add: (text, isInner = false) => {
      if (isInner) inner.add(texts);
      gathering.add(text, texts);
      bytes += text.length;
      return texts++;
    },
    finish: () => {
      gathering.flush();
      gathering.release();
      if (detector !== world.detector) detector.release();
      return withoutOverlaps(keeper.found);
    },
  };
}
