/* Examples of what rules of gitleaks find, drawn from the shapes of ours. For bench/secrets-coverage.ts. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { DisclosureRule } from '../../src/model/disclosure.ts';
import { counterpartsOf } from '../../src/analysis/disclosure/gitleaks/counterparts.ts';
import { base62, crc32 } from '../../src/analysis/disclosure/rules/checks/crc32.ts';
import type { ShapedRule } from '../../src/analysis/disclosure/rules/form/shapes.ts';
import { piecesOf } from '../../src/analysis/disclosure/rules/form/shapes.ts';
import { charactersOf, randomText } from '../../src/analysis/disclosure/rules/testing/random.ts';

const random = randomText(2026);

/** A file's text, and what its name ends with. */
interface Made {
  readonly name: string;
  readonly text: string;
}

/** Drawn anew for each try: from our rules' shapes, or, where those have none, as the issuer documents it. */
export function examplesOf(id: string, rules: readonly DisclosureRule[], tries: number): readonly Made[] {
  const byHand = BY_HAND[id];
  if (byHand !== undefined) return Array.from({ length: tries }, byHand);
  const ours = counterpartsOf(id);
  const shaped = rules.filter((rule): rule is ShapedRule => ours.includes(rule.id) && 'shapes' in rule);
  return shaped.flatMap((rule) =>
    rule.shapes.flatMap((shape) =>
      Array.from({ length: tries }, (_, i) => {
        const token = drawn(shape, i % 2 === 0);
        const name = rule.isNamed ? rule.keywords[(i >> 1) % rule.keywords.length]! : id.replaceAll('-', '_');
        const end = ENDS[i % ENDS.length]!;
        return {
          name: '.txt',
          text: `${rule.isNamed ? `${name}${end}` : `${id.split('-')[0]}${end}`} = "${token}"\n`,
        };
      }),
    ),
  );
}

const ENDS = ['_secret', '_token', '_api_key', '_access_token', '_key', '_client_secret', '_license_key', ''];

function drawn(shape: string, isShort: boolean): string {
  return piecesOf(shape)
    .map((piece) =>
      piece.kind === 'fixed'
        ? piece.text
        : random(charactersOf(piece.alphabet), isShort ? piece.least : piece.most),
    )
    .join('');
}

const text = (line: string, name = '.txt'): Made => ({ name, text: `${line}\n` });
const base64 = (value: string): string => Buffer.from(value).toString('base64url');

