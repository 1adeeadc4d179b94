import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { AssayError } from '../../model/problem.ts';

/** A lock of another machine or of a reused process number is given up after this long. */
const ABANDONED_MS = 6 * 3600_000;

/**
 * Takes a lock file, or throws AssayError `advisories/locked`. A lock whose process is gone is taken over.
 * Gives the function that releases it.
 */
export function takeLock(path: string): () => void {
  for (let attempt = 0; ; attempt++) {
    try {
      const file = openSync(path, 'wx', 0o644);
      writeSync(file, `${process.pid} ${hostname()}\n`);
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (code !== 'EEXIST')
        throw new AssayError('advisories/unwritable', `${path} cannot be written`, {
          hint: '`--db` names another folder',
          cause: error,
        });
      if (attempt > 0 || !isAbandoned(path))
        throw new AssayError('advisories/locked', `another update is writing here (${path})`, {
          hint: 'wait for it; if it is gone, delete that file',
        });
      rmSync(path, { force: true });
    }
  }
}

function isAbandoned(path: string): boolean {
  try {
    const [pid, host] = readFileSync(path, 'utf8').trim().split(' ');
    if (Date.now() - statSync(path).mtimeMs > ABANDONED_MS) return true;
    return host === hostname() && !isAlive(Number(pid));
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
}
