/**
 * Text of a stranger as plain words in GitHub's markdown: no markup, no HTML, no mention that would call a person, no link.
 * One line.
 */
export function plain(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]~|#]/g, '\\$&')
    .replace(/@/g, '@\u200B')
    .replace(/(https?):\/\//gi, '$1:\u200B//')
    .replace(/\bwww\./gi, 'www\u200B.');
}

/** A code span that holds whatever the text holds: the fence is longer than any run of backticks inside. */
export function code(text: string): string {
  const line = oneLine(text);
  let longest = 0;
  for (const run of line.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  const padding = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** A link with plain words; the URL must be http(s) without spaces or brackets, else only the words remain. */
export function link(words: string, url: string): string {
  return /^https?:\/\/[^\s<>()[\]"\\^`{|}]+$/.test(url) ? `[${plain(words)}](${url})` : plain(words);
}

/** Our own sentences, in which `code` stands between backticks; everything else is plain. */
export function sentence(text: string): string {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return plain(text);
  return parts
    .map((part, i) => (i % 2 === 1 ? code(part) : part === '' ? '' : spaced(part, plain(part))))
    .join('');
}

/** `plain` trims; between two code spans the spaces count. */
const spaced = (before: string, after: string): string =>
  `${/^\s/.test(before) ? ' ' : ''}${after}${/\s$/.test(before) ? ' ' : ''}`;

/** Without line breaks, controls, and the characters that hide text or turn it around (bidi). */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
    .trim();
