import type { DisclosureRule } from '../../../../model/disclosure.ts';
import { DIGITS, HEX_LOWER } from '../form/alphabets.ts';
import { assignedRules } from '../form/assigned.ts';
import type { Issuer } from '../form/shape-rules.ts';
import { shapeRules } from '../form/shape-rules.ts';
import { tokenRule } from '../form/token.ts';

const SLACK: Issuer = {
  provider: 'Slack',
  advice: 'Revoke it in the settings of the app (or with `auth.revoke`), then look through the access logs.',
  revokePage: 'https://docs.slack.dev/authentication/tokens/',
};
const DISCORD: Issuer = {
  provider: 'Discord',
  advice: 'Reset the token on the Bot page of the application; delete and remake a webhook.',
  revokePage: 'https://discord.com/developers/docs/topics/oauth2',
};
const TELEGRAM: Issuer = {
  provider: 'Telegram',
  advice: 'Send /revoke to @BotFather for the bot.',
  revokePage: 'https://core.telegram.org/bots/features#generating-an-authentication-token',
};
const TWILIO: Issuer = {
  provider: 'Twilio',
  advice: 'Delete the API key in the Twilio console, then look through the request log.',
  revokePage: 'https://www.twilio.com/docs/iam/api-keys',
};
const TEAMS: Issuer = {
  provider: 'Microsoft Teams',
  advice: 'Remove the incoming webhook from the channel and make another.',
  revokePage:
    'https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook',
};
const SENDBIRD: Issuer = {
  provider: 'Sendbird',
  advice: 'Replace the API token in the dashboard of the application.',
};
const MATTERMOST: Issuer = {
  provider: 'Mattermost',
  advice: 'Revoke the personal access token in the security settings.',
};
const GITTER: Issuer = { provider: 'Gitter', advice: 'Revoke the token in the account settings.' };
const MESSAGEBIRD: Issuer = { provider: 'MessageBird', advice: 'Delete the access key in the dashboard.' };

