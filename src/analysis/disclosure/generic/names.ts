import { surpriseOf } from './token.ts';

/* Values under the name of a secret that are names themselves: of a field, of an account's secret in a store, of a route, of a setting. */

/** `password = "password"`, `userPassword: "user-password"`, `SECRET=secret`: the name of a field. */
export function isWordOfItsName(value: string, key: string): boolean {
  const bare = (word: string): string => word.toLowerCase().replaceAll(/[^a-z]/g, '');
  const [own, name] = [bare(value), bare(key)];
  if (TYPES.has(own)) return true;
  const exact = (word: string): string => word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  if (exact(value) === exact(key)) return true;
  // `EnablePasswordManager = "pm-2708-enable-password-manager"`
  const words = value.toLowerCase().match(/[a-z]{3,}/g) ?? [];
  if (words.length > 2 && /^[\w.:-]+$/.test(value) && words.every((word) => name.includes(word))) return true;
  if (/\d/.test(value) && own.length > 0) return false;
  // `MONGO_ADMIN_PASSWORD: admin`: the account's name is its password.
  if (ACCOUNTS.has(own)) return false;
  return own === '' ? /^\D*$/.test(value) : name.includes(own) || own.includes(name);
}

const ACCOUNTS = new Set(
  'admin root guest postgres mysql mongo rabbitmq elastic tomcat administrator'.split(' '),
);

/**
 * Words with signs between them that routes, rules and modules are written with: `users/$1/password`, `min:5|required_with:other`,
 * `@models/UserCredential.class`; under a name that does not say password also with those of names: `oauth2-proxy`, `database-002`.
 * That its pairs of letters are usual tells them from secrets that programs make up in groups (`hudkeq-tobvi9-qyrbix`).
 */
export function isJoinedWords(value: string, isPassword: boolean): boolean {
  if (!/^@?[A-Za-z0-9]+(?:[-_.:/|,]{1,2}[$:]?[A-Za-z0-9]+)+$/.test(value) || surpriseOf(value) >= USUAL)
    return false;
  const pieces = value.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  const written = pieces.filter((piece) => /^[A-Za-z]{3,}$/.test(piece)).length;
  if (!isPassword && (value === value.toLowerCase() || written > 3)) return written > 0;
  return written > 1 && /[/|:]/.test(value) && !pieces.some((piece) => /^\d{3,}$/.test(piece));
}

/** Bits a pair: of names in code 4 to 5.4, of made-up syllables 6.4 and more. */
const USUAL = 5.6;

/** A secret's name in a store, not the secret: `s3_cache_aws_access_key_id`, `ccd-citizen-2-pwd`, `myApiKeySecret@2` (with its version). */
export function isNameOfSecret(value: string): boolean {
  const parts = value.split(/[_-]/);
  if (parts.length > 2 && parts.every((part) => /^(?:[a-z]+\d{0,2}|\d{1,2})$/.test(part)))
    return NAMES_SECRET.test(parts.at(-1)!);
  return /^[A-Za-z]{6,}(?:Key|Secret|Token|Password)@\d{1,3}$/.test(value);
}

/**
 * Four words or more with signs between them or humps, one of which says what the others are about: the name of a switch, of a screen, of
 * an error (`pm-16117-set-initial-password-refactor`, `E2ESaveYourPasswordView`, `password_hash_b64_invalid`).
 */
export function isName(value: string): boolean {
  if (!/^[A-Za-z0-9]+(?:[-_.:/]{1,3}[A-Za-z0-9]+)*$/.test(value)) return false;
  const pieces = value.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  const written = pieces.filter((piece) => /^[A-Za-z]{3,}$/.test(piece));
  return (
    pieces.length >= 4 &&
    written.length >= 2 &&
    written.some((piece) =>
      /^(?:passwords?|passwd|passphrase|credentials?|secrets?|tokens?|apikeys?)$/i.test(piece),
    ) &&
    (/[-_.:/]/.test(value) || /[a-z][A-Z]/.test(value)) &&
    // `My-Secret-Password-2019` has no other words.
    written.some(
      (piece) =>
        !/^(?:my|the|your|key|passwords?|secrets?|tokens?|new|old|admin|root|user|test|strong|very|super)$/i.test(
          piece,
        ),
    )
  );
}

const NAMES_SECRET = /^(?:key|keys|secret|secrets|token|password|passwd|pwd|pass|credentials?|id|name)$/;

const TYPES = new Set(
  'string str text bytes byte char varchar boolean bool number integer optional required unset disabled enabled prompt stdin file vault keyring keychain inherit default always never auto basic digest plain hidden input field label utf ascii latin base hex sha md aes rsa hmac bcrypt argon plaintext'.split(
    ' ',
  ),
);
