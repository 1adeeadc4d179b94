import type { VersionScheme } from '../../model/ecosystem.ts';
import { satisfiesConstraints } from './ranges.ts';
import { compareSemver, isSemverPrerelease, parseSemver } from './semver.ts';
import { compareNumbers, compareText } from './text.ts';

/**
 * What stands behind the `@` of a workflow's `uses`: a tag such as `v4` or `v4.1.2`, a commit, or a branch.
 * Tags are ordered as Semantic Versioning; commits and branches come before them and say nothing of age.
 * `v4` is 4.0.0 here, though the tag moves: whoever needs to know must ask `isPartialTag`.
 */
export const githubActions: VersionScheme = {
  id: 'github',
  compare(a, b) {
    const aTag = isTag(a);
    const bTag = isTag(b);
    return aTag && bTag ? compareSemver(a, b) : aTag ? 1 : bTag ? -1 : compareText(a, b);
  },
  isValid: isTag,
  isPrerelease: (version) => isTag(version) && isSemverPrerelease(version),
  /** A tag with fewer numbers stands for all that begin with them: `v4.1.2` is a `v4`. Operators compare. */
  satisfies(version, range) {
    const wanted = range.trim();
    if (/^[<>=!]/.test(wanted)) return satisfiesConstraints(githubActions, version, wanted.split(','));
    if (wanted === '' || /[\s,|]/.test(wanted)) return undefined;
    if (!isTag(wanted) || !isTag(version) || isSemverPrerelease(wanted))
      return githubActions.compare(version, wanted) === 0;
    const numbers = parseSemver(version)?.numbers ?? [];
    return (parseSemver(wanted)?.numbers ?? []).every(
      (number, i) => compareNumbers(number, numbers[i] ?? '0') === 0,
    );
  },
};

/** Whether a tag names fewer than three numbers, so that it may move from release to release. */
export function isPartialTag(version: string): boolean {
  return isTag(version) && (parseSemver(version)?.numbers.length ?? 0) < 3;
}

/** A number in front, and no commit: 7 to 64 hexadecimal digits with a letter among them, or 40 and more without. */
function isTag(version: string): boolean {
  if (!/^v?\d/i.test(version)) return false;
  return !/^(?:(?=\d*[a-f])[0-9a-f]{7,64}|\d{40,})$/i.test(version);
}