/** Of rules that are no shape. */
const BY_HAND: Readonly<Record<string, () => Made>> = {
  'private-key': () =>
    text(
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
      '.pem',
    ),
  'generic-api-key': () => text(`storage_api_key = "${random('base62', 32)}"`),
  'curl-auth-header': () =>
    text(`curl -H "Authorization: Bearer ${random('base62', 32)}" https://example.com/`, '.sh'),
  'curl-auth-user': () =>
    text(`curl -u ${random('base36', 8)}:${random('base62', 20)} https://acme.dev/`, '.sh'),
  jwt: () =>
    text(
      `token = ${base64('{"alg":"HS256","typ":"JWT"}')}.${base64(`{"sub":"${random('base36', 12)}"}`)}.${random('url', 43)}`,
    ),
  'jwt-base64': () =>
    text(
      `token: ${Buffer.from(`${base64('{"alg":"HS256","typ":"JWT"}')}.${base64(`{"sub":"${random('base36', 30)}"}`)}.${random('url', 43)}`).toString('base64')}`,
    ),
  'pkcs12-file': () => ({ name: '.p12', text: random('base62', 40) }),
  'airtable-personnal-access-token': () =>
    text(`AIRTABLE_TOKEN=pat${random('base62', 14)}.${random('hex', 64)}`),
  'authress-service-client-access-key': () =>
    text(
      `key: "sc_${random('base36', 12)}.${random('base36', 4)}.acc-${random('base36', 16)}.${random('base36', 60)}"`,
    ),
  'aws-access-token': () =>
    text(`aws_access_key_id = AKIA${random('base32', 16)}\naws_secret_access_key = ${random('base64', 40)}`),
  'aws-amazon-bedrock-api-key-long-lived': () =>
    text(
      `AWS_BEARER_TOKEN_BEDROCK=ABSK${Buffer.from(`BedrockAPIKey-${random('base36', 4)}-at-${random('digits', 12)}:${random('base64', 54)}`).toString('base64')}`,
    ),
  'aws-amazon-bedrock-api-key-short-lived': () =>
    text(
      `AWS_BEARER_TOKEN_BEDROCK=bedrock-api-key-${Buffer.from(`bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Signature=${random('hex', 64)}`).toString('base64')}`,
    ),
  'azure-ad-client-secret': () => text(`client_secret = "${random('base62', 3)}8Q~${random('url', 34)}"`),
  'bittrex-secret-key': () => text(`bittrex_secret_key = "${random('base36', 32)}"`),
  'clojars-api-token': () => text(`password = CLOJARS_${random('hex', 60)}`),
  'defined-networking-api-token': () =>
    text(`dnkey = "dnkey-${random('base36', 26)}-${random('base36', 52)}"`),
  'discord-client-id': () =>
    text(`discord_client_id = "${1 + (Number(random('digits', 1)) % 9)}${random('digits', 17)}"`),
  'dropbox-short-lived-api-token': () => text(`dropbox_token = "sl.${random('url', 135)}"`),
  'flutterwave-encryption-key': () => text(`key = "FLWSECK_TEST-${random('0123456789abcdefgh', 12)}"`),
  'flutterwave-public-key': () => text(`key = "FLWPUBK_TEST-${random('hex', 32)}-X"`),
  'flutterwave-secret-key': () => text(`key = "FLWSECK_TEST-${random('hex', 32)}-X"`),
  'freemius-secret-key': () => text(`'secret_key' => 'sk_${random('base62', 29)}',`, '.php'),
  'github-app-token': () => text(`token = "ghs_${checked(30)}"`),
  'github-fine-grained-pat': () =>
    text(`token = "${withCrc(`github_pat_${random('base62', 22)}_`, random('base62', 53))}"`),
  'github-oauth': () => text(`token = "gho_${checked(30)}"`),
  'github-pat': () => text(`token = "ghp_${checked(30)}"`),
  'github-refresh-token': () => text(`token = "ghr_${checked(30)}"`),
  'grafana-api-key': () =>
    text(
      `token = "${Buffer.from(`{"k":"${random('base62', 32)}","n":"${random('base36', 9)}","id":1}`).toString('base64')}"`,
    ),
  'hashicorp-tf-password': () => text(`administrator_login_password = "${random('base36', 14)}"`, '.tf'),
  'kubernetes-secret-yaml': () =>
    text(
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  password: ${Buffer.from(random('base62', 18)).toString('base64')}`,
      '.yaml',
    ),
  'maxmind-license-key': () => text(`key = "${random('base62', 6)}_${random('base62', 29)}_mmk"`),
  'microsoft-teams-webhook': () =>
    text(
      `url = "https://acme.webhook.office.com/webhookb2/${uuid()}@${uuid()}/IncomingWebhook/${random('hex', 32)}/${uuid()}"`,
    ),
  'new-relic-browser-api-token': () => text(`new_relic_key = "NRJS-${random('hex', 19)}"`),
  'new-relic-insert-key': () => text(`new_relic_key = "NRII-${random('base36', 32)}"`),
  'npm-access-token': () => text(`//registry.example.invalid/:_authToken=npm_${checked(30)}`),
  'nuget-config-password': () => ({
    name: '/nuget.config',
    text: `<add key="ClearTextPassword" value="${random('base62', 16)}" />\n`,
  }),
  'octopus-deploy-api-key': () => text(`key = "API-${random('upper36', 26)}"`),
  'pypi-upload-token': () => text(`password = ${pypi()}`),
  'rubygems-api-token': () => text(`key: rubygems_${random('hex', 48)}`),
  'sentry-org-token': () =>
    text(
      `token = "sntrys_${Buffer.from(`{"iat":17${random('digits', 8)}.${random('digits', 6)},"url":"https://sentry.io","region_url":"https://us.sentry.io","org":"acme"}`).toString('base64')}_${random('base64', 43)}"`,
    ),
  'sidekiq-sensitive-url': () =>
    text(`source = "https://${random('hex', 8)}:${random('hex', 8)}@gems.contribsys.com/"`),
  'slack-bot-token': () => text(`token = "xoxb-${slack(2)}-${random('base62', 24)}"`),
  'slack-user-token': () => text(`token = "xoxp-${slack(3)}-${random('hex', 32)}"`),
  'slack-webhook-url': () =>
    text(
      `url = "https://hooks.slack.com/services/T${random('upper36', 10)}/B${random('upper36', 10)}/${random('base62', 24)}"`,
    ),
  'twilio-api-key': () => text(`twilio_api_key = "SK${random('hex', 32)}"`),
  'twitter-bearer-token': () => text(`twitter_bearer = "${'A'.repeat(22)}${random('base62', 90)}"`),
};

const uuid = (): string => [8, 4, 4, 4, 12].map((length) => random('hex', length)).join('-');
/** Numbers of a team, a bot, a user. */
const slack = (count: number): string =>
  Array.from({ length: count }, () => `2${random('digits', 11)}`).join('-');

/** As GitHub and npm make tokens: the CRC-32 of what is drawn behind it. */
const checked = (length: number): string => withCrc('', random('base62', length));

function withCrc(mark: string, body: string): string {
  return `${mark}${body}${base62(crc32(`${mark}${body}`), 6)}`;
}

/** A macaroon of PyPI: version, location, identifier, end, and 32 bytes of signature. */
function pypi(): string {
  const field = (type: number, bytes: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from([type, bytes.length]), bytes]);
  return `pypi-${Buffer.concat([
    Buffer.from([2]),
    field(1, Buffer.from('pypi.org')),
    field(2, Buffer.from(uuid())),
    Buffer.from([0, 0]),
    field(6, randomBytes(32)),
  ]).toString('base64url')}`;
}
