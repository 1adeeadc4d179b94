/** Numbers that are added one after another: an array without a box for each, that never has to be copied to grow. */
export interface Column {
  readonly length: number;
  push(value: number): void;
  /** Adds many at once. */
  append(values: Float64Array | Uint32Array): void;
  at(index: number): number;
  /** The numbers from `start` to before `end` in their order, in pieces: for who looks at all of them. Default: all. */
  pieces(start?: number, end?: number): Iterable<Float64Array | Uint32Array>;
}

const SHIFT = 16;
const CHUNK = 1 << SHIFT;

/** A column of what one element of the typed array holds: `Float64Array` for keys, `Uint32Array` for the rest. */
export function column(kind: new (length: number) => Float64Array | Uint32Array = Float64Array): Column {
  const chunks: (Float64Array | Uint32Array)[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    push: (value) => {
      if ((length & (CHUNK - 1)) === 0) chunks.push(new kind(CHUNK));
      chunks[length >> SHIFT]![length & (CHUNK - 1)] = value;
      length++;
    },
    append: (values) => {
      for (let from = 0; from < values.length;) {
        const at = length & (CHUNK - 1);
        if (at === 0) chunks.push(new kind(CHUNK));
        const to = Math.min(values.length, from + CHUNK - at);
        chunks[length >> SHIFT]!.set(values.subarray(from, to), at);
        length += to - from;
        from = to;
      }
    },
    at: (index) => chunks[index >> SHIFT]![index & (CHUNK - 1)]!,
    pieces: (start = 0, end = length) => {
      const pieces: (Float64Array | Uint32Array)[] = [];
      for (let from = start; from < end;) {
        const at = from & (CHUNK - 1);
        const to = Math.min(end, from + CHUNK - at);
        pieces.push(chunks[from >> SHIFT]!.subarray(at, at + to - from));
        from = to;
      }
      return pieces;
    },
  };
}

/** A column's numbers in one array: to be posted to another thread. */
export function numbersOf<T extends Float64Array | Uint32Array>(
  of: Column,
  kind: new (length: number) => T,
): T {
  const numbers = new kind(of.length);
  let at = 0;
  for (const piece of of.pieces()) {
    numbers.set(piece, at);
    at += piece.length;
  }
  return numbers;
}

/** A column that is whole. */
export function columnOf(numbers: Float64Array | Uint32Array): Column {
  const isWhole = (): never => {
    throw new Error('this column is whole');
  };
  return {
    length: numbers.length,
    push: isWhole,
    append: isWhole,
    at: (index) => numbers[index]!,
    pieces: (start, end) => [numbers.subarray(start, end)],
  };
}
