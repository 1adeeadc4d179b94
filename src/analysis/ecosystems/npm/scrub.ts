import type { ExtractedComponent, Extraction } from '../../../model/extractor.ts';

/**
 * The extraction without user names, passwords and tokens in any address that it repeats: dependencies on private
 * git hosts and registries are written with them, and we neither keep nor print them. `git@` is no secret and stays.
 * Done at the end, so that what is compared inside an extractor is still what the files say.
 */
export function scrub(extraction: Extraction): Extraction {
  const { components, edges, observations, problems } = extraction;
  return {
    ...extraction,
    // Nearly always there is nothing to do: look first, copy only then.
    components: components.some(isDirty) ? components.map(cleanComponent) : components,
    edges: edges.some((edge) => mayHold(edge.range))
      ? edges.map((edge) => ({ ...edge, range: clean(edge.range) }))
      : edges,
    observations: observations.map((found) => ({ ...found, message: clean(found.message) })),
    problems: problems.map((problem) => ({ ...problem, message: clean(problem.message) })),
  };
}

/** Any text with the credentials cut out of each `scheme://user:password@host`. Linear. */
export function clean(text: string): string {
  if (!mayHold(text)) return text;
  return text.replace(/:\/\/([^\s/?#"']*)@/g, (found, user: string) => (user === 'git' ? found : '://'));
}

/** False when the text is surely clean: no address, or one whose host is not preceded by `@`. */
function mayHold(text: string): boolean {
  const start = text.indexOf('://');
  if (start === -1) return false;
  const at = text.indexOf('@', start + 3);
  if (at === -1) return false;
  const slash = text.indexOf('/', start + 3);
  return slash === -1 || at < slash || text.includes('://', slash);
}

const isDirty = ({ version, source, requested, key }: ExtractedComponent): boolean =>
  mayHold(version) ||
  (source !== undefined && mayHold(source)) ||
  (requested !== undefined && mayHold(requested)) ||
  (key !== undefined && mayHold(key));

/** One component, as `scrub` gives it. */
export function cleanComponent(component: ExtractedComponent): ExtractedComponent {
  if (!isDirty(component)) return component;
  const { version, source, requested, key } = component;
  return {
    ...component,
    version: clean(version),
    ...(source === undefined ? {} : { source: clean(source) }),
    ...(requested === undefined ? {} : { requested: clean(requested) }),
    ...(key === undefined ? {} : { key: clean(key) }),
  };
}
