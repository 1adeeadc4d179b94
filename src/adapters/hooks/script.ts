/** Hooks of git that can run assay. */
export const HOOKS = ['pre-commit', 'commit-msg', 'pre-push', 'pre-receive', 'update'] as const;
export type HookName = (typeof HOOKS)[number];

/** Those of a clone that people work in. */
export const CLIENT_HOOKS: readonly HookName[] = ['pre-commit', 'commit-msg', 'pre-push'];

/** Where the scripts are that a project commits, below its top folder. */
export const SCRIPTS = '.assay/hooks';

/** Goes up when scripts change so that older ones should be written anew. */
const FORM = 2;

/** What git is kept from, and how a person goes on without a check; servers know no such way. */
const STOPPED: Readonly<Record<HookName, readonly [action: string, without: string]>> = {
  'pre-commit': [
    'commit',
    'To commit without a check this once: git commit --no-verify (a check in CI names such commits)',
  ],
  'commit-msg': [
    'commit',
    'To commit without a check this once: git commit --no-verify (a check in CI names such commits)',
  ],
  'pre-push': ['push', 'To push without a check this once: git push --no-verify'],
  'pre-receive': ['push', 'Whoever runs this server can repair it; nothing was taken in'],
  update: ['push', 'Whoever runs this server can repair it; this reference was not changed'],
};

export interface ScriptOptions {
  /** Whether commit-msg leaves a receipt in the message. */
  readonly receipt: boolean;
}

/** Both forms in which this version writes a hook's script. */
export function isCurrentScript(hook: HookName, text: string): boolean {
  return text === hookScript(hook) || text === hookScript(hook, { receipt: false });
}

/**
 * The script of a hook: plain POSIX sh, the same on Linux, macOS and in Git for Windows' shell. It finds assay, hands over
 * arguments and stdin, and stops git when assay could not run.
 */
export function hookScript(hook: HookName, { receipt }: ScriptOptions = { receipt: true }): string {
  const receiptOff = receipt || hook !== 'commit-msg' ? '' : 'ASSAY_RECEIPT=off ';
  const [action, without] = STOPPED[hook];
  const together =
    hook === 'pre-commit'
      ? `# Where no editor opens (commit -m), git runs commit-msg right after this: that looks at the files too, in one go.
if [ "$GIT_EDITOR" = : ] && [ -x "\${0%/*}/commit-msg" ] && [ "$(git config core.hooksPath)" = ${SCRIPTS} ]; then
  exit 0
fi
`
      : '';
  const isServer = hook === 'pre-receive' || hook === 'update';
  const repair = isServer
    ? 'Install assay for the user that git runs as here'
    : 'Run npm ci in this repository, or install assay; then assay doctor looks at this machine';
  // What starts git from a menu has a shorter PATH than a terminal: the commonest reason.
  const find = isServer
    ? repair
    : 'Run npm ci in this repository, or install assay; if a terminal finds it, set PATH for other programs in $settings';
  return `#!/bin/sh
# Assay's ${hook} hook, form ${FORM}: written by assay hook install. Commit it; assay hook status says whether it was changed.
# It runs node_modules/.bin/assay, else assay from PATH. It fetches nothing, and stops git when it cannot check.
stopped() {
  echo "assay: NOT CHECKED, so this ${action} was stopped: $1" >&2
  echo "  $2" >&2
  echo "  ${without}" >&2
  exit 1
}
${together}# Yours, on this machine: for programs that start git with a shorter PATH than your shell has.
settings=\${XDG_CONFIG_HOME:-$HOME/.config}/assay/hook-env.sh
if [ -r "$settings" ]; then . "$settings"; fi
if [ -x node_modules/.bin/assay ]; then
  assay=node_modules/.bin/assay
elif command -v assay >/dev/null 2>&1; then
  assay=assay
else
  stopped 'assay was found neither in node_modules/.bin nor on PATH' "${find}"
fi
command -v node >/dev/null 2>&1 ||
  stopped 'node was not found on PATH' "Install Node, or set PATH in $settings"
${receiptOff}ASSAY_RUN_AS=$assay "$assay" hook run ${hook} -- "$@"
code=$?
case $code in
  0 | 1) exit $code ;;
  *) stopped "$assay ended with code $code" '${repair}' ;;
esac
`;
}
