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

/** Names that hold on every machine and the lockfile does not have, sorted. A project may name itself, to collect extras. */
export function missingNames(
  declared: readonly Declared[],
  index: LockIndex,
  project: string | undefined,
): readonly string[] {
  const own = normaliseName(project ?? '');
  return sortedUnique(
    declared.flatMap((one) => {
      const name = normaliseName(one.name);
      return one.kind === 'build' || one.isConditional || name === own || index.has(name) ? [] : [name];
    }),
  );
}
