import type { Comparison, ComponentState } from '../../model/comparison.ts';
import { printDocument } from '../common/print.ts';
import { shownSource } from '../common/subject.ts';

/** The whole comparison for programs: what a gate judges. Schema: docs/schema/diff-1.schema.json */
export function comparisonJson(comparison: Comparison): string {
  const { schema, tool, ...rest } = comparison;
  return printDocument({
    format: 'assay-diff',
    schema,
    tool,
    ...rest,
    components: comparison.components.map(({ before, after, ...change }) => ({
      ...change,
      ...(before === undefined ? {} : { before: shown(before) }),
      ...(after === undefined ? {} : { after: shown(after) }),
    })),
  });
}

/** Without a user's name and password in the source. */
const shown = (state: ComponentState): ComponentState =>
  state.source === undefined ? state : { ...state, source: shownSource(state.source) };
