/* What other scanners report, in one form. For bench/secrets-agreement.ts. */
import type { Finding } from './why-not.ts';

/** What is read of a finding of Nosey Parker; its groups are base64. */
interface NoseyParkerFinding {
  readonly rule_text_id: string;
  readonly rule_name: string;
  readonly groups: readonly string[];
  readonly matches: readonly {
    readonly blob_id: string;
    readonly location: { readonly source_span: { readonly start: { readonly line: number } } };
    readonly snippet: { readonly before: string; readonly matching: string; readonly after: string };
  }[];
}

/**
 * The findings of a report as gitleaks or Nosey Parker writes it. `pathOf` says where a blob stood, for Nosey Parker's, which is
 * asked for every object and so knows no commits; there `Commit` is the blob.
 */
export function readReport(
  entries: readonly unknown[],
  pathOf: (blob: string) => string | undefined,
): readonly Finding[] {
  return entries.map((entry) =>
    isOfNoseyParker(entry) ? fromNoseyParker(entry, pathOf) : (entry as Finding),
  );
}

const isOfNoseyParker = (entry: unknown): entry is NoseyParkerFinding =>
  typeof entry === 'object' && entry !== null && 'rule_text_id' in entry;

function fromNoseyParker(
  { rule_text_id, rule_name, groups, matches }: NoseyParkerFinding,
  pathOf: (blob: string) => string | undefined,
): Finding {
  const { blob_id, location, snippet } = matches[0]!;
  return {
    RuleID: rule_text_id,
    Title: rule_name,
    // User, password and host of an address; else the last one, behind a user or an identifier.
    Secret: Buffer.from(groups[groups.length === 3 ? 1 : groups.length - 1] ?? '', 'base64').toString('utf8'),
    // As gitleaks has it: from the name on. What stands before it in its line is needed where the rule begins in a word.
    Match: `${snippet.before.slice(snippet.before.lastIndexOf('\n') + 1)}${snippet.matching}`,
    Around: `${snippet.before}${snippet.matching}${snippet.after}`,
    File: matches.map((match) => pathOf(match.blob_id)).find((path) => path !== undefined) ?? '',
    Commit: blob_id,
    StartLine: location.source_span.start.line,
  };
}
