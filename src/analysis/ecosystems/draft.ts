import type {
  ExtractedComponent,
  ExtractedEdge,
  Extraction,
  Observation,
  Scope,
} from '../../model/extractor.ts';
import type { Problem } from '../../model/problem.ts';

/** Components and edges while a file is being read. The arrays grow; hand them to the extraction at the end. */
export interface Draft {
  readonly components: ExtractedComponent[];
  readonly edges: ExtractedEdge[];
  /** Adds a component and gives its number. */
  add(component: ExtractedComponent): number;
  /** Adds an edge once; an edge to itself is left out. */
  link(from: number, to: number, kind: Scope, range: string): void;
}

/** An empty draft. */
export function newDraft(): Draft {
  const components: ExtractedComponent[] = [];
  const edges: ExtractedEdge[] = [];
  const seen = new Set<string>();
  return {
    components,
    edges,
    add: (component) => components.push(component) - 1,
    link(from, to, kind, range) {
      const key = `${from} ${to} ${kind} ${range}`;
      if (from === to || seen.has(key)) return;
      seen.add(key);
      edges.push({ from, to, kind, range });
    },
  };
}

/** The project whose file it is. Formats that do not name it leave `name` empty: its place in the tree is its identity. */
export function projectNode(name = '', version = '', line = 0): ExtractedComponent {
  return { name, version, origin: 'project', line };
}

/** Of a file that has no components, or of which none can be read. `edgesKnown`: it is sure that they have none. */
export function nothingOf(
  role: Extraction['role'],
  problems: readonly Problem[],
  edgesKnown = false,
): Extraction {
  return { role, components: [], edges: [], edgesKnown, covers: [], observations: [], problems };
}

/** `manifest/not-locked`, at the first of what no file fixes a version of. `words` says what they are, e.g. `gems`. */
export function notLocked(
  loose: readonly { readonly name: string; readonly line: number }[],
  words: string,
  hint: string,
): readonly Observation[] {
  if (loose.length === 0) return [];
  const names = sortedUnique(loose.map(({ name }) => name));
  return [
    {
      rule: 'manifest/not-locked',
      message: `${names.length} ${words} have no exact version: ${examples(names)}`,
      ...(loose[0]!.line > 0 ? { line: loose[0]!.line } : {}),
      hint,
      names,
    },
  ];
}

/** `a, b, c and 4 more`: at most three names, and how many there are besides. */
export function examples(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

/** Sorted by code unit, without repeats. */
export function sortedUnique(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].sort();
}
