/** Parts of names that secrets have. What has one is looked at; `key.ts` then reads the whole name. */
export const KEYWORDS: readonly string[] = [
  'key',
  'secret',
  'token',
  'auth',
  'cred',
  'pass',
  'pwd',
  'bearer',
  'salt',
  'hmac',
  'jwt',
  'seed',
  'signature',
  'session',
  'cookie',
];
