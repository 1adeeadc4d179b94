import { compileGlob } from '../../analysis/decisions/glob.ts';
import { parseJsonObject } from '../../analysis/text/json.ts';
import { eachLine } from '../../analysis/text/lines.ts';
import { baseName } from '../../analysis/text/paths.ts';
import type { YamlNode } from '../../analysis/text/yaml.ts';
import { readYaml, yamlAt, yamlItems, yamlText } from '../../analysis/text/yaml.ts';
import type { Problem } from '../../model/problem.ts';

/** What other tools were told to let pass. */
export interface Allowances {
  /** A line of a file, in one commit or in any. */
  readonly places: readonly { readonly path: string; readonly line: number; readonly commit?: string }[];
  /** Whether all of a file may have what it likes. */
  readonly ignores: (path: string) => boolean;
  /** Secrets themselves. */
  readonly secrets: ReadonlySet<string>;
  /** SHA-1 or SHA-256 of secrets, lower-case hexadecimal digits. */
  readonly hashes: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/**
 * Reads what one of these says, told apart by what is in it:
 * .gitleaksignore (`file:rule:line`, `commit:file:rule:line`), a report of gitleaks in JSON (an array of findings), .secrets.baseline of
 * detect-secrets (`results` by file, SHA-1), .gitguardian.yaml (`secret.ignored_matches`: SHA-256 or plain; `secret.ignored_paths`:
 * globs). Never throws.
 */
export function readAllowances(text: string, path: string): Allowances {
  const start = text.trimStart();
  if (start.startsWith('[') || start.startsWith('{')) return readJson(start, path);
  return /\.ya?ml$/.test(baseName(path)) ? readGitGuardian(text, path) : readGitleaksIgnore(text, path);
}

function readGitleaksIgnore(text: string, path: string): Allowances {
  const places: Allowances['places'][number][] = [];
  const problems: Problem[] = [];
  eachLine(text, (whole, number) => {
    const line = whole.trim();
    if (line === '' || line.startsWith('#')) return;
    const found = /^(?:([0-9a-f]{40}|[0-9a-f]{64}):)?(.+):[^:]*:(\d{1,9})$/.exec(line);
    if (found === null) problems.push(unknownEntry(path, number));
    else {
      const commit = found[1] === undefined ? {} : { commit: found[1] };
      places.push({ path: found[2]!, line: Number(found[3]), ...commit });
    }
  });
  return { places, ignores: () => false, secrets: new Set(), hashes: new Set(), problems };
}

function readJson(text: string, path: string): Allowances {
  const { value, problems: faults } = parseJsonObject(`{"all":${text}}`, path);
  const places: Allowances['places'][number][] = [];
  const secrets = new Set<string>();
  const hashes = new Set<string>();
  const problems: Problem[] = [...faults];
  const all = value?.['all'];
  if (Array.isArray(all))
    for (const finding of all) {
      const { Secret, File, StartLine, Commit } = fields(finding);
      // `gitleaks --redact` leaves the place alone.
      if (typeof Secret === 'string' && Secret !== '' && !/^REDACTED$|\.\.\.$/.test(Secret))
        secrets.add(Secret);
      else if (typeof File === 'string' && typeof StartLine === 'number') {
        const commit = typeof Commit === 'string' && Commit !== '' ? { commit: Commit } : {};
        places.push({ path: File, line: StartLine, ...commit });
      } else problems.push(unknownEntry(path));
    }
  else if (value !== undefined) {
    const { results } = fields(all);
    if (results === undefined) problems.push(unknownEntry(path));
    for (const list of Object.values(fields(results)))
      for (const entry of Array.isArray(list) ? list : []) {
        const { hashed_secret: hash } = fields(entry);
        if (typeof hash === 'string' && /^[0-9a-f]{40}$/.test(hash)) hashes.add(hash);
        else problems.push(unknownEntry(path));
      }
  }
  return { places, ignores: () => false, secrets, hashes, problems };
}

function readGitGuardian(text: string, path: string): Allowances {
  const { documents, problems: faults } = readYaml(text, path);
  const secrets = new Set<string>();
  const hashes = new Set<string>();
  const problems: Problem[] = [...faults];
  const root = documents[0];
  // Version 2 has them below `secret`, version 1 at the top and with other words.
  const lists: (YamlNode | undefined)[] = [
    yamlAt(yamlAt(root, 'secret'), 'ignored_matches'),
    yamlAt(yamlAt(root, 'secret'), 'ignored-matches'),
    yamlAt(root, 'matches-ignore'),
  ];
  for (const entry of lists.flatMap((list) => yamlItems(list))) {
    const match = yamlText(entry.value) ?? yamlText(yamlAt(entry.value, 'match'));
    if (match === undefined) problems.push(unknownEntry(path));
    else if (/^[0-9a-f]{64}$/i.test(match)) hashes.add(match.toLowerCase());
    else secrets.add(match);
  }
  const globs = [
    yamlAt(yamlAt(root, 'secret'), 'ignored_paths'),
    yamlAt(yamlAt(root, 'secret'), 'ignored-paths'),
    yamlAt(root, 'paths-ignore'),
  ]
    .flatMap((list) => yamlItems(list))
    .flatMap((entry) => {
      const glob = yamlText(entry.value);
      if (glob === undefined) problems.push(unknownEntry(path));
      // A folder stands for all below it.
      return glob === undefined ? [] : [compileGlob(glob.endsWith('/') ? `${glob}**` : glob)];
    });
  return {
    places: [],
    ignores: (file) => globs.some((matches) => matches(file)),
    secrets,
    hashes,
    problems,
  };
}

function unknownEntry(path: string, line?: number): Problem {
  return {
    code: 'allowance/entry',
    message: 'an entry is of no form that is known here, and lets nothing pass',
    at: { path, ...(line === undefined ? {} : { line }) },
  };
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
