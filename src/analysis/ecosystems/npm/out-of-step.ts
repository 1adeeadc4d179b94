import type { Observation, Scope } from '../../../model/extractor.ts';
import type { PackageManifest } from './manifest.ts';
import { examples, sorted } from './observations.ts';
import { satisfies } from './satisfies.ts';
import { parseSpec } from './spec.ts';

/** One thing in which a manifest and its lockfile differ, in words. */
export interface Mismatch {
  readonly name: string;
  readonly says: string;
  readonly line: number;
}

/** What a lockfile gives for one declared dependency. */
export interface LockedAs {
  readonly version: string;
  readonly line: number;
}

/**
 * Compares what a manifest declares with what the lock gives it. Peers are left to the lock's own entries,
 * optional dependencies may be missing, and overridden names need not satisfy their range.
 * `remembered` is the lock's own copy of the manifest's ranges, where the format keeps one.
 */
export function compareManifest(
  manifest: PackageManifest,
  lockedAs: (name: string, specifier: string, kind: Scope) => LockedAs | undefined,
  remembered?: ReadonlyMap<string, string>,
): Mismatch[] {
  const mismatches: Mismatch[] = [];
  const names = new Set(manifest.declared.map(({ name }) => name));
  for (const { name, specifier, kind } of manifest.declared) {
    if (kind === 'peer') continue;
    const range = remembered?.get(name);
    const isForgotten = remembered !== undefined && range === undefined;
    const locked = isForgotten ? undefined : lockedAs(name, specifier, kind);
    if (locked === undefined) {
      if (kind !== 'optional')
        mismatches.push({ name, says: `${name} ${specifier} is declared and not locked`, line: 0 });
      continue;
    }
    if (manifest.overridden.has(name)) continue;
    const { version, line } = locked;
    const spec = parseSpec(name, specifier);
    if (spec.origin === 'registry' && satisfies(version, spec.range) === false)
      mismatches.push({ name, says: `${name} ${specifier} is declared and ${version} is locked`, line });
    else if (range !== undefined && range !== specifier)
      mismatches.push({ name, says: `${name} is declared as ${specifier} and locked for ${range}`, line });
  }
  for (const [name, range] of remembered ?? [])
    if (!names.has(name))
      mismatches.push({ name, says: `${name} is locked for ${range} and no longer declared`, line: 0 });
  return mismatches;
}

/** The finding that a lockfile is not the one its manifest asks for; none when they agree. */
export function observeOutOfStep(mismatches: readonly Mismatch[], hint: string): Observation[] {
  if (mismatches.length === 0) return [];
  const says = sorted(mismatches.map((mismatch) => mismatch.says));
  const lines = mismatches.map((mismatch) => mismatch.line).filter((line) => line > 0);
  return [
    {
      rule: 'lockfile/out-of-step',
      message: `the lockfile does not match what is declared, in ${says.length} ${says.length === 1 ? 'place' : 'places'}: ${examples(says, '; ')}`,
      ...(lines.length === 0 ? {} : { line: lines.reduce((least, line) => Math.min(least, line)) }),
      hint,
      names: sorted(mismatches.map((mismatch) => mismatch.name)),
    },
  ];
}
