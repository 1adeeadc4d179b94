import type { Decision } from '../../model/decision.ts';

const SECRET = /^(?:secrets\/|v1:[^:]+:[\da-f]{32}$)/i;

/** Whether a decision speaks of secrets alone, by rule (`secrets/github-pat`) or fingerprint (`v1:github-pat:…`): of what components bring it says nothing. */
export function isAboutSecrets({ about: { advisories } }: Decision): boolean {
  return advisories.length > 0 && advisories.every((id) => SECRET.test(id));
}
