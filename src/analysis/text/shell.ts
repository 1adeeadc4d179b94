/**
 * A word for a command line that people paste: as it is when harmless, else in single quotes (POSIX sh).
 * `undefined` when it holds control characters: names and paths come from the scanned repository, and no quoting makes those safe to paste.
 */
export function shellWord(text: string): string | undefined {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/.test(text)) return undefined;
  if (/^[\w@%+=:,./-]+$/.test(text) && !text.startsWith('-')) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
