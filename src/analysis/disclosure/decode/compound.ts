/** A stream of a compound file, and whether its bytes lie in the file one behind another. */
export interface CompoundStream {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
}

const FREE = 0xfffffffa;
/** Entries of the directory that are read. */
const MOST_ENTRIES = 100_000;

/**
 * The streams of a compound file: documents of Office before 2007, their macros in newer ones, messages of Outlook. Streams lie in sectors
 * that need not follow each other. Damage loses a stream, never the rest. [MS-CFB] 2.2 to 2.6
 */
export function* compoundStreams(bytes: Uint8Array): Generator<CompoundStream, void, undefined> {
  if (bytes.length < 1536) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shift = view.getUint16(30, true);
  const miniShift = view.getUint16(32, true);
  if ((shift !== 9 && shift !== 12) || miniShift !== 6) return;
  const fat = readFat(view, shift);
  const chain = (start: number, next: Uint32Array, most: number = next.length): number[] => {
    const sectors: number[] = [];
    for (let sector = start; sector < FREE && sector < next.length && sectors.length <= most;) {
      sectors.push(sector);
      sector = next[sector]!;
    }
    return sectors;
  };
  const directory = partsOf(bytes, chain(view.getUint32(48, true), fat), shift, 1 << shift, Infinity);
  const entries = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  const count = Math.min(MOST_ENTRIES, directory.length >> 7);
  if (count === 0) return;
  const miniFatBytes = partsOf(bytes, chain(view.getUint32(60, true), fat), shift, 1 << shift, Infinity);
  const miniFat = numbersOf(miniFatBytes);
  const mini = partsOf(
    bytes,
    chain(entries.getUint32(116, true), fat),
    shift,
    1 << shift,
    entries.getUint32(120, true),
  );
  const cutoff = view.getUint32(56, true);
  let given = 0;
  for (let i = 1; i < count && given <= 2 * bytes.length; i++) {
    const at = i << 7;
    if (directory[at + 66] !== 2) continue;
    const size = entries.getUint32(at + 120, true);
    const start = entries.getUint32(at + 116, true);
    const isSmall = size < cutoff;
    const sectors = chain(
      start,
      isSmall ? miniFat : fat,
      Math.ceil(size / (1 << (isSmall ? miniShift : shift))) - 1,
    );
    const stream = isSmall
      ? partsOf(mini, sectors, miniShift, 0, size)
      : partsOf(bytes, sectors, shift, 1 << shift, size);
    given += stream.length;
    const isWhole = !isSmall && sectors.every((sector, n) => n === 0 || sector === sectors[n - 1]! + 1);
    if (stream.length > 0) yield { name: nameAt(entries, at), bytes: stream, isWhole };
  }
}

/** Which sector follows which: in sectors that the header lists, and a chain of more lists. */
function readFat(view: DataView, shift: number): Uint32Array {
  const size = 1 << shift;
  const lists: number[] = [];
  for (let i = 0; i < 109; i++) lists.push(view.getUint32(76 + 4 * i, true));
  let more = view.getUint32(68, true);
  const most = view.byteLength >> shift;
  for (let seen = 0; more < FREE && seen < most; seen++) {
    const at = (more + 1) * size;
    if (at + size > view.byteLength) break;
    for (let i = 0; i < size / 4 - 1; i++) lists.push(view.getUint32(at + 4 * i, true));
    more = view.getUint32(at + size - 4, true);
  }
  const sectors = lists.filter((sector) => sector < most);
  // Each is listed once in a file that is whole.
  const fat = new Uint32Array((Math.min(sectors.length, most) * size) / 4).fill(0xffffffff);
  sectors.slice(0, most).forEach((sector, n) => {
    const at = (sector + 1) * size;
    for (let i = 0; i < size / 4 && at + 4 * i + 4 <= view.byteLength; i++)
      fat[(n * size) / 4 + i] = view.getUint32(at + 4 * i, true);
  });
  return fat;
}

function partsOf(
  bytes: Uint8Array,
  sectors: readonly number[],
  shift: number,
  first: number,
  size: number,
): Uint8Array {
  const all = new Uint8Array(Math.min(size, sectors.length << shift));
  let at = 0;
  for (const sector of sectors) {
    if (at >= all.length) break;
    const start = first + sector * (1 << shift);
    const part = bytes.subarray(start, Math.min(start + (1 << shift), start + all.length - at));
    all.set(part, at);
    at += 1 << shift;
  }
  return all;
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