/** Chat, calls and messages. */
export const chatRules: readonly DisclosureRule[] = [
  // https://docs.slack.dev/authentication/tokens/
  ...shapeRules(SLACK, [
    ['slack-bot-token', 'Slack bot token', 'xoxb-<digit 9-14>-<digit 9-14>-<b62 18-34>'],
    ['slack-bot-token-short', 'Slack bot token', 'xoxb-<digit 8-14>-<b62 18-26>'],
    ['slack-user-token', 'Slack user token', 'xoxp-<digit 9-14>-<digit 9-14>-<digit 9-14>-<b62 28-34>'],
    ['slack-user-token-old', 'Slack user token', 'xoxp-<digit 9-14>-<digit 9-14>-<b62 24-34>'],
    [
      'slack-enterprise-token',
      'Slack token (rotating)',
      'xoxe-<digit 9-14>-<digit 9-14>-<digit 9-14>-<b62 28-34>',
    ],
    ['slack-app-token', 'Slack app-level token', 'xapp-<digit 1>-<B36 9-14>-<digit 9-14>-<b36 32-72>'],
    ['slack-config-bot-token', 'Slack configuration token', 'xoxe.xoxb-<digit 1>-<b62 60-240>'],
    ['slack-config-user-token', 'Slack configuration token', 'xoxe.xoxp-<digit 1>-<b62 60-240>'],
    ['slack-refresh-token', 'Slack refresh token', 'xoxe-<digit 1>-<b62 60-240>'],
    [
      'slack-session-token',
      'Slack session token',
      'xoxs-<digit 6-14>-<digit 6-14>-<digit 6-14>-<anyhex 8-64>',
    ],
    ['slack-legacy-token', 'Slack legacy token', 'xoxo-<digit 6-14>-<digit 6-14>-<digit 6-14>-<anyhex 8-64>'],
    ['slack-workspace-token', 'Slack workspace token', 'xoxa-<digit 1>-<b62 8-64>'],
    ['slack-workspace-token-old', 'Slack workspace token', 'xoxa-<b62 8-48>', { tier: 'possible' }],
    ['slack-workspace-refresh-token', 'Slack workspace refresh token', 'xoxr-<digit 1>-<b62 8-64>'],
    [
      'slack-workspace-refresh-token-old',
      'Slack workspace refresh token',
      'xoxr-<b62 8-48>',
      { tier: 'possible' },
    ],
    ['slack-cookie', 'Slack session cookie', 'xoxd-<dotted 60-400>'],
  ]),
  tokenRule({
    ...SLACK,
    id: 'slack-webhook',
    title: 'Slack webhook address',
    marks: ['hooks.slack.com/', 'hooks.slack-gov.com/'],
    body: HEX_LOWER,
    least: 0,
    pattern:
      /hooks\.slack(?:-gov)?\.com\/(?<secret>(?:services|workflows|triggers)\/[0-9A-Za-z]{8,14}\/[0-9A-Za-z]{8,20}\/[0-9A-Za-z/]{20,64})(?![0-9A-Za-z_])/y,
    varies: 'services/'.length,
    reason: 'a whole address of a webhook: who knows it can post',
    advice: 'Delete the webhook in the settings of the app, and make another.',
  }),
  tokenRule({
    ...DISCORD,
    id: 'discord-webhook',
    title: 'Discord webhook address',
    marks: ['discord.com/api/webhooks/', 'discordapp.com/api/webhooks/'],
    body: DIGITS,
    least: 17,
    pattern:
      /discord(?:app)?\.com\/api\/webhooks\/(?<secret>[0-9]{17,20}\/[0-9A-Za-z_-]{60,80})(?![0-9A-Za-z_-])/y,
    reason: 'a whole address of a webhook: who knows it can post',
  }),
  tokenRule({
    ...TEAMS,
    id: 'teams-webhook',
    title: 'Microsoft Teams webhook address',
    marks: ['.webhook.office.com/webhookb2/'],
    body: HEX_LOWER,
    least: 8,
    pattern:
      /\.webhook\.office\.com\/webhookb2\/(?<secret>[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32}\/[0-9a-f-]{36}(?:\/[0-9A-Za-z_-]{20,80})?)(?![0-9A-Za-z_-])/iy,
    reason: 'a whole address of a webhook: who knows it can post',
  }),
  ...shapeRules(TELEGRAM, [['telegram-bot-token', 'Telegram bot token', '<digit 8-16>:AA<url 32-33>']]),
  tokenRule({
    ...TWILIO,
    id: 'twilio-api-key',
    title: 'Twilio API key',
    // Two letters would stand everywhere; with the digit behind them they are fewer.
    marks: Array.from({ length: 16 }, (_, digit) => `SK${digit.toString(16)}`),
    body: HEX_LOWER,
    least: 31,
    pattern: /SK[0-9a-f]{32}(?![0-9A-Za-z_])/y,
    varies: 2,
    reason: 'its prefix, alphabet and length',
  }),
  ...assignedRules(TWILIO, [
    {
      id: 'twilio-auth-token',
      title: 'Twilio auth token',
      names: ['twilio'],
      shapes: ['<hex 32>'],
      said: /token|secret|auth/,
    },
  ]),
  ...assignedRules(DISCORD, [
    {
      id: 'discord-bot-token',
      title: 'Discord bot token',
      names: ['discord', 'bot_token', 'bottoken'],
      shapes: ['<url 24-28>.<url 6-7>.<url 27-40>'],
    },
    { id: 'discord-api-token', title: 'Discord API token', names: ['discord'], shapes: ['<hex 64>'] },
    {
      id: 'discord-client-secret',
      title: 'Discord client secret',
      names: ['discord'],
      shapes: ['<urlpad 32>'],
    },
    {
      id: 'discord-client-id',
      title: 'Discord client id',
      names: ['discord'],
      shapes: ['<digit 17-19>'],
      tier: 'possible',
    },
  ]),
  ...assignedRules(TELEGRAM, [
    {
      id: 'telegram-bot-token-named',
      title: 'Telegram bot token',
      names: ['telegr'],
      shapes: ['<digit 5-16>:A<url 34>'],
    },
  ]),
  ...assignedRules(SENDBIRD, [
    {
      id: 'sendbird-access-token',
      title: 'Sendbird access token',
      names: ['sendbird'],
      shapes: ['<hex 40>'],
    },
    {
      id: 'sendbird-access-id',
      title: 'Sendbird application id',
      names: ['sendbird'],
      shapes: ['<uuid>'],
      tier: 'possible',
    },
  ]),
  ...assignedRules(MATTERMOST, [
    {
      id: 'mattermost-access-token',
      title: 'Mattermost access token',
      names: ['mattermost'],
      shapes: ['<b36 26>'],
    },
  ]),
  ...assignedRules(GITTER, [
    { id: 'gitter-access-token', title: 'Gitter access token', names: ['gitter'], shapes: ['<lowurl 40>'] },
  ]),
  ...assignedRules(MESSAGEBIRD, [
    {
      id: 'messagebird-api-token',
      title: 'MessageBird API token',
      names: ['messagebird', 'message-bird', 'message_bird'],
      shapes: ['<b62 25>'],
    },
    {
      id: 'messagebird-client-id',
      title: 'MessageBird client id',
      names: ['messagebird', 'message-bird', 'message_bird'],
      shapes: ['<uuid>'],
      tier: 'possible',
    },
  ]),
];
