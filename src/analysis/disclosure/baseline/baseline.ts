import type { Problem } from '../../../model/problem.ts';

/** What was there when a project began to look: it is shown, and does not count. */
export interface Baseline {
  /** Fingerprints, each with what stands behind its `#`: what it is, or why it may stay; empty when nothing does. */
  readonly entries: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

const FINGERPRINT = /^v\d+:[a-z0-9][a-z0-9._-]{0,99}:[0-9a-f]{16,64}$/;

/**
 * One fingerprint a line; `#` starts a comment. Sorted, without dates, lines or paths: entries that two branches add do not
 * conflict unless they are neighbours, and then a merge by union is right (`.gitattributes`: `merge=union`). What people write behind a
 * `#` is kept as their reason.
 */
export function parseBaseline(text: string, path: string): Baseline {
  const entries = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [number, line] of text.split('\n').entries()) {
    const { entry, words } = parted(line);
    if (entry === '') continue;
    if (FINGERPRINT.test(entry)) entries.set(entry, entries.get(entry) || words);
    else if (problems.length < 20)
      problems.push({
        code: 'baseline/line',
        message: 'this line of the baseline is no fingerprint, and covers nothing',
        at: { path, line: number + 1 },
        hint: 'remove it (a merge marker?), or write the baseline anew with `assay secrets --write-baseline`',
      });
  }
  return { entries, problems };
}

/** A fingerprint, and what stands behind the `#`. */
function parted(line: string): { readonly entry: string; readonly words: string } {
  const at = line.indexOf('#');
  return at === -1
    ? { entry: line.trim(), words: '' }
    : { entry: line.slice(0, at).trim(), words: line.slice(at + 1).trim() };
}

/** One to be written, with what is said of it. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly words: string;
}

/**
 * The file of these and of those of `older`, which keep their words, but for those that are `gone`. A line of `older` that is no entry
 * stays, for a person to look at.
 */
export function renderBaseline(
  found: readonly BaselineEntry[],
  older: string = '',
  gone: ReadonlySet<string> = new Set(),
): string {
  const words = new Map<string, string>();
  const other = new Set<string>();
  for (const line of older.split('\n')) {
    const { entry, words: own } = parted(line);
    if (gone.has(entry)) continue;
    if (FINGERPRINT.test(entry)) words.set(entry, words.get(entry) || own);
    else if (entry !== '') other.add(line.trim());
  }
  for (const { fingerprint, words: own } of found)
    if ((words.get(fingerprint) ?? '') === '') words.set(fingerprint, inOneLine(own));
  const lines = [...words].map(([fingerprint, own]) =>
    own === '' ? fingerprint : `${fingerprint} # ${own}`,
  );
  return `${HEAD}${[...other, ...lines]
    .sort()
    .map((line) => `${line}\n`)
    .join('')}`;
}

/** Titles of rules come from files that anybody may have written. */
function inOneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\0-\x20\x7f]+/g, ' ').trim();
}

const HEAD = `# Secrets that were here when this file was written: assay secrets shows them, and lets them pass.
# One a line, sorted, no dates and no lines of code. Remove a line once its secret is revoked and gone.
`;
