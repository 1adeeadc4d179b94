import { SPDX_LIST_VERSION } from '../../analysis/licences/list.ts';
import type { Component } from '../../model/component.ts';
import type { Scope } from '../../model/extractor.ts';
import type { Reporter, Snapshot } from '../../model/result.ts';
import { advisoryUrl } from '../common/advisory.ts';
import { hashesOf } from '../common/hashes.ts';
import { licenceReader } from '../common/licence.ts';
import { componentGraph } from '../common/occurrences.ts';
import type { SbomOptions } from '../common/options.ts';
import { printDocument } from '../common/print.ts';
import { documentUuid, publicUrl, subjectOf, wellFormed } from '../common/subject.ts';
import { caveats, notCheckedWords, problemWords } from '../common/words.ts';

/** SPDX 2.3 JSON. https://spdx.github.io/spdx-spec/v2.3/ */
export const spdx: Reporter = {
  id: 'spdx',
  mediaType: 'application/spdx+json; version=2.3',
  report: (snapshot) => spdxReport(snapshot),
};

/** Has the NTIA minimum elements: supplier (not asserted where nobody states it), name, version, purl, relationships, creator, time. */
export function spdxReport(snapshot: Snapshot, options: SbomOptions = {}): string {
  return printDocument(spdxDocument(snapshot, options));
}

const DOCUMENT = 'SPDXRef-DOCUMENT';
const TARGET = 'SPDXRef-Target';

/** The document before it is printed. */
export function spdxDocument(snapshot: Snapshot, options: SbomOptions = {}): object {
  const { inventory, takenAt, tool } = snapshot;
  const subject = subjectOf(snapshot);
  const withFindings = options.findings !== false;
  const uuid = documentUuid(snapshot, withFindings ? 'spdx' : 'spdx-sbom');
  const ids = elementIds(inventory.components);
  const graph = componentGraph(inventory);
  const words = new Map<string, string>();
  const declare = licenceDeclarer(words);
  const advisories = withFindings ? advisoryRefs(snapshot) : new Map<number, object[]>();
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: DOCUMENT,
    name: subject.name,
    documentNamespace: `https://spdx.org/spdxdocs/${encodeURIComponent(wellFormed(subject.name))}-${uuid}`,
    comment: caveats(snapshot).join('\n'),
    ...annotations(snapshot),
    creationInfo: {
      created: takenAt,
      creators: [`Tool: assay-${tool.version}`],
      licenseListVersion: SPDX_LIST_VERSION.split('.').slice(0, 2).join('.'),
    },
    packages: [
      {
        SPDXID: TARGET,
        name: subject.name,
        ...(subject.version === '' ? {} : { versionInfo: subject.version }),
        ...UNASSERTED,
        downloadLocation: 'NOASSERTION',
        licenseDeclared: 'NOASSERTION',
        primaryPackagePurpose: 'APPLICATION',
        externalRefs: [purlRef(subject.purl)],
      },
      ...inventory.components.map((component, index) => ({
        SPDXID: ids[index]!,
        // A project that does not name itself.
        name: component.name === '' ? subject.name : component.name,
        ...(component.version === '' ? {} : { versionInfo: component.version }),
        ...UNASSERTED,
        downloadLocation: publicUrl(component.source) ?? 'NOASSERTION',
        licenseDeclared: declare(component.licences),
        primaryPackagePurpose: purposeOf(component),
        ...checksums(component.integrity),
        externalRefs: [
          ...(component.name === '' ? [] : [purlRef(component.purl)]),
          ...(advisories.get(index) ?? []),
        ],
        ...(component.requested === undefined
          ? {}
          : { comment: `asked for as ${component.requested}; no exact version is locked` }),
      })),
    ],
    ...(words.size === 0
      ? {}
      : {
          hasExtractedLicensingInfos: [...words].map(([text, licenseId]) => ({
            licenseId,
            name: text,
            extractedText: text,
            comment: 'As declared; not an SPDX licence expression.',
          })),
        }),
    relationships: [
      relationship(DOCUMENT, 'DESCRIBES', TARGET),
      ...graph.top.flatMap(({ to, kinds }) => dependencies(TARGET, ids[to]!, kinds)),
      ...graph.edges.flatMap((edges, from) =>
        edges.flatMap(({ to, kinds }) => dependencies(ids[from]!, ids[to]!, kinds)),
      ),
      ...(graph.whole
        ? []
        : [
            {
              ...relationship(TARGET, 'DEPENDS_ON', 'NOASSERTION'),
              comment: 'some manifests do not say what asks for what',
            },
          ]),
    ],
  };
}

