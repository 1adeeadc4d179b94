import { pep440 } from '../../versions/index.ts';
import type { Draft } from '../draft.ts';
import { sortedUnique } from '../draft.ts';
import type { LockIndex } from './lock-index.ts';
import type { Declared } from './pyproject-read.ts';
import { poetrySpecifier } from './pyproject-read.ts';
import { normaliseName } from './requirement.ts';

/** Links the project to what its manifest declares; build requirements are in no lockfile. */
export function linkDeclared(
  draft: Draft,
  root: number,
  index: LockIndex,
  declared: readonly Declared[],
): void {
  for (const one of declared) {
    if (one.kind === 'build') continue;
    const specifier = poetrySpecifier(one.range);
    for (const to of index.targets(normaliseName(one.name), specifier))
      draft.link(root, to, one.kind, specifier);
  }
}

/**
 * Declared names that the lockfile does not have, or has at no version that the range allows, sorted.
 * Those that only hold on some machines are left out, and so is the project's own name, which collects extras.
 */
export function unmetNames(
  draft: Draft,
  index: LockIndex,
  declared: readonly Declared[],
  project: string | undefined,
): readonly string[] {
  const own = normaliseName(project ?? '');
  return sortedUnique(
    declared.flatMap((one) => {
      const name = normaliseName(one.name);
      if (one.kind === 'build' || one.isConditional || name === own) return [];
      return isMet(draft, index.all(name), one) ? [] : [name];
    }),
  );
}

function isMet(draft: Draft, nodes: readonly number[], one: Declared): boolean {
  if (one.url !== undefined) return nodes.length > 0;
  const specifier = poetrySpecifier(one.range);
  return nodes.some((node) => {
    const { version, origin } = draft.components[node]!;
    // Only a registry's version says what was asked for; a range that we cannot read is no reproach.
    return version === '' || origin !== 'registry' || pep440.satisfies(version, specifier) !== false;
  });
}
