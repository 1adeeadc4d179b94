import type { Problem } from '../../../model/problem.ts';
import { childOf, childText, childrenOf, parseXml, type XmlElement } from '../../text/xml.ts';

/** A `<dependency>`, with its expressions (`${…}`) not yet replaced. Empty strings where it says nothing. */
export interface PomDependency {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
  readonly type: string;
  readonly classifier: string;
  readonly scope: string;
  readonly optional: string;
  readonly systemPath: string;
  readonly line: number;
}

/** What a project and a profile may both hold. */
export interface PomSection {
  readonly properties: ReadonlyMap<string, string>;
  readonly dependencies: readonly PomDependency[];
  readonly managed: readonly PomDependency[];
  readonly modules: readonly string[];
}

export interface PomProfile extends PomSection {
  readonly id: string;
  readonly isActiveByDefault: boolean;
}

export interface PomParent {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
  /** `../pom.xml` when it is not given; `''` when it is given empty, which means "do not look in the tree". */
  readonly relativePath: string;
  readonly line: number;
}

/** A POM as written: nothing inherited, nothing replaced. */
export interface Pom extends PomSection {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
  /** Line of the project's own `<artifactId>`. */
  readonly line: number;
  readonly parent: PomParent | undefined;
  readonly licences: readonly string[];
  readonly profiles: readonly PomProfile[];
  readonly problems: readonly Problem[];
}

/** Parents are read again for each of their modules; the last few documents are kept with their text, which must be the same for the answer to be. */
const kept = new Map<string, { readonly text: string; readonly pom: Pom }>();
const MOST_KEPT = 64;
const LONGEST_KEPT = 500_000;

/** Reads a pom.xml. https://maven.apache.org/ref/current/maven-model/maven.html */
export function parsePom(text: string, path: string): Pom {
  const known = kept.get(path);
  if (known?.text === text) return known.pom;
  const pom = readPom(text, path);
  kept.delete(path);
  if (text.length <= LONGEST_KEPT) {
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
    kept.set(path, { text, pom });
  }
  return pom;
}

function readPom(text: string, path: string): Pom {
  const { root, problems } = parseXml(text, path);
  const project = root?.name === 'project' ? root : undefined;
  const parent = childOf(project, 'parent');
  return {
    ...sectionOf(project),
    groupId: childText(project, 'groupId') ?? '',
    artifactId: childText(project, 'artifactId') ?? '',
    version: childText(project, 'version') ?? '',
    line: (childOf(project, 'artifactId') ?? project)?.line ?? 0,
    parent:
      parent === undefined
        ? undefined
        : {
            groupId: childText(parent, 'groupId') ?? '',
            artifactId: childText(parent, 'artifactId') ?? '',
            version: childText(parent, 'version') ?? '',
            relativePath: childText(parent, 'relativePath') ?? '../pom.xml',
            line: parent.line,
          },
    licences: childrenOf(childOf(project, 'licenses'), 'license').flatMap(
      (licence) => childText(licence, 'name') ?? [],
    ),
    profiles: childrenOf(childOf(project, 'profiles'), 'profile').map((profile) => ({
      ...sectionOf(profile),
      id: childText(profile, 'id') ?? '',
      isActiveByDefault: childText(childOf(profile, 'activation'), 'activeByDefault') === 'true',
    })),
    problems:
      root !== undefined && project === undefined
        ? [
            ...problems,
            {
              code: 'file/unexpected-shape',
              message: `expected a <project>, found <${root.name.slice(0, 40)}>`,
              at: { path, line: root.line },
              lost: true,
            },
          ]
        : problems,
  };
}

function sectionOf(element: XmlElement | undefined): PomSection {
  return {
    properties: new Map(childOf(element, 'properties')?.children.map((child) => [child.name, child.text])),
    dependencies: dependenciesOf(childOf(element, 'dependencies')),
    managed: dependenciesOf(childOf(childOf(element, 'dependencyManagement'), 'dependencies')),
    modules: childrenOf(childOf(element, 'modules'), 'module').map((module) => module.text),
  };
}

const dependenciesOf = (list: XmlElement | undefined): readonly PomDependency[] =>
  childrenOf(list, 'dependency').map((found) => {
    const fields = new Map(found.children.map((child) => [child.name, child.text]));
    const field = (name: string): string => fields.get(name) ?? '';
    return {
      groupId: field('groupId'),
      artifactId: field('artifactId'),
      version: field('version'),
      type: field('type') || 'jar',
      classifier: field('classifier'),
      scope: field('scope'),
      optional: field('optional'),
      systemPath: field('systemPath'),
      line: found.line,
    };
  });
