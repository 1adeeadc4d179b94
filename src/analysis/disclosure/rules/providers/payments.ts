import type { DisclosureRule } from '../../../../model/disclosure.ts';
import { assignedRules } from '../form/assigned.ts';
import type { Issuer } from '../form/shape-rules.ts';
import { shapeRules } from '../form/shape-rules.ts';
import { alphabetNamed } from '../form/shapes.ts';
import { tokenRule } from '../form/token.ts';

const STRIPE: Issuer = {
  provider: 'Stripe',
  advice: 'Roll the key in the dashboard, then look through the logs of requests made with it.',
  revokePage: 'https://docs.stripe.com/keys#roll-api-keys',
};
const SQUARE: Issuer = {
  provider: 'Square',
  advice: 'Replace the token in the developer console.',
  revokePage: 'https://developer.squareup.com/docs/build-basics/access-tokens',
};
const SHOPIFY: Issuer = {
  provider: 'Shopify',
  advice: 'Rotate the credentials of the app, or uninstall it from the shop.',
  revokePage:
    'https://shopify.dev/docs/apps/build/authentication-authorization/client-secrets/rotate-revoke-client-credentials',
};
const PLAID: Issuer = {
  provider: 'Plaid',
  advice: 'Rotate the secret in the dashboard.',
  revokePage: 'https://plaid.com/docs/account/security/',
};
const FLUTTERWAVE: Issuer = { provider: 'Flutterwave', advice: 'Generate new keys in the dashboard.' };
const GOCARDLESS: Issuer = { provider: 'GoCardless', advice: 'Delete the access token in the dashboard.' };
const RAZORPAY: Issuer = { provider: 'Razorpay', advice: 'Regenerate the key in the dashboard.' };
const PAYSTACK: Issuer = { provider: 'Paystack', advice: 'Generate a new secret key in the dashboard.' };
const BRAINTREE: Issuer = { provider: 'Braintree', advice: 'Revoke the access token in the control panel.' };
const COINS: Issuer = {
  provider: 'an exchange of currencies',
  advice: 'Delete the API key at the exchange, and look through its trades and withdrawals.',
};
const FINICITY: Issuer = {
  provider: 'Finicity',
  advice: 'Rotate the secret of the partner in the developer portal.',
};
const FRESHBOOKS: Issuer = {
  provider: 'FreshBooks',
  advice: 'Delete the application, or make it a new secret.',
};
const EASYPOST: Issuer = {
  provider: 'EasyPost',
  advice: 'Delete the API key in the dashboard.',
  revokePage: 'https://docs.easypost.com/docs/authentication',
};
const SHIPPO: Issuer = {
  provider: 'Shippo',
  advice: 'Delete the token in the settings.',
  revokePage: 'https://docs.goshippo.com/docs/guides_general/authentication/',
};
const DUFFEL: Issuer = { provider: 'Duffel', advice: 'Delete the access token in the dashboard.' };
const LOB: Issuer = { provider: 'Lob', advice: 'Roll the key in the dashboard.' };
const FREEMIUS: Issuer = { provider: 'Freemius', advice: 'Regenerate the secret key of the product.' };
const ETSY: Issuer = { provider: 'Etsy', advice: 'Regenerate the key of the app.' };

const TEST_MODE = {
  tier: 'possible',
  reason: 'a key of the test mode: no money, but the test data of the account',
} as const;

