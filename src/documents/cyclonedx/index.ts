import type { Component } from '../../model/component.ts';
import type { Reporter, Snapshot } from '../../model/result.ts';
import { hashesOf } from '../common/hashes.ts';
import { licenceReader } from '../common/licence.ts';
import type { StatedLicence } from '../common/licence.ts';
import { componentGraph, placesOf, scopesOf } from '../common/occurrences.ts';
import type { Placed } from '../common/occurrences.ts';
import type { SbomOptions } from '../common/options.ts';
import { printDocument } from '../common/print.ts';
import { documentUuid, publicUrl, subjectOf } from '../common/subject.ts';
import { caveats, problemWords } from '../common/words.ts';
import { vulnerabilities } from './vulnerabilities.ts';

/** CycloneDX 1.6 JSON with vulnerabilities. https://cyclonedx.org/docs/1.6/json/ */
export const cyclonedx: Reporter = {
  id: 'cyclonedx',
  mediaType: 'application/vnd.cyclonedx+json; version=1.6',
  report: (snapshot) => cyclonedxReport(snapshot),
};

/** The same snapshot gives the same bytes: the serial number comes from its content, the time from when it was taken. */
export function cyclonedxReport(snapshot: Snapshot, options: SbomOptions = {}): string {
  return printDocument(cyclonedxDocument(snapshot, options));
}

/** `bom-ref` of the scanned thing itself; every other one is a purl. */
const TARGET = 'assay:target';

/** The document before it is printed. */
export function cyclonedxDocument(snapshot: Snapshot, options: SbomOptions = {}): object {
  const { inventory, takenAt, tool, problems } = snapshot;
  const withFindings = options.findings !== false;
  const subject = subjectOf(snapshot);
  const places = placesOf(inventory);
  const readLicence = licenceReader();
  const graph = componentGraph(inventory);
  const refs = inventory.components.map(({ purl }) => purl);
  const isLost = problems.some(({ lost }) => lost === true);
  const assay = { type: 'application', name: 'assay', version: tool.version };
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${documentUuid(snapshot, withFindings ? 'cyclonedx' : 'cyclonedx-sbom')}`,
    version: 1,
    metadata: {
      timestamp: takenAt,
      lifecycles: [{ phase: 'pre-build' }],
      tools: { components: [assay] },
      component: {
        type: 'application',
        'bom-ref': TARGET,
        name: subject.name,
        ...(subject.version === '' ? {} : { version: subject.version }),
        purl: subject.purl,
      },
      properties: [
        property('target:kind', snapshot.target.kind),
        ...(snapshot.target.commit === undefined ? [] : [property('target:commit', snapshot.target.commit)]),
        ...caveats(snapshot).map((text) => property('caveat', text)),
        ...(withFindings ? [property('verdict', snapshot.verdict.effect)] : []),
        ...problems.map((problem) => property('problem', problemWords(problem))),
      ],
    },
    components: inventory.components.map((component, index) =>
      componentEntry(component, places[index]!, readLicence, subject.name),
    ),
    dependencies: [
      { ref: TARGET, dependsOn: graph.top.map(({ to }) => refs[to]!) },
      ...graph.edges.map((edges, from) => ({
        ref: refs[from]!,
        dependsOn: edges.map(({ to }) => refs[to]!),
      })),
    ],
    compositions: [{ aggregate: graph.whole && !isLost ? 'unknown' : 'incomplete', dependencies: [TARGET] }],
    ...(withFindings
      ? {
          vulnerabilities: vulnerabilities(snapshot),
          annotations: snapshot.findings
            .filter(({ ids }) => ids.length === 0)
            .map((finding) => ({
              subjects: [finding.component === undefined ? TARGET : refs[finding.component]!],
              annotator: { component: assay },
              timestamp: takenAt,
              text: `${finding.rule}: ${finding.title}`,
            })),
        }
      : {}),
  };
}

function componentEntry(
  component: Component,
  places: readonly Placed[],
  readLicence: (declared: string) => StatedLicence,
  /** For a project that does not name itself. */
  fallback: string,
): object {
  const [group, name] = groupAndName(component);
  const scopes = scopesOf(places);
  const hashes = hashesOf(component.integrity);
  const url = publicUrl(component.source);
  const direct = ['yes', 'unknown', 'no'].find((answer) =>
    places.some(({ occurrence }) => occurrence.direct === answer),
  );
  return {
    type: typeOf(component),
    'bom-ref': component.purl,
    // NTIA asks for a supplier; lockfiles do not name one, and we do not guess.
    supplier: { name: 'NOASSERTION' },
    ...(group === '' ? {} : { group }),
    name: name === '' ? fallback : name,
    ...(component.version === '' ? {} : { version: component.version }),
    scope:
      scopes.includes('prod') || scopes.includes('peer') || scopes.length === 0
        ? 'required'
        : scopes.includes('optional')
          ? 'optional'
          : 'excluded',
    ...(hashes.length === 0
      ? {}
      : { hashes: hashes.map(({ algorithm, hex }) => ({ alg: algorithm, content: hex })) }),
    ...(component.licences.length === 0 ? {} : { licenses: licences(component.licences.map(readLicence)) }),
    ...(name === '' ? {} : { purl: component.purl }),
    ...(url === undefined ? {} : { externalReferences: [{ type: 'distribution', url }] }),
    ...(places.length === 0
      ? {}
      : {
          evidence: {
            occurrences: places.map(({ manifest, occurrence }) => ({
              location: manifest.path,
              ...(occurrence.line > 0 ? { line: occurrence.line } : {}),
            })),
          },
        }),
    properties: [
      property('ecosystem', component.ecosystem),
      property('origin', component.origin),
      ...(direct === undefined ? [] : [property('direct', direct)]),
      ...scopes.map((scope) => property('scope', scope)),
      ...(component.requested === undefined ? [] : [property('requested', component.requested)]),
      ...(component.deprecated === undefined ? [] : [property('deprecated', component.deprecated)]),
      ...(component.hasInstallScript === undefined ? [] : [property('install-script', 'true')]),
    ],
  };
}

/** The list holds either one expression or ids and names: several declarations of which one is an expression become names. */
function licences(stated: readonly StatedLicence[]): object[] {
  const only = stated[0];
  if (stated.length === 1 && only?.kind === 'expression')
    return [{ expression: only.expression, acknowledgement: 'declared' }];
  return stated.map((licence) => ({
    license: {
      ...(licence.kind === 'id'
        ? { id: licence.id }
        : { name: licence.kind === 'expression' ? licence.expression : licence.words }),
      acknowledgement: 'declared',
    },
  }));
}

/** purl namespace and name where the ecosystem writes them in one: `@a/b` → `@a`, `b`; `group:artifact`. */
function groupAndName({ ecosystem, name }: Component): readonly [string, string] {
  const cut =
    ecosystem === 'npm' && !name.startsWith('@')
      ? -1
      : ecosystem === 'Maven'
        ? name.indexOf(':')
        : name.lastIndexOf('/');
  return cut <= 0 || cut === name.length - 1 ? ['', name] : [name.slice(0, cut), name.slice(cut + 1)];
}

function typeOf({ origin, ecosystem }: Component): string {
  if (origin === 'project' || origin === 'workspace') return 'application';
  if (ecosystem === 'Docker') return 'container';
  if (ecosystem === 'Runtime') return 'platform';
  return 'library';
}

const property = (name: string, value: string): object => ({ name: `assay:${name}`, value });
