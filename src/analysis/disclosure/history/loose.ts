import type { ObjectKind, ObjectStore } from '../../../model/history.ts';
import type { Problem } from '../../../model/problem.ts';
import type { Heap } from '../kernel/heap.ts';
import type { KernelExports } from '../kernel/module.ts';
import type { Duplicates } from './duplicates.ts';
import type { MutableObjectTable } from './object-table.ts';
import type { Output, TextBatch } from './output.ts';

const SAMPLE = 8000;

/** Objects outside packs, each whole. One that a pack has as well, and that was read there, is left out. */
export function* readLooseObjects(world: {
  readonly store: ObjectStore;
  readonly duplicates: () => Duplicates;
  readonly objects: MutableObjectTable;
  readonly problems: Problem[];
  readonly kinds: ReadonlySet<ObjectKind>;
  readonly heap: Heap;
  readonly kernel: KernelExports;
  readonly output: Output;
  /** As in `Walk`. `passed` gets the number of a packed object that was left out for that it is packed. */
  readonly trusts: boolean;
  readonly passed: (packed: number) => void;
}): Generator<TextBatch, void, undefined> {
  const { store, duplicates, objects, problems, kinds, heap, kernel, output, trusts, passed } = world;
  for (const found of store.loose()) {
    if (!('bytes' in found)) {
      problems.push(found);
      continue;
    }
    if (!kinds.has(found.kind)) continue;
    const packed = duplicates().find(idBytes(found.id));
    if (packed !== -1 && (trusts || objects.stateOf(packed) !== 'unread')) {
      passed(packed);
      continue;
    }
    const object = objects.add(found.id, found.kind);
    const { bytes } = found;
    objects.setState(object, 'whole');
    objects.setContent(object, bytes.subarray(0, SAMPLE).includes(0), firstFour(bytes));
    if (output.room <= bytes.length) {
      const batch = output.take();
      if (batch !== undefined) yield batch;
      if (output.room <= bytes.length) output.enlarge(bytes.length + 1, 1);
    }
    const to = output.next;
    heap.bytes().set(bytes, to);
    kernel.emitWhole(to, bytes.length, object);
  }
}

function idBytes(id: string): Uint8Array {
  return Uint8Array.from({ length: id.length / 2 }, (_, i) =>
    Number.parseInt(id.slice(i * 2, i * 2 + 2), 16),
  );
}

function firstFour(bytes: Uint8Array): number {
  return ((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16) | ((bytes[3] ?? 0) << 24)) >>> 0;
}