/** Payments, shops, banks, parcels and exchanges. */
export const paymentRules: readonly DisclosureRule[] = [
  ...shapeRules(STRIPE, [
    ['stripe-secret-key', 'Stripe secret key', 'sk_live_<b62 10-247>'],
    ['stripe-secret-key-production', 'Stripe secret key', 'sk_prod_<b62 10-247>'],
    ['stripe-restricted-key', 'Stripe restricted key', 'rk_live_<b62 10-247>'],
    ['stripe-restricted-key-production', 'Stripe restricted key', 'rk_prod_<b62 10-247>'],
    ['stripe-test-key', 'Stripe secret key of the test mode', 'sk_test_<b62 10-247>', TEST_MODE],
    [
      'stripe-restricted-test-key',
      'Stripe restricted key of the test mode',
      'rk_test_<b62 10-247>',
      TEST_MODE,
    ],
    ['stripe-webhook-secret', 'Stripe webhook signing secret', 'whsec_<b64 32-64>'],
  ]),
  ...shapeRules(SQUARE, [
    ['square-access-token', 'Square access token', 'EAAA<url 60>'],
    ['square-access-token-old', 'Square access token', 'sq0atp-<url 22>'],
    ['square-oauth-secret', 'Square OAuth secret', 'sq0csp-<url 43>'],
  ]),
  ...shapeRules(SHOPIFY, [
    ['shopify-access-token', 'Shopify access token', 'shpat_<anyhex 32>'],
    ['shopify-custom-app-token', 'Shopify custom app token', 'shpca_<anyhex 32>'],
    ['shopify-private-app-token', 'Shopify private app token', 'shppa_<anyhex 32>'],
    ['shopify-shared-secret', 'Shopify shared secret', 'shpss_<anyhex 32>'],
  ]),
  ...shapeRules(PLAID, [
    ['plaid-access-token', 'Plaid access token', 'access-production-<uuid>'],
    ['plaid-access-token-development', 'Plaid access token', 'access-development-<uuid>'],
    ['plaid-access-token-sandbox', 'Plaid access token of the sandbox', 'access-sandbox-<uuid>', TEST_MODE],
  ]),
  ...assignedRules(PLAID, [
    {
      id: 'plaid-client-id',
      title: 'Plaid client id',
      names: ['plaid'],
      shapes: ['<b36 24>'],
      tier: 'possible',
    },
    { id: 'plaid-secret-key', title: 'Plaid secret', names: ['plaid'], shapes: ['<b36 30>'] },
  ]),
  ...shapeRules(FLUTTERWAVE, [
    ['flutterwave-secret-key', 'Flutterwave secret key', 'FLWSECK-<b36 32>-<b36 0-12>X'],
    [
      'flutterwave-test-secret-key',
      'Flutterwave secret key of the test mode',
      'FLWSECK_TEST-<b36 32>-X',
      TEST_MODE,
    ],
    [
      'flutterwave-test-encryption-key',
      'Flutterwave encryption key of the test mode',
      'FLWSECK_TEST<b36 12>',
      TEST_MODE,
    ],
    [
      'flutterwave-test-encryption-key-dashed',
      'Flutterwave encryption key of the test mode',
      'FLWSECK_TEST-<b36 12>',
      TEST_MODE,
    ],
    [
      'flutterwave-test-public-key',
      'Flutterwave public key of the test mode',
      'FLWPUBK_TEST-<b36 32>-X',
      TEST_MODE,
    ],
  ]),
  ...assignedRules(GOCARDLESS, [
    {
      id: 'gocardless-token',
      title: 'GoCardless access token',
      names: ['gocardless'],
      shapes: ['live_<urlpad 40>'],
    },
  ]),
  ...shapeRules(RAZORPAY, [
    ['razorpay-key-id', 'Razorpay key id', 'rzp_live_<b62 14>', { tier: 'possible' }],
  ]),
  ...assignedRules(PAYSTACK, [
    {
      id: 'paystack-secret-key',
      title: 'Paystack secret key',
      names: ['paystack'],
      shapes: ['sk_live_<hex 40>'],
    },
  ]),
  ...shapeRules(BRAINTREE, [
    ['braintree-access-token', 'Braintree access token', 'access_token$production$<b36 16>$<hex 32>'],
    [
      'braintree-sandbox-token',
      'Braintree access token of the sandbox',
      'access_token$sandbox$<b36 16>$<hex 32>',
      TEST_MODE,
    ],
  ]),
  ...assignedRules(COINS, [
    { id: 'bittrex-access-key', title: 'Bittrex access key', names: ['bittrex'], shapes: ['<b36 32>'] },
    {
      id: 'coinbase-access-token',
      title: 'Coinbase access token',
      names: ['coinbase'],
      shapes: ['<lowurl 64>'],
    },
    {
      id: 'kraken-access-token',
      title: 'Kraken private key',
      names: ['kraken'],
      shapes: ['<b64 86>==', '<b64 80-90>'],
    },
    { id: 'kucoin-access-token', title: 'KuCoin access key', names: ['kucoin'], shapes: ['<hex 24>'] },
    { id: 'kucoin-secret-key', title: 'KuCoin secret', names: ['kucoin'], shapes: ['<uuid>'] },
  ]),
  ...assignedRules(FINICITY, [
    { id: 'finicity-api-token', title: 'Finicity API token', names: ['finicity'], shapes: ['<hex 32>'] },
    {
      id: 'finicity-client-secret',
      title: 'Finicity client secret',
      names: ['finicity'],
      shapes: ['<b62 20>'],
    },
  ]),
  ...assignedRules(FRESHBOOKS, [
    {
      id: 'freshbooks-access-token',
      title: 'FreshBooks access token',
      names: ['freshbooks'],
      shapes: ['<b36 64>'],
    },
  ]),
  ...shapeRules(EASYPOST, [
    ['easypost-api-key', 'EasyPost API key', 'EZAK<b62 54>'],
    ['easypost-test-api-key', 'EasyPost API key of the test mode', 'EZTK<b62 54>', TEST_MODE],
  ]),
  ...shapeRules(SHIPPO, [
    ['shippo-api-token', 'Shippo API token', 'shippo_live_<anyhex 40>'],
    ['shippo-test-api-token', 'Shippo API token of the test mode', 'shippo_test_<anyhex 40>', TEST_MODE],
  ]),
  ...shapeRules(DUFFEL, [
    ['duffel-api-token', 'Duffel API token', 'duffel_live_<urlpad 43>'],
    ['duffel-test-api-token', 'Duffel API token of the test mode', 'duffel_test_<urlpad 43>', TEST_MODE],
  ]),
  ...shapeRules(LOB, [
    ['lob-api-key', 'Lob API key', 'live_<hex 35>'],
    ['lob-test-api-key', 'Lob API key of the test mode', 'test_<hex 35>', TEST_MODE],
    ['lob-publishable-key', 'Lob publishable key', 'live_pub_<hex 31>', { tier: 'possible' }],
    [
      'lob-test-publishable-key',
      'Lob publishable key of the test mode',
      'test_pub_<hex 31>',
      { tier: 'possible' },
    ],
  ]),
  tokenRule({
    ...FREEMIUS,
    id: 'freemius-secret-key',
    title: 'Freemius secret key',
    marks: ["'sk_", '"sk_'],
    body: alphabetNamed('graph'),
    least: 29,
    pattern: /["'](?<secret>sk_[!#-&(-~]{29})["']/y,
    varies: 3,
    tier: 'possible',
    reason: 'its prefix and length, in quotes',
  }),
  ...assignedRules(ETSY, [
    { id: 'etsy-access-token', title: 'Etsy key', names: ['etsy'], shapes: ['<b36 24>'] },
  ]),
];
