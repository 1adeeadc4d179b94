import type { DisclosureRule } from '../../../../model/disclosure.ts';
import { assignedRules } from '../form/assigned.ts';
import type { Issuer } from '../form/shape-rules.ts';
import { shapeRules } from '../form/shape-rules.ts';

const issuer = (provider: string, revokePage?: string): Issuer => ({
  provider,
  advice: 'Reset the key or secret of the app in the developer console, and end its sessions.',
  ...(revokePage === undefined ? {} : { revokePage }),
});
const FACEBOOK = issuer('Facebook', 'https://developers.facebook.com/docs/facebook-login/security/');
const TWITTER = issuer(
  'X (Twitter)',
  'https://docs.x.com/resources/fundamentals/authentication/oauth-1-0a/api-key-and-secret',
);
const LINKEDIN = issuer(
  'LinkedIn',
  'https://learn.microsoft.com/en-us/linkedin/shared/authentication/authentication',
);
const MAPBOX = issuer('Mapbox', 'https://docs.mapbox.com/accounts/guides/tokens/');

/** Networks of people, pictures, maps. */
export const socialRules: readonly DisclosureRule[] = [
  ...shapeRules(FACEBOOK, [
    ['facebook-page-token', 'Facebook page access token', 'EAAM<b62 100-400>'],
    ['facebook-user-token', 'Facebook user access token', 'EAAC<b62 100-400>'],
  ]),
  ...assignedRules(FACEBOOK, [
    {
      id: 'facebook-secret',
      title: 'Facebook app secret',
      names: ['facebook', 'fb_secret', 'fb_app_secret'],
      shapes: ['<hex 32>'],
    },
    {
      id: 'facebook-access-token',
      title: 'Facebook app access token',
      names: ['facebook', 'access_token', 'fb_token'],
      shapes: ['<digit 15-16>|<url 27-40>', '<digit 15-16>%7C<url 27-40>'],
    },
  ]),
  ...assignedRules(TWITTER, [
    {
      id: 'twitter-access-token',
      title: 'Twitter access token',
      names: ['twitter', 'access_token', 'oauth_token'],
      shapes: ['<digit 15-25>-<b62 20-40>'],
    },
    {
      id: 'twitter-access-secret',
      title: 'Twitter access token secret',
      names: ['twitter'],
      shapes: ['<b62 45>'],
    },
    { id: 'twitter-api-key', title: 'Twitter API key', names: ['twitter'], shapes: ['<b62 25>'] },
    { id: 'twitter-api-secret', title: 'Twitter API secret', names: ['twitter'], shapes: ['<b62 50>'] },
  ]),
  ...shapeRules(TWITTER, [
    ['twitter-bearer-token', 'Twitter bearer token', 'AAAAAAAAAAAAAAAAAAAAA<b62 1>%<b62 60-120>'],
    [
      'twitter-bearer-token-escaped',
      'Twitter bearer token',
      'AAAAAAAAAAAAAAAAAAAAA<b62 2-30>%2<b62 2-40>%3D<b62 30-80>',
    ],
    ['twitter-bearer-token-plain', 'Twitter bearer token', 'AAAAAAAAAAAAAAAAAAAAA<b62 60-120>'],
  ]),
  ...assignedRules(LINKEDIN, [
    {
      id: 'linkedin-client-secret',
      title: 'LinkedIn client secret',
      names: ['linkedin', 'linked_in', 'linked-in'],
      shapes: ['<b62 16>'],
    },
    {
      id: 'linkedin-client-id',
      title: 'LinkedIn client id',
      names: ['linkedin', 'linked_in', 'linked-in'],
      shapes: ['<b36 14>'],
      tier: 'possible',
    },
  ]),
  ...shapeRules(LINKEDIN, [
    ['linkedin-client-secret-new', 'LinkedIn client secret', 'WPL_AP<digit 1>.<b62 16>.<b62 6-8>'],
  ]),
  ...assignedRules(issuer('Twitch', 'https://dev.twitch.tv/docs/authentication/revoke-tokens/'), [
    { id: 'twitch-api-token', title: 'Twitch token', names: ['twitch'], shapes: ['<b36 30>'] },
  ]),
  ...shapeRules(issuer('Twitch'), [['twitch-chat-token', 'Twitch chat token', 'oauth:<b36 30>']]),
  ...assignedRules(issuer('Flickr'), [
    { id: 'flickr-access-token', title: 'Flickr API key', names: ['flickr'], shapes: ['<b36 32>'] },
  ]),
  ...shapeRules(MAPBOX, [
    ['mapbox-secret-token', 'Mapbox secret token', 'sk.eyJ<url 60-200>.<url 22>'],
    [
      'mapbox-public-token',
      'Mapbox public token',
      'pk.eyJ<url 60-200>.<url 22>',
      { tier: 'possible', reason: 'a token that Mapbox makes to be public' },
    ],
  ]),
  ...assignedRules(MAPBOX, [
    {
      id: 'mapbox-token-named',
      title: 'Mapbox token',
      names: ['mapbox'],
      shapes: ['pk.<b36 60>.<b36 22>'],
      tier: 'possible',
    },
  ]),
  ...assignedRules(issuer('Spotify'), [
    { id: 'spotify-client-secret', title: 'Spotify client secret', names: ['spotify'], shapes: ['<hex 32>'] },
  ]),
];
