import { numbers } from '../../src/analysis/disclosure/kernel/testing/started.ts';

/** Commits `from` … of files with tokens and passwords in them, as `git fast-import` reads them; more than one chunk of them. */
export function commits(from: number, count: number, seed: number): string {
  const random = numbers(seed);
  const letters = (length: number): string =>
    Array.from({ length }, () => 'abcdefghijkmnpqrstuvwxyz23456789'[random(32)]!).join('');
  let stream = '';
  for (let i = from; i < from + count; i++) {
    const lines = Array.from({ length: 1500 }, () => `${letters(30)} ${letters(30)}`);
    for (let j = 0; j < 3; j++) lines[random(1500)] = `password = "${letters(12)}"`;
    if (random(2) === 0) lines[random(1500)] = `acme_${letters(8)}`;
    const text = `${lines.join('\n')}\n`;
    stream += `commit refs/heads/main\nmark :${i}\nauthor A <a@example.invalid> ${1_700_000_000 + i} +0000\n`;
    stream += `committer A <a@example.invalid> ${1_700_000_000 + i} +0000\ndata 1\nx\n`;
    if (i > 1) stream += i === from ? 'from refs/heads/main^0\n' : `from :${i - 1}\n`;
    stream += `M 100644 inline src/${random(5)}.txt\ndata ${text.length}\n${text}\n`;
  }
  return stream;
}
