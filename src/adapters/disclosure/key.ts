import type { Hmac, KeyObject } from 'node:crypto';
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AssayError } from '../../model/problem.ts';

/** Names secrets so that who does not have the key cannot guess them. */
export interface Keyed {
  readonly fingerprint: (rule: string, secret: string) => string;
  /** HMAC-SHA256 of words of deny-lists, in hexadecimal digits. */
  readonly wordHmac: (text: string) => string;
  /** False: the key was made for this run, and fingerprints mean nothing in the next. */
  readonly isStable: boolean;
  /** The key itself, in hexadecimal digits, for another thread of this process; `undefined` when it was made for this run. */
  readonly digits: string | undefined;
}

const KEY = /^[0-9a-f]{64}$/;

/** The key of a repository: given, or from its file; else one for this run alone. AssayError `secrets/key` when it is malformed. */
export function openKey(given: string | undefined, file: string | undefined): Keyed {
  if (given !== undefined && given !== '') return givenKey(given, 'ASSAY_SECRETS_KEY');
  if (file !== undefined && existsSync(file)) return keyed(parse(readFileSync(file, 'utf8'), file), true);
  return keyed(undefined, false);
}

/** A key that is given as text. AssayError `secrets/key` when it is malformed; `where` is what it is called. */
export function givenKey(text: string, where: string): Keyed {
  return keyed(parse(text, where), true);
}

/** Makes a key and its file, unless it is there. Throws as `fs` does. */
export function makeKey(file: string): Keyed {
  if (existsSync(file)) return openKey(undefined, file);
  mkdirSync(dirname(file), { recursive: true });
  const key = randomBytes(32);
  writeFileSync(file, `${key.toString('hex')}\n`, { flag: 'wx' });
  return keyed(key, true);
}

function parse(text: string, where: string): Buffer {
  const digits = text.trim();
  if (!KEY.test(digits))
    throw new AssayError('secrets/key', `${where} holds no key: 64 hexadecimal digits were expected`, {
      hint: 'without the right key no entry of the baseline or of a deny-list is known again; restore it, or remove it and write them anew',
    });
  return Buffer.from(digits, 'hex');
}

/** Without one, one is made when it is needed: a hook that finds nothing never does. */
function keyed(given: Buffer | undefined, isStable: boolean): Keyed {
  let key: KeyObject | undefined;
  const hmac = (): Hmac => createHmac('sha256', (key ??= createSecretKey(given ?? randomBytes(32))));
  return {
    isStable,
    digits: given?.toString('hex'),
    // Set apart from fingerprints: neither tells anything of the other.
    wordHmac: (text) => hmac().update('deny-list\0').update(text, 'latin1').digest('hex'),
    fingerprint: (rule, secret) =>
      `v1:${rule}:${hmac().update(`${rule}\0`).update(secret, 'latin1').digest('hex').slice(0, 32)}`,
  };
}
