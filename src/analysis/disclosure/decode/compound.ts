/** A stream of a compound file, and whether its bytes lie in the file one behind another. */
export interface CompoundStream {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
  /** Why the bytes are not all of it. */
  readonly fault?: string;
}

const FREE = 0xfffffffa;
/** Entries of the directory that are read. */
const MOST_ENTRIES = 100_000;
const MINI_SHIFT = 6;
const NOTHING = new Uint8Array(0);

/**
 * The streams of a compound file: documents of Office before 2007, their macros in newer ones, messages of Outlook. Streams lie in sectors
 * that need not follow each other. Damage loses a stream, never the rest; what is lost is given without a name. [MS-CFB] 2.2 to 2.6
 */
export function* compoundStreams(bytes: Uint8Array): Generator<CompoundStream, void, undefined> {
  const lost = (fault: string): CompoundStream => ({ name: '', bytes: NOTHING, isWhole: true, fault });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shift = bytes.length < 1536 ? 0 : view.getUint16(30, true);
  if ((shift !== 9 && shift !== 12) || view.getUint16(32, true) !== MINI_SHIFT)
    return yield lost('it is damaged');
  const fat = readFat(view, shift);
  const sectors = { bytes, first: 1 << shift, shift, next: fat };
  const { bytes: directory } = chained(sectors, view.getUint32(48, true));
  const entries = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  const count = Math.min(MOST_ENTRIES, directory.length >> 7);
  if (count === 0) return yield lost('it is damaged');
  const mini = {
    bytes: chained(sectors, entries.getUint32(116, true), entries.getUint32(120, true)).bytes,
    first: 0,
    shift: MINI_SHIFT,
    next: numbersOf(chained(sectors, view.getUint32(60, true)).bytes),
  };
  const cutoff = view.getUint32(56, true);
  let given = 0;
  for (let i = 1; i < count; i++) {
    const at = i << 7;
    if (directory[at + 66] !== 2) continue;
    // Streams that lie over each other.
    if (given > 2 * bytes.length) return yield lost('it holds more than is looked into');
    const size = entries.getUint32(at + 120, true);
    const isSmall = size < cutoff;
    const stream = chained(isSmall ? mini : sectors, entries.getUint32(at + 116, true), size);
    given += stream.bytes.length;
    const isWhole = !isSmall && stream.isWhole;
    const name = nameAt(entries, at);
    if (stream.bytes.length < size) yield { name, bytes: stream.bytes, isWhole, fault: 'it is damaged' };
    else if (size > 0) yield { name, bytes: stream.bytes, isWhole };
  }
  if (directory.length >> 7 > MOST_ENTRIES) yield lost('it holds more than is looked into');
}

/** Which sector follows which: in sectors that the header lists, and a chain of more lists. */
function readFat(view: DataView, shift: number): Uint32Array {
  const size = 1 << shift;
  // Each is listed once in a file that is whole.
  const most = view.byteLength >> shift;
  const lists: number[] = [];
  const list = (at: number): void => {
    const sector = view.getUint32(at, true);
    if (sector < most && lists.length < most) lists.push(sector);
  };
  for (let i = 0; i < 109; i++) list(76 + 4 * i);
  let more = view.getUint32(68, true);
  for (let seen = 0; more < FREE && seen < most && lists.length < most; seen++) {
    const at = (more + 1) * size;
    if (at + size > view.byteLength) break;
    for (let i = 0; i < size / 4 - 1; i++) list(at + 4 * i);
    more = view.getUint32(at + size - 4, true);
  }
  // No sector beyond the file's end has one behind it.
  const fat = new Uint32Array(Math.min(most, (lists.length * size) / 4)).fill(0xffffffff);
  for (const [n, sector] of lists.entries()) {
    const at = (sector + 1) * size;
    const first = (n * size) / 4;
    for (let i = 0; i < size / 4 && first + i < fat.length && at + 4 * i + 4 <= view.byteLength; i++)
      fat[first + i] = view.getUint32(at + 4 * i, true);
  }
  return fat;
}

/** Bytes in sectors of a size, which of them follows which, and where the first begins. */
interface Sectors {
  readonly bytes: Uint8Array;
  readonly first: number;
  readonly shift: number;
  readonly next: Uint32Array;
}

/** What lies in the sectors from `start` on, up to `size` bytes; less where their chain ends, turns back on itself, or leads out of the file. */
function chained(
  { bytes, first, shift, next }: Sectors,
  start: number,
  size: number = Infinity,
): { readonly bytes: Uint8Array; readonly isWhole: boolean } {
  const most = Math.min(Math.ceil(size / (1 << shift)), bytes.length >> shift, next.length);
  const all = new Uint8Array(Math.min(size, most << shift));
  let isWhole = true;
  let at = 0;
  for (let sector = start, seen = 0; seen < most && sector < next.length; seen++) {
    const from = first + sector * (1 << shift);
    const part = bytes.subarray(from, Math.min(from + (1 << shift), from + all.length - at));
    if (part.length === 0) break;
    all.set(part, at);
    at += part.length;
    const own = sector;
    sector = next[sector]!;
    if (sector !== own + 1 && seen + 1 < most) isWhole = false;
  }
  return { bytes: all.subarray(0, at), isWhole };
}

function numbersOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length >> 2 }, (_, i) => view.getUint32(4 * i, true));
}

function nameAt(entries: DataView, at: number): string {
  const size = Math.min(62, Math.max(0, entries.getUint16(at + 64, true) - 2));
  let name = '';
  for (let i = 0; i < size; i += 2) name += String.fromCharCode(entries.getUint16(at + i, true));
  return name.replaceAll(/[^\x20-\x7e]/g, '');
}
