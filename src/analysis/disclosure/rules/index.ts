import type { DisclosureRule } from '../../../model/disclosure.ts';
import { awsRules } from './providers/aws.ts';
import { githubRules } from './providers/github.ts';
import { jwtRules } from './providers/jwt.ts';
import { privateKeyRules } from './providers/private-keys.ts';
import { registryRules } from './providers/registries.ts';
import { urlRules } from './providers/urls.ts';

/** Credentials that their own form gives away, by provider. */
export const providerRules: readonly DisclosureRule[] = [
  ...githubRules,
  ...registryRules,
  ...awsRules,
  ...privateKeyRules,
  ...jwtRules,
  ...urlRules,
];
