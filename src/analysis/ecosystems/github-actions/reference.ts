/** What a `uses:` names. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses */
export type UsesReference =
  | { readonly kind: 'action'; readonly name: string; readonly ref: string; readonly pin: Pin }
  | { readonly kind: 'docker'; readonly image: string }
  | { readonly kind: 'local'; readonly path: string };

/**
 * What a ref holds on to: a commit cannot move; a `release` tag (`v4.1.2`) could but by custom does not;
 * a `series` tag (`v4`) moves with each release; a `branch` with each commit.
 */
export type Pin = 'commit' | 'release' | 'series' | 'branch';

/** `undefined` when it is none of the forms. Never throws. */
export function parseUses(text: string): UsesReference | undefined {
  if (text.startsWith('docker://')) return { kind: 'docker', image: text.slice('docker://'.length) };
  if (/^\.{1,2}(?:\/|$)/.test(text)) return { kind: 'local', path: text };
  // `$/`: from the repository that the workflow itself is in, at the same commit.
  if (text.startsWith('$/')) return { kind: 'local', path: `.${text.slice(1)}` };
  const at = text.indexOf('@');
  if (at <= 0 || at === text.length - 1) return undefined;
  const name = text.slice(0, at);
  const ref = text.slice(at + 1);
  if (!/^[\w.-]+\/[\w.-]+(?:\/[^\s@]*)?$/.test(name) || /[\s@]/.test(ref)) return undefined;
  return { kind: 'action', name: name.replace(/\/+$/, ''), ref, pin: pinOf(ref) };
}

/** Git cannot tell a tag from a branch by its name; release tags look like versions, and what does not is taken for a branch. */
export function pinOf(ref: string): Pin {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(ref)) return 'commit';
  const version = versionIn(ref);
  if (version === undefined) return 'branch';
  return /\d+\.\d+\.\d+|\d{4}[.-]\d\d[.-]\d\d/.test(version) ? 'release' : 'series';
}

/** A ref that is a version: `v4`, `1.2.3-beta.1`, `release-v1.2`, `codeql-bundle-v2.1.0`, `action@1.0.0`. */
function versionIn(ref: string): string | undefined {
  if (ref.length > 100) return undefined;
  return /^(?:[A-Za-z][\w./-]*[-_@/])?[vV]?(\d+(?:\.\d+){0,3}(?:[-+.][\w.+-]+)?)$/.exec(ref)?.[1];
}

/**
 * The release that a comment beside a commit pin names: `# v4.1.2`, `# tag=v4.1.2`, `# pin@v4.1.2`, `# ratchet:a/b@v4.1.2`, `# renovate: tag=v4.1.2`.
 * `undefined` when there is none. The comment is people's word: nothing ties it to the commit.
 */
export function releaseInComment(comment: string | undefined): string | undefined {
  if (comment === undefined) return undefined;
  for (const word of comment.slice(0, 200).split(/[\s=@:,()]+/))
    if (/^[vV]?\d+(?:\.\d+){0,3}(?:[-+][\w.+-]+)?$/.test(word) && /^[vV]|\./.test(word)) return word;
  return undefined;
}
