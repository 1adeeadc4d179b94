import type { GraphExport } from '../../model/graph-export.ts';
import { printDocument } from '../common/print.ts';

/** The graph for programs: nodes, and edges by their numbers, file by file. Schema: docs/schema/graph-1.schema.json; src/model/graph-export.ts says what each field means. */
export function graphJson(graph: GraphExport): string {
  return printDocument({ format: 'assay-graph', schema: 1, ...graph });
}
