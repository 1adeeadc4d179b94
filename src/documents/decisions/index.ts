import { assay } from './assay.ts';
import { auditCi } from './audit-ci.ts';
import { auditResolve } from './audit-resolve.ts';
import type { DecisionFormat } from './format.ts';
import { grype } from './grype.ts';
import { nsprc } from './nsprc.ts';
import { osvScanner } from './osv-scanner.ts';
import { snyk } from './snyk.ts';
import { trivyignore } from './trivyignore.ts';
import { trivyignoreYaml } from './trivyignore-yaml.ts';

/** Every format that decisions are read from, our own first. A new one is a file and a line here. */
export const decisionFormats: readonly DecisionFormat[] = [
  assay,
  osvScanner,
  trivyignore,
  trivyignoreYaml,
  grype,
  snyk,
  auditResolve,
  nsprc,
  auditCi,
];

export { appendDecision, DECISIONS_PATH, decisionId } from './append.ts';
export type { DecisionFile, DecisionFormat, Kept } from './format.ts';
