import type { ExtractedComponent, Extraction, Extractor, Scope } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { arrayAt, type JsonObject, parseJsonObject, stringAt } from '../../text/json.ts';
import { baseName } from '../../text/paths.ts';
import { withoutCredentials } from '../../text/urls.ts';
import { nothingOf } from '../draft.ts';
import { isSpdx3 } from './cyclonedx.ts';
import { objectLines } from './element-lines.ts';
import { graphBuilder } from './graph.ts';
import { hashText, joinLicences } from './licences.ts';
import { objectsAt } from './objects.ts';

/** SPDX 2. https://spdx.github.io/spdx-spec/v2.3/ */
export const spdx: Extractor = {
  id: 'sbom/spdx',
  version: 2,
  ecosystem: 'Other',
  title: 'SPDX SBOM',
  files: ['*.spdx.json', 'sbom*.json', '*.spdx', '*.spdx3', '*.spdx.xml', '*.spdx.yaml', '*.spdx.rdf'],
  notes:
    'Packages with purl, licences and checksums, and the relationships that say who needs whom (`DEPENDS_ON`, `…_DEPENDENCY_OF`, links, tools); JSON 2.2 and 2.3. ' +
    'What the document describes is the project. `CONTAINS` is an edge only when no other relationship names the package. ' +
    'Files and snippets are not components. Tag-value, YAML, RDF and SPDX 3 are not read, which is a problem.',
  claims: (path) => {
    const name = baseName(path).toLowerCase();
    return (
      /^(?:bom|sbom(?:[._-].*)?)\.json$/.test(name) || /.\.spdx3?(?:\.(?:json|ya?ml|rdf|xml))?$/.test(name)
    );
  },
  extract: ({ path, text }) => {
    const isCertain = /\.spdx3?\./i.test(path) || /\.spdx$/i.test(path);
    if (!/\.json$/i.test(path))
      return nothingOf(
        'sbom',
        /SPDXVersion|spdxVersion|spdx\.org\/rdf/.test(text.slice(0, 20_000)) ? [notJson(path)] : [],
      );
    const { value, problems } = parseJsonObject(text, path);
    // For a name that both claim, the CycloneDX extractor tells what is wrong with the file.
    if (value === undefined) return nothingOf('sbom', isCertain ? problems : []);
    const version = stringAt(value, 'spdxVersion');
    if (version === undefined && isSpdx3(value))
      return nothingOf('sbom', [
        {
          code: 'sbom/spdx-3',
          message: 'SPDX 3 is not read',
          at: { path },
          hint: 'export SPDX 2.3 or CycloneDX as JSON',
          lost: true,
        },
      ]);
    if (version === undefined)
      return nothingOf(
        'sbom',
        isCertain
          ? [
              {
                code: 'sbom/not-spdx',
                message: 'the file is no SPDX document: it has no spdxVersion',
                at: { path },
                lost: true,
              },
            ]
          : [],
      );
    const known: Problem[] = /^SPDX-2\.[23]$/.test(version)
      ? []
      : [
          {
            code: 'sbom/unknown-version',
            message: `expected SPDX-2.2 or SPDX-2.3, found ${JSON.stringify(version.slice(0, 40))}; read as 2.3`,
            at: { path },
            lost: true,
          },
        ];
    return readDocument(value, text, path, [...problems, ...known]);
  },
};

const notJson = (path: string): Problem => ({
  code: 'sbom/not-json',
  message: 'of SPDX only JSON is read',
  at: { path },
  hint: 'convert to JSON, for instance with the SPDX online tools',
  lost: true,
});

/** Relationships that mean "needs": which end asks, and how. https://spdx.github.io/spdx-spec/v2.3/relationships-between-SPDX-elements/ */
const NEEDS: ReadonlyMap<string, readonly [asks: 'from' | 'to', kind: Scope]> = new Map([
  ['DEPENDS_ON', ['from', 'prod']],
  ['DEPENDENCY_OF', ['to', 'prod']],
  ['RUNTIME_DEPENDENCY_OF', ['to', 'prod']],
  ['DEV_DEPENDENCY_OF', ['to', 'dev']],
  ['TEST_DEPENDENCY_OF', ['to', 'dev']],
  ['OPTIONAL_DEPENDENCY_OF', ['to', 'optional']],
  ['OPTIONAL_COMPONENT_OF', ['to', 'optional']],
  ['PROVIDED_DEPENDENCY_OF', ['to', 'peer']],
  ['BUILD_DEPENDENCY_OF', ['to', 'build']],
  ['BUILD_TOOL_OF', ['to', 'build']],
  ['DEV_TOOL_OF', ['to', 'dev']],
  ['TEST_TOOL_OF', ['to', 'dev']],
  ['STATIC_LINK', ['from', 'prod']],
  ['DYNAMIC_LINK', ['from', 'prod']],
  ['HAS_PREREQUISITE', ['from', 'prod']],
  ['PREREQUISITE_FOR', ['to', 'prod']],
]);

