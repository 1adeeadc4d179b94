/*
 * Which secrets another scanner found in a history that Assay does not find there:
 *   gitleaks git DIR --max-decode-depth 5 --max-archive-depth 3 -f json -r REPORT.json --exit-code 0
 *   noseyparker scan --datastore D --git-blob-provenance minimal DIR, then
 *   noseyparker report --datastore D --format json --max-matches 3 -o REPORT.json
 *   node bench/secrets-agreement.ts DIR REPORT.json [LIST.tsv]
 * Prints counts, and rule, file and match of what is missed, so keep what it prints to yourself. LIST.tsv gets one line for each that is not
 * found: its rule, commit, path, line, and why it is none; nothing of what was found.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { openObjectStore } from '../src/adapters/git/object-store.ts';
import { ownFiles } from '../src/adapters/git/own-files.ts';
import { openRefs } from '../src/adapters/git/refs.ts';
import { openRepository } from '../src/adapters/git/repository.ts';
import { commitTips } from '../src/adapters/git/tips.ts';
import { secretsWorld } from '../src/surfaces/cli/secrets-world.ts';
import { secretsInHistory } from '../src/verbs/prevent/secrets.ts';
import { readReport } from './secrets-agreement/reports.ts';
import type { Finding } from './secrets-agreement/why-not.ts';
import { whyNot } from './secrets-agreement/why-not.ts';

const [dir, report, list] = process.argv.slice(2);
if (dir === undefined || report === undefined)
  throw new Error('give a git directory and a report of gitleaks');

const ours = await secretsOf(dir);
const theirs = new Map<string, Finding>();
let paths: ReadonlyMap<string, string> | undefined;
const pathOf = (blob: string): string | undefined => (paths ??= pathsOf(dir)).get(blob);
for (const finding of readReport(JSON.parse(readFileSync(report, 'utf8')) as readonly unknown[], pathOf)) {
  const key = `${finding.RuleID}\0${finding.Secret}`;
  if (!theirs.has(key)) theirs.set(key, finding);
}
const missing = [...theirs.values()].filter((finding) => !ours.some((own) => isSame(own, finding.Secret)));
process.stdout.write(
  `${theirs.size} different (rule, secret) of theirs, ${theirs.size - missing.length} found, ${missing.length} not; ${ours.length} of ours\n`,
);
const counts = new Map<string, number>();
const lines: string[] = [];
for (const finding of missing) {
  const why = whyNot(finding);
  counts.set(why ?? 'missed', (counts.get(why ?? 'missed') ?? 0) + 1);
  const { RuleID, Commit, File, StartLine, Match } = finding;
  if (why === undefined)
    process.stdout.write(`missed: ${RuleID}\t${File}\t${JSON.stringify(Match.slice(0, 200))}\n`);
  lines.push([RuleID, Commit.slice(0, 12), shown(File), StartLine, why ?? 'missed'].join('\t'));
}
for (const [why, count] of [...counts].toSorted(([, a], [, b]) => b - a))
  process.stdout.write(`${count}\t${why}\n`);
if (list !== undefined)
  writeFileSync(
    list,
    [
      [
        'rule',
        [...theirs.values()].some(({ Title }) => Title !== undefined) ? 'object' : 'commit',
        'path',
        'line',
        'why it is none',
      ].join('\t'),
      ...lines.toSorted(),
      '',
    ].join('\n'),
  );

/** A path of anybody's, on one line of a table. */
function shown(path: string): string {
  return path.replaceAll(/[^ -~]/g, '?');
}

/** One path of each object that a reference leads to. */
function pathsOf(gitDirectory: string): ReadonlyMap<string, string> {
  const list = execFileSync(
    'git',
    ['-C', gitDirectory, 'rev-list', '--objects', '--all', '--missing=allow-any'],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    },
  );
  const found = new Map<string, string>();
  for (const line of list.split('\n')) {
    const space = line.indexOf(' ');
    if (space !== -1 && space + 1 < line.length) found.set(line.slice(0, space), line.slice(space + 1));
  }
  return found;
}

/** Every secret that the command finds, as it is compared (latin1). */
async function secretsOf(gitDirectory: string): Promise<readonly string[]> {
  const repository = openRepository(gitDirectory);
  if (repository === undefined) throw new Error(`${gitDirectory} is no repository`);
  const store = openObjectStore(repository);
  const refs = openRefs(repository);
  const secrets: string[] = [];
  const fingerprint = (rule: string, secret: string): string => {
    secrets.push(secret);
    return `${rule} ${secret}`;
  };
  await secretsInHistory(
    secretsWorld({ fingerprint, tick: () => {} }, true),
    store,
    commitTips(refs, store),
    refs.resolve('HEAD'),
    refs.names(),
    ownFiles(repository).files,
  );
  return secrets;
}

/**
 * One holds the other, white space aside; or their base64 does, for keys are compared without BEGIN, escapes and comment signs;
 * or ours is in what theirs decodes to (the password of a Basic header, a key in base64).
 */
function isSame(own: string, other: string): boolean {
  const [a, b] = [own, Buffer.from(other, 'utf8').toString('latin1')].map((text) =>
    text.replaceAll(/\s+/g, ''),
  );
  if (a!.includes(b!) || (a!.length >= 6 && b!.includes(a!))) return true;
  const [c, d] = [base64Of(own), base64Of(other)];
  if (c.length >= 40 && d.length >= 40 && (c.includes(d) || d.includes(c))) return true;
  const decoded = Buffer.from(other, 'base64').toString('latin1');
  const e = base64Of(decoded);
  return (a!.length >= 6 && decoded.includes(own)) || (c.length >= 40 && e.length >= 40 && e.includes(c));
}

function base64Of(text: string): string {
  return text
    .replaceAll(/(^|\n)\s*\/\/\s*/g, '')
    .replaceAll(/-----[A-Z ]+-----/g, '')
    .replaceAll(/\\+[nr]|[^A-Za-z0-9+/=]/g, '');
}
