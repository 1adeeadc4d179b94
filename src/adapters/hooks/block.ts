const BEGIN = '# >>> assay hook: written by assay hook install; assay hook uninstall takes it out >>>';
const END = '# <<< assay hook <<<';

/** Shells that the block is written for; husky's files have no first line that names one. */
const SHELL = /^#!.*\b(?:sh|bash|dash|zsh|ksh)\b/;

/**
 * The text of somebody else's hook with our block before everything it does, so that an early `exit` or `exec` does not skip
 * it; an older block is replaced. `undefined` when the file is no shell script: then nothing of it is to be touched.
 */
export function withBlock(text: string, block: string): string | undefined {
  const own = withoutBlock(text);
  const first = own.split('\n', 1)[0]!;
  if (own.includes('\0') || (first.startsWith('#!') && !SHELL.test(first))) return undefined;
  const body = `${BEGIN}\n${block}${END}\n`;
  if (!first.startsWith('#!')) return body + own;
  return `${first}\n${body}${own.slice(first.length + 1)}`;
}

/** The text without our block; as it is when it has none. */
export function withoutBlock(text: string): string {
  const start = text.indexOf(`${BEGIN}\n`);
  const end = start === -1 ? -1 : text.indexOf(`${END}\n`, start);
  return end === -1 ? text : text.slice(0, start) + text.slice(end + END.length + 1);
}

/** Whether the text has exactly this block. */
export function hasBlock(text: string, block: string): boolean {
  return text.includes(`${BEGIN}\n${block}${END}\n`);
}

/**
 * What is put into somebody else's hook: runs our script, and stops where it does. Of pre-push the references on stdin are kept
 * for what follows (git-lfs reads them too).
 */
export function callScript(script: string, isPush: boolean): string {
  const call = isPush
    ? `assay_refs=$(cat)
printf '%s\\n' "$assay_refs" | sh ${script} "$@" || exit $?
exec <<assay_refs_end
$assay_refs
assay_refs_end
`
    : `sh ${script} "$@" || exit $?\n`;
  return `if [ ! -r ${script} ]; then
  echo 'assay: NOT CHECKED: ${script} is not in this branch; merge it, or use --no-verify' >&2
  exit 1
fi
${call}`;
}
