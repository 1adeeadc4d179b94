import { openAdvisoryFolder } from '../../../adapters/advisories/folder.ts';
import { PUBLIC_HOSTS } from '../../../adapters/advisories/sources/index.ts';
import type { AdvisoryManifest, InstalledFile } from '../../../model/advisory-files.ts';
import { AssayError } from '../../../model/problem.ts';
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
  for (const { message, at } of report.input.problems.slice(0, 10))
    io.err(`${printable(`${at?.path ?? ''}: ${message}`)}\n`);
  const more = report.input.problems.length - 10;
  if (more > 0) io.err(`and ${more} more problems (--json lists all)\n`);
}

function status(invocation: Invocation): number {
  const { io, flag } = invocation;
  const folder = openAdvisoryFolder(databaseFolder(invocation));
  const manifest = folder.manifest();
  if (manifest === undefined) {
    if (flag('json')) io.out(`${JSON.stringify({ folder: folder.path, installed: false })}\n`);
    else
      io.out(`nothing is installed in ${folder.path}: scans use the starter set; run \`assay db update\`\n`);
    return 0;
  }
  const files = filesOf(manifest).map((file) => ({ ...file, state: folder.check(file) }));
  const damaged = files.filter(({ state }) => state !== 'sound');
  if (flag('json'))
    io.out(`${JSON.stringify({ folder: folder.path, installed: true, ...manifest, files }, null, 2)}\n`);
  else printStatus(folder.path, manifest, io.now(), io.out);
  for (const { file, state } of damaged) io.err(`${file}: ${state}; run \`assay db update --fresh\`\n`);
  return damaged.length > 0 ? 2 : 0;
}

const filesOf = (manifest: AdvisoryManifest): InstalledFile[] =>
  [...manifest.sets.flatMap(({ base, overlay }) => [base, overlay]), manifest.kev, manifest.epss].filter(
    (file) => file !== undefined,
  );

function printStatus(
  path: string,
  manifest: AdvisoryManifest,
  now: string,
  out: (text: string) => void,
): void {
  out(`${path}\n\n`);
  out(
    `${'ecosystem'.padEnd(16)} ${'advisories'.padStart(10)}  ${'newest'.padEnd(10)}  ${'age'.padStart(6)}  ${'size'.padStart(8)}  from\n`,
  );
  for (const { ecosystem, advisories, newest, base, overlay, from } of manifest.sets) {
    const days = Math.max(0, Math.floor((Date.parse(now) - Date.parse(newest)) / 86_400_000));
    const size = `${((base.bytes + (overlay?.bytes ?? 0)) / 1e6).toFixed(1)} MB`;
    out(
      `${ecosystem.padEnd(16)} ${number(advisories).padStart(10)}  ${newest.slice(0, 10)}  ${`${days} d`.padStart(6)}  ${size.padStart(8)}  ${printable(from.join(', '))}\n`,
    );
  }
  for (const [name, table] of [['KEV', manifest.kev] as const, ['EPSS', manifest.epss] as const])
    out(
      table === undefined
        ? `${name}: not installed\n`
        : `${name.padEnd(16)} ${number(table.count).padStart(10)}  ${table.date}\n`,
    );
}

const number = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
