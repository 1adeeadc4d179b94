import type { LeftOut } from '../../model/timeline.ts';
import { compileGlob } from '../decisions/glob.ts';
import { parseVersionTag, type VersionTag } from './version-tag.ts';

export interface ChosenTags {
  readonly tags: readonly VersionTag[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The tags that people mean by releases. Without globs: those that look like versions, of one prefix (plain ones such
 * as `v1.0` and `1.0`, unless another is far more common); prereleases only where there is nothing else.
 * With globs: every tag that one of them matches, versions or not.
 */
export function chooseTags(
  names: readonly string[],
  globs: readonly string[],
  prereleases: boolean,
): ChosenTags {
  if (globs.length > 0) return matching(names, globs);
  const versions: VersionTag[] = [];
  const others: string[] = [];
  for (const name of names) {
    const tag = parseVersionTag(name);
    if (tag === undefined) others.push(name);
    else versions.push(tag);
  }
  const prefix = commonPrefix(versions);
  const ours = versions.filter((tag) => tag.prefix === prefix);
  const finals = ours.filter((tag) => !tag.isPrerelease);
  const withPrereleases = prereleases || finals.length === 0;
  return {
    tags: withPrereleases ? ours : finals,
    leftOut: [
      ...leftOut('not-a-version', others),
      ...leftOut(
        'other-prefix',
        versions.filter((tag) => tag.prefix !== prefix).map(({ name }) => name),
      ),
      ...(withPrereleases
        ? []
        : leftOut(
            'prerelease',
            ours.filter((tag) => tag.isPrerelease).map(({ name }) => name),
          )),
    ],
  };
}

/** One reason with its count and the first names; nothing when there are none. */
export function leftOut(why: LeftOut['why'], names: readonly string[]): LeftOut[] {
  return names.length === 0 ? [] : [{ why, count: names.length, examples: names.slice(0, 3) }];
}

function matching(names: readonly string[], globs: readonly string[]): ChosenTags {
  // As git matches tags, `*` crosses slashes. Doubled, since two before a slash would mean whole folders.
  const matchers = globs.map((glob) => compileGlob(glob.replaceAll(/\*+/g, '****')));
  const tags = names
    .filter((name) => matchers.some((matches) => matches(name)))
    .map(
      (name): VersionTag => parseVersionTag(name) ?? { name, prefix: name, version: '', isPrerelease: false },
    );
  return { tags, leftOut: [] };
}

/** The one that most have; `''` unless another has four times as many. Ties go to the first by code unit. */
function commonPrefix(tags: readonly VersionTag[]): string {
  const counts = new Map<string, number>();
  for (const { prefix } of tags) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  const [most, count] = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0] ?? ['', 0];
  return (counts.get('') ?? 0) * 4 >= count ? '' : most;
}
