/** Longer rows are no picture's nor table's. */
const MOST_ROW = 1 << 20;

/**
 * Undoes the filters of PNG that a stream of a PDF says it was put through before it was packed (ISO 32000-1, 7.4.4.4): each row begins
 * with the number of its own. Without such a word in the dictionary the bytes themselves.
 */
export function withoutPredictor(bytes: Uint8Array, dictionary: string): Uint8Array {
  const told = (name: string, otherwise: number): number =>
    Number(new RegExp(`/${name}\\s{1,4}(\\d{1,7})`).exec(dictionary)?.[1] ?? otherwise);
  if (told('Predictor', 1) < 10) return bytes;
  const bits = told('Colors', 1) * told('BitsPerComponent', 8);
  const step = Math.max(1, bits >> 3);
  const row = Math.ceil((bits * told('Columns', 1)) / 8);
  if (row < 1 || row > MOST_ROW) return bytes;
  const rows = Math.ceil(bytes.length / (row + 1));
  const output = new Uint8Array(rows * row);
  let size = 0;
  for (let at = 0; at < bytes.length; at += row + 1) {
    const filter = bytes[at]!;
    const own = Math.min(row, bytes.length - at - 1);
    for (let i = 0; i < own; i++) {
      const left = i < step ? 0 : output[size + i - step]!;
      const up = size === 0 ? 0 : output[size + i - row]!;
      const corner = size === 0 || i < step ? 0 : output[size + i - row - step]!;
      output[size + i] = bytes[at + 1 + i]! + guess(filter, left, up, corner);
    }
    size += own;
  }
  return output.subarray(0, size);
}

function guess(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
    default:
      return 0;
  }
}
