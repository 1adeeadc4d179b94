import type { Advisory } from '../../model/advisory.ts';
import { scoreOf } from './cvss/index.ts';
import type { RecordDetail } from './record.ts';

/** A record's details as reports use them, scores computed. */
export function toAdvisory(detail: RecordDetail): Advisory {
  const { vectors, references, ...rest } = detail;
  return {
    ...rest,
    scores: vectors.map(([type, vector]) => ({ type, vector, score: scoreOf(vector) })),
    references: references.map(([type, url]) => ({ type, url })),
  };
}
