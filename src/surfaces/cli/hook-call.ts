/**
 * Whether a command line is what a hook's script calls: `hook run NAME`, without options of assay's own. What is behind `--` is git's.
 * Anything else, and what is wrong, is the affair of main.ts.
 */
export function isHookCall([command, action, name, ...rest]: readonly string[]): boolean {
  return (
    command === 'hook' &&
    action === 'run' &&
    NAMES.has(name ?? '') &&
    (rest.length === 0 || rest[0] === '--' || !rest.some((argument) => argument.startsWith('-')))
  );
}

/** As `HOOKS` of adapters/hooks/script.ts, which a test compares: importing it would load the scripts too. */
const NAMES: ReadonlySet<string> = new Set(['pre-commit', 'commit-msg', 'pre-push', 'pre-receive', 'update']);
