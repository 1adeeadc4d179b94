import type { DisclosureRule } from '../../../../model/disclosure.ts';
import { assignedRules } from '../form/assigned.ts';
import type { Issuer } from '../form/shape-rules.ts';
import { shapeRules } from '../form/shape-rules.ts';

const issuer = (provider: string, revokePage?: string): Issuer => ({
  provider,
  advice: 'Delete the key in the settings of the account, then look at what was sent with it.',
  ...(revokePage === undefined ? {} : { revokePage }),
});
const SENDGRID = issuer('SendGrid', 'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys');
const BREVO = issuer('Brevo', 'https://help.brevo.com/hc/en-us/articles/209467485');
const MAILCHIMP = issuer('Mailchimp', 'https://mailchimp.com/help/about-api-keys/');
const MAILGUN = issuer('Mailgun', 'https://documentation.mailgun.com/docs/mailgun/user-manual/get-started/');

/** Who sends mail and runs campaigns. */
export const mailRules: readonly DisclosureRule[] = [
  ...shapeRules(SENDGRID, [['sendgrid-api-key', 'SendGrid API key', 'SG.<url 22>.<url 43>']]),
  ...shapeRules(BREVO, [
    ['brevo-api-key', 'Brevo (Sendinblue) API key', 'xkeysib-<hex 64>-<b62 16>'],
    ['brevo-smtp-key', 'Brevo (Sendinblue) SMTP key', 'xsmtpsib-<hex 64>-<b62 16>'],
  ]),
  ...shapeRules(MAILCHIMP, [
    ['mailchimp-api-key', 'Mailchimp API key', '<hex 32>-us<digit 1-2>', { tier: 'likely' }],
  ]),
  ...assignedRules(issuer('Mandrill'), [
    {
      id: 'mandrill-api-key',
      title: 'Mandrill API key',
      names: ['mandrill'],
      shapes: ['md-<url 22>', '<url 22>'],
    },
  ]),
  ...assignedRules(MAILGUN, [
    { id: 'mailgun-api-key', title: 'Mailgun API key', names: ['mailgun'], shapes: ['key-<hex 32>'] },
    {
      id: 'mailgun-public-key',
      title: 'Mailgun public validation key',
      names: ['mailgun'],
      shapes: ['pubkey-<hex 32>'],
      tier: 'possible',
    },
    {
      id: 'mailgun-signing-key',
      title: 'Mailgun key',
      names: ['mailgun'],
      shapes: ['<hex 32>-<hex 8>-<hex 8>'],
    },
  ]),
  ...shapeRules(MAILGUN, [['mailgun-api-key-bare', 'Mailgun API key', 'key-<hex 32>', { tier: 'possible' }]]),
  ...shapeRules(issuer('Resend'), [['resend-api-key', 'Resend API key', 're_<b62 8>_<b62 24>']]),
  ...shapeRules(issuer('MailerSend'), [['mailersend-token', 'MailerSend API token', 'mlsn.<hex 64>']]),
  ...shapeRules(issuer('Klaviyo'), [['klaviyo-api-key', 'Klaviyo private API key', 'pk_<hex 34>']]),
  ...shapeRules(issuer('HubSpot'), [
    ['hubspot-private-app-token', 'HubSpot private app token', 'pat-na1-<uuid>'],
    ['hubspot-private-app-token-2', 'HubSpot private app token', 'pat-na2-<uuid>'],
    ['hubspot-private-app-token-eu', 'HubSpot private app token', 'pat-eu1-<uuid>'],
  ]),
  ...assignedRules(issuer('HubSpot'), [
    { id: 'hubspot-api-key', title: 'HubSpot API key', names: ['hubspot', 'hapikey'], shapes: ['<uuid>'] },
  ]),
  ...assignedRules(issuer('Postmark'), [
    { id: 'postmark-token', title: 'Postmark server token', names: ['postmark'], shapes: ['<uuid>'] },
  ]),
  ...assignedRules(issuer('Customer.io'), [
    {
      id: 'customerio-key',
      title: 'Customer.io API key',
      names: ['customerio', 'customer_io', 'customer.io'],
      shapes: ['<hex 20>', '<hex 32>'],
    },
  ]),
  ...assignedRules(issuer('Intercom'), [
    {
      id: 'intercom-api-key',
      title: 'Intercom access token',
      names: ['intercom'],
      shapes: ['<urlpad 60>', 'dG9r<b64 48-76>'],
    },
  ]),
  ...assignedRules(issuer('Beamer'), [
    { id: 'beamer-api-token', title: 'Beamer API token', names: ['beamer'], shapes: ['b_<urlpad 44>'] },
  ]),
  ...assignedRules(issuer('Zendesk'), [
    { id: 'zendesk-secret-key', title: 'Zendesk token', names: ['zendesk'], shapes: ['<b62 40>'] },
  ]),
  ...shapeRules(issuer('Typeform'), [['typeform-token', 'Typeform access token', 'tfp_<dotted 59>']]),
];
