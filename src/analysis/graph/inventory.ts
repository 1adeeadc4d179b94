import type { Component, Purl } from '../../model/component.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import type { ExtractedComponent, Extraction, Origin } from '../../model/extractor.ts';
import type { Inventory, Manifest, Occurrence } from '../../model/inventory.ts';
import type { Problem } from '../../model/problem.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { identify, releasedKey, releasedPurl } from '../identity/identify.ts';
import { placesOfEdges, scopesOf } from './scopes.ts';
import { standingOf } from './standing.ts';

/** What one extractor gave for one file. */
export interface ExtractedFile {
  readonly path: string;
  /** Extractor id. */
  readonly extractor: string;
  readonly ecosystem: EcosystemId;
  readonly extraction: Extraction;
}

/**
 * Merges what the extractors found into one inventory: one component per identity, one graph per file.
 * A manifest that a readable lockfile of the same ecosystem covers adds nothing and is left out.
 * The order of `files` does not matter. O(components + edges), plus sorting.
 */
export function buildInventory(files: readonly ExtractedFile[], problems: readonly Problem[]): Inventory {
  const kept = withoutCovered([...files].sort(byPath));
  const drafts: Drafts = { released: new Map(), others: new Map(), all: [] };
  const nodes = kept.map((file) => file.extraction.components.map((found) => draftOf(drafts, file, found)));
  const sorted = drafts.all.sort(
    (a, b) => compareText(a.purl, b.purl) || compareText(keyOfDraft(a), keyOfDraft(b)),
  );
  sorted.forEach((draft, index) => (draft.index = index));
  return {
    components: sorted.map(toComponent),
    manifests: kept.map((file, index) => toManifest(file, nodes[index]!)),
    problems: [...problems, ...kept.flatMap((file) => file.extraction.problems)].sort(byPlace),
  };
}

/**
 * Components by identity. Nearly all come from a registry and are told apart by ecosystem, canonical name and version: looking
 * those up without building a key is what keeps 30,000 entries cheap. Most names have one version, and then need no map for it.
 */
interface Drafts {
  readonly released: Map<EcosystemId, Map<string, Draft | Map<string, Draft>>>;
  readonly others: Map<string, Draft>;
  readonly all: Draft[];
}

interface Draft {
  /** Of its identity; absent for what was released: it is rarely asked for. */
  readonly key: string | undefined;
  readonly purl: Purl;
  readonly ecosystem: EcosystemId;
  readonly name: string;
  readonly version: string;
  readonly requested: string | undefined;
  readonly origin: Origin;
  readonly licences: string[];
  integrity: string | undefined;
  source: string | undefined;
  deprecated: string | undefined;
  hasInstallScript: boolean;
  index: number;
}

const keyOfDraft = ({ key, ecosystem, name, version }: Draft): string =>
  key ?? releasedKey(ecosystem, name, version);

function withoutCovered(files: readonly ExtractedFile[]): ExtractedFile[] {
  const covered = new Set<string>();
  for (const { ecosystem, extraction } of files) {
    if (extraction.role === 'lock' && !isUnreadable(extraction))
      for (const path of extraction.covers) covered.add(`${ecosystem}\0${path}`);
  }
  return files.filter(
    ({ ecosystem, path, extraction }) =>
      extraction.role !== 'manifest' || !covered.has(`${ecosystem}\0${path}`),
  );
}

/** Nothing came out of the file, and something should have: it then covers nothing. */
export function isUnreadable({ components, problems }: Extraction): boolean {
  return components.length === 0 && problems.some((problem) => problem.lost);
}

function draftOf(drafts: Drafts, file: ExtractedFile, found: ExtractedComponent): Draft {
  const draft = sameDraft(drafts, file, found);
  // Where files disagree on a detail, the smallest wins: any fixed rule will do, as long as file order does not.
  const { licence, integrity, source, deprecated } = found;
  if (licence !== undefined && licence !== '' && !draft.licences.includes(licence))
    draft.licences.push(licence);
  if (integrity !== undefined) draft.integrity = smaller(draft.integrity, integrity);
  if (source !== undefined) draft.source = smaller(draft.source, source);
  if (deprecated !== undefined) draft.deprecated = smaller(draft.deprecated, deprecated);
  if (found.hasInstallScript) draft.hasInstallScript = true;
  return draft;
}

