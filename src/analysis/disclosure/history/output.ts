import type { Heap } from '../kernel/heap.ts';
import type { KernelExports } from '../kernel/module.ts';
import { RESULT } from '../kernel/module.ts';
import type { Seams } from './seams.ts';
import { createSeams } from './seams.ts';

/** Bytes of text that are gathered before they are handed out: what a processor keeps near while it is searched. */
const TEXT = 1 << 20;
/** Bytes that there is room for, so that hardly a delta is read twice because what it brings in had no room. */
const ROOM = 4 * TEXT;
/** Runs that there is room for. */
const RUNS = TEXT / 2 + 1;
const RECORD = 16;

/** Text of several objects, in the kernel's memory. Valid until the next batch is asked for. */
export interface TextBatch {
  /** Address of the text, for the kernel's search, and its bytes. */
  readonly address: number;
  readonly size: number;
  /**
   * Four numbers for each run, in the order of the text: its address, its bytes, its object, and its offset in the object.
   * One line end that is no part of them lies between two runs.
   */
  readonly runs: Uint32Array;
  /** What is new in those of its trees that are deltas: seams.ts. */
  readonly seams?: Uint32Array;
  /** Only what begins here, by its address, is to be looked for: what is beside it is there to be seen, and is another batch's. */
  readonly core?: { readonly start: number; readonly end: number };
  /** The next batch goes on with the text of this one. */
  readonly goesOn?: boolean;
  /**
   * Says that its runs are of no interest but those at `loud` (places of them in `runs`), by their text alone: where a file brings in
   * the same text again, it is left out. The batch is void then.
   */
  readonly quiet?: (loud: readonly number[]) => void;
}

/** Where the kernel puts the dirty runs. */
export interface Output {
  /** Where the next run's text would go; there are `room` bytes. */
  readonly next: number;
  readonly room: number;
  /** So much was gathered that it is to be handed out. */
  readonly isDue: boolean;
  /** Of what is put there. */
  readonly seams: Seams;
  /** Where the kernel keeps texts that are left out; 0 when there are none. */
  readonly known: number;
  /** Makes room for a batch of this much text and so many runs. Only when it is empty. */
  enlarge(text: number, runs: number): void;
  /** Where it stands, to take back what comes after. */
  mark(): { readonly text: number; readonly runs: number };
  rewind(to: { readonly text: number; readonly runs: number }): void;
  /** What was gathered. The next run starts anew, and in a usual size again. */
  take(): TextBatch | undefined;
  release(): void;
}

/** Bytes drawn at random, so many. Nobody who wrote a text may know them. */
export type Draw = (bytes: number) => Uint8Array;

/** `draw`: of text that was called quiet, something is remembered under a key; without, all is handed out. */
export function createOutput(kernel: KernelExports, heap: Heap, draw?: Draw): Output {
  let text = heap.allocate(ROOM);
  let textSize = ROOM;
  let recordsSize = RUNS * RECORD;
  let records = heap.allocate(recordsSize);
  let isFresh = false;
  let isLarge = false;

  let known = 0;

  const seams = createSeams();
  const point = (): void => {
    kernel.setOutput(text, text + textSize, records, records + recordsSize);
    isFresh = true;
  };
  const resize = (newText: number, runs: number): void => {
    heap.free(text);
    heap.free(records);
    textSize = newText;
    recordsSize = runs * RECORD;
    text = heap.allocate(textSize);
    records = heap.allocate(recordsSize);
  };
  const start = (): void => {
    if (isFresh) return;
    if (isLarge) resize(ROOM, RUNS);
    isLarge = false;
    point();
  };
  const quiet = (runs: number, loud: readonly number[]): void => {
    if (draw === undefined) return;
    const words = heap.words();
    for (const run of loud) words[records / 4 + run + 1] = 0;
    if (known === 0) {
      known = heap.allocate(kernel.knownBytes.value);
      heap.bytes().fill(0, known, known + kernel.knownBytes.value);
      heap.bytes().set(draw(kernel.keyBytes.value), known);
    }
    kernel.remember(records, records + runs * 4, known);
  };
  const written = (): number => heap.words()[(RESULT + 4) / 4]! - text;

  point();
  return {
    seams,
    get known() {
      return known;
    },
    get next() {
      start();
      return text + written();
    },
    get room() {
      start();
      return textSize - written();
    },
    get isDue() {
      return isFresh && written() >= TEXT;
    },
    enlarge: (newText, runs) => {
      resize(Math.max(newText, ROOM), Math.max(runs, RUNS));
      isLarge = true;
      point();
    },
    mark: () => {
      start();
      const words = heap.words();
      return { text: words[(RESULT + 4) / 4]!, runs: words[(RESULT + 8) / 4]! };
    },
    rewind: (to) => kernel.setOutput(to.text, text + textSize, to.runs, records + recordsSize),
    take: () => {
      start();
      const size = written();
      if (size === 0) return undefined;
      isFresh = false;
      const words = heap.words();
      const runs = words.subarray(records / 4, words[(RESULT + 8) / 4]! / 4);
      return {
        address: text,
        size,
        runs,
        seams: seams.take(),
        quiet: (loud) => quiet(runs.length, loud),
      };
    },
    release: () => {
      heap.free(text);
      heap.free(records);
      if (known !== 0) heap.free(known);
    },
  };
}
