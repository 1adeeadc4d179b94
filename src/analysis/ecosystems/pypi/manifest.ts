import type { ExtractedComponent, Extraction } from '../../../model/extractor.ts';
import { newDraft, projectNode } from '../draft.ts';
import type { Declared, Pyproject } from './pyproject-read.ts';
import { poetrySpecifier } from './pyproject-read.ts';
import { exactVersion, normaliseName, normaliseSpecifier, readReference } from './requirement.ts';
import { notLocked } from './requirements-observations.ts';

/** What a manifest declares, as an extraction: one component for each name, range and kind; build requirements are not asked to be locked. */
export function manifestExtraction(manifest: Pyproject): Extraction {
  const draft = newDraft();
  const root = draft.add(projectNode(manifest.name, manifest.version));
  const nodes = new Map<string, number>();
  const loose: ExtractedComponent[] = [];
  for (const one of manifest.declared) {
    const specifier = poetrySpecifier(one.range);
    const component = componentOf(one, specifier);
    const key = `${normaliseName(one.name)}\0${one.range}\0${one.url ?? ''}`;
    let node = nodes.get(key);
    if (node === undefined) {
      node = draft.add(component);
      nodes.set(key, node);
      if (one.kind !== 'build') loose.push(component);
    }
    draft.link(root, node, one.kind, specifier);
  }
  return {
    role: 'manifest',
    components: draft.components,
    edges: draft.edges,
    edgesKnown: false,
    covers: [],
    observations: notLocked(loose),
    problems: manifest.problems,
  };
}

function componentOf(one: Declared, specifier: string): ExtractedComponent {
  if (one.url !== undefined) {
    const reference = readReference(one.url);
    const { origin, version, source } = reference;
    return { name: one.name, version, origin, source, line: one.line };
  }
  const version = exactVersion(normaliseSpecifier(specifier) ?? '');
  return {
    name: one.name,
    version,
    ...(version === '' ? { requested: one.range } : {}),
    origin: 'registry',
    line: one.line,
  };
}
