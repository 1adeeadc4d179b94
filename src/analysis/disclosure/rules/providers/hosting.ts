import type { DisclosureRule } from '../../../../model/disclosure.ts';
import { BASE64_URL } from '../form/alphabets.ts';
import { assignedRules } from '../form/assigned.ts';
import type { Issuer } from '../form/shape-rules.ts';
import { shapeRules } from '../form/shape-rules.ts';
import { tokenRule } from '../form/token.ts';

const issuer = (provider: string, revokePage?: string): Issuer => ({
  provider,
  advice:
    'Revoke the token in the settings of the account, then look through its audit log for what was done with it.',
  ...(revokePage === undefined ? {} : { revokePage }),
});
const DIGITALOCEAN = issuer(
  'DigitalOcean',
  'https://docs.digitalocean.com/reference/api/create-personal-access-token/',
);
const CLOUDFLARE = issuer(
  'Cloudflare',
  'https://developers.cloudflare.com/fundamentals/api/how-to/roll-token/',
);
const VAULT = issuer('HashiCorp Vault', 'https://developer.hashicorp.com/vault/docs/commands/token/revoke');
const HASHICORP = issuer(
  'HashiCorp',
  'https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens',
);
const PLANETSCALE = issuer('PlanetScale', 'https://planetscale.com/docs/api/reference/service-tokens');
const FLY = issuer('Fly.io', 'https://fly.io/docs/security/tokens/');
const HEROKU = issuer('Heroku', 'https://devcenter.heroku.com/articles/authentication');
const ALIBABA = issuer(
  'Alibaba Cloud',
  'https://www.alibabacloud.com/help/en/ram/user-guide/delete-an-accesskey-pair',
);
const YANDEX = issuer('Yandex Cloud', 'https://yandex.cloud/en/docs/iam/operations/compromised-credentials');
const DOPPLER = issuer('Doppler', 'https://docs.doppler.com/docs/service-tokens');
const TAILSCALE = issuer('Tailscale', 'https://tailscale.com/kb/1085/auth-keys');

