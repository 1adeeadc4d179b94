import type { Sieve } from '../../../../model/disclosure.ts';

/** The kernel's sieve, said plainly: whether all hold for a keyword at `start`…`end` of a text. An oracle for tests. */
export function siftTwin(text: string, start: number, end: number, sieves: readonly Sieve[]): boolean {
  return sieves.every(({ side, run, least, most, then }) => {
    const beside = side === 'after' ? [...text.slice(end)] : [...text.slice(0, start)].toReversed();
    const stop = beside.slice(0, most).findIndex((letter) => run[letter.charCodeAt(0)] === 0);
    const length = stop === -1 ? Math.min(most, beside.length) : stop;
    return length >= least && (then === undefined || then[(beside[length] ?? '\n').charCodeAt(0)] !== 0);
  });
}
