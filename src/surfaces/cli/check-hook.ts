import { join } from 'node:path';
import { openKey } from '../../adapters/disclosure/key.ts';
import { parseCommit } from '../../adapters/git/commit-object.ts';
import { openObjects } from '../../adapters/git/objects.ts';
import { changesInRange } from '../../adapters/git/range.ts';
import { openRefs } from '../../adapters/git/refs.ts';
import { findRepository } from '../../adapters/git/repository.ts';
import { resolveRevision } from '../../adapters/git/revision.ts';
import { coverIgnored } from '../../analysis/disclosure/findings/ignored.ts';
import { disclosureJson } from '../../documents/disclosure/json.ts';
import type { DisclosureReport } from '../../model/disclosure-report.ts';
import { AssayError } from '../../model/problem.ts';
import type { Receipts } from '../../verbs/prevent/receipts.ts';
import { readReceipts, receiptWords } from '../../verbs/prevent/receipts.ts';
import { coverAndSort, exitCode, secretsInChanges } from '../../verbs/prevent/secrets.ts';
import type { Invocation } from './command.ts';
import { writeReport } from './output.ts';
import { runRules, trustedFiles } from './secrets-rules.ts';
import { BASELINE, decided, DECISIONS, KEY, readBaseline, secretsWorld } from './secrets-world.ts';
import { secretsReport } from './terminal/secrets.ts';
import { printable, wantsColour } from './terminal/style.ts';

const MOST_NAMED = 20;

/**
 * `assay hook check A..B`: looks at the commits again, whatever their receipts say, and names those without one.
 * 1 on secrets, with --require also on commits without a receipt or with that of another tree; 3 when something could not be read.
 */
export async function checkHook(range: string | undefined, invocation: Invocation): Promise<number> {
  const { io, flag, value } = invocation;
  const [from, to, ...more] = (range ?? '').split('..');
  if (from === undefined || to === undefined || more.length > 0 || range?.includes('...'))
    throw new AssayError('cli/usage', 'hook check: expected a range A..B', {
      hint: 'e.g. assay hook check origin/main..HEAD',
    });
  const repository = findRepository(io.cwd);
  if (repository === undefined)
    throw new AssayError('tree/not-a-repository', `${io.cwd} lies in no git repository`);
  const top = repository.workTree ?? repository.gitDir;
  const key = openKey(io.env['ASSAY_SECRETS_KEY'], join(top, KEY));
  const baseline = readBaseline(join(top, BASELINE), false);
  const trusted = trustedFiles(top, repository, 'range', undefined);
  const objects = openObjects(repository);
  try {
    const rules = await runRules(invocation, trusted.read, key);
    const refs = openRefs(repository);
    const id = (revision: string): string =>
      resolveRevision(revision === '' ? 'HEAD' : revision, refs, objects).id;
    const changes = changesInRange(objects, repository.algorithm === 'sha1' ? 20 : 32, [id(to)], [id(from)]);
    const receipts = readReceipts(
      changes.commits.map((commit) => {
        const bytes = Buffer.from(commit.bytes);
        const { tree, parents } = parseCommit(bytes)!;
        return {
          id: commit.id,
          text: bytes.toString('latin1'),
          tree,
          isPlainMerge: parents.length > 1 && commit.files.length === 0,
        };
      }),
    );
    const world = secretsWorld({
      rules: rules.rules,
      fingerprint: key.fingerprint,
      tick: () => io.signal.throwIfAborted(),
    });
    const scan = await secretsInChanges(world, changes, (blob) => objects.read(blob).bytes);
    const ruled = await decided(
      coverIgnored(coverAndSort(scan.disclosures, { baseline }), rules.ignore),
      await trusted.read(DECISIONS),
      io.now(),
    );
    const report: DisclosureReport = {
      target: { name: '.', mode: 'range', range: range! },
      createdAt: io.now(),
      assay: io.version,
      rules: rules.rules.length,
      ...(rules.leftOut.length === 0 ? {} : { leftOut: rules.leftOut }),
      stableFingerprints: key.isStable,
      disclosures: ruled.disclosures,
      coverage: scan.coverage,
      problems: [
        ...rules.problems,
        ...scan.problems,
        ...rules.stopped(),
        ...(baseline?.problems ?? []),
        ...ruled.problems,
      ],
    };
    const toTerminal = io.outIsTty && value('output') === undefined;
    const colour = wantsColour(io.env, toTerminal);
    await writeReport(
      invocation,
      value('format') === 'json'
        ? json(report, receipts)
        : `${secretsReport(report, { width: toTerminal ? io.columns : 80, colour, all: false })}\n${receiptLines(receipts)}`,
    );
    const code = exitCode(report, 'likely');
    return code !== 1 && flag('require') && receipts.without.length > 0 ? 1 : code;
  } finally {
    objects.close();
    await trusted.close();
  }
}

function json(report: DisclosureReport, receipts: Receipts): string {
  return `${JSON.stringify({ receipts, secrets: JSON.parse(disclosureJson(report)) as unknown }, null, 2)}\n`;
}

function receiptLines(receipts: Receipts): string {
  const shown = receipts.without.slice(0, MOST_NAMED);
  const more = receipts.without.length - shown.length;
  return [
    ...receiptWords(receipts),
    ...shown.map(
      ({ commit, author, state }) =>
        `  ${commit.slice(0, 12)} ${author}${state === 'other' ? ': changed after the hook ran' : ''}`,
    ),
    ...(more > 0 ? [`  and ${more} more; --format json has all`] : []),
  ]
    .map((line) => `${printable(line)}\n`)
    .join('');
}
