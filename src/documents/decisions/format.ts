import type { Decision, DecisionScope } from '../../model/decision.ts';
import type { SourceFile } from '../../model/extractor.ts';
import type { Problem } from '../../model/problem.ts';

/** Something in a file that rules on no finding: settings, sections about other things, entries that are switched off. Kept as it was. */
export interface Kept {
  /** Key of the section, e.g. `patch`, `PackageOverrides`. */
  readonly section: string;
  readonly value: unknown;
}

export interface DecisionFile {
  /** In file order. Those that cannot be applied as their tool would have an empty `about`, which matches nothing, and a problem says why. */
  readonly decisions: readonly Decision[];
  readonly kept: readonly Kept[];
  readonly problems: readonly Problem[];
}

/**
 * One tool's way of writing down what is ignored. Nothing is lost: what `Decision` has no word for is in `imported.extra`,
 * and `entryOf` rebuilds the original entry from a decision alone.
 * An entry that only says "ignore" is read as `affected`: the tool was told to be quiet, nobody claimed that nothing is wrong.
 */
export interface DecisionFormat {
  /** e.g. `osv-scanner`. */
  readonly id: string;
  readonly title: string;
  /** Names of files, for people. */
  readonly files: readonly string[];
  claims(path: string): boolean;
  /** Never throws. */
  read(file: SourceFile): DecisionFile;
  entryOf(decision: Decision): unknown;
}

/** What we could not express stays as it was: `extra.entry` over our own reading of it is the original again. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of `original` that `ours` does not already say. */
export function beyond(original: Fields, ours: Fields): Fields {
  const extra = new Map<string, unknown>();
  for (const [key, value] of Object.entries(original))
    if (!Object.hasOwn(ours, key) || JSON.stringify(ours[key]) !== JSON.stringify(value))
      extra.set(key, value);
  return fieldsOf(extra);
}

/** The original: `ours` with `extra` laid over it. */
export function restored(ours: Fields, extra: unknown): Fields {
  const all = new Map(Object.entries(ours));
  if (isFields(extra)) for (const [key, value] of Object.entries(extra)) all.set(key, value);
  return fieldsOf(all);
}

/** An object from a map: `__proto__` becomes an own property, and undefined values are left out. */
export function fieldsOf(map: ReadonlyMap<string, unknown>): Fields {
  return Object.fromEntries([...map].filter(([, value]) => value !== undefined));
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Makes the ids of one file's decisions: `path#what`, with a number for repeats, so that entries keep theirs when others come and go. */
export function idMaker(path: string): (what: string) => string {
  const seen = new Map<string, number>();
  return (what) => {
    const count = (seen.get(what) ?? 0) + 1;
    seen.set(what, count);
    return `${path}#${what}${count === 1 ? '' : `~${count}`}`;
  };
}

/** Adds the manifest glob that keeps a file's decisions to its own folder and below; nothing for a file at the root, and nothing to an empty selector. */
export function within(path: string, about: DecisionScope): DecisionScope {
  const slash = path.lastIndexOf('/');
  if (slash === -1 || about.manifest !== undefined || isEmptyScope(about)) return about;
  return { ...about, manifest: `${escapeGlob(path.slice(0, slash))}/**` };
}

/** Whether a selector names nothing: it then matches nothing. */
export function isEmptyScope(about: DecisionScope): boolean {
  return about.advisories.length === 0 && Object.keys(about).length === 1;
}

/** Text that stands for itself in a glob. */
export const escapeGlob = (text: string): string => text.replace(/[\\*?[\]{}]/g, '\\$&');

/** Text that stands for itself in a pattern. */
export const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

export const NOTHING: DecisionScope = { advisories: [] };

/** Advisory databases never list these ids: npm's numbers changed with every edit, and Snyk's are its own. */
export function isPrivateId(id: string): boolean {
  return /^\d+$/.test(id) || /^SNYK-/i.test(id) || id.startsWith('npm:');
}

/** Says that an id will match only where an advisory lists it as an alias. */
export function privateIdProblem(id: string, path: string, line: number): Problem {
  return {
    code: 'decision/private-id',
    message: `${id} is an id that public advisories do not list; the decision is kept, and matches only where one names it as an alias`,
    at: { path, line },
    hint: 'write the GHSA or CVE id in its place',
  };
}

/** Says that an entry is kept but not applied, and why. */
export function notApplied(code: string, why: string, path: string, line: number, hint?: string): Problem {
  return {
    code,
    message: `not applied: ${why}`,
    at: { path, line },
    ...(hint === undefined ? {} : { hint }),
  };
}

/** Text or a number as text; anything else is no word. */
export const wordOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
