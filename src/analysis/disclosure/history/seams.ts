/**
 * Where the deltas of a batch's trees put something new: for each of them its object, how many seams it has, and of each seam
 * where it starts and ends in the result. What was inserted is a seam; so is, of no length, where two copies meet that do
 * not continue each other. What lies between two seams the object has from its base.
 */
export interface Seams {
  /** Notes those of a delta (whose instructions were judged before) at `delta`…`end`. */
  note(object: number, bytes: Uint8Array, delta: number, end: number): void;
  /** What was noted since. Valid until the next is. */
  take(): Uint32Array;
}

export function createSeams(): Seams {
  let numbers = new Uint32Array(4096);
  let length = 0;
  const push = (number: number): void => {
    if (length === numbers.length) {
      const larger = new Uint32Array(length * 2);
      larger.set(numbers);
      numbers = larger;
    }
    numbers[length++] = number;
  };
  return {
    note: (object, bytes, delta, end) => {
      push(object);
      const count = length;
      push(0);
      let at = behindSizes(bytes, delta, end);
      let written = 0;
      /** Where in the base a copy would continue the last; -1 behind an insert. */
      let next = -1;
      while (at < end) {
        const op = bytes[at++]!;
        if (op < 128) {
          if (next === -1 && written > 0) numbers[length - 1] = written + op;
          else {
            push(written);
            push(written + op);
          }
          next = -1;
          at += op;
          written += op;
          continue;
        }
        let from = 0;
        let size = 0;
        for (let i = 0; i < 4; i++) if ((op & (1 << i)) !== 0) from += bytes[at++]! * 2 ** (8 * i);
        for (let i = 0; i < 3; i++) if ((op & (16 << i)) !== 0) size += bytes[at++]! * 2 ** (8 * i);
        if (size === 0) size = 0x10000;
        if (next !== -1 && from !== next) {
          push(written);
          push(written);
        }
        next = from + size;
        written += size;
      }
      numbers[count] = (length - count - 1) / 2;
    },
    take: () => {
      const taken = numbers.subarray(0, length);
      length = 0;
      return taken;
    },
  };
}

/** Where the instructions start: behind two sizes of seven bits a byte. */
function behindSizes(bytes: Uint8Array, delta: number, end: number): number {
  let at = delta;
  for (let sizes = 0; sizes < 2; sizes++) {
    while (at < end && bytes[at]! >= 128) at++;
    at++;
  }
  return at;
}

/** Answers for the objects of a batch, asked in their order, which stretches of them a seam touches. */
export interface SeamReader {
  /** Turns to a tree that is a delta. */
  open(object: number): void;
  /** Whether `start`…`end` is not wholly brought by one copy. Stretches of an object are asked for by ascending start. */
  touches(start: number, end: number): boolean;
}

export function readSeams(seams: Uint32Array): SeamReader {
  let record = 0;
  let at = 0;
  let last = 0;
  return {
    open: (object) => {
      while (record < seams.length && seams[record] !== object) record += 2 + 2 * seams[record + 1]!;
      at = Math.min(record + 2, seams.length);
      last = record < seams.length ? at + 2 * seams[record + 1]! : at;
    },
    touches: (start, end) => {
      while (at < last && seams[at + 1]! <= start) at += 2;
      return at < last && seams[at]! < end;
    },
  };
}
