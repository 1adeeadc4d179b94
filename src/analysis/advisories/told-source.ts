/**
 * Where advisories were built from, as reports tell it: an address whole; a local path by its last two parts (`npm/all.zip`),
 * since where it lay on the machine that built them is nobody's business.
 */
export function toldSource(from: string): string {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(from) && !from.startsWith('file:')) return from;
  return from
    .split(/[/\\]/)
    .filter((part) => part !== '')
    .slice(-2)
    .join('/');
}
