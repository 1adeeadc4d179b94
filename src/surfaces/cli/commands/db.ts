import { openAdvisoryFolder } from '../../../adapters/advisories/folder.ts';
import { PUBLIC_HOSTS } from '../../../adapters/advisories/sources/index.ts';
import { AssayError } from '../../../model/problem.ts';
import { databaseStatus, type DatabaseStatus } from '../../../verbs/know/database-status.ts';
import type { UpdateReport } from '../../../verbs/know/database.ts';
import type { Command, Invocation } from '../command.ts';
import { databaseFolder } from '../folders.ts';
import { update } from '../update-database.ts';
import { printable } from '../terminal/style.ts';

export const command: Command = {
  name: 'db',
  summary: 'install and inspect advisory data',
  usage: 'assay db update|status [OPTIONS]',
  about: `update builds the index from OSV's public exports, CISA KEV and EPSS, or from what
--from names: a URL, a folder (searched for <ecosystem>/all.zip and single records),
a zip, or a git repository. Records merge by id; the newest wins. Replaced as a
whole: scans that run meanwhile see the old or the new.
status says what is installed, how old it is, and whether it is whole.
Network: only update, and only
${PUBLIC_HOSTS.map((host) => `  ${host}\n`).join('')}or, with --from, what it names.`,
  options: {
    from: {
      type: 'string',
      multiple: true,
      value: 'SOURCE',
      help: 'URL, folder, zip or git repository; repeatable',
    },
    db: { type: 'string', value: 'DIR', help: 'where it lives (default: ASSAY_DB, then the user’s cache)' },
    fresh: { type: 'boolean', help: 'update: forget what is installed and build from the sources alone' },
    json: { type: 'boolean', help: 'print as JSON' },
  },
  examples: [
    ['assay db update', 'from the public exports'],
    ['assay db update --from /mnt/mirror/osv --from kev.json', 'from a mirror, without a network'],
    ['assay db status', 'what is installed, and how old it is'],
  ],
  async run(invocation) {
    switch (invocation.positionals[0]) {
      case 'update': {
        const report = await update(invocation);
        printUpdate(report, invocation);
        return report.input.problems.some((problem) => problem.lost) ? 3 : 0;
      }
      case 'status':
        return status(invocation);
      default:
        throw new AssayError('cli/usage', 'db: say update or status', { hint: 'see `assay db --help`' });
    }
  },
};

function printUpdate(report: UpdateReport, { io, flag }: Invocation): void {
  if (flag('json')) {
    io.out(`${JSON.stringify(report, null, 2)}\n`);
    return;
  }
  for (const { ecosystem, wrote, changed, advisories } of report.sets) {
    const what = wrote === 'nothing' ? 'unchanged' : `${number(changed)} new or changed`;
    io.out(`${ecosystem.padEnd(16)} ${number(advisories).padStart(9)} advisories, ${what}\n`);
  }
  for (const line of leftOut(report.input)) io.out(`${line}\n`);
  for (const { message, at } of report.input.problems.slice(0, 10))
    io.err(`${printable(`${at?.path ?? ''}: ${message}`)}\n`);
  const more = report.input.problems.length - 10;
  if (more > 0) io.err(`and ${more} more problems (--json lists all)\n`);
}

/** What of the sources was not used, and why: nothing is left out silently. */
function leftOut({ unknownEcosystems, gitOnly, unversioned, foreign }: UpdateReport['input']): string[] {
  const unknown = [...unknownEcosystems].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const total = unknown.reduce((sum, [, count]) => sum + count, 0);
  return [
    total === 0
      ? ''
      : `not used: ${number(total)} records of ecosystems that assay does not read (${printable(
          unknown
            .slice(0, 5)
            .map(([name]) => name)
            .join(', '),
        )}${unknown.length > 5 ? ', …' : ''})`,
    gitOnly === 0 ? '' : `not used: ${number(gitOnly)} entries that name only commits`,
    unversioned === 0 ? '' : `not used: ${number(unversioned)} entries without any version`,
    foreign.count === 0
      ? ''
      : `not advisories: ${number(foreign.count)} files (${printable(foreign.examples.slice(0, 2).join(', '))})`,
  ].filter((line) => line !== '');
}

function status(invocation: Invocation): number {
  const { io, flag } = invocation;
  const found = databaseStatus(openAdvisoryFolder(databaseFolder(invocation)), io.now());
  if (flag('json')) io.out(`${JSON.stringify(found, null, 2)}\n`);
  else if (found.installed) printStatus(found, io.out);
  else io.out(`nothing is installed in ${found.path}: scans use the starter set; run \`assay db update\`\n`);
  const damaged = [
    ...found.sets.map(({ base, state }) => ({ file: base.file, state })),
    ...found.tables,
  ].filter(({ state }) => state !== 'sound');
  for (const { file, state } of damaged) io.err(`${file}: ${state}; run \`assay db update --fresh\`\n`);
  return damaged.length > 0 ? 2 : 0;
}

function printStatus({ path, sets, tables, bytes }: DatabaseStatus, out: (text: string) => void): void {
  out(`${path}  ${megabytes(bytes)}\n\n`);
  out(row('ecosystem', 'advisories', 'newest', 'age', 'size', 'from'));
  for (const { ecosystem, advisories, newest, ageDays, bytes: size, from } of sets)
    out(
      row(
        ecosystem,
        number(advisories),
        newest.slice(0, 10),
        `${ageDays} d`,
        megabytes(size),
        from.join(', '),
      ),
    );
  for (const kind of ['kev', 'epss'] as const) {
    const table = tables.find((one) => one.kind === kind);
    out(
      table === undefined
        ? row(kind.toUpperCase(), '–', 'not installed', '', '', '')
        : row(
            kind.toUpperCase(),
            number(table.count),
            table.date,
            `${table.ageDays ?? '?'} d`,
            megabytes(table.bytes),
            table.from,
          ),
    );
  }
}

function row(name: string, count: string, newest: string, age: string, size: string, from: string): string {
  return (
    `${name.padEnd(15)} ${count.padStart(10)}  ${newest.padEnd(10)}  ${age.padStart(6)}  ${size.padStart(8)}  ${printable(from)}`.trimEnd() +
    '\n'
  );
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const number = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
