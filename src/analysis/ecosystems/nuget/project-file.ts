import type { Problem } from '../../../model/problem.ts';
import { folderOf, joinPath } from '../../text/paths.ts';
import { childOf, childText, parseXml, type XmlElement } from '../../text/xml.ts';

/** One PackageReference, PackageVersion, GlobalPackageReference or ProjectReference, its expressions not yet replaced. */
export interface ProjectItem {
  readonly kind: 'PackageReference' | 'PackageVersion' | 'GlobalPackageReference' | 'ProjectReference';
  /** `Update` changes items that are there already, `Remove` takes them away. */
  readonly action: 'Include' | 'Update' | 'Remove';
  readonly name: string;
  /** `''` when it has none. */
  readonly version: string;
  /** Only for this project, not for those that use it: analysers, source links, test tools. */
  readonly isPrivate: boolean;
  readonly isConditional: boolean;
  readonly line: number;
}

/** An MSBuild project or property file as written. */
export interface ProjectFile {
  /** By lower-case name; conditional ones only where nothing sets the name without a condition. */
  readonly properties: ReadonlyMap<string, string>;
  readonly items: readonly ProjectItem[];
  /** Paths of the files that it imports by a literal path. */
  readonly imports: readonly string[];
  /** It goes on to look for the file of its own name in the folders above. */
  readonly looksAbove: boolean;
  readonly problems: readonly Problem[];
}

const KINDS = new Set(['PackageReference', 'PackageVersion', 'GlobalPackageReference', 'ProjectReference']);

/** https://learn.microsoft.com/visualstudio/msbuild/msbuild-project-file-schema-reference */
export function parseProjectFile(text: string, path: string): ProjectFile {
  const { root, problems } = parseXml(text, path);
  const isProject = root === undefined || root.name === 'Project';
  const fixed = new Map<string, string>();
  const conditional = new Map<string, string | undefined>();
  const items: ProjectItem[] = [];
  const imports: string[] = [];
  // Depth is bounded by the XML reader.
  const visit = (element: XmlElement, isUnder: boolean): void => {
    const isConditional =
      isUnder ||
      element.attributes.has('Condition') ||
      element.name === 'When' ||
      element.name === 'Otherwise';
    if (element.name === 'PropertyGroup')
      for (const property of element.children) {
        const name = property.name.toLowerCase();
        if (!isConditional && !property.attributes.has('Condition')) fixed.set(name, property.text);
        else
          conditional.set(
            name,
            conditional.has(name) && conditional.get(name) !== property.text ? undefined : property.text,
          );
      }
    else if (element.name === 'Import') {
      const literal = (element.attributes.get('Project') ?? '').replace(
        /^\$\(MSBuildThisFileDirectory\)/i,
        './',
      );
      const joined = /[$*]/.test(literal) || literal === '' ? undefined : joinPath(folderOf(path), literal);
      if (joined !== undefined) imports.push(joined);
    } else if (KINDS.has(element.name)) items.push(...itemsOf(element, isConditional));
    else for (const child of element.children) visit(child, isConditional);
  };
  if (root !== undefined && isProject) visit(root, false);
  for (const [name, value] of conditional)
    if (value !== undefined && !fixed.has(name)) fixed.set(name, value);
  return {
    properties: fixed,
    items,
    imports,
    looksAbove: text.includes('GetPathOfFileAbove') || text.includes('GetDirectoryNameOfFileAbove'),
    problems: isProject
      ? problems
      : [
          ...problems,
          {
            code: 'file/unexpected-shape',
            message: `expected a <Project>, found <${root.name.slice(0, 40)}>`,
            at: { path, line: root.line },
            lost: true,
          },
        ],
  };
}

/** Replaces `$(Name)`; what is not known stays, and so do property functions. */
export function expandProperties(
  raw: string,
  lookup: (name: string) => string | undefined,
  depth = 0,
): string {
  if (!raw.includes('$(') || depth > 16) return raw;
  let grown = 0;
  return raw.replaceAll(/\$\(([\w.-]{1,200})\)/g, (whole, name: string) => {
    const value = lookup(name.toLowerCase());
    if (value === undefined || grown > 4_096) return whole;
    const full = expandProperties(
      value,
      (inner) => (inner === name.toLowerCase() ? undefined : lookup(inner)),
      depth + 1,
    );
    grown += full.length;
    return grown > 4_096 ? whole : full;
  });
}

function itemsOf(element: XmlElement, isConditional: boolean): ProjectItem[] {
  const action = (['Include', 'Update', 'Remove'] as const).find((name) => element.attributes.has(name));
  if (action === undefined) return [];
  const field = (name: string): string => element.attributes.get(name) ?? childText(element, name) ?? '';
  const version = field('VersionOverride') || field('Version');
  return element.attributes
    .get(action)!
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => ({
      kind: element.name as ProjectItem['kind'],
      action,
      name,
      version: version.trim(),
      isPrivate: /(^|;)\s*all\s*(;|$)/i.test(field('PrivateAssets')),
      isConditional: isConditional || childOf(element, 'Version')?.attributes.has('Condition') === true,
      line: element.line,
    }));
}
