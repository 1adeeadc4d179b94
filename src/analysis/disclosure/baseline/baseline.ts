import type { Disclosure } from '../../../model/disclosure-report.ts';
import type { Problem } from '../../../model/problem.ts';

/** What was there when a project began to look: it is shown, and does not count. */
export interface Baseline {
  readonly fingerprints: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

const FINGERPRINT = /^v\d+:[a-z0-9][a-z0-9._-]{0,99}:[0-9a-f]{16,64}$/;

/**
 * One fingerprint a line; `#` starts a comment. Sorted, without dates, lines or paths: entries that two branches add do not
 * conflict unless they are neighbours, and then a merge by union is right (`.gitattributes`: `merge=union`).
 */
export function parseBaseline(text: string, path: string): Baseline {
  const fingerprints = new Set<string>();
  const problems: Problem[] = [];
  for (const [number, line] of text.split('\n').entries()) {
    const entry = line.replace(/\s*(?:#.*)?$/, '').trim();
    if (entry === '') continue;
    if (FINGERPRINT.test(entry)) fingerprints.add(entry);
    else if (problems.length < 20)
      problems.push({
        code: 'baseline/line',
        message: 'this line of the baseline is no fingerprint, and covers nothing',
        at: { path, line: number + 1 },
        hint: 'remove it (a merge marker?), or write the baseline anew with `assay secrets --write-baseline`',
      });
  }
  return { fingerprints, problems };
}

/**
 * The file that covers these. Each line says what it is beside its fingerprint. Lines of `older`, the text of a baseline, stay:
 * for a scan that saw only a part.
 */
export function renderBaseline(disclosures: readonly Disclosure[], older: string = ''): string {
  const lines = disclosures.map(({ fingerprint, title }) => `${fingerprint} # ${title}`);
  const kept = older
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return `${HEAD}${[...new Set([...kept, ...lines])]
    .sort()
    .map((line) => `${line}\n`)
    .join('')}`;
}

const HEAD = `# Secrets that were here when this file was written: assay secrets shows them, and lets them pass.
# One a line, sorted, no dates and no lines of code. Remove a line once its secret is revoked and gone.
`;
