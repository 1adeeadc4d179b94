import type { ExtractedEdge, Scope } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';

/** Gathers the edges of an SBOM, whose nodes are named by references. */
export interface GraphBuilder {
  /** Adds an edge once; a reference that nothing in the document has is counted. */
  add(from: string, to: string, kind: Scope): void;
  /** `from` holds `to`: an edge only when nobody is said to ask for `to`. */
  contain(from: number, to: number): void;
  finish(path: string): { readonly edges: readonly ExtractedEdge[]; readonly problems: readonly Problem[] };
}

/**
 * `indexOf` gives the component of a reference; `undefined` for none. `isElsewhere` tells references that are right but no components
 * (services, files, other documents).
 */
export function graphBuilder(
  indexOf: (reference: string) => number | undefined,
  isElsewhere: (reference: string) => boolean,
): GraphBuilder {
  const edges: ExtractedEdge[] = [];
  const seen = new Set<string>();
  const asked = new Set<number>();
  const contained: (readonly [from: number, to: number])[] = [];
  const unknown = new Set<string>();
  const find = (reference: string): number | undefined => {
    const found = indexOf(reference);
    if (found === undefined && !isElsewhere(reference)) unknown.add(reference);
    return found;
  };
  const push = (from: number, to: number, kind: Scope): void => {
    const key = `${from} ${to} ${kind}`;
    if (from === to || seen.has(key)) return;
    seen.add(key);
    asked.add(to);
    edges.push({ from, to, kind, range: '' });
  };
  return {
    add: (from, to, kind) => {
      const [a, b] = [find(from), find(to)];
      if (a !== undefined && b !== undefined) push(a, b, kind);
    },
    contain: (from, to) => void contained.push([from, to]),
    finish: (path) => {
      const byDependency = new Set(asked);
      for (const [from, to] of contained) if (!byDependency.has(to)) push(from, to, 'prod');
      if (unknown.size === 0) return { edges, problems: [] };
      const names = [...unknown]
        .sort()
        .slice(0, 3)
        .map((name) => JSON.stringify(name.slice(0, 80)));
      return {
        edges,
        problems: [
          {
            code: 'sbom/unknown-reference',
            message: `${unknown.size === 1 ? 'a reference names' : `${unknown.size} references name`} nothing in the document: ${names.join(', ')}`,
            at: { path },
            lost: true,
          },
        ],
      };
    },
  };
}
