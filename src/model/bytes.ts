/** Bytes at rest, read by position: a file on disk, or a buffer in a test. Never loaded whole. */
export interface ByteSource {
  /** As the person would name it: a path. */
  readonly name: string;
  readonly size: number;
  /**
   * Exactly `length` bytes from `offset`, in a fresh array that the caller may keep.
   * AssayError `file/truncated` when the range is not inside the source, so that lying offsets cannot do more than fail.
   */
  read(offset: number, length: number): Uint8Array;
  close(): void;
}

/** Compression and hashing, handed to pure code that needs them. */
export interface Codec {
  deflate(bytes: Uint8Array): Uint8Array;
  /** Throws when the bytes are no deflate stream or unpack to more than `limit`. */
  inflate(bytes: Uint8Array, limit: number): Uint8Array;
  /** The same for gzip. */
  gunzip(bytes: Uint8Array, limit: number): Uint8Array;
  /** Lower-case hex over the pieces in order. */
  sha256(pieces: Iterable<Uint8Array>): string;
}
