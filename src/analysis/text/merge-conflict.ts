import type { Problem } from '../../model/problem.ts';
import { lineAt } from './lines.ts';

/** First line that starts with a git conflict marker, 1-based. Linear. */
export function findMergeMarker(text: string): number | undefined {
  for (const marker of ['<<<<<<< ', '>>>>>>> ']) {
    let at = text.indexOf(marker);
    while (at !== -1) {
      if (at === 0 || text.charCodeAt(at - 1) === 10) return lineAt(text, at);
      at = text.indexOf(marker, at + 1);
    }
  }
  return undefined;
}

/** What is said of a file with a conflict marker on that line. Nothing of it counts: it holds two answers to every question. */
export const mergeConflict = (
  path: string,
  line: number,
  hint = 'resolve the conflict and commit the file again',
): Problem => ({
  code: 'file/merge-marker',
  message: 'unresolved merge conflict: the file is in two states at once',
  at: { path, line },
  hint,
  lost: true,
});
