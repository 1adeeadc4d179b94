import type { DisclosureKind } from '../../../model/disclosure.ts';

const AROUND = 40;
/** What is looked at before it is cut: of a long token no part is shown. */
export const REGION = 200;
/** Stands in a text for each byte of another secret. */
export const HIDDEN = '\x01';

/**
 * The line around a find with the secret hidden, for people: at most a fifth of a credential, and four characters, are shown,
 * of passwords and personal data nothing. What is no secret itself (a marking, an address) is shown whole. Control and
 * direction characters are replaced: `text` is one code unit a byte and comes from anywhere. What is beside a secret is often
 * another one, so nothing that could be is shown there either.
 */
export function excerptOf(kind: DisclosureKind, text: string, start: number, end: number): string {
  const line = /[^\n\r\0]*$/.exec(text.slice(Math.max(0, start - REGION), start))![0];
  const before = lastText(beside(line));
  const after = firstText(beside(/^[^\n\r\0]*/.exec(text.slice(end, end + REGION))![0]));
  const isCut = before.length > AROUND;
  return `${isCut ? '…' : ''}${before.slice(-AROUND)}${hidden(kind, text.slice(start, end))}${after.slice(0, AROUND)}`.trim();
}

/** Of what is before a find in a file of bytes, the text that it ends with: two that are none in a row are no text any more. */
const lastText = (text: string): string => text.replace(/^.*\uFFFD[^\w]?\uFFFD/s, '\uFFFD');
const firstText = (text: string): string => text.replace(/\uFFFD[^\w]?\uFFFD.*$/s, '\uFFFD');

function hidden(kind: DisclosureKind, secret: string): string {
  if (kind === 'marking' || kind === 'internal-address') return readable(secret.slice(0, 120));
  const shown =
    kind === 'credential' || kind === 'generic-secret' ? Math.min(4, Math.floor(secret.length / 5)) : 0;
  return `${readable(secret.slice(0, shown))}…[${secret.length} characters]`;
}

/** Long tokens, and shorter ones with a digit, are left out: the line is shown for its words. */
function beside(bytes: string): string {
  const words = (part: string): string =>
    part.replaceAll(TOKEN, (token) => (token.length >= 20 || /\d/.test(token) ? '...' : token));
  return bytes
    .split(RUN)
    .map((part) => readable(words(part)))
    .join('...');
}

/** Made when it is needed: Node loads what it is made of only then, and many runs never do. */
let decoder: InstanceType<typeof TextDecoder> | undefined;

const RUN = new RegExp(`${HIDDEN}+`);
const TOKEN = /[\w+/=-]{6,}|\d[\d -]{4,}\d/g;

/** Bytes as UTF-8; what is none, or would steer a terminal, becomes a replacement character. */
export function readable(bytes: string): string {
  if (ASCII.test(bytes)) return bytes;
  const text = (decoder ??= new TextDecoder('utf-8', { ignoreBOM: true })).decode(
    Uint8Array.from(bytes, (unit) => unit.charCodeAt(0)),
  );
  return printable(text);
}

/** As it is, and nearly always. */
const ASCII = /^[\t\x20-\x7e]*$/;

/** Without what would steer a terminal. */
export function printable(text: string): string {
  return text.replaceAll(STEERING, '\uFFFD');
}

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const STEERING = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;
