import { testFolderOf } from '../../analysis/text/paths.ts';
import type { Disclosure } from '../../model/disclosure-report.ts';

/** Disclosures that are read as one: the first stands for all. */
export interface Fold {
  readonly first: Disclosure;
  /** How many more of its rule stand in the same file. */
  readonly others: number;
}

/** So many of one rule in one file are still listed one by one. */
const FEW = 3;

/**
 * Folds what is of one rule, in one file and nowhere else: a list of customers is one thing to look at, not a thousand. Credentials
 * are folded where they are likely made up, in folders of tests, and nowhere else, for each has to be revoked. Keeps the order.
 */
export function foldByFile(disclosures: readonly Disclosure[]): Fold[] {
  const counts = new Map<string, number>();
  for (const one of disclosures) {
    const key = keyOf(one);
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const folds: Fold[] = [];
  for (const one of disclosures) {
    const key = keyOf(one);
    const count = key === undefined ? 1 : counts.get(key)!;
    if (count === 0) continue;
    const isFolded = count > FEW;
    if (isFolded) counts.set(key!, 0);
    folds.push({ first: one, others: isFolded ? count - 1 : 0 });
  }
  return folds;
}

function keyOf({ kind, tier, rule, spots, moreSpots, covered }: Disclosure): string | undefined {
  const path = spots[0]?.path;
  if (path === undefined || moreSpots === true) return undefined;
  if (kind === 'credential' && (tier === 'certain' || testFolderOf(path) === undefined)) return undefined;
  if (spots.some((spot) => spot.path !== path || spot.source !== 'file')) return undefined;
  return `${rule}\n${covered?.by ?? ''}\n${path}`;
}
