import type { DisclosureKind } from '../../../model/disclosure.ts';

const AROUND = 40;

/**
 * The line around a find with the secret hidden, for people: at most a fifth of a credential, and four characters, are shown,
 * of passwords and personal data nothing. What is no secret itself (a marking, an address) is shown whole. Control and
 * direction characters are replaced: `text` is one code unit a byte and comes from anywhere.
 */
export function excerptOf(kind: DisclosureKind, text: string, start: number, end: number): string {
  const from = Math.max(0, start - 4 * AROUND);
  const before = /[^\n\r\0]*$/.exec(text.slice(from, start))![0];
  const after = /^[^\n\r\0]*/.exec(text.slice(end, end + AROUND))![0];
  const isCut = before.length > AROUND;
  return `${isCut ? '…' : ''}${readable(before.slice(-AROUND))}${hidden(kind, text.slice(start, end))}${readable(after)}`.trim();
}

function hidden(kind: DisclosureKind, secret: string): string {
  if (kind === 'marking' || kind === 'internal-address') return readable(secret.slice(0, 120));
  const shown =
    kind === 'credential' || kind === 'generic-secret' ? Math.min(4, Math.floor(secret.length / 5)) : 0;
  return `${readable(secret.slice(0, shown))}…[${secret.length} characters]`;
}

/** Bytes as UTF-8; what is none, or would steer a terminal, becomes a replacement character. */
export function readable(bytes: string): string {
  const text = decoder.decode(Uint8Array.from(bytes, (unit) => unit.charCodeAt(0)));
  return text.replaceAll(STEERING, '\uFFFD');
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const STEERING = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;
