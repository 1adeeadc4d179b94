import type { Io } from './command.ts';

/** One line on stderr that redraws itself; silent when stderr is no terminal. Starts after 300 ms, so that quick work stays quiet. */
export interface Progress {
  /** What is going on and how far: `reading`, 12 of 96. `total` 0: not known. */
  step(what: string, done: number, total: number): void;
  /** Clears the line. Call before anything else is printed. */
  end(): void;
}

const QUIET_MS = 300;
const REDRAW_MS = 80;

export function progressOn(
  io: Pick<Io, 'err' | 'errIsTty' | 'columns'>,
  now: () => number = () => Date.now(),
): Progress {
  const started = now();
  let drawn = 0;
  let shown = false;
  return {
    step(what, done, total) {
      const at = now();
      if (!io.errIsTty || at - started < QUIET_MS || at - drawn < REDRAW_MS) return;
      drawn = at;
      shown = true;
      const share = total > 0 ? ` ${bar(done / total)} ${done} of ${total}` : done > 0 ? ` ${done}` : '';
      io.err(`\r\u001b[2K${`${what}${share}`.slice(0, io.columns - 1)}`);
    },
    end() {
      if (shown) io.err('\r\u001b[2K');
      shown = false;
    },
  };
}

function bar(share: number): string {
  const full = Math.round(Math.max(0, Math.min(1, share)) * 20);
  return `[${'='.repeat(full)}${' '.repeat(20 - full)}]`;
}
