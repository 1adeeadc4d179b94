import type { ObjectKind } from '../../../model/history.ts';
import type { PackTable } from './pack-table.ts';
import { idOfRow, KINDS } from './pack-table.ts';

/** All objects of a history by number: those of the packs in their order, then loose ones as they came. */
export interface ObjectTable {
  readonly count: number;
  idOf(object: number): string;
  kindOf(object: number): ObjectKind;
  /** The object that it is a delta of in its pack; -1 when it is none. */
  baseOf(object: number): number;
  /** How its lines were read. */
  stateOf(object: number): ObjectState;
  /**
   * Git's own test of a file, a NUL among the first 8000 bytes. A delta inherits its base's answer, unless what it brought in
   * says otherwise: for a mixture of both it may be wrong.
   */
  isBinary(object: number): boolean;
  /** Its first four bytes, little-endian, to know archives and documents by; 0 for those that are not there. */
  firstBytes(object: number): number;
}

/**
 * `unread`: not asked for, or lost (a problem says so). `whole`: every line was given. `delta`: the lines that its delta
 * brought in were given; the others are in its base. `same`: it is in two packs, and was read in the first.
 */
export type ObjectState = 'unread' | 'whole' | 'delta' | 'same';

const STATES: readonly ObjectState[] = ['unread', 'whole', 'delta', 'same'];
const BINARY = 4;

/** The same, while it is filled. */
export interface MutableObjectTable extends ObjectTable {
  /** How many are in packs: their numbers come before those of loose ones. */
  readonly packedCount: number;
  readonly packs: readonly { readonly table: PackTable; readonly first: number }[];
  setState(object: number, state: ObjectState): void;
  setContent(object: number, binary: boolean, firstBytes: number): void;
  /** Takes in an object that is in no pack. */
  add(id: string, kind: ObjectKind): number;
}

export function createObjectTable(tables: readonly PackTable[]): MutableObjectTable {
  let packed = 0;
  const packs = tables.map((table) => {
    const first = packed;
    packed += table.count;
    return { table, first };
  });
  const flags = new Uint8Array(packed);
  const firsts = new Uint32Array(packed);
  const loose: { id: string; kind: ObjectKind; flags: number; first: number }[] = [];

  const at = <T>(
    object: number,
    ofPack: (table: PackTable, row: number) => T,
    ofLoose: (at: number) => T,
  ): T => {
    if (object >= packed) return ofLoose(object - packed);
    let i = packs.length - 1;
    while (packs[i]!.first > object) i--;
    return ofPack(packs[i]!.table, object - packs[i]!.first);
  };
  const flagsOf = (object: number): number =>
    object < packed ? flags[object]! : loose[object - packed]!.flags;
  const setFlags = (object: number, value: number): void => {
    if (object < packed) flags[object] = value;
    else loose[object - packed]!.flags = value;
  };

  return {
    packs,
    packedCount: packed,
    get count() {
      return packed + loose.length;
    },
    idOf: (object) => at(object, idOfRow, (i) => loose[i]!.id),
    kindOf: (object) =>
      at(
        object,
        (table, row) => KINDS[table.kinds[row]!] ?? 'blob',
        (i) => loose[i]!.kind,
      ),
    baseOf: (object) =>
      at(
        object,
        (table, row) => (table.bases[row]! < 0 ? -1 : object - row + table.bases[row]!),
        () => -1,
      ),
    stateOf: (object) => STATES[flagsOf(object) & 3]!,
    isBinary: (object) => (flagsOf(object) & BINARY) !== 0,
    firstBytes: (object) => (object < packed ? firsts[object]! : loose[object - packed]!.first),
    setState: (object, state) => setFlags(object, (flagsOf(object) & BINARY) | STATES.indexOf(state)),
    setContent: (object, binary, first) => {
      setFlags(object, (flagsOf(object) & 3) | (binary ? BINARY : 0));
      if (object < packed) firsts[object] = first;
      else loose[object - packed]!.first = first;
    },
    add: (id, kind) => {
      loose.push({ id, kind, flags: 0, first: 0 });
      return packed + loose.length - 1;
    },
  };
}
