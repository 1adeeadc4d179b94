/**
 * Writes the pages of docs/ that are made from the code: extractors, rules for secrets, and commands.
 * `--check` writes nothing and fails when a page is out of date.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ecosystems } from '../src/analysis/ecosystems/index.ts';
import { allRules } from '../src/analysis/disclosure/all-rules.ts';
import { renamed, WITHOUT_COUNTERPART } from '../src/analysis/disclosure/gitleaks/counterparts.ts';
import { KIND_WORDS, rulesInOrder } from '../src/documents/disclosure/rules.ts';
import { DISCLOSURE_KINDS } from '../src/model/disclosure.ts';
import type { Ecosystem } from '../src/model/ecosystem.ts';
import type { Extractor } from '../src/model/extractor.ts';
import { groups, loadCommand } from '../src/surfaces/cli/commands/index.ts';
import { commandHelp } from '../src/surfaces/cli/help.ts';

const NOTICE = '<!-- Made by `npm run docs`. Do not edit: change the code that it is made from. -->';

function extractorsPage(): string {
  const withFiles = ecosystems.filter((ecosystem) => ecosystem.extractors.length > 0);
  const rows = withFiles.flatMap((ecosystem) =>
    ecosystem.extractors.map(
      (extractor) =>
        `| [${ecosystem.title}](#${anchor(ecosystem.title)}) | ${extractor.files.map((file) => `\`${file}\``).join(', ')} | ${extractor.title} |`,
    ),
  );
  return [
    NOTICE,
    '# What Assay reads',
    `${rows.length} kinds of files of ${withFiles.length} ecosystems. Files are claimed by name alone; nothing is run.`,
    ['| ecosystem | files | what |', '|---|---|---|', ...rows].join('\n'),
    ...withFiles.map(ecosystemSection),
  ].join('\n\n');
}

function ecosystemSection(ecosystem: Ecosystem): string {
  const advisories = ecosystem.hasAdvisories
    ? 'Held against the advisories of its ecosystem.'
    : 'Nobody publishes advisories for these in OSV: they are listed, counted and named as not checked.';
  return [
    `## ${ecosystem.title}`,
    `purl type \`${ecosystem.purlType}\`, version order \`${ecosystem.versions.id}\`. ${advisories}`,
    ...ecosystem.extractors.map(extractorSection),
  ].join('\n\n');
}

function extractorSection(extractor: Extractor): string {
  return [
    `### ${extractor.title}`,
    `\`${extractor.id}\`, version ${extractor.version}. Files: ${extractor.files.map((file) => `\`${file}\``).join(', ')}.`,
    extractor.notes.trim(),
  ].join('\n\n');
}

async function commandsPage(): Promise<string> {
  const sections: string[] = [];
  for (const [verb, commands] of groups) {
    if (commands.length === 0) continue;
    sections.push(`## ${verb}`);
    for (const { name } of commands)
      sections.push(
        `### assay ${name}`,
        `\`\`\`text\n${commandHelp(await loadCommand(name)).trim()}\n\`\`\``,
      );
  }
  return [NOTICE, '# Commands', ...sections].join('\n\n');
}

function secretsRulesPage(): string {
  const sections = DISCLOSURE_KINDS.flatMap((kind) => {
    const rules = rulesInOrder(allRules).filter((rule) => rule.kind === kind);
    const [title, says] = KIND_WORDS[kind];
    if (rules.length === 0) return [];
    const rows = rules.map(
      ({ id, title: what, provider, advice }) =>
        `| \`${id}\` | ${cell(provider ?? '')} | ${cell(what)} | ${cell(advice)} |`,
    );
    return [
      `## ${title}`,
      `\`${kind}\`, ${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}. ${says}`,
      ['| rule | by | what | what to do |', '|---|---|---|---|', ...rows].join('\n'),
    ];
  });
  const names = renamed.map(
    ([theirs, ours]) => `| \`${theirs}\` | ${ours.map((id) => `\`${id}\``).join(', ')} |`,
  );
  return [
    NOTICE,
    '# What `assay secrets` looks for',
    `${allRules.length} built-in rules. \`assay secrets --list-rules\` prints those of a repository, with its own (\`--format json\`: with the providers’ pages on how to revoke). How to write one: [secrets.md](secrets.md#rules-of-your-own).`,
    ...sections,
    '## Names in gitleaks',
    `\`disabledRules\` and \`targetRules\` of a \`.gitleaks.toml\` are taken for ours of the same name, or for these. There is none for ${WITHOUT_COUNTERPART.map((id) => `\`${id}\``).join(' and ')}: general rules may find what they find.`,
    ['| in gitleaks | here |', '|---|---|', ...names].join('\n'),
  ].join('\n\n');
}

/** Every format that programs read, from what each schema says of itself. */
function schemasPage(): string {
  const rows = readdirSync('docs/schema')
    .filter((file) => file.endsWith('.schema.json'))
    .sort()
    .map((file) => {
      const { description } = JSON.parse(readFileSync(`docs/schema/${file}`, 'utf8')) as {
        description: string;
      };
      return `| [${file}](${file}) | ${cell(description.split('. ')[0]!.replace(/\.?$/, '.'))} |`;
    });
  return [
    NOTICE,
    '# Schemas of what programs read',
    'JSON Schema 2020-12. The number in a name is that of the field `schema` in the document: fields may be added within it, and a change that an old reader would misread raises it. So read what you know and leave the rest; validate with the schema of the version that you run.',
    ['| schema | what |', '|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

const anchor = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');

const check = process.argv.includes('--check');
const pages: readonly (readonly [path: string, text: string])[] = [
  ['docs/extractors.md', `${extractorsPage()}\n`],
  ['docs/secrets-rules.md', `${secretsRulesPage()}\n`],
  ['docs/schema/README.md', `${schemasPage()}\n`],
  ['docs/commands.md', `${await commandsPage()}\n`],
];
let stale = 0;
for (const [path, text] of pages) {
  const current = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (current === text) continue;
  stale++;
  if (check) console.error(`${path} is out of date: run \`npm run docs\``);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
}
if (check && stale > 0) process.exitCode = 1;
