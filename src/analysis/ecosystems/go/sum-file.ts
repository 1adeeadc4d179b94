import type { Problem } from '../../../model/problem.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { eachLine } from '../../text/lines.ts';

/** One module version in a go.sum. */
export interface SumEntry {
  readonly path: string;
  readonly version: string;
  readonly line: number;
  /** `h1:…` of its files; `''` when only its go.mod is recorded. */
  hash: string;
}

/**
 * Reads go.sum: lines of `MODULE VERSION[/go.mod] HASH`. Keyed by `MODULE VERSION`. https://go.dev/ref/mod#go-sum-files
 * One problem names the first line that cannot be read and how many there are.
 */
export function parseSumFile(
  text: string,
  path: string,
): { readonly entries: ReadonlyMap<string, SumEntry>; readonly problems: readonly Problem[] } {
  const entries = new Map<string, SumEntry>();
  const marker = findMergeMarker(text);
  if (marker !== undefined)
    return {
      entries,
      problems: [mergeConflict(path, marker, 'resolve the conflict and run `go mod tidy`')],
    };
  let bad = 0;
  let firstBad = 0;
  eachLine(text, (raw, line) => {
    const words = raw.trim() === '' ? [] : raw.trim().split(/[ \t]+/);
    if (words.length === 0) return;
    if (words.length !== 3) {
      if (bad++ === 0) firstBad = line;
      return;
    }
    const isModOnly = words[1]!.endsWith('/go.mod');
    const version = isModOnly ? words[1]!.slice(0, -'/go.mod'.length) : words[1]!;
    const key = `${words[0]!} ${version}`;
    const known = entries.get(key);
    if (known === undefined)
      entries.set(key, { path: words[0]!, version, line, hash: isModOnly ? '' : words[2]! });
    else if (!isModOnly && known.hash === '') known.hash = words[2]!;
  });
  const problems: Problem[] =
    bad === 0
      ? []
      : [
          {
            code: 'go/malformed-sum',
            message: `${bad} line${bad === 1 ? '' : 's'} not of the form \`MODULE VERSION HASH\``,
            at: { path, line: firstBad },
            lost: true,
          },
        ];
  return { entries, problems };
}
