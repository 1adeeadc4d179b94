import type { Io } from './command.ts';
import { stderr, stdout } from './streams.ts';

declare const ASSAY_VERSION: string;

/** Aborted by Ctrl-C, which from now on stops the command and not the process. */
export function interruptible(): AbortSignal {
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  process.once('SIGTERM', () => interrupt.abort());
  return interrupt.signal;
}

/**
 * Before a long step in which no listener gets its turn (a history is read, a graph is asked): from here on signals end the
 * process, as they do by default. Reports and caches are written whole or not at all.
 */
export function letSignalsEnd(): void {
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal);
}

/** The process as a command sees it. `build` names what is kept under its code. */
export function processIo(build: string | undefined, signal: () => AbortSignal): Io {
  return {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    get outIsTty() {
      return stdout.isTty();
    },
    get errIsTty() {
      return stderr.isTty();
    },
    get columns() {
      return stdout.columns() ?? 80;
    },
    env: process.env,
    // `npm run assay -- scan .` moves to the folder of package.json first; people mean the one they typed it in.
    cwd:
      process.env['npm_lifecycle_event'] === 'assay'
        ? (process.env['INIT_CWD'] ?? process.cwd())
        : process.cwd(),
    get signal() {
      return signal();
    },
    now: () => {
      const epoch = Number(process.env['SOURCE_DATE_EPOCH']);
      const at = Number.isSafeInteger(epoch) && epoch > 0 ? new Date(epoch * 1000) : new Date();
      return `${at.toISOString().slice(0, 19)}Z`;
    },
    version: ASSAY_VERSION,
    build,
  };
}
