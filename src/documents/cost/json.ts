import type { Cost } from '../../model/cost.ts';
import type { Snapshot } from '../../model/result.ts';
import { printDocument } from '../common/print.ts';
import { caveats } from '../common/words.ts';

/** Raise when a reader of the old shape would misread the new one; adding a field does not. */
export const COST_SCHEMA = 1;

/** The answer of `assay cost` for programs; `manifests` and `freeing` are `Cost` of `src/model/cost.ts`. */
export function costJson(snapshot: Snapshot, cost: Cost): string {
  return printDocument({
    format: 'assay-cost',
    schema: COST_SCHEMA,
    tool: snapshot.tool,
    target: snapshot.target,
    takenAt: snapshot.takenAt,
    caveats: caveats(snapshot),
    notChecked: snapshot.notChecked,
    problems: snapshot.problems,
    ...cost,
  });
}
