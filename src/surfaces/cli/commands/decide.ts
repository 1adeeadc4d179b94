import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { appendDecision, decisionId, DECISIONS_PATH } from '../../../documents/decisions/index.ts';
import {
  VEX_JUSTIFICATIONS,
  VEX_STATUSES,
  type Decision,
  type VexJustification,
  type VexStatus,
} from '../../../model/decision.ts';
import { AssayError } from '../../../model/problem.ts';
import type { Snapshot } from '../../../model/result.ts';
import { personOf } from '../../../adapters/git/person.ts';
import type { Command, Invocation } from '../command.ts';
import { replaceFile } from '../output.ts';
import { SCAN_OPTIONS, runScan } from '../run-scan.ts';

/** How long a decision holds when nobody says: long enough for a release, short enough to be looked at again. */
const DEFAULT_DAYS = 90;

/** A fingerprint of `assay secrets`, or all finds of a rule of it: of these nothing is asked that VEX asks of components. */
const SECRET = /^(?:v\d+:[a-z0-9]|secrets\/[a-z0-9])/;

export const command: Command = {
  name: 'decide',
  summary: 'record who ruled what about a finding, why, and until when',
  usage: 'assay decide ID --status STATUS --reason TEXT [OPTIONS] [PATH]',
  about: `Appends a decision to ${DECISIONS_PATH} below PATH (default: here). ID is an advisory's id
or any alias of it, a rule such as lockfile/weak-integrity, or of \`assay secrets\` a fingerprint
(v1:github-pat:…) or a rule (secrets/github-pat, best with --manifest GLOB). Commit the file: it is
reviewed like code, and in CI it counts only once it is in the base (scan --base).`,
  options: {
    status: { type: 'string', value: 'STATUS', choices: VEX_STATUSES, help: 'what is so, in VEX’s words' },
    justification: {
      type: 'string',
      value: 'WHY',
      choices: VEX_JUSTIFICATIONS,
      help: 'needed with not_affected, but for secrets',
    },
    reason: { type: 'string', value: 'TEXT', help: 'in your words, for whoever reads it next year' },
    until: {
      type: 'string',
      value: 'DATE',
      help: `last day it holds, YYYY-MM-DD (default: ${DEFAULT_DAYS} days)`,
    },
    by: { type: 'string', value: 'NAME', help: 'who decides (default: git’s user.name and user.email)' },
    component: { type: 'string', value: 'PURL', help: 'only this component, e.g. pkg:npm/lodash' },
    versions: { type: 'string', value: 'RANGE', help: 'only these versions, in the ecosystem’s syntax' },
    manifest: { type: 'string', value: 'GLOB', help: 'only in these files' },
    supersedes: { type: 'string', value: 'ID', help: 'the earlier decision that this replaces' },
    db: SCAN_OPTIONS['db']!,
  },
  examples: [
    [
      'assay decide CVE-2021-23337 --status not_affected --justification vulnerable_code_not_in_execute_path --reason "we never call template()"',
      'a false alarm here, with the reason',
    ],
    [
      'assay decide GHSA-... --status affected --reason "fixed in the June release" --until 2027-06-30',
      'accepted for now',
    ],
  ],
  async run(invocation) {
    const [advisory, path = '.'] = invocation.positionals;
    if (advisory === undefined) throw usage('name an advisory or a rule');
    const decision = decisionOf(advisory, invocation, resolve(invocation.io.cwd, path));
    const folder = resolve(invocation.io.cwd, path);
    if (!existsSync(folder) || !statSync(folder).isDirectory())
      throw new AssayError('tree/not-found', `${path} is no folder; decisions are kept in one`);
    const isSecret = SECRET.test(advisory);
    const before = isSecret ? undefined : await runScan({ ...invocation, positionals: [path] }, undefined);
    const file = join(folder, DECISIONS_PATH);
    const added = appendDecision(existsSync(file) ? readFileSync(file, 'utf8') : '', decision);
    if (added.text === undefined)
      throw new AssayError(
        'decision/refused',
        added.problem.message,
        added.problem.hint === undefined ? {} : { hint: added.problem.hint },
      );
    mkdirSync(dirname(file), { recursive: true });
    replaceFile(file, added.text);
    invocation.io.out(
      `recorded ${decision.id} in ${DECISIONS_PATH}, until ${decision.expires!.slice(0, 10)}\n`,
    );
    if (before === undefined) {
      invocation.io.out('assay secrets takes it for covered; commit the file so that others see it\n');
      return 0;
    }
    const after = await runScan({ ...invocation, positionals: [path] }, undefined);
    report(before, after, invocation);
    return 0;
  },
};

function decisionOf(advisory: string, { value, io }: Invocation, folder: string): Decision {
  const status = value('status') as VexStatus | undefined;
  const justification = value('justification') as VexJustification | undefined;
  const reason = value('reason')?.trim();
  const by = value('by') ?? personOf(folder, io.env);
  if (status === undefined) throw usage(`--status is one of ${VEX_STATUSES.join(', ')}`);
  if (reason === undefined || reason === '') throw usage('--reason: say why, for whoever reads it next year');
  if (status === 'not_affected' && justification === undefined && !SECRET.test(advisory))
    throw usage(`not_affected needs --justification: one of ${VEX_JUSTIFICATIONS.join(', ')}`);
  if (by === undefined) throw usage('--by: git has no user.name here, so say who decides');
  const at = io.now();
  const component = value('component');
  const versions = value('versions');
  const manifest = value('manifest');
  const supersedes = value('supersedes');
  const ruling = {
    about: {
      advisories: [advisory],
      ...(component === undefined ? {} : { component }),
      ...(versions === undefined ? {} : { versions }),
      ...(manifest === undefined ? {} : { manifest }),
    },
    status,
    ...(justification === undefined ? {} : { justification }),
    reason,
    by,
    at,
    expires: expiry(value('until'), at),
    ...(supersedes === undefined ? {} : { supersedes }),
  };
  return { ...ruling, id: decisionId(ruling), source: { path: DECISIONS_PATH, format: 'assay' } };
}

/** The last second of the last day. */
function expiry(until: string | undefined, now: string): string {
  const day = until ?? new Date(Date.parse(now) + DEFAULT_DAYS * 86_400_000).toISOString().slice(0, 10);
  const instant = `${day}T23:59:59Z`;
  const parsed = Date.parse(instant);
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(day) ||
    Number.isNaN(parsed) ||
    new Date(parsed).toISOString().slice(0, 10) !== day
  )
    throw usage(`--until ${day}: expected a date, YYYY-MM-DD`);
  if (instant < now) throw usage(`--until ${day} has passed`);
  return instant;
}

function report(before: Snapshot, after: Snapshot, { io }: Invocation): void {
  const open = (snapshot: Snapshot): Set<string> =>
    new Set(
      snapshot.findings.flatMap((finding) => (finding.decision === undefined ? [finding.fingerprint] : [])),
    );
  const still = open(after);
  const covered = [...open(before)].filter((fingerprint) => !still.has(fingerprint)).length;
  io.out(
    covered === 0
      ? 'it covers no open finding of this scan: check the id and the selectors\n'
      : `it covers ${covered} ${covered === 1 ? 'finding' : 'findings'}; commit the file so that others see it\n`,
  );
}

const usage = (message: string): AssayError =>
  new AssayError('cli/usage', `decide: ${message}`, { hint: 'see `assay decide --help`' });
