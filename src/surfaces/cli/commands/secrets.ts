import { dirname, relative } from 'node:path';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { parseBaseline, renderBaseline } from '../../../analysis/disclosure/baseline/baseline.ts';
import { counted, grouped } from '../../../documents/common/words.ts';
import type { Tier } from '../../../model/disclosure.ts';
import { TIERS } from '../../../model/disclosure.ts';
import type { DisclosureReport } from '../../../model/disclosure-report.ts';
import { exitCode } from '../../../verbs/prevent/secrets.ts';
import type { Command, Invocation } from '../command.ts';
import { replaceFile, writeReport } from '../output.ts';
import type { SecretsRun } from '../run-secrets.ts';
import { rulesFor, runSecrets } from '../run-secrets.ts';
import { RULE_OPTIONS } from '../secrets-rules.ts';
import { secretsReport } from '../terminal/secrets.ts';
import { wantsColour } from '../terminal/style.ts';

export const command: Command = {
  name: 'secrets',
  summary: 'credentials, personal data, markings and internal addresses, in files or the whole history',
  usage: 'assay secrets [PATH] [OPTIONS]',
  about: `Looks for what should not be read by others. Without an option: in the files as they are (a bare repository's HEAD).
With --history in every object that the repository stores: files of all branches, tags and notes, messages, names of
people, paths and references, and objects that nothing leads to any more.
Each find is certain (its structure proves it), likely or possible, and says why. Secrets are never printed.
Ends with 1 when something at or above --fail-on (default likely) is covered by no baseline, else with 3 when something
could not be read, else with 0.`,
  options: {
    staged: { type: 'boolean', help: 'what the next commit brings in' },
    range: { type: 'string', value: 'A..B', help: 'what the commits bring in that B has and A has not' },
    history: { type: 'boolean', help: 'every object of the repository' },
    since: {
      type: 'string',
      value: 'REF',
      help: 'what came in after REF; with --history on any branch or tag',
    },
    base: {
      type: 'string',
      value: 'REF',
      help: 'take rules, baseline and key from this revision, not from what is looked at',
    },
    workers: {
      type: 'string',
      value: 'N',
      help: 'with --history, how many threads read it; default one for each processor, at most 4, and 1 below 256 MB of packs',
    },
    'no-cache': { type: 'boolean', help: 'with --history, look at every object anew' },
    ...RULE_OPTIONS,
    'list-rules': {
      type: 'boolean',
      help: 'print the rules that would be asked (text, json), and look for nothing',
    },
    'hash-list': {
      type: 'string',
      value: 'FILE',
      help: 'print entries for a hashed deny-list from phrases, one a line (- is stdin), and look for nothing',
    },
    'fail-on': {
      type: 'string',
      value: 'TIER',
      choices: [...TIERS, 'never'],
      help: 'end with 1 from this tier on; default likely',
    },
    baseline: {
      type: 'string',
      value: 'FILE',
      help: 'secrets that do not count; default .assay/secrets.baseline',
    },
    import: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      help: "what another tool lets pass: .gitleaksignore, gitleaks' report, .secrets.baseline, .gitguardian.yaml",
    },
    'no-allow-comments': {
      type: 'boolean',
      help: 'comments such as `assay:allow RULE why` and `gitleaks:allow` let nothing pass',
    },
    'write-baseline': {
      type: 'boolean',
      help: 'add what is found at or above --fail-on to the baseline; with --history also take out what is nowhere any more',
    },
    format: {
      type: 'string',
      short: 'f',
      value: 'FORMAT',
      choices: ['text', 'json', 'sarif', 'markdown'],
      help: 'how to print it; default text',
    },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'write the report to FILE instead of stdout' },
    all: { type: 'boolean', help: 'text: possible and covered ones too' },
  },
  examples: [
    ['assay secrets', 'the files here'],
    ['assay secrets --staged', 'before a commit'],
    ['assay secrets --range origin/main..HEAD --base origin/main', 'a pull request'],
    ['assay secrets ../closed.git --history', 'before a closed repository is opened'],
  ],
  async run(invocation) {
    const words = invocation.value('hash-list');
    if (words !== undefined) return (await import('../hash-words.ts')).hashWords(invocation, words);
    if (invocation.flag('list-rules')) {
      const { listRules } = await import('../list-rules.ts');
      return listRules(invocation, await rulesFor(invocation));
    }
    const run = await runSecrets(invocation);
    const { report } = run;
    const failOn = (invocation.value('fail-on') ?? 'likely') as Tier | 'never';
    if (invocation.flag('write-baseline')) return writeBaseline(run, failOn, invocation);
    await writeReport(invocation, await render(report, invocation));
    return exitCode(report, failOn);
  },
};

/**
 * Adds to the baseline what is found and not allowed otherwise. What is in it stays, with the words that people gave it, for it may be
 * where this run did not look; only the whole history, read to its end, says that something is nowhere any more.
 */
function writeBaseline(
  { report, baselineFile: file, keyFile, isWhole, importedReason }: SecretsRun,
  failOn: Tier | 'never',
  { io }: Invocation,
): number {
  const least = failOn === 'never' ? TIERS.length - 1 : TIERS.indexOf(failOn);
  const found = report.disclosures
    .filter(({ tier, covered: by }) => by === undefined && TIERS.indexOf(tier) <= least)
    .map((one) => ({ fingerprint: one.fingerprint, words: importedReason(one) ?? one.title }));
  const older = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const had = parseBaseline(older, file).entries;
  const seen = new Set(report.disclosures.map(({ fingerprint }) => fingerprint));
  const gone = isWhole ? [...had.keys()].filter((entry) => !seen.has(entry)) : [];
  const added = found.filter(({ fingerprint }) => !had.has(fingerprint)).length;
  mkdirSync(dirname(file), { recursive: true });
  replaceFile(file, renderBaseline(found, older, new Set(gone)));
  const name = relative(io.cwd, file);
  const stay = had.size - gone.length;
  io.out(
    [
      `${name}: ${counted(added, 'secret')} added`,
      ...(stay === 0 ? [] : [`${grouped(stay)} stay`]),
      ...(gone.length === 0
        ? []
        : [`${grouped(gone.length)} taken out: nothing in the history has them any more`]),
    ].join(', '),
  );
  io.out('\n');
  if (added > 0)
    io.out(
      `They no longer count. Commit the file${keyFile === undefined ? ' (its key is ASSAY_SECRETS_KEY)' : ` with its key ${relative(io.cwd, keyFile)}`}, revoke what is real, and remove its line.\n`,
    );
  return report.problems.some(({ lost }) => lost) ? 3 : 0;
}

async function render(report: DisclosureReport, invocation: Invocation): Promise<string | Iterable<string>> {
  const { io } = invocation;
  switch (invocation.value('format')) {
    case 'json':
      return (await import('../../../documents/disclosure/json.ts')).disclosureJsonPieces(report);
    case 'sarif':
      return (await import('../../../documents/disclosure/sarif.ts')).disclosureSarif(report);
    case 'markdown':
      return (await import('../../../documents/disclosure/markdown.ts')).disclosureMarkdown(report);
    default: {
      const toTerminal = io.outIsTty && invocation.value('output') === undefined;
      return secretsReport(report, {
        width: toTerminal ? io.columns : 80,
        colour: wantsColour(io.env, toTerminal),
        all: invocation.flag('all'),
      });
    }
  }
}
