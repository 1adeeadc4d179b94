import type { DisclosureRule } from '../../../../model/disclosure.ts';
import { crc32 } from '../checks/crc32.ts';
import type { Issuer } from '../form/shape-rules.ts';
import { shapeRules } from '../form/shape-rules.ts';
import type { Judgement } from '../form/token.ts';

const GITLAB: Issuer = {
  provider: 'GitLab',
  advice: 'Revoke it where it was made (user, project, group or runner), then look through the audit events.',
  revokePage: 'https://docs.gitlab.com/security/tokens/',
};

/**
 * Routable tokens end in nine digits of base 36: two are the length of the payload, seven the CRC-32 of all that stands before them.
 * https://docs.gitlab.com/development/cells/routable_tokens/
 */
function judgeRoutable(token: string): Judgement {
  const isRight = crc32(token.slice(0, -7)).toString(36).padStart(7, '0') === token.slice(-7);
  return isRight
    ? { tier: 'certain', reasons: ['its checksum is right'] }
    : { tier: 'likely', reasons: ['its prefix, alphabet and the form of its end'] };
}

/** https://docs.gitlab.com/security/tokens/#token-prefixes */
export const gitlabRules: readonly DisclosureRule[] = shapeRules(GITLAB, [
  ['gitlab-pat', 'GitLab personal, project or group access token', 'glpat-<url 20>'],
  [
    'gitlab-pat-routable',
    'GitLab access token (routable)',
    'glpat-<url 27-300>.<b36 9>',
    { judge: judgeRoutable },
  ],
  [
    'gitlab-pat-routable-2',
    'GitLab access token (routable)',
    'glpat-<url 27-300>.<b36 2>.<b36 9>',
    { judge: judgeRoutable },
  ],
  ['gitlab-ci-job-token', 'GitLab CI job token', 'glcbt-<b62 1-5>_<url 20>'],
  ['gitlab-ci-job-token-old', 'GitLab CI job token', 'glcbt-<url 20>'],
  ['gitlab-deploy-token', 'GitLab deploy token', 'gldt-<url 20>'],
  ['gitlab-feature-flag-token', 'GitLab feature flags client token', 'glffct-<url 20>'],
  ['gitlab-feed-token', 'GitLab feed token', 'glft-<url 20>'],
  ['gitlab-feed-token-for-path', 'GitLab feed token made for one address', 'glft-<hex 64>-<digit 1-12>'],
  ['gitlab-incoming-mail-token', 'GitLab incoming mail token', 'glimt-<url 25>'],
  ['gitlab-agent-token', 'GitLab agent for Kubernetes token', 'glagent-<url 50>'],
  ['gitlab-oauth-secret', 'GitLab OAuth application secret', 'gloas-<url 64>'],
  ['gitlab-trigger-token', 'GitLab pipeline trigger token', 'glptt-<hex 40>'],
  ['gitlab-runner-registration-token', 'GitLab runner registration token', 'GR1348941<url 20>'],
  ['gitlab-runner-token', 'GitLab runner authentication token', 'glrt-<url 20>'],
  [
    'gitlab-runner-token-routable',
    'GitLab runner authentication token (routable)',
    'glrt-t<digit 1>_<url 27-300>.<b36 9>',
    { judge: judgeRoutable },
  ],
  [
    'gitlab-runner-token-routable-2',
    'GitLab runner authentication token (routable)',
    'glrt-t<digit 1>_<url 27-300>.<b36 2>.<b36 9>',
    { judge: judgeRoutable },
  ],
  ['gitlab-scim-token', 'GitLab SCIM token', 'glsoat-<url 20>'],
  ['gitlab-session', 'GitLab session cookie', '_gitlab_session=<b36 32>', { tier: 'possible' }],
]);