/** Clouds, hosts, and keepers of secrets. */
export const hostingRules: readonly DisclosureRule[] = [
  ...shapeRules(DIGITALOCEAN, [
    ['digitalocean-access-token', 'DigitalOcean OAuth access token', 'doo_v1_<hex 64>'],
    ['digitalocean-pat', 'DigitalOcean personal access token', 'dop_v1_<hex 64>'],
    ['digitalocean-refresh-token', 'DigitalOcean OAuth refresh token', 'dor_v1_<hex 64>'],
  ]),
  ...shapeRules(CLOUDFLARE, [
    ['cloudflare-origin-ca-key', 'Cloudflare Origin CA key', 'v1.0-<hex 24>-<hex 146>'],
  ]),
  ...assignedRules(CLOUDFLARE, [
    {
      id: 'cloudflare-api-token',
      title: 'Cloudflare API token',
      names: ['cloudflare', 'cf_api_token', 'cf_token'],
      shapes: ['<url 40>'],
    },
    {
      id: 'cloudflare-global-api-key',
      title: 'Cloudflare global API key',
      names: ['cloudflare', 'cf_api_key'],
      shapes: ['<hex 37>'],
    },
  ]),
  ...shapeRules(VAULT, [
    ['vault-service-token', 'Vault service token', 'hvs.<url 90-160>'],
    ['vault-service-token-short', 'Vault service token', 'hvs.<b62 24>'],
    ['vault-batch-token', 'Vault batch token', 'hvb.<url 138-320>'],
    ['vault-recovery-token', 'Vault recovery token', 'hvr.<url 24-160>'],
  ]),
  tokenRule({
    ...VAULT,
    id: 'vault-legacy-token',
    title: 'Vault service token (before 1.10)',
    // `s.` alone ends every other sentence; with what opens a value before it, it is rare.
    marks: ['"s.', "'s.", '`s.', '=s.', ' s.', ':s.'],
    body: BASE64_URL,
    least: 24,
    pattern: /["'`= :](?<secret>s\.[0-9A-Za-z]{24})(?![0-9A-Za-z_.(])/y,
    varies: 2,
    reason: 'its prefix, alphabet and length',
    // `s.Scte35DescriptorSettings` is code.
    judge: (token) =>
      /[0-9].*[0-9]/.test(token) &&
      /[A-Z]/.test(token.slice(3)) &&
      /[a-z]/.test(token.slice(3)) &&
      (token.match(/[A-Z]?[a-z]{4,}/g) ?? []).join('').length < 13
        ? { tier: 'likely', reasons: ['its prefix, alphabet and length'] }
        : undefined,
  }),
  ...shapeRules(HASHICORP, [
    ['hashicorp-terraform-token', 'HCP Terraform API token', '<b62 14>.atlasv1.<urlpad 60-70>'],
  ]),
  ...assignedRules(HASHICORP, [
    {
      id: 'terraform-administrator-password',
      title: 'administrator password in Terraform',
      names: ['administrator_login_password', 'administrator_password'],
      shapes: ['<urlpad 8-40>'],
      said: /password/,
    },
  ]),
  ...shapeRules(PLANETSCALE, [
    ['planetscale-token', 'PlanetScale service token', 'pscale_tkn_<dotted 32-64>'],
    ['planetscale-oauth-token', 'PlanetScale OAuth token', 'pscale_oauth_<dotted 32-64>'],
    ['planetscale-password', 'PlanetScale password', 'pscale_pw_<dotted 32-64>'],
  ]),
  ...shapeRules(FLY, [
    ['flyio-access-token', 'Fly.io access token', 'fo1_<url 43>'],
    ['flyio-macaroon', 'Fly.io access token', 'fm2_<b64 100-2000>'],
    ['flyio-macaroon-1r', 'Fly.io access token', 'fm1r_<b64 100-2000>'],
    ['flyio-macaroon-1a', 'Fly.io access token', 'fm1a_<b64 100-2000>'],
  ]),
  ...shapeRules(HEROKU, [['heroku-api-key', 'Heroku API key', 'HRKU-AA<url 58>']]),
  ...assignedRules(HEROKU, [
    { id: 'heroku-api-key-old', title: 'Heroku API key', names: ['heroku'], shapes: ['<uuid>'] },
  ]),
  ...shapeRules(ALIBABA, [['alibaba-access-key-id', 'Alibaba Cloud access key id', 'LTAI<b62 12-20>']]),
  ...assignedRules(ALIBABA, [
    {
      id: 'alibaba-secret-key',
      title: 'Alibaba Cloud access key secret',
      names: ['alibaba', 'aliyun', 'alicloud', 'accesskeysecret', 'access_key_secret'],
      shapes: ['<b62 30>'],
    },
  ]),
  ...shapeRules(issuer('Tencent Cloud'), [['tencent-secret-id', 'Tencent Cloud secret id', 'AKID<b62 32>']]),
  ...assignedRules(issuer('Linode'), [
    { id: 'linode-token', title: 'Linode token', names: ['linode'], shapes: ['<hex 64>'] },
  ]),
  ...shapeRules(issuer('Scalingo'), [['scalingo-api-token', 'Scalingo API token', 'tk-us-<url 48>']]),
  ...shapeRules(issuer('Scaleway'), [
    ['scaleway-access-key', 'Scaleway access key', 'SCW<B36 17>', { tier: 'possible' }],
  ]),
  ...shapeRules(issuer('OpenShift'), [['openshift-user-token', 'OpenShift user token', 'sha256~<url 43>']]),
  ...shapeRules(issuer('Databricks', 'https://docs.databricks.com/en/dev-tools/auth/pat.html'), [
    ['databricks-token', 'Databricks token', 'dapi<hex 32>'],
    ['databricks-token-numbered', 'Databricks token', 'dapi<hex 32>-<digit 1>'],
    ['databricks-oauth-secret', 'Databricks OAuth secret', 'dose<hex 32>'],
  ]),
  ...shapeRules(issuer('ClickHouse'), [
    ['clickhouse-cloud-key', 'ClickHouse Cloud API secret', '4b1d<b62 38>'],
  ]),
  ...shapeRules(issuer('Supabase'), [
    ['supabase-access-token', 'Supabase access token', 'sbp_<hex 40>'],
    ['supabase-secret-key', 'Supabase secret key', 'sb_secret_<url 31-44>'],
  ]),
  ...shapeRules(issuer('Neon'), [['neon-api-key', 'Neon API key', 'napi_<b36 64>']]),
  ...shapeRules(issuer('Aiven'), [['aiven-password', 'Aiven service password', 'AVNS_<url 19-24>']]),
  ...shapeRules(issuer('Pulumi'), [['pulumi-access-token', 'Pulumi access token', 'pul-<hex 40>']]),
  ...shapeRules(issuer('Prefect'), [
    ['prefect-api-key', 'Prefect API key', 'pnu_<b62 36>'],
    ['prefect-workspace-key', 'Prefect workspace key', 'pnb_<b62 36>'],
  ]),
  ...shapeRules(issuer('Infracost'), [['infracost-api-key', 'Infracost API key', 'ico-<b62 32>']]),
  ...shapeRules(DOPPLER, [
    ['doppler-personal-token', 'Doppler personal token', 'dp.pt.<b62 40-44>'],
    ['doppler-service-token', 'Doppler service token', 'dp.st.<b62 40-44>'],
    ['doppler-named-service-token', 'Doppler service token', 'dp.st.<lowurl 2-35>.<b62 40-44>'],
    ['doppler-cli-token', 'Doppler CLI token', 'dp.ct.<b62 40-44>'],
    ['doppler-scim-token', 'Doppler SCIM token', 'dp.scim.<b62 40-44>'],
    ['doppler-audit-token', 'Doppler audit token', 'dp.audit.<b62 40-44>'],
    ['doppler-service-account-token', 'Doppler service account token', 'dp.sa.<b62 40-44>'],
  ]),
  ...shapeRules(issuer('1Password', 'https://developer.1password.com/docs/service-accounts/'), [
    ['1password-secret-key', '1Password secret key', 'A3-<B36 6>-<B36 11>-<B36 5>-<B36 5>-<B36 5>'],
    [
      '1password-secret-key-grouped',
      '1Password secret key',
      'A3-<B36 6>-<B36 6>-<B36 5>-<B36 5>-<B36 5>-<B36 5>',
    ],
    ['1password-service-account-token', '1Password service account token', 'ops_eyJ<b64 250-1600>'],
  ]),
  ...shapeRules(TAILSCALE, [
    ['tailscale-auth-key', 'Tailscale auth key', 'tskey-auth-<b62 11-20>-<b62 20-40>'],
    ['tailscale-api-key', 'Tailscale API key', 'tskey-api-<b62 11-20>-<b62 20-40>'],
    ['tailscale-client-secret', 'Tailscale OAuth client secret', 'tskey-client-<b62 11-20>-<b62 20-40>'],
  ]),
  ...shapeRules(issuer('Defined Networking'), [
    ['defined-networking-api-token', 'Defined Networking API token', 'dnkey-<urlpad 26>-<urlpad 52>'],
  ]),
  ...shapeRules(issuer('Harness'), [
    ['harness-personal-token', 'Harness personal access token', 'pat.<url 22>.<b62 24>.<b62 20>'],
    ['harness-service-token', 'Harness service account token', 'sat.<url 22>.<b62 24>.<b62 20>'],
  ]),
  ...shapeRules(issuer('Vercel'), [
    ['vercel-token', 'Vercel personal access token', 'vcp_<b62 56>'],
    ['vercel-blob-token', 'Vercel Blob token', 'vercel_blob_rw_<b62 16>_<b62 30>'],
  ]),
  ...assignedRules(issuer('Vercel'), [
    { id: 'vercel-token-old', title: 'Vercel token', names: ['vercel'], shapes: ['<b62 24>'] },
  ]),
  ...shapeRules(issuer('Netlify'), [['netlify-token', 'Netlify personal access token', 'nfp_<b62 36>']]),
  ...assignedRules(issuer('Netlify'), [
    {
      id: 'netlify-access-token',
      title: 'Netlify access token',
      names: ['netlify'],
      shapes: ['<urlpad 40-46>'],
    },
  ]),
  ...assignedRules(issuer('Fastly'), [
    { id: 'fastly-api-token', title: 'Fastly API token', names: ['fastly'], shapes: ['<urlpad 32>'] },
  ]),
  ...assignedRules(issuer('Confluent'), [
    { id: 'confluent-access-token', title: 'Confluent API key', names: ['confluent'], shapes: ['<b36 16>'] },
    { id: 'confluent-secret-key', title: 'Confluent API secret', names: ['confluent'], shapes: ['<b64 64>'] },
  ]),
  ...assignedRules(YANDEX, [
    {
      id: 'yandex-access-token',
      title: 'Yandex Cloud token',
      names: ['yandex'],
      shapes: ['t1.<urlpad 20-400>.<urlpad 86-88>'],
    },
    { id: 'yandex-api-key', title: 'Yandex Cloud API key', names: ['yandex'], shapes: ['AQVN<url 35-38>'] },
    {
      id: 'yandex-aws-access-token',
      title: 'Yandex Cloud static key',
      names: ['yandex'],
      shapes: ['YC<url 38>'],
    },
  ]),
  ...shapeRules(YANDEX, [
    ['yandex-api-key-bare', 'Yandex Cloud API key', 'AQVN<url 35-38>', { tier: 'possible' }],
  ]),
  ...assignedRules(issuer('Cisco Meraki'), [
    { id: 'cisco-meraki-api-key', title: 'Cisco Meraki API key', names: ['meraki'], shapes: ['<hex 40>'] },
  ]),
  ...shapeRules(issuer('SettleMint'), [
    ['settlemint-personal-token', 'SettleMint personal access token', 'sm_pat_<b62 16>'],
    ['settlemint-application-token', 'SettleMint application access token', 'sm_aat_<b62 16>'],
    ['settlemint-service-token', 'SettleMint service access token', 'sm_sat_<b62 16>'],
  ]),
];