function readDocument(document: JsonObject, text: string, path: string, problems: Problem[]): Extraction {
  const packages = objectsAt(document, 'packages');
  const lines = objectLines(text, { path: ['packages', '*'] });
  const fits = lines.length === packages.length;
  const relationships = objectsAt(document, 'relationships');
  const described = describedBy(document, relationships);
  const projects = projectsAmong(described, packages, relationships);

  const isProject = (entry: JsonObject): boolean => projects.has(stringAt(entry, 'SPDXID') ?? '');
  const indexes = [...packages.keys()];
  const order = [
    ...indexes.filter((index) => isProject(packages[index]!)),
    ...indexes.filter((index) => !isProject(packages[index]!)),
  ];
  const components: ExtractedComponent[] = [];
  const byId = new Map<string, number>();
  for (const index of order) {
    const entry = packages[index]!;
    const line = fits ? lines[index]! : 0;
    const id = stringAt(entry, 'SPDXID') ?? '';
    const component = readPackage(entry, line, projects.has(id));
    if (component === undefined) {
      problems.push({
        code: 'sbom/nameless-component',
        message: 'a package has no name',
        at: { path, line },
        lost: true,
      });
      continue;
    }
    if (id !== '' && !byId.has(id)) byId.set(id, components.length);
    components.push(component);
  }

  const others = new Set<string>();
  for (const list of ['files', 'snippets', 'packages'])
    for (const entry of objectsAt(document, list)) others.add(stringAt(entry, 'SPDXID') ?? '');
  const graph = graphBuilder(
    (id) => byId.get(id),
    (id) => others.has(id) || id === 'SPDXRef-DOCUMENT' || /^(?:DocumentRef-|NOASSERTION$|NONE$)/.test(id),
  );
  let saysWhoNeeds = false;
  for (const relationship of relationships) {
    const type = stringAt(relationship, 'relationshipType') ?? '';
    const a = stringAt(relationship, 'spdxElementId') ?? '';
    const b = stringAt(relationship, 'relatedSpdxElement') ?? '';
    const needs = NEEDS.get(type);
    if (needs !== undefined) {
      saysWhoNeeds = true;
      if (needs[0] === 'from') graph.add(a, b, needs[1]);
      else graph.add(b, a, needs[1]);
    } else if (type === 'CONTAINS' || type === 'CONTAINED_BY') {
      const [holder, held] = type === 'CONTAINS' ? [a, b] : [b, a];
      const [from, to] = [byId.get(holder), byId.get(held)];
      if (from !== undefined && to !== undefined) graph.contain(from, to);
    }
  }
  const { edges, problems: unknown } = graph.finish(path);
  return {
    role: 'sbom',
    components,
    edges,
    edgesKnown: saysWhoNeeds,
    covers: [],
    observations: [],
    problems: [...problems, ...unknown],
  };
}

function describedBy(document: JsonObject, relationships: readonly JsonObject[]): Set<string> {
  const described = new Set(arrayAt(document, 'documentDescribes').filter((id) => typeof id === 'string'));
  for (const relationship of relationships) {
    const type = stringAt(relationship, 'relationshipType');
    const a = stringAt(relationship, 'spdxElementId') ?? '';
    const b = stringAt(relationship, 'relatedSpdxElement') ?? '';
    if (type === 'DESCRIBES' && a === 'SPDXRef-DOCUMENT') described.add(b);
    else if (type === 'DESCRIBED_BY' && b === 'SPDXRef-DOCUMENT') described.add(a);
  }
  return described;
}

/** A document may describe one project, or simply list what it lists: then no package of several is the project. */
function projectsAmong(
  described: ReadonlySet<string>,
  packages: readonly JsonObject[],
  relationships: readonly JsonObject[],
): Set<string> {
  const ids = packages.map((entry) => stringAt(entry, 'SPDXID') ?? '').filter((id) => described.has(id));
  if (ids.length < 2) return new Set(ids);
  const asking = new Set<string>();
  for (const relationship of relationships) {
    const type = stringAt(relationship, 'relationshipType') ?? '';
    const asks = NEEDS.get(type)?.[0] ?? (type === 'CONTAINS' ? 'from' : undefined);
    if (asks !== undefined)
      asking.add(stringAt(relationship, asks === 'from' ? 'spdxElementId' : 'relatedSpdxElement') ?? '');
  }
  return new Set(ids.filter((id) => asking.has(id)));
}

function readPackage(entry: JsonObject, line: number, isProject: boolean): ExtractedComponent | undefined {
  const name = stringAt(entry, 'name');
  if (name === undefined || name === '') return undefined;
  const purl = objectsAt(entry, 'externalRefs')
    .filter((reference) => stringAt(reference, 'referenceType') === 'purl')
    .map((reference) => stringAt(reference, 'referenceLocator'))
    .find((locator) => locator !== undefined && locator !== '');
  const licence =
    joinLicences([stringAt(entry, 'licenseDeclared') ?? '']) ??
    joinLicences([stringAt(entry, 'licenseConcluded') ?? '']);
  const hashes = objectsAt(entry, 'checksums').flatMap((checksum) => {
    const [algorithm, value] = [stringAt(checksum, 'algorithm'), stringAt(checksum, 'checksumValue')];
    return algorithm === undefined || value === undefined ? [] : [hashText(algorithm, value)];
  });
  const source = stringAt(entry, 'downloadLocation');
  return {
    name,
    version: stringAt(entry, 'versionInfo') ?? '',
    origin: isProject ? 'project' : purl === undefined ? 'unknown' : 'registry',
    line,
    ...(purl === undefined ? {} : { purl }),
    ...(licence === undefined ? {} : { licence }),
    ...(hashes.length === 0 ? {} : { integrity: hashes.join(' ') }),
    ...(source === undefined || source === 'NOASSERTION' || source === 'NONE'
      ? {}
      : { source: withoutCredentials(source) }),
  };
}
