import type { ObjectKind } from '../../../model/history.ts';
import { keyAt, keyOf } from './id-key.ts';
import type { PackTable } from './pack-table.ts';
import { idOfRow, KINDS } from './pack-table.ts';

/** All objects of a history by number: those of the packs in their order, then loose ones as they came. */
export interface ObjectTable {
  readonly count: number;
  idOf(object: number): string;
  /** The start of its id, as a number: id-key.ts. */
  keyOf(object: number): number;
  kindOf(object: number): ObjectKind;
  /** The object that it is a delta of in its pack; -1 when it is none. */
  baseOf(object: number): number;
  /** How its lines were read. */
  stateOf(object: number): ObjectState;
  /** Whether something of it was of interest to whoever read it (`setLoud`). */
  isLoud(object: number): boolean;
  /** Whether it was read here: of a history that several read, others may have. */
  isOwn(object: number): boolean;
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
const LOUD = 8;

/** The same, while it is filled. */
export interface MutableObjectTable extends ObjectTable {
  /** How many are in packs: their numbers come before those of loose ones. */
  readonly packedCount: number;
  readonly packs: readonly { readonly table: PackTable; readonly first: number }[];
  setState(object: number, state: ObjectState): void;
  setLoud(object: number): void;
  setContent(object: number, binary: boolean, firstBytes: number): void;
  /** What is kept of the objects of a pack: states, what `isBinary` and `isLoud` say; to be given again. */
  flagsOf(pack: number): Uint8Array;
  setFlagsOf(pack: number, flags: Uint8Array): void;
  /** Takes in an object that is in no pack. */
  add(id: string, kind: ObjectKind): number;
}

/** `shared`: where the packed ones are noted, when several threads fill the table. */
export function createObjectTable(
  tables: readonly PackTable[],
  shared?: { readonly flags: Uint8Array; readonly firsts: Uint32Array },
): MutableObjectTable {
  let packed = 0;
  const packs = tables.map((table) => {
    const first = packed;
    packed += table.count;
    return { table, first };
  });
  const { flags, firsts } = shared ?? { flags: new Uint8Array(packed), firsts: new Uint32Array(packed) };
  const own = shared === undefined ? undefined : new Uint8Array(packed);
  const loose: { id: string; kind: ObjectKind; flags: number; first: number }[] = [];

  const packOf = (object: number): { readonly table: PackTable; readonly first: number } => {
    let i = packs.length - 1;
    while (packs[i]!.first > object) i--;
    return packs[i]!;
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
    idOf: (object) => {
      if (object >= packed) return loose[object - packed]!.id;
      const { table, first } = packOf(object);
      return idOfRow(table, object - first);
    },
    keyOf: (object) => {
      if (object >= packed) return keyOf(loose[object - packed]!.id);
      const { table, first } = packOf(object);
      return keyAt(table.pack.ids, table.places[object - first]! * (table.pack.ids.length / table.count));
    },
    kindOf: (object) => {
      if (object >= packed) return loose[object - packed]!.kind;
      const { table, first } = packOf(object);
      return KINDS[table.kinds[object - first]!] ?? 'blob';
    },
    baseOf: (object) => {
      if (object >= packed) return -1;
      const { table, first } = packOf(object);
      const base = table.bases[object - first]!;
      return base < 0 ? -1 : first + base;
    },
    stateOf: (object) => STATES[flagsOf(object) & 3]!,
    isOwn: (object) => own === undefined || object >= packed || own[object] === 1,
    isLoud: (object) => (flagsOf(object) & LOUD) !== 0,
    setLoud: (object) => setFlags(object, flagsOf(object) | LOUD),
    flagsOf: (pack) => flags.slice(packs[pack]!.first, packs[pack]!.first + packs[pack]!.table.count),
    setFlagsOf: (pack, kept) => flags.set(kept, packs[pack]!.first),
    isBinary: (object) => (flagsOf(object) & BINARY) !== 0,
    firstBytes: (object) => (object < packed ? firsts[object]! : loose[object - packed]!.first),
    setState: (object, state) => setFlags(object, (flagsOf(object) & ~3) | STATES.indexOf(state)),
    setContent: (object, binary, first) => {
      if (own !== undefined && object < packed) own[object] = 1;
      setFlags(object, (flagsOf(object) & ~BINARY) | (binary ? BINARY : 0));
      if (object < packed) firsts[object] = first;
      else loose[object - packed]!.first = first;
    },
    add: (id, kind) => {
      loose.push({ id, kind, flags: 0, first: 0 });
      return packed + loose.length - 1;
    },
  };
}
