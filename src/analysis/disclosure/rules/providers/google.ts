import type { DisclosureRule } from '../../../../model/disclosure.ts';
import { BASE64_URL, BASE62 } from '../form/alphabets.ts';
import { shapeRules } from '../form/shape-rules.ts';
import type { Issuer } from '../form/shape-rules.ts';
import { tokenRule } from '../form/token.ts';

const GOOGLE: Issuer = {
  provider: 'Google',
  advice:
    'Delete the key in the console of the project (restrict its successor), then look through the audit logs.',
  revokePage: 'https://cloud.google.com/docs/authentication/api-keys',
};
const FIREBASE: Issuer = {
  provider: 'Firebase',
  advice: 'Replace the server key by an account of the HTTP v1 API, and delete it.',
  revokePage: 'https://firebase.google.com/docs/cloud-messaging/migrate-v1',
};

/** Google Cloud, Firebase and Google's OAuth. A service account's key is found as the private key that it holds. */
export const googleRules: readonly DisclosureRule[] = [
  ...shapeRules(GOOGLE, [
    ['google-api-key', 'Google API key', 'AIza<url 35>'],
    ['google-oauth-client-secret', 'Google OAuth client secret', 'GOCSPX-<url 28>'],
    ['google-bound-api-key', 'Google API key bound to an account', 'AQ.Ab8R<url 40-80>'],
  ]),
  tokenRule({
    ...GOOGLE,
    id: 'google-oauth-access-token',
    title: 'Google OAuth access token',
    marks: ['ya29.'],
    body: BASE64_URL,
    least: 20,
    pattern: /ya29\.[0-9A-Za-z_-]{20,1024}(?:\.[0-9A-Za-z_-]{1,512})*/y,
    reason: 'its prefix and length; it is good for an hour, and says who used it',
    tier: 'likely',
  }),
  tokenRule({
    ...GOOGLE,
    id: 'google-oauth-refresh-token',
    title: 'Google OAuth refresh token',
    marks: ['1//0'],
    body: BASE64_URL,
    least: 40,
    pattern: /1\/\/0[0-9A-Za-z_-]{40,120}(?![0-9A-Za-z_-])/y,
    reason: 'its prefix and length',
    advice: 'Revoke the access of the app in the Google account, or at oauth2.googleapis.com/revoke.',
    revokePage: 'https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke',
  }),
  tokenRule({
    ...FIREBASE,
    id: 'firebase-server-key',
    title: 'Firebase Cloud Messaging server key',
    marks: [':APA91b'],
    body: BASE64_URL,
    least: 120,
    lead: { body: BASE62, least: 7, most: 24 },
    pattern: /[0-9A-Za-z]{7,24}:APA91b[0-9A-Za-z_-]{120,200}(?![0-9A-Za-z_-])/y,
    varies: 0,
    reason: 'its marks and length',
  }),
];
