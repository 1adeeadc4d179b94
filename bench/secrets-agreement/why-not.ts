/* Why a secret that another scanner found is none, by rules that anybody can check. For bench/secrets-agreement.ts. */
import { senseOf } from '../../src/analysis/disclosure/generic/key.ts';
import { scoreOf } from '../../src/analysis/disclosure/generic/score.ts';
import { DIGEST, fits, isOpenByForm, UUID } from '../../src/analysis/disclosure/generic/value.ts';
import { POSSIBLE } from '../../src/analysis/disclosure/generic/weights.ts';
import { lookOf } from '../../src/analysis/disclosure/rules/form/placeholders.ts';
import { isReference } from '../../src/analysis/disclosure/rules/form/references.ts';

/** The part of a finding that is looked at, as gitleaks calls it. */
export interface Finding {
  readonly RuleID: string;
  /** What the rule is for, where its name does not say so. */
  readonly Title?: string;
  /** The match and some text on both sides, where the report has that. */
  readonly Around?: string;
  readonly Secret: string;
  readonly Match: string;
  readonly File: string;
  readonly Commit: string;
  readonly StartLine: number;
}

/** The first that holds is the reason. */
const REASONS: readonly (readonly [reason: string, holds: (finding: Finding) => boolean])[] = [
  [
    'the hash of a secret in a baseline of detect-secrets',
    ({ File, Secret }) => File.endsWith('.secrets.baseline') && /^[0-9a-f]{40}$/.test(Secret),
  ],
  [
    'no key: fewer than 20 characters of base64 behind the BEGIN line before other text',
    ({ RuleID, Secret }) => RuleID === 'private-key' && !hasKey(Secret),
  ],
  [
    'made up: one character over and over, a run along alphabet or keyboard, a pattern, or a word that says so',
    ({ Secret }) =>
      lookOf(bodyOf(Secret)) !== 'random' || lookOf(Secret) === 'made-up' || /example|deadbeef/i.test(Secret),
  ],
  [
    'no more than its beginning: three full stops stand for the rest',
    ({ Match }) => /\.\.\.["'`\s]*$/.test(Match),
  ],
  ['the version of a dependency', ({ Secret }) => /^[\^~]?\d+(?:\.\d+)+$/.test(Secret)],
  ['a digest of go.sum', ({ Match, Secret }) => /\bh1:$/.test(before(Match, Secret))],
  ['refers to a secret: a variable, a template, an expression', ({ Secret }) => isReference(Secret)],
  [
    'empty: what follows stands on the next line',
    ({ Match, Secret }) => /[=:]\s*\n/.test(before(Match, Secret)),
  ],
  [
    'goes by a name that says it is public or a digest: id, commit, hash, SHA, audience, next page',
    ({ Match, Secret }) => senseOf(nameOf(Match, Secret)).against > 0,
  ],
  [
    'a digest, a UUID or a file, under no more than "key" or under no name of a secret',
    ({ Match, Secret }) =>
      (DIGEST.test(Secret) || UUID.test(Secret) || isOpenByForm(Secret)) &&
      senseOf(nameOf(Match, Secret)).strength < 3,
  ],
  [
    'a field of a variable that is called `s`',
    ({ RuleID, Secret }) => RuleID === 'vault-service-token' && /^s\.(?:[A-Z][a-z]+\w*)$/.test(Secret),
  ],
  [
    'its header is no JSON',
    ({ RuleID, Secret }) => /^(?:np\.)?jwt(?:\.\d)?$/.test(RuleID) && !isJson(Secret),
  ],
  [
    'written and not drawn, by the scorer',
    ({ RuleID, Match, Secret }) =>
      RuleID === 'generic-api-key' &&
      (!fits(Secret) || scoreOf(Secret, senseOf(nameOf(Match, Secret)), true) < POSSIBLE),
  ],
];

/** Those that somebody looked at, by rule, file and line. */
const BY_HAND: ReadonlyMap<string, string> = new Map([
  [
    'aws-amazon-bedrock-api-key-short-lived cmd/generate/config/rules/aws.go:91',
    'the first part of a key, which names a host in base64, without the key',
  ],
  ['generic-api-key cmd/generate/config/rules/generic.go:172', 'the name of an access point'],
  [
    'generic-api-key cmd/generate/config/rules/generic.go:300',
    'the identifier of a request, which opens nothing',
  ],
  [
    'generic-api-key cmd/generate/config/rules/kubernetes.go:56',
    'made up: two words in base64 that say "my password"',
  ],
  [
    'private-key cmd/generate/config/rules/privatekey.go:94',
    'the base64 of an encrypted key, decoded: the key itself is found where it stands',
  ],
  [
    'np.anthropic.1 cmd/generate/config/rules/anthropic.go:32',
    'a counterexample of a test: it ends in BB, where all of this issuer end in AA',
  ],
  [
    'np.facebook.2 cmd/generate/config/rules/facebook.go:62',
    'a counterexample of a test: too short for a token of this issuer',
  ],
  ['np.generic.1 config/gitleaks.toml:57', 'the alphabet of a key in the pattern of a rule'],
  ['np.generic.1 cmd/generate/config/rules/azure.go:253', 'a word of a pattern that lists names'],
  ['np.gitlab.1 cmd/generate/config/rules/gitlab.go:161', 'made up: 123, seven times'],
  [
    'np.generic.5 dist/govuk/components/password-input/template-with-translations.html:1',
    'what a button shows, in a language',
  ],
  [
    'np.generic.1 cmd/generate/config/rules/generic.go:44',
    'the argument of a function that makes examples, not of a secret',
  ],
  [
    'np.generic.1 cmd/generate/config/rules/generic.go:47',
    'the argument of a function that makes examples, not of a secret',
  ],
  [
    'np.generic.1 cmd/generate/config/rules/generic.go:37',
    'the argument of a function that makes examples, not of a secret',
  ],
  [
    'np.generic.1 cmd/generate/config/rules/fastly.go:19',
    'the argument of a function that makes examples, not of a secret',
  ],
  [
    'np.generic.1 cmd/generate/config/rules/intercom.go:19',
    'the argument of a function that makes examples, not of a secret',
  ],
  [
    'np.generic.1 cmd/generate/config/rules/contentful.go:20',
    'the argument of a function that makes examples, not of a secret',
  ],
]);

/** `undefined` when nobody looked and no rule holds: it is missed. */
export function whyNot(finding: Finding): string | undefined {
  const place = `${finding.RuleID} ${finding.File}:${finding.StartLine}`;
  const byHand = BY_HAND.get(place);
  return byHand === undefined
    ? REASONS.find(([, holds]) => holds(finding))?.[0]
    : `${byHand} (judged by hand)`;
}

const before = (match: string, secret: string): string => match.slice(0, Math.max(0, match.indexOf(secret)));

/** The last word before the value, and what is joined to it. */
function nameOf(match: string, secret: string): string {
  return /([\w.$-]+)[^\w]*$/.exec(before(match, secret))?.[1] ?? '';
}

/** Without an issuer's mark. */
const bodyOf = (secret: string): string =>
  secret.replace(/^[A-Za-z]{2,8}[_-]{1,2}(?:[A-Za-z]{2,5}[_-])?/, '');

function hasKey(text: string): boolean {
  const body = text.slice(text.indexOf('KEY') + 3).replace(/^[^-]*-{4,5}/, '');
  return /^(?:[\s"'`#*+>|]|\\+[nr]|\/\/|,)*[A-Za-z0-9+/]{20,}/.test(body);
}

function isJson(token: string): boolean {
  try {
    JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString());
    return true;
  } catch {
    return false;
  }
}
