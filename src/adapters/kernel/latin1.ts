/** Bytes as text of one code unit a byte; the memory they are in may be another at each call. */
export function latin1Reader(): (bytes: Uint8Array, start: number, end: number) => string {
  let of: Uint8Array | undefined;
  let view = Buffer.alloc(0);
  return (bytes, start, end) => {
    if (of !== bytes) {
      of = bytes;
      view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) as typeof view;
    }
    return view.toString('latin1', start, end);
  };
}
