import { fstatSync, writeSync } from 'node:fs';

/*
 * The two streams that a run writes to. Node's own are made when they are needed: they load what can read from a terminal or a
 * socket, which takes milliseconds, more than a hook's one line. Files, pipes and sockets are written to directly, as Node's streams do too.
 */

/** Standard output or standard error. */
export interface Outlet {
  isTty(): boolean;
  /** `undefined` when it is no terminal. */
  columns(): number | undefined;
  write(text: string): void;
  /** Resolves when everything is written. */
  flushed(): Promise<void>;
}

/** What an outlet needs of the process. */
export interface OutletWorld {
  /** Whether it is a file, a pipe or a socket, and the system one where Node's streams write to them at once. */
  readonly isPlain: (fd: number) => boolean;
  /** Node's own stream for it. */
  readonly stream: () => NodeJS.WriteStream;
  /** As `fs.writeSync`. */
  readonly writeSync: (fd: number, bytes: Uint8Array, from: number) => number;
  readonly exit: (code: number) => void;
}

const exit = (code: number): never => process.exit(code);

export const stdout: Outlet = outlet(1, { isPlain, stream: () => process.stdout, writeSync, exit });
export const stderr: Outlet = outlet(2, { isPlain, stream: () => process.stderr, writeSync, exit });

/**
 * Writes directly as long as it can; what somebody else's non-blocking pipe has no room for goes through Node's stream, and all after it.
 * Standard error is written to directly also where it is a terminal, until somebody asks whether it is.
 * A reader that closed the pipe (head, less) is no failure; another error of standard output ends the process with 2.
 */
export function outlet(fd: 1 | 2, world: OutletWorld): Outlet {
  let used: NodeJS.WriteStream | undefined;
  let plain: boolean | undefined;
  const isPlainNow = (): boolean => (plain ??= world.isPlain(fd));
  const failed = ({ code }: NodeJS.ErrnoException): void => {
    if (fd === 1) world.exit(code === 'EPIPE' ? 0 : 2);
  };
  const stream = (): NodeJS.WriteStream => (used ??= world.stream().on('error', failed));
  const direct = (): boolean =>
    used === undefined && (isPlainNow() || (fd === 2 && process.platform !== 'win32'));
  return {
    isTty: () => !isPlainNow() && stream().isTTY,
    columns: () => (isPlainNow() ? undefined : stream().columns),
    write(text) {
      if (!direct()) {
        stream().write(text);
        return;
      }
      const bytes = Buffer.from(text, 'utf8');
      let done = 0;
      try {
        while (done < bytes.length) done += world.writeSync(fd, bytes, done);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EAGAIN') stream().write(bytes.subarray(done));
        else failed(error as NodeJS.ErrnoException);
      }
    },
    async flushed() {
      const last = used;
      if (last !== undefined && last.writableLength > 0)
        await new Promise<void>((resolve) => last.write('', () => resolve()));
    },
  };
}

function isPlain(fd: number): boolean {
  if (process.platform === 'win32') return false;
  try {
    const stat = fstatSync(fd);
    return stat.isFile() || stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}
