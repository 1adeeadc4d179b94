/** Where something was seen. `path` is `/`-separated and relative to the tree's root; `line` is 1-based. */
export interface Location {
  readonly path: string;
  readonly line?: number;
}

/**
 * Something that could not be read or learnt. Data, not an exception: a scan with problems is still a scan.
 * `lost` says that part of the input was not understood, so the result is not whole (exit code 3);
 * a problem without it is worth knowing and costs nothing.
 */
export interface Problem {
  /** Stable and documented, e.g. `file/truncated`, `npm/merge-marker`. Tests assert it; people read the message. */
  readonly code: string;
  /** What happened, and what was expected and found. One line. */
  readonly message: string;
  readonly at?: Location;
  /** What to do about it. One line. */
  readonly hint?: string;
  readonly lost?: boolean;
}

/** A broken world (no disk, no database, no such revision): the command could not run. Exit code 2. */
export class AssayError extends Error {
  override readonly name = 'AssayError';
  readonly code: string;
  readonly hint: string | undefined;
  constructor(code: string, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}
