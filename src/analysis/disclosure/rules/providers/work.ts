import type { DisclosureRule } from '../../../../model/disclosure.ts';
import { settleMade } from '../../engine/place.ts';
import { isBech32 } from '../checks/bech32.ts';
import { BASE62, BASE64_URL } from '../form/alphabets.ts';
import { assignedRules } from '../form/assigned.ts';
import type { Issuer } from '../form/shape-rules.ts';
import { shapeRules } from '../form/shape-rules.ts';
import { tokenRule } from '../form/token.ts';

const issuer = (provider: string, revokePage?: string): Issuer => ({
  provider,
  advice: 'Revoke the token in the settings of the account that made it.',
  ...(revokePage === undefined ? {} : { revokePage }),
});
const ATLASSIAN = issuer(
  'Atlassian',
  'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/',
);
const BITBUCKET = issuer(
  'Bitbucket',
  'https://support.atlassian.com/bitbucket-cloud/docs/revoke-an-app-password/',
);
const JFROG = issuer(
  'JFrog',
  'https://jfrog.com/help/r/jfrog-platform-administration-documentation/revoke-access-tokens',
);
const OKTA = issuer('Okta', 'https://developer.okta.com/docs/guides/create-an-api-token/main/');
const CIRCLECI = issuer('CircleCI', 'https://circleci.com/docs/managing-api-tokens/');

