import type { ExtractedComponent } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { pep440 } from '../../versions/index.ts';
import type { Draft } from '../draft.ts';
import { examples, sortedUnique } from '../draft.ts';
import { normaliseName } from './requirement.ts';

/** Finds the locked entries that a dependency means. */
export interface LockIndex {
  /** Adds to the draft and the index; an entry that is there already gives its number again. */
  add(component: ExtractedComponent): number;
  /**
   * Entries of a normalised name; where a lock holds several versions, those that the specifier allows,
   * or all when it allows none of them (the environment decides, and we do not know it).
   */
  targets(name: string, specifier: string): readonly number[];
  has(name: string): boolean;
  /** Every entry of a normalised name. */
  all(name: string): readonly number[];
}

/**
 * Locks for several environments hold a few versions of a name. More than this is no real lockfile,
 * and edges to all of them would grow with the square of the file: only the first ones are linked.
 */
export const MOST_VERSIONS = 16;

/** An index over a draft. Names that passed `MOST_VERSIONS` are added to `crowded`. */
export function newLockIndex(draft: Draft, crowded: Set<string>): LockIndex {
  const byName = new Map<string, number[]>();
  const byKey = new Map<string, number>();
  const none: readonly number[] = [];
  return {
    add(component) {
      const name = normaliseName(component.name);
      const key = `${name}\0${component.version}\0${component.origin}\0${component.source ?? ''}`;
      const twin = byKey.get(key);
      if (twin !== undefined) return twin;
      const node = draft.add(component);
      byKey.set(key, node);
      const same = byName.get(name);
      if (same === undefined) byName.set(name, [node]);
      else if (same.length < MOST_VERSIONS) same.push(node);
      else crowded.add(name);
      return node;
    },
    targets(name, specifier) {
      const same = byName.get(name) ?? none;
      if (same.length < 2 || specifier === '') return same;
      const allowed = same.filter(
        (node) => pep440.satisfies(draft.components[node]!.version, specifier) !== false,
      );
      return allowed.length > 0 ? allowed : same;
    },
    has: (name) => byName.has(name),
    all: (name) => byName.get(name) ?? none,
  };
}

/** What was not linked, as problems. */
export function crowdedProblems(path: string, crowded: ReadonlySet<string>): readonly Problem[] {
  const names = sortedUnique(crowded);
  if (names.length === 0) return [];
  const message = `more than ${MOST_VERSIONS} versions of ${examples(names)}: edges to the further ones are left out`;
  return [{ code: 'pypi/too-many-versions', message, at: { path }, lost: true }];
}
