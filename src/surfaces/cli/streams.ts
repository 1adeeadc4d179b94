import { writeSync } from 'node:fs';

/*
 * The two streams that a run writes to. Node's own are made when they are needed: they load what can read from a terminal or a
 * socket, which takes longer than a hook's one line.
 */

let out: NodeJS.WriteStream | undefined;
let err: NodeJS.WriteStream | undefined;

function openOut(): NodeJS.WriteStream {
  if (out !== undefined) return out;
  out = process.stdout;
  // A reader that closed the pipe (head, less) is no failure.
  out.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
  return out;
}

export function writeOut(text: string): void {
  openOut().write(text);
}

export function writeErr(text: string): void {
  const rest = err === undefined && process.platform !== 'win32' ? unwritten(text) : text;
  if (rest.length > 0) (err ??= process.stderr).write(rest);
}

/** Writes at once what can be; whatever is wrong with the rest, the stream deals with it. */
function unwritten(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  try {
    return bytes.subarray(writeSync(2, bytes));
  } catch {
    return bytes;
  }
}

export function outIsTty(): boolean {
  return openOut().isTTY;
}

export function errIsTty(): boolean {
  return (err ??= process.stderr).isTTY;
}

export function columns(): number {
  return openOut().columns ?? 80;
}

/** Ends when all that was written has left the process. */
export async function flushed(): Promise<void> {
  for (const stream of [out, err])
    if (stream !== undefined && stream.writableLength > 0)
      await new Promise<void>((resolve) => stream.write('', () => resolve()));
}