/** The tools of work: issues, documents, design, building and delivering, identity. */
export const workRules: readonly DisclosureRule[] = [
  ...shapeRules(ATLASSIAN, [
    ['atlassian-api-token', 'Atlassian API token', 'ATATT3<urlpad 186>'],
    ['atlassian-api-token-other', 'Atlassian API token', 'ATATT3xFfGF0<urlpad 100-240>'],
    ['atlassian-access-token', 'Atlassian admin or container token', 'ATCTT3xFfG<urlpad 100-240>'],
  ]),
  ...assignedRules(ATLASSIAN, [
    {
      id: 'atlassian-api-token-old',
      title: 'Atlassian API token',
      names: ['atlassian', 'confluence', 'jira'],
      shapes: ['<b62 24>'],
    },
  ]),
  ...shapeRules(BITBUCKET, [['bitbucket-app-password', 'Bitbucket app password', 'ATBB<b62 24><HEX 8>']]),
  ...assignedRules(BITBUCKET, [
    {
      id: 'bitbucket-client-secret',
      title: 'Bitbucket client secret',
      names: ['bitbucket'],
      shapes: ['<urlpad 64>'],
    },
    {
      id: 'bitbucket-client-id',
      title: 'Bitbucket client id',
      names: ['bitbucket'],
      shapes: ['<b62 32>'],
      tier: 'possible',
    },
  ]),
  // `AKCp` and `cmVmd` (`ref` and `t` in base64) start what Artifactory gives out.
  ...shapeRules(JFROG, [
    ['artifactory-api-key', 'Artifactory API key', 'AKCp<b62 69>'],
    ['artifactory-reference-token', 'Artifactory reference token', 'cmVmd<b62 59>'],
  ]),
  ...assignedRules(JFROG, [
    {
      id: 'jfrog-api-key',
      title: 'JFrog API key',
      names: ['jfrog', 'artifactory', 'bintray', 'xray'],
      shapes: ['<b62 73>'],
    },
    {
      id: 'jfrog-identity-token',
      title: 'JFrog identity token',
      names: ['jfrog', 'artifactory', 'bintray', 'xray'],
      shapes: ['<b62 64>'],
    },
  ]),
  ...shapeRules(CIRCLECI, [
    ['circleci-personal-token', 'CircleCI personal API token', 'CCIPAT_<b62 22>_<hex 40>'],
    ['circleci-project-token', 'CircleCI project API token', 'CCIPRJ_<b62 22>_<hex 40>'],
  ]),
  ...assignedRules(CIRCLECI, [
    {
      id: 'circleci-token-old',
      title: 'CircleCI API token',
      names: ['circleci', 'circle_ci', 'circle-token', 'circle_token'],
      shapes: ['<hex 40>'],
      said: /token|key|secret/,
    },
  ]),
  ...shapeRules(issuer('Buildkite'), [
    ['buildkite-api-token', 'Buildkite API access token', 'bkua_<hex 40>'],
    ['buildkite-agent-token', 'Buildkite agent token', 'bkct_<url 40-120>'],
  ]),
  ...assignedRules(issuer('Drone'), [
    {
      id: 'drone-access-token',
      title: 'Drone CI access token',
      names: ['droneci', 'drone_token', 'drone-token'],
      shapes: ['<b36 32>'],
    },
  ]),
  ...assignedRules(issuer('Travis CI'), [
    {
      id: 'travis-access-token',
      title: 'Travis CI access token',
      names: ['travis'],
      shapes: ['<url 22>'],
      isStrict: true,
    },
  ]),
  ...shapeRules(issuer('Octopus Deploy'), [
    ['octopus-deploy-api-key', 'Octopus Deploy API key', 'API-<B36 25-32>'],
  ]),
  ...shapeRules(issuer('Postman'), [['postman-api-key', 'Postman API key', 'PMAK-<anyhex 24>-<anyhex 34>']]),
  ...shapeRules(issuer('Linear'), [
    ['linear-api-key', 'Linear API key', 'lin_api_<b62 40>'],
    ['linear-oauth-token', 'Linear OAuth token', 'lin_oauth_<hex 64>'],
  ]),
  ...assignedRules(issuer('Linear'), [
    {
      id: 'linear-client-secret',
      title: 'Linear client secret',
      names: ['linear'],
      shapes: ['<hex 32>'],
      isStrict: true,
    },
  ]),
  ...shapeRules(issuer('Notion'), [
    ['notion-token', 'Notion integration token', 'ntn_<digit 11><b62 35>'],
    ['notion-token-old', 'Notion integration token', 'secret_<b62 43>'],
  ]),
  tokenRule({
    ...issuer('Airtable'),
    id: 'airtable-personal-access-token',
    title: 'Airtable personal access token',
    // `pat` alone starts too many words.
    marks: ['"pat', "'pat", '`pat', '=pat', ':pat', 'Bearer pat', ': pat', '= pat'],
    body: BASE62,
    least: 14,
    pattern: /(?:["'`=:]|Bearer)? ?(?<secret>pat[0-9A-Za-z]{14}\.[0-9a-f]{64})(?![0-9A-Za-z_])/y,
    varies: 3,
    reason: 'its prefix, alphabets and lengths',
  }),
  ...assignedRules(issuer('Airtable'), [
    { id: 'airtable-api-key', title: 'Airtable API key', names: ['airtable'], shapes: ['<b62 17>'] },
  ]),
  ...assignedRules(issuer('Asana'), [
    { id: 'asana-client-secret', title: 'Asana client secret', names: ['asana'], shapes: ['<b36 32>'] },
    {
      id: 'asana-client-id',
      title: 'Asana client id',
      names: ['asana'],
      shapes: ['<digit 16>'],
      tier: 'possible',
    },
    {
      id: 'asana-personal-token',
      title: 'Asana personal access token',
      names: ['asana'],
      shapes: ['<digit 1>/<digit 16>:<b36 32>', '<digit 1>/<digit 16>/<digit 16>:<b36 32>'],
    },
  ]),
  ...shapeRules(issuer('Figma'), [['figma-token', 'Figma personal access token', 'figd_<url 40-46>']]),
  ...shapeRules(issuer('Frame.io'), [['frameio-token', 'Frame.io developer token', 'fio-u-<urlpad 64>']]),
  ...shapeRules(issuer('ReadMe'), [['readme-api-key', 'ReadMe API key', 'rdme_<b36 70>']]),
  ...shapeRules(issuer('Adobe'), [['adobe-client-secret', 'Adobe client secret', 'p8e-<url 32>']]),
  ...assignedRules(issuer('Adobe'), [
    {
      id: 'adobe-client-id',
      title: 'Adobe client id',
      names: ['adobe'],
      shapes: ['<hex 32>'],
      tier: 'possible',
    },
  ]),
  ...shapeRules(issuer('Contentful'), [
    ['contentful-management-token', 'Contentful management token', 'CFPAT-<url 43>'],
  ]),
  ...assignedRules(issuer('Contentful'), [
    {
      id: 'contentful-delivery-token',
      title: 'Contentful delivery token',
      names: ['contentful'],
      shapes: ['<urlpad 43>'],
    },
  ]),
  ...assignedRules(issuer('Algolia'), [
    { id: 'algolia-api-key', title: 'Algolia API key', names: ['algolia'], shapes: ['<b36 32>'] },
  ]),
  ...assignedRules(issuer('Dropbox'), [
    {
      id: 'dropbox-app-secret',
      title: 'Dropbox app key or secret',
      names: ['dropbox'],
      shapes: ['<b36 15>'],
    },
    {
      id: 'dropbox-long-lived-token',
      title: 'Dropbox long-lived token',
      names: ['dropbox'],
      shapes: ['<b62 11>AAAAAAAAAA<urlpad 43>'],
    },
  ]),
  ...shapeRules(issuer('Dropbox'), [
    ['dropbox-short-lived-token', 'Dropbox short-lived token', 'sl.<urlpad 130-152>'],
  ]),
  ...assignedRules(issuer('Looker'), [
    { id: 'looker-client-secret', title: 'Looker client secret', names: ['looker'], shapes: ['<b36 24>'] },
    {
      id: 'looker-client-id',
      title: 'Looker client id',
      names: ['looker'],
      shapes: ['<b36 20>'],
      tier: 'possible',
    },
  ]),
  ...assignedRules(OKTA, [
    { id: 'okta-api-token', title: 'Okta API token', names: ['okta', 'ssws'], shapes: ['00<url 40>'] },
  ]),
  tokenRule({
    ...OKTA,
    id: 'okta-ssws-header',
    title: 'Okta API token in a header',
    marks: ['SSWS 00'],
    anyCase: true,
    body: BASE64_URL,
    least: 40,
    pattern: /SSWS (?<secret>00[0-9A-Za-z_-]{40})(?![0-9A-Za-z_-])/iy,
    varies: 2,
    reason: 'it stands in the header of Okta, in its form',
  }),
  // https://authress.io/knowledge-base/docs/authorization/service-clients/secrets-scanning
  tokenRule({
    ...issuer('Authress'),
    id: 'authress-service-client-key',
    title: 'Authress service client access key',
    marks: ['.acc_', '.acc-'],
    body: BASE64_URL,
    least: 10,
    lead: { body: alphabetOfLead(), least: 12, most: 48 },
    pattern:
      /(?:sc|ext|scauth|authress)_[0-9A-Za-z]{5,30}\.[0-9A-Za-z]{4,6}\.acc[_-][0-9A-Za-z-]{10,32}\.[0-9A-Za-z+/_=-]{30,120}(?![0-9A-Za-z+/_=-])/y,
    varies: 0,
    reason: 'its parts, alphabets and lengths',
  }),
  ...shapeRules(issuer('Intra 42'), [
    ['intra42-client-secret', 'Intra 42 client secret', 's-s4t2ud-<hex 64>'],
    ['intra42-client-secret-af', 'Intra 42 client secret', 's-s4t2af-<hex 64>'],
  ]),
  tokenRule({
    ...issuer('MaxMind', 'https://support.maxmind.com/hc/en-us/articles/4407116112539'),
    id: 'maxmind-licence-key',
    title: 'MaxMind licence key',
    marks: ['_mmk'],
    body: BASE64_URL,
    least: 0,
    lead: { body: BASE64_URL, least: 36, most: 37 },
    pattern: /[0-9A-Za-z]{6}_[0-9A-Za-z]{29}_mmk(?![0-9A-Za-z_-])/y,
    varies: 0,
    reason: 'its end, alphabet and length',
  }),
  ...shapeRules(issuer('age'), [
    [
      'age-secret-key',
      'age identity (secret key)',
      'AGE-SECRET-KEY-1<bech32 58>',
      {
        judge: (token) =>
          isBech32(token)
            ? { tier: 'certain', reasons: ['its checksum is right'] }
            : { tier: 'possible', reasons: ['it has the form of a key, but its checksum is wrong'] },
      },
    ],
  ]).map((rule) => ({ ...rule, settle: settleMade })),
  ...assignedRules(issuer('the Sidekiq vendor'), [
    {
      id: 'sidekiq-secret',
      title: 'Sidekiq Enterprise credentials',
      names: ['bundle_enterprise__contribsys__com', 'bundle_gems__contribsys__com'],
      shapes: ['<hex 8>:<hex 8>'],
      said: /contribsys/,
    },
  ]),
  ...assignedRules(issuer('RapidAPI'), [
    { id: 'rapidapi-key', title: 'RapidAPI key', names: ['rapidapi'], shapes: ['<url 50>'] },
  ]),
  ...assignedRules(issuer('Squarespace'), [
    {
      id: 'squarespace-access-token',
      title: 'Squarespace API key',
      names: ['squarespace'],
      shapes: ['<uuid>'],
    },
  ]),
  ...assignedRules(issuer('Adafruit IO'), [
    { id: 'adafruit-api-key', title: 'Adafruit IO key', names: ['adafruit'], shapes: ['<lowurl 32>'] },
  ]),
  ...shapeRules(issuer('Adafruit IO'), [['adafruit-api-key-new', 'Adafruit IO key', 'aio_<b62 28>']]),
  ...assignedRules(issuer('The New York Times'), [
    {
      id: 'nytimes-access-token',
      title: 'New York Times API key',
      names: ['nytimes', 'new-york-times', 'newyorktimes'],
      shapes: ['<urlpad 32>'],
    },
  ]),
  ...assignedRules(issuer('Finnhub'), [
    { id: 'finnhub-access-token', title: 'Finnhub API key', names: ['finnhub'], shapes: ['<b36 20>'] },
  ]),
];

function alphabetOfLead(): Uint8Array {
  const members = Uint8Array.from(BASE64_URL);
  members[0x2e /* . */] = 1;
  return members;
}
