import type { Sieve } from '../../../../model/disclosure.ts';

/** The kernel's sieve, said plainly: whether all hold for a keyword at `start`…`end` of a text. An oracle for tests. */
export function siftTwin(text: string, start: number, end: number, sieves: readonly Sieve[]): boolean {
  return sieves.every(({ side, run, counted = run, least, most, follows }) => {
    const beside =
      side === 'before'
        ? [...text.slice(0, start)].toReversed()
        : [...text.slice(side === 'at' ? start : end)];
    const stop = beside.slice(0, most).findIndex((letter) => run[letter.charCodeAt(0)] === 0);
    const length = stop === -1 ? Math.min(most, beside.length) : stop;
    const count = beside.slice(0, length).filter((letter) => counted[letter.charCodeAt(0)] !== 0).length;
    return count >= least && (follows === undefined || follows[(beside[length] ?? '\n').charCodeAt(0)] !== 0);
  });
}
