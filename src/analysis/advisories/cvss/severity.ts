import type { Severity } from '../../../model/advisory.ts';

/** The qualitative scale that CVSS 3 and 4 share; CVSS 2 scores are read on it too. https://www.first.org/cvss/v4.0/specification-document#Qualitative-Severity-Rating-Scale */
export function severityOf(score: number): Severity {
  if (!(score >= 0 && score <= 10)) return 'unknown';
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'none';
}
