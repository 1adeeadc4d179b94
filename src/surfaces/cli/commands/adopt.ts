import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { personOf } from '../../../adapters/git/person.ts';
import {
  ADOPTIONS_PATH,
  adoptionId,
  appendAdoption,
  readAdoptions,
} from '../../../documents/adoption/records.ts';
import type { AdoptionDecision, AdoptionRecord, AdoptionReport } from '../../../model/adoption.ts';
import { ADOPTION_DECISIONS } from '../../../model/adoption.ts';
import { AssayError } from '../../../model/problem.ts';
import type { Command, Invocation } from '../command.ts';
import { replaceFile } from '../output.ts';
import {
  exitOf,
  looksOf,
  printReport,
  reportOptions,
  type Looks,
  type ReportWords,
} from '../report-options.ts';
import { runAdopt } from '../run-adopt.ts';
import { SCAN_OPTIONS } from '../run-scan.ts';
import { terminalAdoption, terminalRecords } from '../terminal/adoption.ts';

const REPORT: ReportWords = { formats: ['text', 'json', 'markdown', 'svg'], pixels: 960 };
/** Days until somebody should look again when nobody says: soon where the answer was to wait. */
const REVIEW_DAYS: Readonly<Record<AdoptionDecision, number>> = { adopt: 365, watch: 90, reject: 365 };

export const command: Command = {
  name: 'adopt',
  summary: 'is a dependency a healthy choice: eight answers with evidence, and what was decided',
  usage: 'assay adopt NAME[@VERSION] | PURL | PATH | file://URL [OPTIONS]',
  about: `Answers eight questions about a component from a clone of its repository (bare ones too), the registry's
answer, and an export of its issues: activity and trend, bus factor, release cadence, security latency,
responsiveness, licence and relicensing risk, community breadth, dependency weight. Each has its evidence;
what cannot be seen is unknown, and the answers are never added up. Windows end at the clone's newest commit.
Nothing of the clone is run, and nothing is fetched but with --online.
With --record the decision is appended to ${ADOPTIONS_PATH}, with what the cards said.`,
  options: {
    clone: { type: 'string', value: 'PATH', help: 'a clone of its repository, with history and tags' },
    metadata: {
      type: 'string',
      value: 'FILE',
      help: 'the registry’s answer: npm’s packument, PyPI’s or crates.io’s JSON',
    },
    forge: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      help: 'issues, pull requests, comments as GitHub’s API or `gh … --json` gives them; repeatable',
    },
    online: { type: 'boolean', help: 'ask the registry that configuration names; the host is told first' },
    registry: { type: 'string', value: 'URL', help: 'with --online: ask this registry' },
    ecosystem: { type: 'string', value: 'NAME', help: 'npm, PyPI, crates.io, …; a purl says it too' },
    'as-of': { type: 'string', value: 'DATE', help: 'end the windows on this day, or today' },
    within: { type: 'string', value: 'DIR', help: 'bus factor: only commits that change this folder' },
    into: { type: 'string', value: 'PATH', help: 'the project it would go into (default: here, for a NAME)' },
    record: {
      type: 'string',
      value: 'DECISION',
      choices: ADOPTION_DECISIONS,
      help: 'record what was decided, with --reason',
    },
    reason: { type: 'string', value: 'TEXT', help: 'with --record: why, for whoever reads it next year' },
    alternative: {
      type: 'string',
      multiple: true,
      value: 'NAME',
      help: 'what else was looked at; repeatable',
    },
    review: {
      type: 'string',
      value: 'DATE',
      help: 'when to look again (default: a year; 90 days for watch)',
    },
    by: { type: 'string', value: 'NAME', help: 'who decides (default: git’s user.name and user.email)' },
    list: { type: 'boolean', help: 'show what was recorded, and what is due' },
    db: SCAN_OPTIONS['db']!,
    'no-cache': SCAN_OPTIONS['no-cache']!,
    ...reportOptions(REPORT),
  },
  examples: [
    ['assay adopt ../express.git', 'a clone alone'],
    [
      'assay adopt express@5.2.1 --clone ../express.git --metadata express.json',
      'the component, with what its registry says',
    ],
    ['assay adopt pkg:pypi/requests --online --registry https://registry.example.invalid', 'ask a registry'],
    [
      'assay adopt express@5.2.1 --clone ../express.git --record adopt --reason "kept by many" --alternative fastify',
      'write down what was decided, and from what',
    ],
    ['assay adopt --list', 'earlier decisions, and which to look at again'],
  ],
  async run(invocation) {
    const looks = looksOf(invocation, REPORT);
    if (invocation.flag('list')) return list(invocation, looks);
    const decision = invocation.value('record') as AdoptionDecision | undefined;
    const ruling = decision === undefined ? undefined : rulingOf(decision, invocation);
    const report = await runAdopt(invocation);
    if (ruling === undefined)
      await printReport(invocation, looks, {
        text: ({ text }) => terminalAdoption(report, text),
        json: async () => (await import('../../../documents/adoption/json.ts')).adoptionJson(report),
        markdown: async () =>
          (await import('../../../documents/adoption/markdown.ts')).adoptionMarkdown(report),
        svg: async ({ pixels }) =>
          (await import('../../../documents/pictures/adoption-cards.ts')).adoptionSvg(report, pixels),
      });
    else record(report, ruling, invocation);
    return exitOf(report.problems);
  },
};

