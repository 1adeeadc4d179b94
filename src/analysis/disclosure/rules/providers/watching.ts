import type { DisclosureRule } from '../../../../model/disclosure.ts';
import { decodeBase64 } from '../checks/base64.ts';
import { crc32 } from '../checks/crc32.ts';
import { assignedRules } from '../form/assigned.ts';
import type { Issuer } from '../form/shape-rules.ts';
import { shapeRules } from '../form/shape-rules.ts';
import type { Judgement } from '../form/token.ts';

const issuer = (provider: string, revokePage?: string): Issuer => ({
  provider,
  advice: 'Revoke the key in the settings of the account.',
  ...(revokePage === undefined ? {} : { revokePage }),
});
const GRAFANA = issuer('Grafana', 'https://grafana.com/docs/grafana/latest/administration/service-accounts/');
const SENTRY = issuer('Sentry', 'https://docs.sentry.io/account/auth-tokens/');
const NEW_RELIC = issuer('New Relic', 'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/');
const SUMO = issuer('Sumo Logic', 'https://help.sumologic.com/docs/manage/security/access-keys/');
const SONAR = issuer(
  'Sonar',
  'https://docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/',
);

/** The last eight digits are the CRC-32 of the rest, its lowest byte first. */
function judgeServiceAccount(token: string): Judgement {
  const sum = crc32(token.slice(0, -9));
  const bytes = [sum & 255, (sum >>> 8) & 255, (sum >>> 16) & 255, sum >>> 24];
  const expected = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return expected === token.slice(-8).toLowerCase()
    ? { tier: 'certain', reasons: ['its checksum is right'] }
    : {
        tier: 'possible',
        reasons: ['it has the form of a token, but its checksum is wrong: none that was issued'],
      };
}

/** JSON in base64 behind the first `_`, with the members that the issuer writes. */
const judgeJson =
  (...members: readonly string[]) =>
  (token: string): Judgement => {
    const start = token.startsWith('eyJ') ? 0 : token.indexOf('_') + 1;
    const text = decodeBase64(token.slice(start).split(/[_.]/)[0]!);
    return text !== undefined && members.every((member) => text.includes(`"${member}":`))
      ? { tier: 'certain', reasons: [`it holds, in base64, what its issuer writes (${members.join(', ')})`] }
      : {
          tier: 'possible',
          reasons: ['it starts as its issuer writes it, but what it holds is cut or changed'],
        };
  };

