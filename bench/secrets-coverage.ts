/*
 * Whether Assay covers the rules of gitleaks: an example for each of them, made here, that both are shown.
 *   node bench/secrets-coverage.ts GITLEAKS CONFIG.toml TABLE.tsv
 * CONFIG.toml is gitleaks' own (config/gitleaks.toml of its release). Examples are drawn, and are kept in a temporary folder only.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { allRules } from '../src/analysis/disclosure/all-rules.ts';
import { findAll } from '../src/analysis/disclosure/generic/testing/find-all.ts';
import { counterpartsOf } from '../src/analysis/disclosure/gitleaks/counterparts.ts';
import { providerRules } from '../src/analysis/disclosure/rules/index.ts';
import { examplesOf } from './secrets-coverage/examples.ts';

/** Examples of a rule; one that both find is enough. */
const TRIES = 40;

const [gitleaks, config, table] = process.argv.slice(2);
if (gitleaks === undefined || config === undefined || table === undefined)
  throw new Error('give the program gitleaks, its configuration and the table to write');

const ids = Array.from(readFileSync(config, 'utf8').matchAll(/^id = "([^"]+)"/gm), ([, id]) => id!);
const folder = mkdtempSync(join(tmpdir(), 'coverage-'));
const rows: string[] = [];
let both = 0;
try {
  const made = new Map<string, readonly Example[]>();
  for (const id of ids) {
    const examples = examplesOf(id, providerRules, TRIES).map(({ name, text }, i) => ({
      name: `${id}.${i}${name}`,
      text,
    }));
    made.set(id, examples);
    for (const { name, text } of examples) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  }
  const report = join(folder, 'report.json');
  execFileSync(
    gitleaks,
    ['dir', folder, '-f', 'json', '-r', report, '--exit-code', '0', '--no-banner', '-l', 'error'],
    { stdio: 'ignore' },
  );
  const theirs = new Map<string, Set<string>>();
  for (const { File, RuleID } of JSON.parse(readFileSync(report, 'utf8')) as readonly {
    readonly File: string;
    readonly RuleID: string;
  }[]) {
    const name = File.slice(File.indexOf(folder) + folder.length + 1);
    theirs.set(name, (theirs.get(name) ?? new Set()).add(RuleID));
  }
  for (const id of ids) {
    const ours = counterpartsOf(id);
    let [byThem, byUs, byBoth, as] = [0, 0, 0, ''];
    for (const { name, text } of made.get(id)!) {
      const place = { path: name, within: [] };
      const here = [
        ...findAll(allRules, text, { source: 'file', ...place }),
        ...findAll(allRules, name, { source: 'path', ...place }),
      ].map(({ rule }) => rule);
      const own = here.find((rule) => ours.includes(rule)) ?? here[0];
      const found = theirs.get(name)?.has(id) === true;
      if (found) byThem++;
      if (own !== undefined) byUs++;
      if (found && own !== undefined) {
        byBoth++;
        as = own;
      }
    }
    if (byBoth > 0) both++;
    rows.push(
      [id, byBoth > 0 ? as : ours.join(' '), byBoth > 0 ? 'both' : `theirs ${byThem}, ours ${byUs}`].join(
        '\t',
      ),
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
writeFileSync(
  table,
  `${['rule of gitleaks', 'rule here', 'an example is found by'].join('\t')}\n${rows.toSorted().join('\n')}\n`,
);
process.stdout.write(`${ids.length} rules of gitleaks, ${both} with an example that both find\n`);
for (const row of rows) if (!row.endsWith('both')) process.stdout.write(`${row}\n`);

interface Example {
  readonly name: string;
  readonly text: string;
}