type Ruling = Pick<AdoptionRecord, 'decision' | 'reason' | 'alternatives' | 'by' | 'at' | 'review'>;

function rulingOf(decision: AdoptionDecision, { io, value, values }: Invocation): Ruling {
  const reason = value('reason')?.trim() ?? '';
  if (reason === '') throw usage('--reason: say why, for whoever reads it next year');
  const by = value('by') ?? personOf(io.cwd, io.env);
  if (by === undefined) throw usage('--by: git has no user.name here, so say who decides');
  const at = io.now();
  return {
    decision,
    reason,
    alternatives: values('alternative')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    by,
    at,
    review: reviewDay(value('review'), decision, at),
  };
}

function reviewDay(text: string | undefined, decision: AdoptionDecision, now: string): string {
  const day =
    text ?? new Date(Date.parse(now) + REVIEW_DAYS[decision] * 86_400_000).toISOString().slice(0, 10);
  const parsed = Date.parse(`${day}T00:00:00Z`);
  if (
    !/^\d{4}-\d\d-\d\d$/.test(day) ||
    Number.isNaN(parsed) ||
    new Date(parsed).toISOString().slice(0, 10) !== day
  )
    throw usage(`--review ${day}: expected a date, YYYY-MM-DD`);
  if (day <= now.slice(0, 10)) throw usage(`--review ${day} is not after today`);
  return day;
}

function record(report: AdoptionReport, ruling: Ruling, invocation: Invocation): void {
  const { io } = invocation;
  const { subject } = report;
  const bare = {
    ...ruling,
    component: subject.component === undefined ? subject.name : componentName(subject),
    cards: report.cards.map(({ id, verdict, says }) => ({ id, verdict, says })),
    asOf: report.asOf,
    ...(subject.clone === undefined ? {} : { commit: subject.clone.commit }),
  };
  const { decision, reason, alternatives, by, at, review, component, cards, asOf } = bare;
  const entry: AdoptionRecord = {
    id: adoptionId(bare),
    component,
    decision,
    reason,
    alternatives,
    by,
    at,
    review,
    cards,
    asOf,
    ...(bare.commit === undefined ? {} : { commit: bare.commit }),
  };
  const file = adoptionsFile(invocation);
  const added = appendAdoption(existsSync(file) ? readFileSync(file, 'utf8') : '', entry);
  if (added.text === undefined)
    throw new AssayError(
      'adopt/refused',
      added.problem.message,
      added.problem.hint === undefined ? {} : { hint: added.problem.hint },
    );
  mkdirSync(dirname(file), { recursive: true });
  replaceFile(file, added.text);
  io.out(
    `recorded ${entry.id} in ${ADOPTIONS_PATH}: ${entry.decision} ${entry.component}, look again on ${review}\n`,
  );
}

const componentName = ({ component, version }: AdoptionReport['subject']): string =>
  version === undefined ? component! : `${component!}@${version}`;

/** Below the project that it is about: `--into`, else here. */
function adoptionsFile({ io, value }: Invocation): string {
  const folder = resolve(io.cwd, value('into') ?? '.');
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new AssayError('tree/not-found', `${folder} is no folder; decisions are kept in one`);
  return join(folder, ADOPTIONS_PATH);
}

async function list(invocation: Invocation, looks: Looks): Promise<number> {
  const { io } = invocation;
  const file = adoptionsFile(invocation);
  const { records, problems } = existsSync(file)
    ? readAdoptions(readFileSync(file, 'utf8'))
    : { records: [], problems: [] };
  const today = io.now().slice(0, 10);
  if (looks.format !== 'text' && looks.format !== 'json')
    throw usage(`--list is printed as text or json, not as ${looks.format}`);
  for (const { message, at } of problems) io.err(`assay: ${ADOPTIONS_PATH}:${at?.line ?? 1}: ${message}\n`);
  await printReport(invocation, looks, {
    text: ({ text }) => terminalRecords(records, today, text),
    json: async () => (await import('../../../documents/adoption/json.ts')).adoptionsJson(records, today),
  });
  return problems.length > 0 ? 3 : 0;
}

const usage = (message: string): AssayError =>
  new AssayError('cli/usage', `adopt: ${message}`, { hint: 'see `assay adopt --help`' });
