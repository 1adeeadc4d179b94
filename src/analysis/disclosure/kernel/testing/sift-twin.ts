import type { Sieve } from '../../../../model/disclosure.ts';

/** The kernel's sieve, said plainly: whether all hold for a keyword at `start`…`end` of a text. An oracle for tests. */
export function siftTwin(text: string, start: number, end: number, sieves: readonly Sieve[]): boolean {
  return sieves.every((sieve) => {
    const { side, run, counted = run, least, most, follows } = sieve;
    if (side === 'given') return isGiven(text, start, end, sieve);
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

function isGiven(text: string, start: number, end: number, { run, counted, least, follows }: Sieve): boolean {
  const has = (set: Uint8Array | undefined, at: number): boolean => set?.[text.charCodeAt(at)] === 1;
  const stop = text.indexOf('\n', start);
  const lineEnd = stop === -1 ? text.length : stop;
  let at = end;
  while (at < lineEnd && at < end + 40 && has(run, at)) at++;
  const limit = Math.min(lineEnd, at + 80);
  let [given, spaced, length] = [false, false, 0];
  for (; at < limit; at++) {
    if (!has(counted, at) || (!given && has(follows, at))) {
      length = 0;
      if (' \t'.includes(text[at]!)) spaced = true;
      else if (!given && !has(follows, at)) return false;
      else if ('=:>(,'.includes(text[at]!)) given = true;
      continue;
    }
    if (!given && !spaced) return false;
    if (!given) {
      const name = [...text.slice(Math.max(0, start - 40), start)].findLastIndex(
        (sign) => run[sign.charCodeAt(0)] !== 1,
      );
      const first = Math.max(0, start - 40) + name + 1;
      const isOption =
        text[first] === '-' ||
        /b/i.test(text[start]!) ||
        /(?:env|ine|[^][-gu]x) $/i.test(text.slice(0, first));
      given = true;
      if (!isOption) {
        if (/^as $/i.test(text.slice(at, at + 3)) && limit - at > 3) at += 3;
        const typed = at;
        while (at < limit && (has(run, at) || '*&'.includes(text[at]!))) at++;
        while (at < limit && text[at] === ' ') at++;
        if (at < typed || text[at] !== '=' || at >= limit) return false;
        continue;
      }
    }
    if (++length >= least) return true;
  }
  return false;
}
