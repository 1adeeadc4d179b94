import type { Why } from '../../model/why.ts';
import { printDocument } from '../common/print.ts';

/** The whole answer for programs. Schema: docs/schema/why-1.schema.json; src/model/why.ts says what each field means. */
export function whyJson(why: Why): string {
  return printDocument({ format: 'assay-why', schema: 1, ...why });
}
