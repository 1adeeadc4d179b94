import { allRules } from '../../analysis/disclosure/all-rules.ts';
import type { IgnoredPaths } from '../../analysis/disclosure/findings/ignored.ts';
import type { ChosenRules, RuleChoice, RuleFile } from '../../analysis/disclosure/user-rules/choose.ts';
import { chooseRules } from '../../analysis/disclosure/user-rules/choose.ts';
import type { Hmac } from '../../analysis/disclosure/user-rules/deny-list.ts';
import { decodeText } from '../../analysis/text/decode.ts';

/** Where a repository says what else is looked for, in the order in which they are believed. */
export const RULE_FILES: readonly string[] = ['.assay/secrets.yaml', '.gitleaks.toml'];

/** A file of rules as it was found. `.toml`: in the format of gitleaks; else our own. */
export interface RuleSource {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The rules of a run, and the globs of paths whose secrets do not count. */
export interface RunRules extends ChosenRules {
  readonly ignore: readonly IgnoredPaths[];
}

/** Reads files of rules, and chooses. Their readers are loaded only when there is something to read. */
export async function rulesOfRun(
  sources: readonly RuleSource[],
  choice: RuleChoice,
  hmac: Hmac | undefined,
): Promise<RunRules> {
  const files: RuleFile[] = [];
  const ignore: IgnoredPaths[] = [];
  const problems = [];
  for (const { path, bytes } of sources) {
    const decoded = decodeText(bytes, path);
    problems.push(...decoded.problems);
    if (decoded.text === undefined) continue;
    if (path.endsWith('.toml')) {
      const { readGitleaksRules } = await import('../../analysis/disclosure/gitleaks/import.ts');
      files.push({ path, says: readGitleaksRules(decoded.text, path) });
    } else {
      const { readSecretsFile } = await import('../../analysis/disclosure/user-rules/read.ts');
      const says = readSecretsFile(decoded.text, path);
      files.push({ path, says });
      ignore.push(...says.ignore.map((glob) => ({ glob, by: path })));
    }
  }
  const chosen = chooseRules(allRules, files, choice, hmac);
  return { ...chosen, problems: [...problems, ...chosen.problems], ignore };
}
