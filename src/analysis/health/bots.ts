/** Names and mail accounts of automation that commits without saying `[bot]`. Lower case, whole names. */
const KNOWN: ReadonlySet<string> = new Set([
  'dependabot',
  'dependabot-preview',
  'renovate',
  'renovate bot',
  'renovatebot',
  'greenkeeper',
  'greenkeeperio-bot',
  'snyk-bot',
  'github-actions',
  'github actions',
  'github action',
  'github',
  'web-flow',
  'gitlab-ci',
  'travis',
  'travis ci',
  'circleci',
  'jenkins',
  'pre-commit-ci',
  'allcontributors',
  'semantic-release-bot',
  'imgbot',
  'mergify',
  'bors',
  'homu',
  'hosted weblate',
  'weblate',
  'transifex',
  'crowdin',
  'lokalise',
  'pyup-bot',
  'depfu',
  'whitesource',
  'mend-bolt-for-github',
  'codecov',
  'step-security-bot',
  'release-please',
  'prombot',
  'actions-user',
  'actions',
  'automation',
  'copilot',
  'claude',
  'cursor agent',
  'devin-ai-integration',
  'google-labs-jules',
  'codex',
]);

/**
 * Whether a commit's author is automation and no person: `[bot]` accounts, names that end in `bot` after a separator,
 * CI accounts, and coding agents. `Talbot` and `Abbott` are people, and so is `Jo <github@example.invalid>`: an address tells
 * only by an ending in `bot`, or as an account of a forge.
 */
export function isBot(name: string, email: string): boolean {
  if (looksAutomatic(name.toLowerCase().trim())) return true;
  const mail = email.toLowerCase();
  const local = mail.slice(0, Math.max(0, mail.lastIndexOf('@')));
  // `49699333+dependabot[bot]@users.noreply.…`
  if (/@users\.noreply\./.test(mail)) return looksAutomatic(local.replace(/^\d+\+/, ''));
  return endsInBot(local);
}

/** The same for a forge's login, where `[bot]` or a type says it. */
export function isBotLogin(login: string, type: string | undefined): boolean {
  return type === 'Bot' || looksAutomatic(login.toLowerCase());
}

function looksAutomatic(name: string): boolean {
  return (
    KNOWN.has(name) ||
    endsInBot(name) ||
    /^(?:ro)?bot[-_. ]|[-_. ](?:bot|ci)[-_. ](?:account|user)$/.test(name)
  );
}

const endsInBot = (name: string): boolean => name.endsWith('[bot]') || /[-_. ](?:ro)?bot$/.test(name);
