import type { Component } from '../../model/component.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import type { ExtractedComponent, Extraction } from '../../model/extractor.ts';
import type { Inventory, Manifest, Occurrence } from '../../model/inventory.ts';
import type { Problem } from '../../model/problem.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { identify } from '../identity/identify.ts';
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
  const drafts: Drafts = { plain: new Map(), others: new Map(), all: [] };
  const nodes = kept.map((file) => file.extraction.components.map((found) => draftOf(drafts, file, found)));
  const sorted = drafts.all.sort(
    (a, b) => compareText(a.base.purl, b.base.purl) || compareText(a.key, b.key),
  );
  sorted.forEach((draft, index) => (draft.index = index));
  return {
    components: sorted.map(toComponent),
    manifests: kept.map((file, index) => toManifest(file, nodes[index]!)),
    problems: [...problems, ...kept.flatMap((file) => file.extraction.problems)].sort(byPlace),
  };
}

/**
 * Components by identity. Nearly all come from a registry and are told apart by ecosystem, written name and version:
 * looking those up without building a key is what keeps 30,000 entries cheap.
 */
interface Drafts {
  readonly plain: Map<EcosystemId, Map<string, Map<string, Draft>>>;
  readonly others: Map<string, Draft>;
  readonly all: Draft[];
}

interface Draft {
  readonly key: string;
  readonly base: Omit<Component, 'licences' | 'integrity' | 'source' | 'deprecated' | 'hasInstallScript'>;
  readonly licences: string[];
  integrity: string | undefined;
  source: string | undefined;
  deprecated: string | undefined;
  hasInstallScript: boolean;
  index: number;
}

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
  const draft = plainDraft(drafts, file, found) ?? identifiedDraft(drafts, file, found);
  // Where files disagree on a detail, the smallest wins: any fixed rule will do, as long as file order does not.
  const { licence } = found;
  if (licence !== undefined && licence !== '' && !draft.licences.includes(licence))
    draft.licences.push(licence);
  const { integrity, source, deprecated } = found;
  if (integrity !== undefined) draft.integrity = smaller(draft.integrity, integrity);
  if (source !== undefined) draft.source = smaller(draft.source, source);
  if (deprecated !== undefined) draft.deprecated = smaller(draft.deprecated, deprecated);
  if (found.hasInstallScript) draft.hasInstallScript = true;
  return draft;
}

/** By the name as the file writes it; several spellings of one name lead to the same draft. */
function plainDraft(drafts: Drafts, file: ExtractedFile, found: ExtractedComponent): Draft | undefined {
  if (found.origin !== 'registry' || found.version === '' || found.name === '' || found.purl !== undefined)
    return undefined;
  const ecosystem = found.ecosystem ?? file.ecosystem;
  const byName = inner(drafts.plain, ecosystem);
  const byVersion = inner(byName, found.name);
  let draft = byVersion.get(found.version);
  if (draft === undefined) byVersion.set(found.version, (draft = identifiedDraft(drafts, file, found)));
  return draft;
}

function inner<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  let found = map.get(key);
  if (found === undefined) map.set(key, (found = new Map()));
  return found;
}

function identifiedDraft(drafts: Drafts, file: ExtractedFile, found: ExtractedComponent): Draft {
  const identity = identify(found, found.ecosystem ?? file.ecosystem, file.path);
  const known = drafts.others.get(identity.key);
  if (known !== undefined) return known;
  const draft: Draft = {
    key: identity.key,
    base: {
      purl: identity.purl(),
      ecosystem: identity.ecosystem,
      name: identity.name,
      version: found.version,
      ...(found.version === '' && found.requested !== undefined ? { requested: found.requested } : {}),
      origin: found.origin,
    },
    licences: [],
    integrity: undefined,
    source: undefined,
    deprecated: undefined,
    hasInstallScript: false,
    index: -1,
  };
  drafts.others.set(identity.key, draft);
  drafts.all.push(draft);
  return draft;
}

function toComponent({ base, licences, integrity, source, deprecated, hasInstallScript }: Draft): Component {
  const component: { -readonly [K in keyof Component]: Component[K] } = {
    ...base,
    licences: licences.sort(),
  };
  if (integrity !== undefined) component.integrity = integrity;
  if (source !== undefined) component.source = source;
  if (deprecated !== undefined) component.deprecated = deprecated;
  if (hasInstallScript) component.hasInstallScript = true;
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
