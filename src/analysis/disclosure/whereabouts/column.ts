/** Numbers that are added one after another: an array without a box for each, that never has to be copied to grow. */
export interface Column {
  readonly length: number;
  push(value: number): void;
  at(index: number): number;
  /** The numbers in their order, in pieces: for who looks at all of them. */
  pieces(): Iterable<Float64Array | Uint32Array>;
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
    at: (index) => chunks[index >> SHIFT]![index & (CHUNK - 1)]!,
    pieces: () =>
      chunks.map((chunk, i) => (i + 1 < chunks.length ? chunk : chunk.subarray(0, length - i * CHUNK))),
  };
}

/** A column's numbers in one array: to be posted to another thread. */
export function numbersOf<T extends Float64Array | Uint32Array>(
  of: Column,
  kind: new (length: number) => T,
): T {
  const numbers = new kind(of.length);
  for (let i = 0; i < of.length; i++) numbers[i] = of.at(i);
  return numbers;
}

/** A column that is whole. */
export function columnOf(numbers: Float64Array | Uint32Array): Column {
  return {
    length: numbers.length,
    push: () => {
      throw new Error('this column is whole');
    },
    at: (index) => numbers[index]!,
    pieces: () => [numbers],
  };
}
