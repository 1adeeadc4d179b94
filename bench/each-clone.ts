import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { realIndex } from './materials.ts';
import { unmeasured } from './rows.ts';
import type { Row } from './rows.ts';

/**
 * Rows of what is measured on each clone of the folder that `ASSAY_CLONES` names, by name; they may be bare, or lie in `repo` of their
 * folder. `what` says what is not measured where there are none, or no advisories (`db`) to judge them by.
 */
export function ofEachClone(
  what: string,
  rowsOf: (name: string, clone: string, db: string) => readonly Row[],
): Row[] {
  const folder = process.env['ASSAY_CLONES'];
  if (folder === undefined || !existsSync(folder))
    return [unmeasured(what, 'no clones: ASSAY_CLONES names no folder of them')];
  const db = realIndex();
  if (db === undefined) return [unmeasured(what, 'the real advisories are absent')];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const inside = join(folder, name, 'repo');
      return rowsOf(name, existsSync(inside) ? inside : join(folder, name), db);
    });
}
