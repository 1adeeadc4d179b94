import type { Critical } from '../../model/critical.ts';
import type { Snapshot } from '../../model/result.ts';
import { printDocument, unnumbered } from '../common/print.ts';
import { caveats } from '../common/words.ts';

/** Raise when a reader of the old shape would misread the new one; adding a field does not. */
export const CRITICAL_SCHEMA = 1;

/** The answer of `assay critical` for programs, every component. Schema: docs/schema/critical-1.schema.json; `Critical` of src/model/critical.ts says what each field means. */
export function criticalJson(snapshot: Snapshot, critical: Critical): string {
  return printDocument({
    format: 'assay-critical',
    schema: CRITICAL_SCHEMA,
    tool: snapshot.tool,
    target: snapshot.target,
    takenAt: snapshot.takenAt,
    caveats: caveats(snapshot),
    notChecked: snapshot.notChecked,
    problems: snapshot.problems,
    ...critical,
    components: critical.components.map(unnumbered),
  });
}
