import { missingFields } from '../../analysis/decisions/complete.ts';
import { baseName } from '../../analysis/text/paths.ts';
import type { Decision } from '../../model/decision.ts';
import type { Problem } from '../../model/problem.ts';
import { sha256 } from '../common/digest.ts';
import { assay, writtenFields } from './assay.ts';

/** Where our own decisions live, relative to the root of a repository. */
export const DECISIONS_PATH = '.assay/decisions.yaml';

const HEADER = `# What was decided about findings, by whom, why, and until when. Add at the end (\`assay decide\`), change nothing above:
# a later decision replaces an earlier one by naming it in \`supersedes\`. On a merge conflict keep both sides.
`;

/**
 * The text of a decisions file with one more decision at its end. Everything before stays byte for byte.
 * `problem` instead when the decision lacks a reason, an author, a date or an expiry, or when the file cannot be added to:
 * the outcome is read back, and must be what was there and the new decision, or nothing is given.
 */
export function appendDecision(
  text: string,
  decision: Decision,
):
  | { readonly text: string; readonly problem?: undefined }
  | { readonly text?: undefined; readonly problem: Problem } {
  const missing = missingFields(decision);
  if (missing.length > 0) return refused(`the decision has no ${missing.join(', no ')}`);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const start = text === '' ? HEADER.replaceAll('\n', newline) : text.endsWith('\n') ? text : text + newline;
  const whole = `${start}${newline}${entryText(decision).replaceAll('\n', newline)}`;
  const before = assay.read({ path: DECISIONS_PATH, text });
  const broken = before.problems.find(({ code }) => !code.startsWith('decision/'));
  if (broken !== undefined) return refused(`the file as it is cannot be read whole: ${broken.message}`);
  const after = assay.read({ path: DECISIONS_PATH, text: whole });
  const bare = (one: Decision): string => JSON.stringify(writtenFields(one));
  const expected = [...before.decisions, decision].map(bare);
  if (
    after.problems.length > before.problems.length ||
    JSON.stringify(after.decisions.map(bare)) !== JSON.stringify(expected)
  )
    return refused(
      after.problems.at(-1)?.message ??
        'an entry at the end of this file would not be read as one more decision',
    );
  return { text: whole };
}

const refused = (message: string): { readonly problem: Problem } => ({
  problem: {
    code: 'decision/cannot-append',
    message,
    at: { path: DECISIONS_PATH },
    hint: 'the file must be a block list (`- id: …`) and nothing after it',
  },
});

/** An id that sorts by day, says what it is about, and is a function of the decision: the same words twice give the same id. */
export function decisionId(decision: Omit<Decision, 'id' | 'source'>): string {
  const { about, at, status, reason, by, expires } = decision;
  const subject =
    about.component?.replace(/@[^/@]*$/, '') ?? about.advisories[0] ?? about.namePattern ?? 'decision';
  const slug = baseName(subject)
    .toLowerCase()
    .replace(/%40|[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  const digest = sha256(JSON.stringify([about, at, status, reason, by, expires ?? '']));
  return `${at.slice(0, 10)}-${slug}-${digest.slice(0, 6)}`;
}

function entryText(decision: Decision): string {
  const lines = Object.entries(writtenFields(decision)).map(([key, value]) => `${key}: ${flow(value)}`);
  return lines.map((line, i) => `${i === 0 ? '- ' : '  '}${line}\n`).join('');
}

/** A value on one line of YAML, quoted where a reader could take it for something else. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${flow(inner)}`)
      .join(', ')} }`;
  return scalar(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Plain where no YAML reader could take it for anything else; a JSON string, which YAML reads too, everywhere else. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z0-9][A-Za-z0-9._:/%+@-]*[A-Za-z0-9]$/.test(text) && !text.includes(': ');
  if (isPlain && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text) && !/^[0-9.+eExXoO_:-]+$/.test(text))
    return text;
  if (/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?$/.test(text)) return text;
  // JSON leaves U+2028 and U+2029, and YAML 1.1 readers take them for line ends.
  return JSON.stringify(text).replace(
    /[\u0085\u2028\u2029\uFEFF]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
