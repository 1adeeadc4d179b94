import type { DisclosureRule } from '../../../../model/disclosure.ts';
import { readMacaroon } from '../checks/macaroon.ts';
import { BASE36, BASE62, BASE64_URL, HEX_LOWER } from '../form/alphabets.ts';
import type { Judgement } from '../form/token.ts';
import { tokenRule } from '../form/token.ts';
import { judgeChecksum } from './github.ts';

/** `location` of a macaroon (version 2, base64url) that PyPI issues: what its token starts with after `pypi-`. */
const PYPI = 'AgEIcHlwaS5vcmc';
const TEST_PYPI = 'AgENdGVzdC5weXBpLm9yZw';

function judgePypi(token: string): Judgement {
  return readMacaroon(token.slice('pypi-'.length)) === undefined
    ? { tier: 'likely', reasons: ['it starts as a PyPI token does, but is cut or changed'] }
    : { tier: 'certain', reasons: ['it is a whole macaroon that names PyPI'] };
}

/** Tokens of package registries: who has one can publish as you. */
export const registryRules: readonly DisclosureRule[] = [
  tokenRule({
    id: 'npm-token',
    title: 'npm access token',
    provider: 'npm',
    marks: ['npm_'],
    body: BASE62,
    least: 36,
    pattern: /npm_[0-9A-Za-z]{36}(?![0-9A-Za-z_])/y,
    reason: 'its prefix, alphabet and length',
    judge: (token) => judgeChecksum(token, 'npm_'),
    advice:
      'Revoke it with `npm token revoke`, then compare what was published since with what you published.',
    revokePage: 'https://docs.npmjs.com/revoking-access-tokens',
  }),
  tokenRule({
    id: 'pypi-token',
    title: 'PyPI API token',
    provider: 'PyPI',
    marks: [`pypi-${PYPI}`, `pypi-${TEST_PYPI}`],
    body: BASE64_URL,
    least: 50,
    pattern: /pypi-[0-9A-Za-z_-]{64,}/y,
    reason: 'it names PyPI',
    judge: judgePypi,
    advice: 'Remove the token in the account settings of PyPI, then look through the journal of the project.',
    revokePage: 'https://pypi.org/help/#compromised-token',
  }),
  tokenRule({
    id: 'rubygems-api-key',
    title: 'RubyGems API key',
    provider: 'RubyGems',
    marks: ['rubygems_'],
    body: HEX_LOWER,
    least: 48,
    pattern: /rubygems_[0-9a-f]{48}(?![0-9A-Za-z_])/y,
    reason: 'its prefix, alphabet and length',
    advice: 'Delete the key in the settings of RubyGems, then look through the versions pushed since.',
    revokePage: 'https://guides.rubygems.org/api-key-scopes/',
  }),
  tokenRule({
    id: 'nuget-api-key',
    title: 'NuGet API key',
    provider: 'NuGet',
    marks: ['oy2'],
    body: BASE36,
    least: 43,
    pattern: /oy2(?=[a-z0-9]*[a-z])(?=[a-z]*[0-9])[a-z0-9]{43}(?![0-9A-Za-z_])/y,
    reason: 'its prefix, alphabet and length',
    advice:
      'Delete the key on the API keys page of the NuGet account, then look through what was pushed since.',
    revokePage: 'https://learn.microsoft.com/en-us/nuget/nuget-org/publish-a-package',
  }),
  tokenRule({
    id: 'crates-io-token',
    title: 'crates.io API token',
    provider: 'crates.io',
    marks: ['cio'],
    body: BASE62,
    least: 32,
    pattern: /cio[0-9A-Za-z]{32}(?![0-9A-Za-z_])/y,
    reason: 'its prefix, alphabet and length',
    // Three letters begin words too, and names that are joined.
    judge: (token) =>
      /\d/.test(token) && /[a-z]/.test(token.slice(3)) && /[A-Z]/.test(token)
        ? { tier: 'likely', reasons: ['its prefix, alphabet and length'] }
        : undefined,
    advice:
      'Revoke the token in the account settings of crates.io, then look through the versions published since.',
    revokePage: 'https://doc.rust-lang.org/cargo/reference/publishing.html',
  }),
  tokenRule({
    id: 'clojars-token',
    title: 'Clojars deploy token',
    provider: 'Clojars',
    marks: ['CLOJARS_'],
    anyCase: true,
    body: BASE62,
    least: 60,
    pattern: /clojars_[0-9a-f]{60}(?![0-9A-Za-z_])/iy,
    reason: 'its prefix, alphabet and length',
    advice: 'Disable the token on the tokens page of Clojars, then look through what was deployed since.',
    revokePage: 'https://github.com/clojars/clojars-web/wiki/Deploy-Tokens',
  }),
  tokenRule({
    id: 'docker-pat',
    title: 'Docker access token',
    provider: 'Docker',
    marks: ['dckr_pat_', 'dckr_oat_'],
    body: BASE64_URL,
    least: 27,
    pattern: /dckr_(?:pat_[0-9A-Za-z_-]{27}|oat_[0-9A-Za-z_-]{32})(?![0-9A-Za-z_-])/y,
    reason: 'its prefix, alphabet and length',
    advice: 'Delete the token in the account settings of Docker, then look through the images pushed since.',
    revokePage: 'https://docs.docker.com/security/access-tokens/',
  }),
];
