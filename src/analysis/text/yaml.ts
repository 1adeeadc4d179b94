import type { Problem } from '../../model/problem.ts';
import {
  blockNode,
  isDocumentMarker,
  moveToContent,
  type Reader,
  startReader,
  syntaxProblem,
} from './yaml-block.ts';
import { findMergeMarker, mergeConflict } from './merge-conflict.ts';

/** A value of a YAML document. `line` is 1-based: where the value itself starts (for an empty value, the line of its key). */
export type YamlNode = YamlScalar | YamlMap | YamlSequence;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly line: number;
  /** The value as a string, escapes decoded and lines folded; types (numbers, booleans) are not resolved: `3.10` stays `3.10`. */
  readonly text: string;
  /** `plain` and empty is YAML's null. */
  readonly style: 'plain' | 'quoted' | 'block';
  /** The comment at the end of the scalar's last line, without `#` and surrounding space. */
  readonly comment?: string;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly line: number;
  /** In file order; `line` is the key's. Merge keys (`<<`) are applied. */
  readonly entries: ReadonlyMap<string, { readonly line: number; readonly value: YamlNode }>;
}

export interface YamlSequence {
  readonly kind: 'sequence';
  readonly line: number;
  /** `line` is that of the item's dash (of the value itself in `[a, b]`). */
  readonly items: readonly { readonly line: number; readonly value: YamlNode }[];
}

/**
 * Reads YAML 1.2 (https://yaml.org/spec/1.2.2/) in one linear pass, without importing a library: block and flow collections,
 * all scalar styles, anchors, aliases, merge keys, several documents. Tags are skipped.
 * Not read, and said so in a problem: explicit keys (`? `) and collections as keys.
 * An anchored node is shared, never copied; aliases that would expand to more than 100,000 nodes are refused.
 * What is malformed gives a problem with its line, and reading goes on with the next line that fits.
 */
export function readYaml(
  text: string,
  path: string,
): { readonly documents: readonly YamlNode[]; readonly problems: readonly Problem[] } {
  const marker = findMergeMarker(text);
  if (marker !== undefined)
    return {
      documents: [],
      problems: [mergeConflict(path, marker)],
    };
  const reader = startReader(text);
  const documents: YamlNode[] = [];
  while (nextDocument(reader)) {
    documents.push(blockNode(reader, 0, 0, -1));
    skipToDocumentEnd(reader);
  }
  return { documents, problems: problemsOf(reader, path) };
}

/**
 * Reads a file whose first document must be a map. `root` is `undefined` when it is not, and `problems` says so.
 * Further documents are a problem: nothing that this house reads has any.
 */
export function readYamlMap(
  text: string,
  path: string,
): { readonly root: YamlMap | undefined; readonly problems: readonly Problem[] } {
  const { documents, problems } = readYaml(text, path);
  const root = documents[0];
  if (problems.some((problem) => problem.code === 'file/merge-marker')) return { root: undefined, problems };
  if (root === undefined || (documents.length === 1 && isNull(root)))
    return {
      root: undefined,
      problems: [
        ...problems,
        {
          code: 'file/empty',
          message: 'the file is empty; expected a YAML mapping',
          at: { path },
          lost: true,
        },
      ],
    };
  if (root.kind !== 'map')
    return {
      root: undefined,
      problems: [
        ...problems,
        {
          code: 'file/unexpected-shape',
          message: `expected a YAML mapping, found a ${root.kind}`,
          at: { path, line: root.line },
          lost: true,
        },
      ],
    };
  const second = documents.slice(1).find((document) => !isNull(document));
  if (second === undefined) return { root, problems };
  return {
    root,
    problems: [
      ...problems,
      {
        code: 'yaml/several-documents',
        message: 'only the first YAML document of the file was read',
        at: { path, line: second.line },
        lost: true,
      },
    ],
  };
}

/** Whether a node is YAML's null: nothing, `~` or `null`. */
export function isNull(node: YamlNode | undefined): boolean {
  if (node === undefined) return true;
  return (
    node.kind === 'scalar' &&
    node.style === 'plain' &&
    (node.text === '' || node.text === '~' || node.text === 'null')
  );
}

/** The value of a key, `undefined` when the node is no map or has no such key. */
export function yamlAt(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return node?.kind === 'map' ? node.entries.get(key)?.value : undefined;
}

/** A scalar's text; `undefined` for collections and null. */
export function yamlText(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' && !isNull(node) ? node.text : undefined;
}

/** Items of a sequence; empty for anything else. */
export function yamlItems(node: YamlNode | undefined): YamlSequence['items'] {
  return node?.kind === 'sequence' ? node.items : [];
}

/** Entries of a map in file order; empty for anything else. */
export function yamlEntries(
  node: YamlNode | undefined,
): readonly (readonly [key: string, entry: { readonly line: number; readonly value: YamlNode }])[] {
  return node?.kind === 'map' ? [...node.entries] : [];
}

/** Moves past directives and markers to the content of the next document; false at the end of the file. */
function nextDocument(reader: Reader): boolean {
  reader.anchors.clear();
  let started = false;
  let directive: number | undefined;
  while (reader.row < reader.rows && !reader.stopped) {
    const start = reader.starts[reader.row]!;
    if (isDocumentMarker(reader, start) && reader.text.charCodeAt(start) === 46 /* . */) {
      if (started) return true;
      reader.row++;
    } else if (isDocumentMarker(reader, start)) {
      if (started) return true;
      started = true;
      reader.at = start + 3;
      if (moveToContent(reader, true)) return true;
      continue;
    } else if (!started && reader.text.charCodeAt(start) === 37 /* % */) {
      directive ??= reader.row;
      reader.row++;
    } else {
      // Comments may come before a directive.
      reader.at = start;
      if (!moveToContent(reader) || (!started && isDirective(reader))) continue;
      if (!started && directive !== undefined)
        syntaxProblem(reader, 'a directive (%) must be followed by `---`', directive);
      return true;
    }
    reader.at = reader.starts[reader.row] ?? reader.text.length;
  }
  return started && !reader.stopped;
}

function isDirective(reader: Reader): boolean {
  return reader.at === reader.starts[reader.row] && reader.text.charCodeAt(reader.at) === 37;
}

function skipToDocumentEnd(reader: Reader): void {
  let reported = false;
  while (!reader.stopped && moveToContent(reader)) {
    if (!reported) syntaxProblem(reader, 'content after the end of the document');
    reported = true;
    reader.row++;
    reader.at = reader.starts[reader.row] ?? reader.text.length;
  }
}

/** Every kind of trouble is told; of many malformed lines the first few, and how many more there are. */
function problemsOf(reader: Reader, path: string): Problem[] {
  const shown = 5;
  const problems: Problem[] = reader.problems.map(({ line, ...problem }) => ({
    ...problem,
    at: { path, line },
  }));
  const syntax = reader.syntax;
  for (const { line, message } of syntax.slice(0, shown))
    problems.push({ code: 'yaml/syntax', message, at: { path, line }, lost: true });
  if (syntax.length > shown)
    problems.push({
      code: 'yaml/syntax',
      message: `${syntax.length - shown} more places are not well-formed YAML`,
      at: { path, line: syntax[shown]!.line },
      lost: true,
    });
  return problems;
}