/** The draft of the same identity, or a new one. */
function sameDraft(drafts: Drafts, file: ExtractedFile, found: ExtractedComponent): Draft {
  const ecosystem = found.ecosystem ?? file.ecosystem;
  const { version } = found;
  if (found.origin === 'registry' && version !== '' && found.name !== '' && found.purl === undefined) {
    const name = ecosystemOf(ecosystem).normaliseName(found.name);
    return (
      knownRelease(drafts, ecosystem, name, version) ??
      addRelease(drafts, ecosystem, name, found, releasedPurl(ecosystem, name, version))
    );
  }
  const identity = identify(found, ecosystem, file.path);
  const { key, name } = identity;
  if (identity.isReleased)
    return (
      knownRelease(drafts, identity.ecosystem, name, version) ??
      addRelease(drafts, identity.ecosystem, name, found, identity.purl())
    );
  const known = drafts.others.get(key);
  if (known !== undefined) return known;
  const draft = newDraft(key, identity.purl(), identity.ecosystem, name, found);
  drafts.others.set(key, draft);
  drafts.all.push(draft);
  return draft;
}

function knownRelease(
  { released }: Drafts,
  ecosystem: EcosystemId,
  name: string,
  version: string,
): Draft | undefined {
  const found = released.get(ecosystem)?.get(name);
  if (found === undefined) return undefined;
  if (found instanceof Map) return found.get(version);
  return found.version === version ? found : undefined;
}

function addRelease(
  { released, all }: Drafts,
  ecosystem: EcosystemId,
  name: string,
  found: ExtractedComponent,
  purl: Purl,
): Draft {
  const draft = newDraft(undefined, purl, ecosystem, name, found);
  all.push(draft);
  let names = released.get(ecosystem);
  if (names === undefined) released.set(ecosystem, (names = new Map()));
  const others = names.get(name);
  if (others === undefined) names.set(name, draft);
  else if (others instanceof Map) others.set(draft.version, draft);
  else
    names.set(
      name,
      new Map([
        [others.version, others],
        [draft.version, draft],
      ]),
    );
  return draft;
}

const newDraft = (
  key: string | undefined,
  purl: Purl,
  ecosystem: EcosystemId,
  name: string,
  { version, requested, origin }: ExtractedComponent,
): Draft => ({
  key,
  purl,
  ecosystem,
  name,
  version,
  requested: version === '' ? requested : undefined,
  origin,
  licences: [],
  integrity: undefined,
  source: undefined,
  deprecated: undefined,
  hasInstallScript: false,
  index: -1,
});

function toComponent(draft: Draft): Component {
  const { purl, ecosystem, name, version, requested, origin, licences } = draft;
  if (licences.length > 1) licences.sort();
  const component: { -readonly [K in keyof Component]: Component[K] } =
    requested === undefined
      ? { purl, ecosystem, name, version, origin, licences }
      : { purl, ecosystem, name, version, requested, origin, licences };
  if (draft.integrity !== undefined) component.integrity = draft.integrity;
  if (draft.source !== undefined) component.source = draft.source;
  if (draft.deprecated !== undefined) component.deprecated = draft.deprecated;
  if (draft.hasInstallScript) component.hasInstallScript = true;
  return component;
}

function toManifest(file: ExtractedFile, drafts: readonly Draft[]): Manifest {
  const { components, edges, weakEdges, edgesKnown, covers, overrides, observations, role, format } =
    file.extraction;
  const { roots, rows, scopes, direct } = standingOf(file.extraction);
  const occurrences = components.map((found, node): Occurrence => {
    const occurrence: { -readonly [K in keyof Occurrence]: Occurrence[K] } = {
      component: drafts[node]!.index,
      line: found.line,
      direct: direct[node]!,
      scopes: scopesOf(scopes[node]!),
    };
    if (found.key !== undefined) occurrence.key = found.key;
    if (found.alias !== undefined) occurrence.alias = found.alias;
    return occurrence;
  });
  return {
    path: file.path,
    extractor: file.extractor,
    role,
    ...(format === undefined ? {} : { format }),
    edgesKnown,
    covers,
    occurrences,
    roots,
    ...rows,
    ...(weakEdges === undefined ? {} : { weak: placesOfEdges(rows.offsets, edges, weakEdges) }),
    ...(overrides === undefined ? {} : { overrides }),
    observations,
  };
}

const smaller = (a: string | undefined, b: string): string => (a === undefined || b < a ? b : a);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function byPath(a: ExtractedFile, b: ExtractedFile): number {
  return compareText(a.path, b.path) || compareText(a.extractor, b.extractor);
}

function byPlace(a: Problem, b: Problem): number {
  return (
    compareText(a.at?.path ?? '', b.at?.path ?? '') ||
    (a.at?.line ?? 0) - (b.at?.line ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

/** Whether the ecosystem's advisories are matched by name for this component: only what a registry names. */
export function isMatchable(component: Component): boolean {
  return (
    component.version !== '' &&
    (component.origin === 'registry' || component.origin === 'unknown') &&
    ecosystemOf(component.ecosystem).hasAdvisories
  );
}
