import type { ExtractedComponent, Extraction, Extractor, Scope } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { arrayAt, type JsonObject, objectAt, parseJsonObject, stringAt } from '../../text/json.ts';
import { baseName } from '../../text/paths.ts';
import { withoutCredentials } from '../../text/urls.ts';
import { nothingOf } from '../draft.ts';
import { objectLines } from './element-lines.ts';
import { graphBuilder } from './graph.ts';
import { hashText, joinLicences } from './licences.ts';
import { isObject, objectsAt } from './objects.ts';

/** CycloneDX. https://cyclonedx.org/docs/1.7/json/ */
export const cyclonedx: Extractor = {
  id: 'sbom/cyclonedx',
  version: 2,
  ecosystem: 'Other',
  title: 'CycloneDX SBOM',
  files: ['bom.json', '*.cdx.json', '*.cyclonedx.json', 'sbom*.json', '*.cdx.xml', '*.cyclonedx.xml'],
  notes:
    'Components at any depth with purl, licences and hashes, `metadata.component` as the project, and the `dependencies` graph; JSON 1.2 to 1.7. ' +
    'A component within another is an edge only when the graph does not mention it. `scope: excluded` and npm’s development property are `dev`. ' +
    'Services, vulnerabilities and formulation are not components. XML is not read, which is a problem.',
  claims: (path) => {
    const name = baseName(path).toLowerCase();
    return (
      /^(?:bom|sbom(?:[._-].*)?)\.json$/.test(name) ||
      /.\.(?:cdx|cyclonedx|bom)\.(?:json|xml)$/.test(name) ||
      name === 'bom.xml' ||
      name === 'sbom.xml'
    );
  },
  extract: ({ path, text }) => {
    if (/\.xml$/i.test(path))
      return isXmlBom(text) ? nothingOf('sbom', [xmlProblem(path)]) : nothingOf('sbom', []);
    // Another name says the format less clearly: what is not ours is then no loss.
    const isCertain = /\.(?:cdx|cyclonedx)\.json$/i.test(path);
    const { value, problems } = parseJsonObject(text, path);
    if (value === undefined) return nothingOf('sbom', problems);
    if (stringAt(value, 'bomFormat') !== 'CycloneDX') {
      // The SPDX extractor claims these names too.
      if (Object.hasOwn(value, 'spdxVersion') || isSpdx3(value)) return nothingOf('sbom', []);
      return nothingOf('sbom', [
        {
          code: 'sbom/not-cyclonedx',
          message: 'the file is no CycloneDX document: bomFormat is not "CycloneDX"',
          at: { path },
          ...(isCertain ? { lost: true } : {}),
        },
      ]);
    }
    return readBom(value, text, path, [...problems, ...versionProblems(value, path)]);
  },
};

/** SPDX 3 is JSON-LD: a context and a graph. */
export function isSpdx3(value: JsonObject): boolean {
  const context = value['@context'];
  return (Array.isArray(context) ? context : [context]).some(
    (one) => typeof one === 'string' && one.includes('spdx.org/rdf/3'),
  );
}

const isXmlBom = (text: string): boolean => text.slice(0, 4000).includes('cyclonedx.org/schema/bom');

const xmlProblem = (path: string): Problem => ({
  code: 'sbom/xml',
  message: 'XML SBOMs are not read',
  at: { path },
  hint: 'convert to JSON: cyclonedx convert --output-format json',
  lost: true,
});

function versionProblems(value: JsonObject, path: string): Problem[] {
  const version = stringAt(value, 'specVersion');
  if (version !== undefined && /^1\.[2-7]$/.test(version)) return [];
  return [
    {
      code: 'sbom/unknown-version',
      message: `expected specVersion 1.2 to 1.7, found ${JSON.stringify(version ?? null)}; read as 1.7`,
      at: { path },
      lost: true,
    },
  ];
}

interface Found {
  readonly object: JsonObject;
  readonly parent: number | undefined;
  readonly line: number;
}

function readBom(bom: JsonObject, text: string, path: string, problems: Problem[]): Extraction {
  const main = objectAt(objectAt(bom, 'metadata'), 'component');
  const found: Found[] = [];
  if (main !== undefined)
    collect([main], { path: ['metadata', 'component'], nested: 'components' }, text, found);
  collect(arrayAt(bom, 'components'), { path: ['components', '*'], nested: 'components' }, text, found);

  const components: ExtractedComponent[] = [];
  const byReference = new Map<string, number>();
  // Objects without a name are left out: what they hold moves to their parent.
  const place: (number | undefined)[] = [];
  for (const [index, { object, parent, line }] of found.entries()) {
    const above = parent === undefined ? undefined : place[parent];
    const component = readComponent(object, line, index === 0 && main !== undefined);
    if (component === undefined) {
      place.push(above);
      problems.push({
        code: 'sbom/nameless-component',
        message: 'a component has no name',
        at: { path, line },
        lost: true,
      });
      continue;
    }
    place.push(components.length);
    const reference = stringAt(object, 'bom-ref');
    if (reference !== undefined && byReference.has(reference))
      problems.push({
        code: 'sbom/duplicate-reference',
        message: `the bom-ref ${JSON.stringify(reference.slice(0, 80))} is given twice; the first one counts`,
        at: { path, line },
      });
    else if (reference !== undefined) byReference.set(reference, components.length);
    components.push(component);
  }

  const services = new Set<string>();
  collectServiceReferences(objectsAt(bom, 'services'), services);
  // A BOM-Link (urn:cdx:…) points into another document.
  const graph = graphBuilder(
    (reference) => byReference.get(reference),
    (reference) => services.has(reference) || reference.startsWith('urn:cdx:'),
  );
  for (const [index, { parent }] of found.entries()) {
    const [from, to] = [parent === undefined ? undefined : place[parent], place[index]];
    if (from !== undefined && to !== undefined && from !== to) graph.contain(from, to);
  }
  const dependencies = objectsAt(bom, 'dependencies');
  for (const entry of dependencies) {
    const from = stringAt(entry, 'ref');
    if (from === undefined) continue;
    for (const to of arrayAt(entry, 'dependsOn')) {
      if (typeof to !== 'string') continue;
      const target = byReference.get(to);
      graph.add(from, to, (target === undefined ? undefined : components[target]!.scopes?.[0]) ?? 'prod');
    }
  }
  const { edges, problems: unknown } = graph.finish(path);
  return {
    role: 'sbom',
    components,
    edges,
    edgesKnown: dependencies.length > 0,
    covers: [],
    observations: [],
    problems: [...problems, ...unknown],
  };
}

