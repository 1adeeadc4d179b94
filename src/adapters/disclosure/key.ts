import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AssayError } from '../../model/problem.ts';

/** Names secrets so that who does not have the key cannot guess them. */
export interface Keyed {
  readonly fingerprint: (rule: string, secret: string) => string;
  /** False: the key was made for this run, and fingerprints mean nothing in the next. */
  readonly isStable: boolean;
}

const KEY = /^[0-9a-f]{64}$/;

/** The key of a repository: given, or from its file; else one for this run alone. AssayError `secrets/key` when it is malformed. */
export function openKey(given: string | undefined, file: string | undefined): Keyed {
  if (given !== undefined && given !== '') return keyed(parse(given, 'ASSAY_SECRETS_KEY'), true);
  if (file !== undefined && existsSync(file)) return keyed(parse(readFileSync(file, 'utf8'), file), true);
  return keyed(randomBytes(32), false);
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
      hint: 'without the right key no entry of the baseline is known again; restore it, or remove it and write the baseline anew',
    });
  return Buffer.from(digits, 'hex');
}

function keyed(key: Buffer, isStable: boolean): Keyed {
  return {
    isStable,
    fingerprint: (rule, secret) =>
      `v1:${rule}:${createHmac('sha256', key).update(`${rule}\0`).update(secret, 'latin1').digest('hex').slice(0, 32)}`,
  };
}
