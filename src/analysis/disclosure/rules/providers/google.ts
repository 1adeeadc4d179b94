import type { DisclosureRule, Find, Place, Window } from '../../../../model/disclosure.ts';
import { BASE64_URL, BASE62 } from '../form/alphabets.ts';
import { shapeRules } from '../form/shape-rules.ts';
import type { Issuer } from '../form/shape-rules.ts';
import type { Judgement } from '../form/token.ts';
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

const OF_AN_APP = 'in the settings of a Firebase app, which all its copies have';

/** Bytes behind a key that are looked at. */
const BEHIND_KEY = 100;

/**
 * The key of an app in Firebase's own settings (`apiKey` before `authDomain`, `current_key` of google-services.json,
 * what stands before `GCM_SENDER_ID` in GoogleService-Info.plist) only names the
 * app, and every copy of it has it. https://firebase.google.com/docs/projects/api-keys
 */
function judgeKey({ text }: Window, start: number, end: number): Judgement {
  const reasons = ['its fixed part, alphabet and length'];
  return /"current_key"\s{0,4}:\s{0,4}"$/.test(text.slice(Math.max(0, start - 40), start)) ||
    /^(?:["'`],?\s{1,40}["']?(?:authDomain|projectId|appId|messagingSenderId)["']?\s{0,4}:|<\/string>\s{1,40}<key>(?:GCM_SENDER_ID|PLIST_VERSION|BUNDLE_ID|PROJECT_ID|GOOGLE_APP_ID)<)/.test(
      text.slice(end, end + BEHIND_KEY),
    )
    ? {
        tier: 'possible',
        reasons: [...reasons, OF_AN_APP],
      }
    : { tier: 'likely', reasons };
}

/** By its file: of a delta the lines that stand behind may be missing. */
function settleKey(find: Find, { path = '' }: Place): Find {
  return find.tier === 'likely' &&
    /(?:^|\/)(?:GoogleService-Info[\w.-]*\.plist|google-services[\w.-]*\.json)$/.test(path)
    ? { ...find, tier: 'possible', reasons: [...find.reasons, OF_AN_APP] }
    : find;
}

/** Google Cloud, Firebase and Google's OAuth. A service account's key is found as the private key that it holds. */
export const googleRules: readonly DisclosureRule[] = [
  ...shapeRules(GOOGLE, [
    [
      'google-api-key',
      'Google API key',
      'AIza<url 35>',
      { judge: (key, window, start) => judgeKey(window, start, start + key.length) },
    ],
    ['google-oauth-client-secret', 'Google OAuth client secret', 'GOCSPX-<url 28>'],
    ['google-bound-api-key', 'Google API key bound to an account', 'AQ.Ab8R<url 40-80>'],
  ]).map((rule) =>
    rule.id === 'google-api-key'
      ? { ...rule, scope: 'text' as const, reach: 35 + BEHIND_KEY, settle: settleKey }
      : rule,
  ),
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