/** Objects of a list and what is nested in them, parents first. Without recursion: the text decides the depth. */
function collect(
  list: readonly unknown[],
  where: { readonly path: readonly string[]; readonly nested: string },
  text: string,
  into: Found[],
): void {
  const objects: { object: JsonObject; parent: number | undefined }[] = [];
  const stack: { list: readonly unknown[]; at: number; parent: number | undefined }[] = [
    { list, at: 0, parent: undefined },
  ];
  const offset = into.length;
  while (stack.length > 0) {
    const top = stack.at(-1)!;
    if (top.at >= top.list.length) {
      stack.pop();
      continue;
    }
    const item = top.list[top.at++];
    if (!isObject(item)) continue;
    const object = item;
    objects.push({ object, parent: top.parent });
    stack.push({ list: arrayAt(object, where.nested), at: 0, parent: offset + objects.length - 1 });
  }
  const lines = objectLines(text, where);
  // A key that is given twice puts the lines out of step: better none than wrong ones.
  const fits = lines.length === objects.length;
  for (const [index, found] of objects.entries()) into.push({ ...found, line: fits ? lines[index]! : 0 });
}

function collectServiceReferences(services: readonly JsonObject[], into: Set<string>): void {
  const open = [...services];
  for (let service = open.pop(); service !== undefined; service = open.pop()) {
    const reference = stringAt(service, 'bom-ref');
    if (reference !== undefined) into.add(reference);
    for (const inner of objectsAt(service, 'services')) open.push(inner);
  }
}

function readComponent(object: JsonObject, line: number, isMain: boolean): ExtractedComponent | undefined {
  const name = stringAt(object, 'name');
  if (name === undefined || name === '') return undefined;
  const group = stringAt(object, 'group') ?? '';
  const purl = stringAt(object, 'purl');
  const version = stringAt(object, 'version') ?? '';
  const range = stringAt(object, 'versionRange');
  const licence = licenceOf(objectsAt(object, 'licenses'));
  const hashes = objectsAt(object, 'hashes').flatMap((hash) => {
    const [algorithm, content] = [stringAt(hash, 'alg'), stringAt(hash, 'content')];
    return algorithm === undefined || content === undefined ? [] : [hashText(algorithm, content)];
  });
  const source = objectsAt(object, 'externalReferences')
    .filter((reference) => stringAt(reference, 'type') === 'distribution')
    .map((reference) => stringAt(reference, 'url'))
    .find((url) => url !== undefined);
  const scope = scopeOf(object);
  return {
    name: group === '' ? name : `${group}/${name}`,
    version,
    origin: isMain ? 'project' : originOf(stringAt(object, 'type'), purl),
    line,
    ...(purl === undefined || purl === '' ? {} : { purl }),
    ...(version === '' && range !== undefined ? { requested: range } : {}),
    ...(licence === undefined ? {} : { licence }),
    ...(hashes.length === 0 ? {} : { integrity: hashes.join(' ') }),
    ...(source === undefined ? {} : { source: withoutCredentials(source) }),
    ...(scope === undefined ? {} : { scopes: [scope] }),
  };
}

/** Without a purl nothing says that a registry has it; files are files. */
function originOf(type: string | undefined, purl: string | undefined): ExtractedComponent['origin'] {
  if (purl !== undefined && purl !== '') return 'registry';
  return type === 'file' ? 'file' : 'unknown';
}

function scopeOf(object: JsonObject): Scope | undefined {
  const isDevelopment = objectsAt(object, 'properties').some(
    (property) =>
      stringAt(property, 'name') === 'cdx:npm:package:development' && stringAt(property, 'value') === 'true',
  );
  if (isDevelopment) return 'dev';
  switch (stringAt(object, 'scope')) {
    case 'required':
      return 'prod';
    case 'optional':
      return 'optional';
    case 'excluded':
      return 'dev';
    default:
      return undefined;
  }
}

/** `{license: {id | name}}` or `{expression}`. Where some are marked as declared, the concluded ones are left out. */
function licenceOf(licenses: readonly JsonObject[]): string | undefined {
  const read = licenses.flatMap((choice) => {
    const license = objectAt(choice, 'license');
    const text = stringAt(choice, 'expression') ?? stringAt(license, 'id') ?? stringAt(license, 'name');
    if (text === undefined) return [];
    return [{ text, said: stringAt(license ?? choice, 'acknowledgement') }];
  });
  const declared = read.filter(({ said }) => said === 'declared');
  return joinLicences((declared.length > 0 ? declared : read).map(({ text }) => text));
}