/** What was not checked, left out or not understood, one annotation on the document each: SPDX 2.3 §12. */
function annotations({ notChecked, problems, takenAt, tool }: Snapshot): object {
  const comments = [...notChecked.map(notCheckedWords), ...problems.map(problemWords)];
  if (comments.length === 0) return {};
  return {
    annotations: comments.map((comment) => ({
      annotationDate: takenAt,
      annotationType: 'OTHER',
      annotator: `Tool: assay-${tool.version}`,
      comment,
    })),
  };
}

const UNASSERTED = {
  supplier: 'NOASSERTION',
  filesAnalyzed: false,
  licenseConcluded: 'NOASSERTION',
  copyrightText: 'NOASSERTION',
} as const;

/** An element id made of the purl: stable however many other components there are, unless two purls differ in punctuation alone. */
function elementIds(components: readonly Component[]): readonly string[] {
  const taken = new Set<string>([DOCUMENT, TARGET]);
  return components.map(({ purl }) => {
    const base = `SPDXRef-${purl.replace(/^pkg:/, '').replace(/[^A-Za-z0-9.]+/g, '-')}`;
    let id = base;
    for (let n = 2; taken.has(id); n++) id = `${base}-${n}`;
    taken.add(id);
    return id;
  });
}

/** Several declarations apply together as far as we know; words that are no expression get a `LicenseRef-` of their own in `words`. */
function licenceDeclarer(words: Map<string, string>): (licences: readonly string[]) => string {
  const read = licenceReader();
  return (licences) => {
    const parts = licences.map((declared) => {
      const stated = read(declared);
      if (stated.kind === 'id') return stated.id;
      if (stated.kind === 'expression')
        return licences.length > 1 ? `(${stated.expression})` : stated.expression;
      const id = words.get(stated.words) ?? `LicenseRef-${words.size + 1}`;
      words.set(stated.words, id);
      return id;
    });
    return parts.length === 0 ? 'NOASSERTION' : parts.join(' AND ');
  };
}

/** `from` asks for `to`. SPDX says most kinds from the other end: `to DEV_DEPENDENCY_OF from`. */
function dependencies(from: string, to: string, kinds: readonly Scope[]): object[] {
  return kinds.map((kind) => {
    if (kind === 'prod') return relationship(from, 'DEPENDS_ON', to);
    if (kind === 'dev') return relationship(to, 'DEV_DEPENDENCY_OF', from);
    if (kind === 'build') return relationship(to, 'BUILD_DEPENDENCY_OF', from);
    if (kind === 'optional') return relationship(to, 'OPTIONAL_DEPENDENCY_OF', from);
    return relationship(to, 'PROVIDED_DEPENDENCY_OF', from);
  });
}

const relationship = (
  spdxElementId: string,
  relationshipType: string,
  relatedSpdxElement: string,
): object => ({
  spdxElementId,
  relationshipType,
  relatedSpdxElement,
});

const purlRef = (purl: string): object => ({
  referenceCategory: 'PACKAGE-MANAGER',
  referenceType: 'purl',
  referenceLocator: purl,
});

function advisoryRefs(snapshot: Snapshot): Map<number, object[]> {
  const refs = new Map<number, object[]>();
  for (const finding of snapshot.findings) {
    if (finding.component === undefined || finding.ids.length === 0) continue;
    const list = refs.get(finding.component) ?? [];
    list.push({
      referenceCategory: 'SECURITY',
      referenceType: 'advisory',
      referenceLocator: advisoryUrl(finding),
      comment: `${finding.ids.join(', ')}: priority ${finding.priority}${finding.decision === undefined ? '' : ', decided'}`,
    });
    refs.set(finding.component, list);
  }
  return refs;
}

function checksums(integrity: string | undefined): object {
  const hashes = hashesOf(integrity);
  if (hashes.length === 0) return {};
  return {
    checksums: hashes.map(({ algorithm, hex }) => ({
      algorithm: algorithm.replace('-', ''),
      checksumValue: hex,
    })),
  };
}

function purposeOf({ origin, ecosystem }: Component): string {
  if (origin === 'project' || origin === 'workspace') return 'APPLICATION';
  if (ecosystem === 'Docker') return 'CONTAINER';
  if (ecosystem === 'Runtime') return 'FRAMEWORK';
  return 'LIBRARY';
}
