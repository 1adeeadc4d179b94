import { interpolate, type Lookup } from './interpolate.ts';
import {
  activeSections,
  importPaths,
  lineageOf,
  lookupOver,
  type PlacedPom,
  type ReadText,
} from './lineage.ts';
import { parsePom, type PomDependency, type PomSection } from './pom-file.ts';

/** A dependency with everything that the tree can say about it. */
export interface EffectiveDependency {
  readonly groupId: string;
  readonly artifactId: string;
  /** `''` when nothing in the tree gives one; still holds `${…}` when a property is not in the tree. */
  readonly version: string;
  /** Maven's scope; `compile` when none is given. */
  readonly scope: string;
  readonly isOptional: boolean;
  readonly systemPath: string;
  /** Line in the POM that declares it: number `owner` of the lineage, 0 being the POM itself. */
  readonly line: number;
  readonly owner: number;
  /** It is declared in a profile that is not on by default. */
  readonly isInProfile: boolean;
}

/** A POM of the lineage with its coordinates replaced. */
export interface Ancestor {
  readonly path: string;
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
}

export interface EffectivePom {
  /** The POM itself first, then the parents that are in the tree. */
  readonly lineage: readonly Ancestor[];
  readonly dependencies: readonly EffectiveDependency[];
  /** `group:artifact:version` of the parent and imported BOMs that are not in the tree, sorted. They may give the versions we miss. */
  readonly outside: readonly string[];
}

/**
 * What Maven calls the effective POM, as far as the tree goes: parents found by their relative path, properties
 * (the nearest wins; profiles on by default before their POM), managed versions, and BOMs imported from the tree.
 * Dependencies are in file order, inherited ones after, those of other profiles last.
 * https://maven.apache.org/ref/current/maven-model-builder/
 */
export function effectivePom(path: string, text: string, read: ReadText): EffectivePom {
  const outside = new Set<string>();
  const { poms, lookup, managed } = managementOf(path, text, read, outside, new Set([path]));
  const lineage = poms.map(({ path: at }, index) => ({
    path: at,
    ...coordinates(poms.slice(index), lookup),
  }));
  return { lineage, dependencies: dependenciesOf(poms, lookup, managed), outside: [...outside].sort() };
}

/** Versions, scopes and the like by `group:artifact:type:classifier`, already replaced. The first entry of a key counts. */
type Management = Map<
  string,
  { readonly version: string; readonly scope: string; readonly optional: string }
>;

interface Managed {
  readonly poms: readonly PlacedPom[];
  readonly lookup: Lookup;
  readonly managed: Management;
}

const MAX_NESTED_IMPORTS = 8;

function managementOf(
  path: string,
  text: string,
  read: ReadText,
  outside: Set<string>,
  visiting: ReadonlySet<string>,
): Managed {
  const { poms, missing } = lineageOf(path, text, read);
  const lookup = lookupOver(poms);
  if (missing !== undefined)
    outside.add(
      [missing.groupId, missing.artifactId, missing.version]
        .map((part) => interpolate(part, lookup))
        .join(':'),
    );
  const managed: Management = new Map();
  const imports: PomDependency[] = [];
  for (const { pom } of poms)
    for (const section of activeSections(pom)) addManaged(managed, section, lookup, imports);
  for (const wanted of imports) {
    const [groupId, artifactId, version] = [wanted.groupId, wanted.artifactId, wanted.version].map((part) =>
      interpolate(part, lookup),
    ) as [string, string, string];
    const bom =
      visiting.size > MAX_NESTED_IMPORTS
        ? undefined
        : findImport(poms, read, visiting, groupId, artifactId, version);
    if (bom === undefined) {
      outside.add(`${groupId}:${artifactId}:${version}`);
      continue;
    }
    const inner = managementOf(bom.path, bom.text, read, outside, new Set([...visiting, bom.path]));
    for (const [key, entry] of inner.managed) if (!managed.has(key)) managed.set(key, entry);
  }
  return { poms, lookup, managed };
}

function addManaged(
  managed: Management,
  section: PomSection,
  lookup: Lookup,
  imports: PomDependency[],
): void {
  for (const entry of section.managed) {
    if (entry.scope === 'import') {
      imports.push(entry);
      continue;
    }
    const key = keyOf(entry, lookup);
    if (!managed.has(key))
      managed.set(key, {
        version: interpolate(entry.version, lookup),
        scope: entry.scope,
        optional: entry.optional,
      });
  }
}

function findImport(
  poms: readonly PlacedPom[],
  read: ReadText,
  visiting: ReadonlySet<string>,
  groupId: string,
  artifactId: string,
  version: string,
): { readonly path: string; readonly text: string } | undefined {
  for (const { path, pom } of poms)
    for (const candidate of importPaths(path, pom)) {
      const text = visiting.has(candidate) ? undefined : read(candidate);
      if (text === undefined || parsePom(text, candidate).artifactId !== artifactId) continue;
      const { poms: line } = lineageOf(candidate, text, read);
      const found = coordinates(line, lookupOver(line));
      if (found.groupId === groupId && found.artifactId === artifactId && found.version === version)
        return { path: candidate, text };
    }
  return undefined;
}

function coordinates(poms: readonly PlacedPom[], lookup: Lookup): Omit<Ancestor, 'path'> {
  const { pom } = poms[0]!;
  return {
    groupId: interpolate(pom.groupId || (pom.parent?.groupId ?? ''), lookup),
    artifactId: interpolate(pom.artifactId, lookup),
    version: interpolate(pom.version || (pom.parent?.version ?? ''), lookup),
  };
}

function dependenciesOf(
  poms: readonly PlacedPom[],
  lookup: Lookup,
  managed: Management,
): EffectiveDependency[] {
  const found: EffectiveDependency[] = [];
  const seen = new Set<string>();
  poms.forEach(({ pom }, owner) => {
    for (const section of activeSections(pom))
      for (const entry of section.dependencies) {
        const key = keyOf(entry, lookup);
        if (seen.has(key)) continue;
        seen.add(key);
        found.push(effective(entry, key, lookup, managed, owner, false));
      }
  });
  // A profile's dependencies are built against its own properties and managed versions.
  poms.forEach(({ pom }, owner) => {
    for (const profile of pom.profiles) {
      if (profile.isActiveByDefault || profile.dependencies.length === 0) continue;
      const own = lookupOver(poms, profile);
      const ownManaged: Management = new Map();
      addManaged(ownManaged, profile, own, []);
      for (const entry of profile.dependencies) {
        const key = keyOf(entry, own);
        const management = ownManaged.has(key) ? ownManaged : managed;
        found.push(effective(entry, key, own, management, owner, true));
      }
    }
  });
  return found;
}

function effective(
  entry: PomDependency,
  key: string,
  lookup: Lookup,
  managed: Management,
  owner: number,
  isInProfile: boolean,
): EffectiveDependency {
  const management = managed.get(key);
  const scope = interpolate(entry.scope || (management?.scope ?? ''), lookup);
  return {
    groupId: interpolate(entry.groupId, lookup),
    artifactId: interpolate(entry.artifactId, lookup),
    version: interpolate(entry.version, lookup) || (management?.version ?? ''),
    scope: scope === '' ? 'compile' : scope,
    isOptional: interpolate(entry.optional || (management?.optional ?? ''), lookup) === 'true',
    systemPath: entry.systemPath,
    line: entry.line,
    owner,
    isInProfile,
  };
}

const keyOf = (entry: PomDependency, lookup: Lookup): string =>
  [entry.groupId, entry.artifactId, entry.type, entry.classifier]
    .map((part) => interpolate(part, lookup))
    .join(':');
