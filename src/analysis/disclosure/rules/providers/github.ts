import type { DisclosureRule } from '../../../../model/disclosure.ts';
import { base62, crc32 } from '../checks/crc32.ts';
import { BASE62, DOTTED, HEX } from '../form/alphabets.ts';
import type { Judgement } from '../form/token.ts';
import { tokenRule } from '../form/token.ts';

const PROVIDER = 'GitHub';
const REVOKE =
  'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/token-expiration-and-revocation';
const ADVICE =
  'Revoke it in the settings of the account or app that issued it, then look for its use in the audit log.';

/** https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/ */
const KINDS: readonly (readonly [id: string, title: string, prefix: string])[] = [
  ['github-pat', 'GitHub personal access token', 'ghp_'],
  ['github-oauth-token', 'GitHub OAuth access token', 'gho_'],
  ['github-user-token', 'GitHub App user access token', 'ghu_'],
  ['github-installation-token', 'GitHub App installation access token', 'ghs_'],
  ['github-refresh-token', 'GitHub App refresh token', 'ghr_'],
];

/**
 * The last six characters of what follows the prefix are the CRC-32 of the rest in base 62. With a wrong one it was not issued
 * as it stands: someone made it up, or mistyped it, or changed a few characters of a real one, which then are soon guessed. One
 * that looks drawn at random is likely therefore; the look of it is judged by who calls this.
 */
export function judgeChecksum(token: string, prefix: string): Judgement {
  const body = token.slice(prefix.length, -6);
  return base62(crc32(body), 6) === token.slice(-6)
    ? { tier: 'certain', reasons: ['its checksum is right'] }
    : {
        tier: 'likely',
        reasons: [
          'it has the form of a token, but its checksum is wrong: made up, or a real one that was changed',
        ],
      };
}

const checksummed: readonly DisclosureRule[] = KINDS.map(([id, title, prefix]) =>
  tokenRule({
    id,
    title,
    provider: PROVIDER,
    marks: [prefix],
    body: BASE62,
    least: 36,
    // In a program or a database what stands behind a string may be a letter: there the checksum alone decides.
    pattern: new RegExp(
      `${prefix}(?:(?:[0-9A-Za-z]{76}|[0-9A-Za-z]{36})(?![0-9A-Za-z_])|[0-9A-Za-z]{36})`,
      'y',
    ),
    reason: 'its prefix, alphabet and length',
    judge: (token, { text }, start) => {
      const judged = judgeChecksum(token, prefix);
      const goesOn = /[0-9A-Za-z_]/.test(text[start + token.length] ?? '');
      return goesOn && judged?.tier !== 'certain' ? undefined : judged;
    },
    advice: ADVICE,
    revokePage: REVOKE,
  }),
);

export const githubRules: readonly DisclosureRule[] = [
  ...checksummed,
  tokenRule({
    id: 'github-fine-grained-pat',
    title: 'GitHub fine-grained personal access token',
    provider: PROVIDER,
    marks: ['github_pat_'],
    body: BASE62,
    least: 22,
    pattern: /github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}(?![0-9A-Za-z_])/y,
    reason: 'its prefix, alphabet and lengths',
    advice: ADVICE,
    revokePage: REVOKE,
  }),
  tokenRule({
    id: 'github-stateless-installation-token',
    title: 'GitHub App installation access token (stateless)',
    provider: PROVIDER,
    marks: ['ghs_'],
    body: DOTTED,
    least: 60,
    pattern: /ghs_[0-9]{1,12}_eyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{20,}/y,
    reason: 'its prefix, and a JSON Web Token behind it',
    advice: ADVICE,
    revokePage: REVOKE,
  }),
  tokenRule({
    id: 'github-legacy-token-in-url',
    title: 'GitHub token of the form before 2021 (40 hexadecimal digits) in a URL',
    provider: PROVIDER,
    marks: ['@github.com'],
    body: HEX,
    least: 0,
    lead: { body: alphabetOfUserInfo(), least: 40, most: 120 },
    pattern: /(?:[0-9A-Za-z_.-]{0,40}:)?(?<secret>[0-9a-f]{40})(?::x-oauth-basic)?@github\.com/y,
    varies: 0,
    reason: 'it stands where the credentials of a GitHub address stand',
    advice: ADVICE,
    revokePage: REVOKE,
  }),
];

function alphabetOfUserInfo(): Uint8Array {
  const members = Uint8Array.from(DOTTED);
  members[0x3a /* : */] = 1;
  return members;
}
