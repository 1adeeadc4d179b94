import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AssayError } from '../../model/problem.ts';

const MOST_FILE_BYTES = 512 * 1024 * 1024;

/** The text of a file that was named on the command line. AssayError `file/unreadable` or `file/too-large`. */
export function readGiven(path: string, cwd: string): string {
  const file = resolve(cwd, path);
  return orUnreadable(path, () => {
    const { size } = statSync(file);
    if (size > MOST_FILE_BYTES)
      throw new AssayError(
        'file/too-large',
        `${path} has ${size} bytes; at most ${MOST_FILE_BYTES} are read`,
      );
    return readFileSync(file, 'utf8');
  });
}

/** The file itself, or all files below a folder whose names end like `ending`, by path. AssayError `file/unreadable`. */
export function givenFiles(path: string, ending: string, cwd: string): readonly string[] {
  const place = resolve(cwd, path);
  return orUnreadable(path, () => {
    if (!statSync(place).isDirectory()) return [path];
    return readdirSync(place, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
      .map((entry) => join(path, join(entry.parentPath, entry.name).slice(place.length)))
      .sort();
  });
}

function orUnreadable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AssayError) throw error;
    throw new AssayError(
      'file/unreadable',
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code})`,
      { cause: error },
    );
  }
}
