import type { Comparison, ComparedProblem, ComparedTree, SettingChange } from '../../model/comparison.ts';
import type { Problem } from '../../model/problem.ts';
import type { Snapshot } from '../../model/result.ts';
import type { ExtractedFile } from '../graph/inventory.ts';
import { compareComponents, foldComponents, type FileComponents } from './components.ts';
import { compareEdges, foldEdges, type FileEdges } from './edges.ts';
import { fileViews, pairFiles, type FilePair } from './files.ts';
import { compareFindings } from './findings.ts';
import { movedOf } from './moved.ts';

/** One side of a comparison: the judged snapshot, and what the extractors gave for it (hashes and scripts are kept there entry by entry). */
export interface ComparedSide {
  readonly snapshot: Snapshot;
  readonly files: readonly ExtractedFile[];
}

/** What is known of bytes: whether a path that both sides have holds the same, and which settings files changed. */
export interface ComparedBytes {
  readonly same: (path: string) => boolean;
  readonly settings: readonly SettingChange[];
}

/**
 * Everything that differs between two trees in what they depend on. Pure; the order of files does not matter.
 * O(occurrences + edges) of both sides, plus sorting of what changed.
 */
export function compareTrees(base: ComparedSide, head: ComparedSide, bytes: ComparedBytes): Comparison {
  const pairs = pairFiles(fileViews(base), fileViews(head));
  const components: FileComponents[] = [];
  const edges: FileEdges[] = [];
  const files: Comparison['files'][number][] = [];
  for (const pair of pairs) {
    const changed = compareComponents(pair, base, head);
    const edgesCompared =
      pair.base?.manifest.edgesKnown !== false && pair.head?.manifest.edgesKnown !== false;
    // Edges of a file that came or went as a whole are told by its components.
    const both = pair.base !== undefined && pair.head !== undefined;
    const asked = both && edgesCompared ? compareEdges(pair) : { path: '', changes: [] };
    const moved = movedOf(
      pair,
      base.files,
      head.files,
      bytes.same,
      changed.changes.length + asked.changes.length > 0,
    );
    components.push(changed);
    edges.push(asked);
    if (
      !both ||
      pair.was !== undefined ||
      changed.changes.length + asked.changes.length > 0 ||
      moved === 'manifest-only'
    )
      files.push({
        path: pathOf(pair),
        extractor: (pair.head ?? pair.base)!.manifest.extractor,
        kind:
          pair.head === undefined
            ? 'removed'
            : pair.base === undefined
              ? 'added'
              : pair.was === undefined
                ? 'changed'
                : 'replaced',
        ...(pair.was === undefined ? {} : { was: pair.was }),
        ...(moved === undefined ? {} : { moved }),
        components: changed.changes.length,
        edges: asked.changes.length,
        edgesCompared,
      });
  }
  const findings = compareFindings(base.snapshot, head.snapshot);
  return {
    schema: 1,
    tool: head.snapshot.tool,
    takenAt: head.snapshot.takenAt,
    base: treeOf(base.snapshot),
    head: treeOf(head.snapshot),
    files: files.sort((a, b) => compareText(a.path, b.path) || compareText(a.extractor, b.extractor)),
    components: foldComponents(components),
    edges: foldEdges(edges),
    findings: findings.changes,
    remaining: findings.remaining,
    settings: bytes.settings,
    problems: problemsOf(base.snapshot.problems, head.snapshot.problems),
  };
}

const pathOf = ({ base, head }: FilePair): string => (head ?? base)!.manifest.path;

function treeOf({ target, inventory, findings }: Snapshot): ComparedTree {
  return {
    ...target,
    components: inventory.components.filter(({ origin }) => origin !== 'project' && origin !== 'workspace')
      .length,
    files: inventory.manifests.length,
    open: findings.filter(({ decision }) => decision === undefined).length,
  };
}

function problemsOf(base: readonly Problem[], head: readonly Problem[]): ComparedProblem[] {
  const key = (problem: Problem): string => JSON.stringify(problem);
  const inBase = new Set(base.map(key));
  const inHead = new Set(head.map(key));
  return [
    ...head.map((problem): ComparedProblem => ({
      ...problem,
      side: inBase.has(key(problem)) ? 'both' : 'head',
    })),
    ...base
      .filter((problem) => !inHead.has(key(problem)))
      .map((problem): ComparedProblem => ({ ...problem, side: 'base' })),
  ];
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
