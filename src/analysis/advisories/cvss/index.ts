import { scoreV2 } from './v2.ts';
import { scoreV3 } from './v3.ts';
import { scoreV4 } from './v4.ts';

export { severityOf } from './severity.ts';

/**
 * Computes the base score, 0–10 with one decimal, of a CVSS 2, 3.0, 3.1 or 4.0 vector; the version is told by its prefix (2 has none).
 * `undefined` when the vector is malformed: a score that somebody states is never taken instead.
 */
export function scoreOf(vector: string): number | undefined {
  const text = vector.trim();
  if (text.length > 1000) return undefined;
  if (text.startsWith('CVSS:4.0/')) return scoreV4(text.slice(9));
  if (text.startsWith('CVSS:3.1/')) return scoreV3(text.slice(9), 1);
  if (text.startsWith('CVSS:3.0/')) return scoreV3(text.slice(9), 0);
  // NVD wrote version 2 in brackets.
  const plain = text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text;
  return plain.startsWith('CVSS:') ? undefined : scoreV2(plain);
}
