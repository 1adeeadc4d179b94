import type { Cost } from '../../model/cost.ts';
import type { Snapshot } from '../../model/result.ts';
import { printDocument, unnumbered } from '../common/print.ts';
import { caveats } from '../common/words.ts';

/** Raise when a reader of the old shape would misread the new one; adding a field does not. */
export const COST_SCHEMA = 1;

/**
 * The answer of `assay cost` for programs. Schema: docs/schema/cost-1.schema.json; `Cost` of src/model/cost.ts says what each field means.
 * Components are named by purl: their index would point into an inventory that is not here.
 */
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
    manifests: cost.manifests.map((manifest) => ({ ...manifest, directs: manifest.directs.map(unnumbered) })),
    ...(cost.freeing === undefined
      ? {}
      : {
          freeing: cost.freeing.map((one) => ({ ...unnumbered(one), directs: one.directs.map(unnumbered) })),
        }),
  });
}
