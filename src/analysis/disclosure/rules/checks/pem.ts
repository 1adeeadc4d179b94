import { decodeBase64 } from './base64.ts';
import { derElements, readDer } from './asn1.ts';

/** What stands between the BEGIN and END lines of a key. */
export interface KeyBody {
  /** The base64 of it, without anything that is not. */
  readonly base64: string;
  /** Whether a header says that it is encrypted (`Proc-Type: 4,ENCRYPTED`). */
  readonly isEncrypted: boolean;
  /** Where its END line starts; `undefined` when there is none. */
  readonly end: number | undefined;
}

/** A line that is nothing but base64, once quotes, indentation, comment signs, continuations, and an `echo` into a file are taken off. */
const LINE =
  /^[\s"'`*#>|:;,.({[$@-]*(?:\d{1,4}[:.|]?\s[\s"'`]*)?(?:echo(?:[ \t]-\w{1,2})?(?:[ \t][\s"']*|$))?([0-9A-Za-z+/]*={0,2})[\s"'`)\]}+.,;\\&_~-]*(?:>>?[^>\n]{1,80})?$/;
/** `Proc-Type: 4,ENCRYPTED`, `DEK-Info: …`, `Comment: …`: letters, a colon, anything. */
const HEADER = /^[\s"'`*#>|]*([A-Z][A-Za-z-]{2,20}):\s?(.*)$/;

/** What every line begins with in a change that brings a key in, and in code that is commented out. Base64 has both signs too. */
const LINE_SIGNS = [/^\s*\+/, /^\s*\/\//];

/** Where a key ends, or the next begins. */
const BORDER = /-{4,5} ?(END|BEGIN)/g;

/** Where what can decide about the key behind `from` ends: its END line, or the next BEGIN. `undefined`: there is neither. */
export function keyBorder(text: string, from: number): number | undefined {
  BORDER.lastIndex = from;
  return BORDER.exec(text)?.index;
}

/**
 * Reads the text behind a BEGIN line up to its END line: as a file has it, as one string with `\n` in it, as quoted lines joined
 * in code, commented out, or indented in YAML. Reading stops at the first line that belongs to no key. Linear.
 */
export function readKeyBody(text: string, from: number): KeyBody {
  BORDER.lastIndex = from;
  const border = BORDER.exec(text);
  const stop = border?.[1] === 'END' ? border.index : -1;
  const end = border?.index ?? text.length;
  const pieces: string[] = [];
  let isEncrypted = false;
  const lines = text.slice(from, end).split(/\\+[nr]|[\r\n]|<br ?\/?>/);
  const sign = LINE_SIGNS.find(
    (each) => lines.length > 2 && lines.slice(1, -1).every((line) => each.test(line)),
  );
  for (const whole of lines) {
    const line = sign === undefined ? whole : whole.replace(sign, '');
    if (line.length > 70_000) break;
    const header = HEADER.exec(line);
    if (header !== null) {
      if (/ENCRYPTED/.test(header[2]!)) isEncrypted = true;
      continue;
    }
    const piece = pieceOf(line);
    if (piece === undefined) {
      if (pieces.length === 0) continue;
      break;
    }
    pieces.push(piece);
  }
  return { base64: pieces.join(''), isEncrypted, end: stop === -1 ? undefined : stop };
}

function pieceOf(line: string): string | undefined {
  // `+ "MII…`, `. 'MII…`: code that joins strings begins its lines with the sign.
  const match = LINE.exec(line.trimEnd().replace(/^\s*[+.&]\s*(?=["'`])/, ''));
  // A `+` that joins two strings of code is left over where an escape parted the line.
  if (match !== null) return match[1] === '+' ? '' : match[1]!;
  // All on one line, its parts told apart by spaces.
  const bare = line.replace(/["'`\s\\]+/g, '');
  return bare.length > 100 && /^[0-9A-Za-z+/]+={0,2}$/.test(bare) ? bare : undefined;
}

/** What the bytes of a key turn out to be. */
export type KeyForm =
  | { readonly form: 'private'; readonly what: string }
  | { readonly form: 'encrypted'; readonly what: string }
  | { readonly form: 'unknown' };

/** Parses the base64 of a private key: PKCS#1, PKCS#8, SEC 1, DSA (all DER), OpenSSH. Lengths must fit to the byte. */
export function keyFormOf(base64: string): KeyForm {
  const bytes = decodeBase64(base64);
  if (bytes === undefined) return { form: 'unknown' };
  return bytes.startsWith('openssh-key-v1\0') ? openSsh(bytes) : derFormOf(bytes);
}

/** The same of DER as it is, held as latin1. */
export function derFormOf(bytes: string): KeyForm {
  const outer = readDer(bytes, 0, bytes.length);
  if (outer === undefined || outer.tag !== SEQUENCE || outer.end !== bytes.length) return { form: 'unknown' };
  const parts = derElements(bytes, outer.start, outer.end);
  if (parts === undefined || parts.length < 2) return { form: 'unknown' };
  const tags = parts.map((part) => part.tag);
  if (tags[0] === SEQUENCE && tags[1] === OCTETS && tags.length === 2)
    return { form: 'encrypted', what: 'PKCS#8' };
  if (tags[0] !== INTEGER) return { form: 'unknown' };
  if (tags[1] === SEQUENCE && tags[2] === OCTETS) return { form: 'private', what: 'PKCS#8' };
  if (tags[1] === OCTETS) return { form: 'private', what: 'elliptic curve' };
  if (tags.length >= 9 && tags.every((tag, i) => tag === INTEGER || i > 8))
    return { form: 'private', what: 'RSA' };
  if (tags.length === 6 && tags.every((tag) => tag === INTEGER)) return { form: 'private', what: 'DSA' };
  return { form: 'unknown' };
}

const INTEGER = 0x02;
const OCTETS = 0x04;
const SEQUENCE = 0x30;

/** https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key */
function openSsh(bytes: string): KeyForm {
  let at = 15;
  const fields: string[] = [];
  for (let field = 0; field < 3; field++) {
    const size = uint32(bytes, at);
    if (!(at + 4 + size <= bytes.length)) return { form: 'unknown' };
    fields.push(bytes.slice(at + 4, at + 4 + size));
    at += 4 + size;
  }
  const keys = uint32(bytes, at);
  at += 4;
  for (let i = 0; i < keys + 1; i++) {
    const size = uint32(bytes, at);
    if (!(at + 4 + size <= bytes.length) || i > 16) return { form: 'unknown' };
    at += 4 + size;
  }
  return { form: fields[0] === 'none' ? 'private' : 'encrypted', what: 'OpenSSH' };
}

const uint32 = (bytes: string, at: number): number =>
  bytes.charCodeAt(at) * 2 ** 24 +
  bytes.charCodeAt(at + 1) * 2 ** 16 +
  bytes.charCodeAt(at + 2) * 2 ** 8 +
  bytes.charCodeAt(at + 3);
