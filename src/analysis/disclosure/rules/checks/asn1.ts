/** An element of DER: its tag, and where its contents stand. */
export interface DerElement {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads one element of DER (X.690) at `at` in bytes held as latin1. `undefined` when its length is not given, runs past `end`, or
 * takes more than four bytes.
 */
export function readDer(bytes: string, at: number, end: number): DerElement | undefined {
  if (at + 2 > end) return undefined;
  const tag = bytes.charCodeAt(at);
  const first = bytes.charCodeAt(at + 1);
  let start = at + 2;
  let size = first;
  if (first >= 0x80) {
    const count = first & 127;
    if (count === 0 || count > 4 || start + count > end) return undefined;
    size = 0;
    for (let i = 0; i < count; i++) size = size * 256 + bytes.charCodeAt(start + i);
    start += count;
  }
  return start + size > end ? undefined : { tag, start, end: start + size };
}

/** The elements between `start` and `end`; `undefined` when they do not fill it exactly. Contents are not looked into. */
export function derElements(bytes: string, start: number, end: number): readonly DerElement[] | undefined {
  const elements: DerElement[] = [];
  for (let at = start; at < end;) {
    const element = readDer(bytes, at, end);
    if (element === undefined) return undefined;
    elements.push(element);
    at = element.end;
  }
  return elements;
}
