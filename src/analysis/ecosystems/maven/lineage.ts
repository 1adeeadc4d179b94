import { folderOf, joinPath } from '../../text/paths.ts';
import type { Lookup } from './interpolate.ts';
import { parsePom, type Pom, type PomSection } from './pom-file.ts';

/** A POM and where it stands. */
export interface PlacedPom {
  readonly path: string;
  readonly pom: Pom;
}

/** Gives the text of a file of the tree that the extractor was promised. */
export type ReadText = (path: string) => string | undefined;

const MAX_PARENTS = 32;

/** Where the parent would be in the tree: the file that the relative path names, or pom.xml in the folder that it names. */
export function parentPath(path: string, pom: Pom): string | undefined {
  if (pom.parent === undefined || pom.parent.relativePath === '') return undefined;
  const joined = joinPath(folderOf(path), pom.parent.relativePath);
  if (joined === undefined || /\.(xml|pom)$/.test(joined)) return joined;
  return joined === '' ? 'pom.xml' : `${joined}/pom.xml`;
}

/**
 * Where a BOM that a POM imports might be in the tree. Maven finds it among the modules of the build, whose folders are
 * mostly named for the artifact: modules so named are looked at, and such folders here and up to two levels above.
 */
export function importPaths(path: string, pom: Pom): readonly string[] {
  const found = new Set<string>();
  const add = (candidate: string | undefined): void => {
    if (candidate !== undefined && candidate !== path && found.size < 64) found.add(candidate);
  };
  for (const { managed } of [pom, ...pom.profiles])
    for (const { scope, artifactId } of managed) {
      if (scope !== 'import' || !/^[\w.-]+$/.test(artifactId)) continue;
      for (const module of pom.modules) {
        const last = module.split('/').findLast((part) => part !== '') ?? '';
        if (last !== '' && (artifactId === last || artifactId.endsWith(`-${last}`)))
          add(joinPath(folderOf(path), `${module}/pom.xml`));
      }
      let folder = folderOf(path);
      for (let up = 0; up < 3; up++) {
        add(joinPath(folder, `${artifactId}/pom.xml`));
        if (folder === '') break;
        folder = folderOf(folder);
      }
    }
  return [...found];
}

/** A POM and its parents as far as they are in the tree, nearest first. `missing` is the parent that is not. */
export function lineageOf(
  path: string,
  text: string,
  read: ReadText,
): { readonly poms: readonly PlacedPom[]; readonly missing: Pom['parent'] } {
  const poms: PlacedPom[] = [{ path, pom: parsePom(text, path) }];
  for (;;) {
    const { path: at, pom } = poms.at(-1)!;
    if (pom.parent === undefined) return { poms, missing: undefined };
    const next = parentPath(at, pom);
    const nextText = next === undefined || poms.some((known) => known.path === next) ? undefined : read(next);
    const parent = nextText === undefined ? undefined : parsePom(nextText, next!);
    if (parent === undefined || !isMeant(parent, pom.parent) || poms.length > MAX_PARENTS)
      return { poms, missing: pom.parent };
    poms.push({ path: next!, pom: parent });
  }
}

/** Maven takes the file at the relative path only when it is the parent that is asked for, else it asks the repository. */
function isMeant(found: Pom, wanted: NonNullable<Pom['parent']>): boolean {
  const same = (a: string, b: string): boolean => a === b || a.includes('${') || b.includes('${');
  return (
    same(found.artifactId, wanted.artifactId) &&
    same(found.groupId || (found.parent?.groupId ?? ''), wanted.groupId) &&
    same(found.version || (found.parent?.version ?? ''), wanted.version)
  );
}

/** Profiles that are on by default go before the POM that holds them. */
export const activeSections = (pom: Pom): readonly PomSection[] => [
  ...pom.profiles.filter((profile) => profile.isActiveByDefault),
  pom,
];

/** Properties over a lineage, the nearest first, and the project's own coordinates. */
export function lookupOver(poms: readonly PlacedPom[], first?: PomSection): Lookup {
  const self = poms[0]!.pom;
  const sections = [
    ...(first === undefined ? [] : [first]),
    ...poms.flatMap(({ pom }) => activeSections(pom)),
  ];
  return (name) => {
    for (const { properties } of sections) {
      const value = properties.get(name);
      if (value !== undefined) return value;
    }
    // `pom.` and no prefix at all are old spellings of `project.`.
    const field = name.replace(/^(project|pom)\./, '');
    switch (field) {
      case 'version':
        return self.version || self.parent?.version;
      case 'groupId':
        return self.groupId || self.parent?.groupId;
      case 'artifactId':
        return self.artifactId;
      case 'parent.version':
        return self.parent?.version;
      case 'parent.groupId':
        return self.parent?.groupId;
      case 'parent.artifactId':
        return self.parent?.artifactId;
    }
    return undefined;
  };
}
