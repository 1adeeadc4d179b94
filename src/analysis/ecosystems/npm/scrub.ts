import type { ExtractedComponent, ExtractedEdge, Extraction } from '../../../model/extractor.ts';

/**
 * The extraction without user names, passwords and tokens in any address that it repeats: dependencies on private
 * git hosts and registries are written with them, and we neither keep nor print them. `git@` is no secret and stays.
 * Done at the end, so that what is compared inside an extractor is still what the files say.
 */
export function scrub(extraction: Extraction): Extraction {
  return {
    ...extraction,
    components: extraction.components.map(cleanComponent),
    edges: extraction.edges.map(cleanEdge),
    observations: extraction.observations.map((observation) => ({
      ...observation,
      message: clean(observation.message),
    })),
    problems: extraction.problems.map((problem) => ({ ...problem, message: clean(problem.message) })),
  };
}

/** Any text with the credentials cut out of each `scheme://user:password@host`. Linear. */
export function clean(text: string): string {
  if (!text.includes('://')) return text;
  return text.replace(/:\/\/([^\s/?#"']*)@/g, (found, user: string) => (user === 'git' ? found : '://'));
}

function cleanComponent(component: ExtractedComponent): ExtractedComponent {
  const { version, source, requested, key } = component;
  const isClean = [version, source, requested, key].every(
    (text) => text === undefined || clean(text) === text,
  );
  if (isClean) return component;
  return {
    ...component,
    version: clean(version),
    ...(source === undefined ? {} : { source: clean(source) }),
    ...(requested === undefined ? {} : { requested: clean(requested) }),
    ...(key === undefined ? {} : { key: clean(key) }),
  };
}

const cleanEdge = (edge: ExtractedEdge): ExtractedEdge =>
  edge.range.includes('://') ? { ...edge, range: clean(edge.range) } : edge;