/** Logs, metrics, traces, errors, quality: what watches software. */
export const watchingRules: readonly DisclosureRule[] = [
  ...shapeRules(GRAFANA, [
    [
      'grafana-service-account-token',
      'Grafana service account token',
      'glsa_<b62 32>_<anyhex 8>',
      { judge: judgeServiceAccount },
    ],
    ['grafana-cloud-token', 'Grafana Cloud access policy token', 'glc_<b64 32-400>'],
    [
      'grafana-cloud-token-json',
      'Grafana Cloud access policy token',
      'glc_eyJ<b64 32-400>',
      { judge: judgeJson('o', 'n', 'k') },
    ],
    ['grafana-api-key', 'Grafana API key', 'eyJrIjoi<b64 40-400>', { judge: judgeJson('k', 'n') }],
  ]),
  ...shapeRules(SENTRY, [
    ['sentry-organisation-token', 'Sentry organisation auth token', 'sntrys_eyJ<b64 80-400>_<b64 43>'],
    [
      'sentry-organisation-token-padded',
      'Sentry organisation auth token',
      'sntrys_eyJ<b64 80-400><pad 1-2>_<b64 43>',
    ],
    ['sentry-user-token', 'Sentry user auth token', 'sntryu_<hex 64>'],
    ['sentry-integration-token', 'Sentry integration token', 'sntryi_<hex 64>'],
  ]),
  ...assignedRules(SENTRY, [
    {
      id: 'sentry-access-token',
      title: 'Sentry auth token',
      names: ['sentry'],
      shapes: ['<hex 64>'],
      said: /token|auth|secret/,
    },
  ]),
  ...shapeRules(NEW_RELIC, [
    ['new-relic-user-key', 'New Relic user key', 'NRAK-<B36 27>'],
    ['new-relic-insert-key', 'New Relic insert key', 'NRII-<url 32>'],
    ['new-relic-browser-key', 'New Relic browser key', 'NRJS-<hex 19>', { tier: 'possible' }],
    ['new-relic-licence-key', 'New Relic licence key', '<hex 36>NRAL'],
    ['new-relic-query-key', 'New Relic query key', 'NRIQ-<url 32>'],
  ]),
  ...assignedRules(NEW_RELIC, [
    {
      id: 'new-relic-user-key-id',
      title: 'New Relic user key id',
      names: ['newrelic', 'new-relic', 'new_relic'],
      shapes: ['<b36 64>'],
      tier: 'possible',
    },
    {
      id: 'new-relic-key-any-case',
      title: 'New Relic key',
      names: ['newrelic', 'new-relic', 'new_relic'],
      shapes: ['NRAK-<b62 27>', 'NRII-<url 32>'],
    },
  ]),
  ...shapeRules(
    issuer(
      'Dynatrace',
      'https://docs.dynatrace.com/docs/discover-dynatrace/references/dynatrace-api/basics/dynatrace-api-authentication',
    ),
    [
      ['dynatrace-token', 'Dynatrace API token', 'dt0c01.<B36 24>.<B36 64>'],
      ['dynatrace-platform-token', 'Dynatrace platform token', 'dt0s16.<B36 24>.<B36 64>'],
      ['dynatrace-oauth-secret', 'Dynatrace OAuth client secret', 'dt0s02.<B36 8>.<B36 64>'],
    ],
  ),
  ...assignedRules(issuer('Datadog', 'https://docs.datadoghq.com/account_management/api-app-keys/'), [
    {
      id: 'datadog-application-key',
      title: 'Datadog application key',
      names: ['datadog', 'dd_app_key', 'dd-app-key', 'dd_application_key'],
      shapes: ['<b36 40>'],
    },
    {
      id: 'datadog-api-key',
      title: 'Datadog API key',
      names: ['datadog', 'dd_api_key', 'dd-api-key'],
      shapes: ['<hex 32>'],
    },
  ]),
  ...shapeRules(SONAR, [
    ['sonar-user-token', 'SonarQube user token', 'squ_<b62 40>'],
    ['sonar-project-token', 'SonarQube project analysis token', 'sqp_<b62 40>'],
    ['sonar-global-token', 'SonarQube global analysis token', 'sqa_<b62 40>'],
  ]),
  ...assignedRules(SONAR, [
    {
      id: 'sonar-token',
      title: 'SonarCloud token',
      names: ['sonar'],
      shapes: ['<hex 40>', '<urlpad 40>'],
      said: /token|login/,
      isStrict: true,
    },
  ]),
  ...assignedRules(SUMO, [
    {
      id: 'sumologic-access-id',
      title: 'Sumo Logic access id',
      names: ['sumo'],
      shapes: ['su<b62 12>'],
      tier: 'possible',
    },
    { id: 'sumologic-access-key', title: 'Sumo Logic access key', names: ['sumo'], shapes: ['<b62 64>'] },
  ]),
  ...shapeRules(issuer('Honeycomb'), [
    ['honeycomb-ingest-key', 'Honeycomb ingest key', 'hcaik_<b36 58>'],
    ['honeycomb-management-key', 'Honeycomb management key', 'hcamk_<b36 58>'],
  ]),
  ...shapeRules(issuer('PostHog'), [
    ['posthog-personal-key', 'PostHog personal API key', 'phx_<b62 43-48>'],
    [
      'posthog-project-key',
      'PostHog project key',
      'phc_<b62 43>',
      { tier: 'possible', reason: 'a key of a project, which is made to be public' },
    ],
  ]),
  ...assignedRules(issuer('PagerDuty'), [
    {
      id: 'pagerduty-api-key',
      title: 'PagerDuty API key',
      names: ['pagerduty', 'pager_duty'],
      shapes: ['u+<url 18>', '<url 20>'],
    },
  ]),
  ...assignedRules(issuer('LaunchDarkly'), [
    {
      id: 'launchdarkly-access-token',
      title: 'LaunchDarkly access token',
      names: ['launchdarkly'],
      shapes: ['<urlpad 40>'],
    },
  ]),
  ...shapeRules(issuer('LaunchDarkly'), [
    ['launchdarkly-api-key', 'LaunchDarkly API key', 'api-<uuid>'],
    ['launchdarkly-sdk-key', 'LaunchDarkly SDK key', 'sdk-<uuid>'],
  ]),
  // It only writes, and is likely all the same: who has it can say what is covered, and checks of others rest on that.
  ...assignedRules(issuer('Codecov'), [
    {
      id: 'codecov-token',
      title: 'Codecov upload token',
      names: ['codecov'],
      shapes: ['<b36 32>', '<uuid>'],
    },
  ]),
  ...assignedRules(
    issuer(
      'Snyk',
      'https://docs.snyk.io/snyk-api/authentication-for-api/revoke-and-regenerate-a-snyk-api-token',
    ),
    [
      {
        id: 'snyk-api-token',
        title: 'Snyk API token',
        names: ['snyk'],
        shapes: ['<uuid>'],
        said: /key|token/,
      },
    ],
  ),
  ...shapeRules(issuer('Sourcegraph'), [
    ['sourcegraph-token', 'Sourcegraph access token', 'sgp_<anyhex 40>'],
    ['sourcegraph-instance-token', 'Sourcegraph access token', 'sgp_<anyhex 16>_<anyhex 40>'],
    ['sourcegraph-local-token', 'Sourcegraph access token', 'sgp_local_<anyhex 40>'],
  ]),
  ...assignedRules(issuer('Sourcegraph'), [
    {
      id: 'sourcegraph-token-old',
      title: 'Sourcegraph access token',
      names: ['sourcegraph', 'src_access_token'],
      shapes: ['<anyhex 40>'],
    },
  ]),
];
