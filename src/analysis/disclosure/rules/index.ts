import type { DisclosureRule } from '../../../model/disclosure.ts';
import { aiRules } from './providers/ai.ts';
import { awsRules } from './providers/aws.ts';
import { azureRules } from './providers/azure.ts';
import { chatRules } from './providers/chat.ts';
import { fileRules } from './providers/files.ts';
import { githubRules } from './providers/github.ts';
import { gitlabRules } from './providers/gitlab.ts';
import { googleRules } from './providers/google.ts';
import { headerRules } from './providers/headers.ts';
import { hostingRules } from './providers/hosting.ts';
import { jwtRules } from './providers/jwt.ts';
import { kubernetesRules } from './providers/kubernetes.ts';
import { hashRules } from './providers/password-hashes.ts';
import { mailRules } from './providers/mail.ts';
import { otherKeyRules } from './providers/other-keys.ts';
import { paymentRules } from './providers/payments.ts';
import { placedRules } from './providers/placed.ts';
import { privateKeyRules } from './providers/private-keys.ts';
import { registryRules } from './providers/registries.ts';
import { settingsRules } from './providers/settings.ts';
import { socialRules } from './providers/social.ts';
import { urlRules } from './providers/urls.ts';
import { watchingRules } from './providers/watching.ts';
import { workRules } from './providers/work.ts';

/** Credentials that their own form gives away, or their name with their form, by provider. */
export const providerRules: readonly DisclosureRule[] = [
  ...githubRules,
  ...gitlabRules,
  ...registryRules,
  ...awsRules,
  ...googleRules,
  ...azureRules,
  ...hostingRules,
  ...privateKeyRules,
  ...otherKeyRules,
  ...jwtRules,
  ...urlRules,
  ...headerRules,
  ...kubernetesRules,
  ...settingsRules,
  ...fileRules,
  ...placedRules,
  ...hashRules,
  ...chatRules,
  ...paymentRules,
  ...mailRules,
  ...aiRules,
  ...watchingRules,
  ...workRules,
  ...socialRules,
];
