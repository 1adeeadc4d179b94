import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Keyed } from '../../adapters/disclosure/key.ts';
import { givenKey, makeKey, openKey } from '../../adapters/disclosure/key.ts';
import type { Objects } from '../../adapters/git/objects.ts';
import { openObjects } from '../../adapters/git/objects.ts';
import { changesInRange } from '../../adapters/git/range.ts';
import { openRefs } from '../../adapters/git/refs.ts';
import type { Repository } from '../../adapters/git/repository.ts';
import { findRepository } from '../../adapters/git/repository.ts';
import { resolveRevision } from '../../adapters/git/revision.ts';
import { commitTips } from '../../adapters/git/tips.ts';
import { readKernelFile } from '../../adapters/kernel/wasm-file.ts';
import { submodulePaths } from '../../adapters/git/config.ts';
import { WHY_SUBMODULE } from '../../adapters/tree/listing.ts';
import { openTree } from '../../adapters/tree/open.ts';
import type { Baseline } from '../../analysis/disclosure/baseline/baseline.ts';
import { parseBaseline } from '../../analysis/disclosure/baseline/baseline.ts';
import { coverIgnored } from '../../analysis/disclosure/findings/ignored.ts';
import { createHeap } from '../../analysis/disclosure/kernel/heap.ts';
import { compileKernel, startKernel } from '../../analysis/disclosure/kernel/module.ts';
import type { Disclosure, DisclosureReport } from '../../model/disclosure-report.ts';
import type { ObjectStore } from '../../model/history.ts';
import { AssayError } from '../../model/problem.ts';
import type { SecretsScan, SecretsWorld } from '../../verbs/prevent/secrets.ts';
import { coverAndSort, secretsInChanges, secretsInFiles, withSkipped } from '../../verbs/prevent/secrets.ts';
import type { RunRules } from '../../verbs/prevent/secrets-rules.ts';
import type { Invocation } from './command.ts';
import { importAllowances } from './import-allowances.ts';
import { progressOn } from './progress.ts';
import type { RunNeeds } from './secrets-history.ts';
import { secretsOfHistory } from './secrets-history.ts';
import type { RulesOrigin } from './secrets-rules.ts';
import { runRules, trustedFiles } from './secrets-rules.ts';
import { BASELINE, decided, DECISIONS, KEY, readBaseline, secretsWorld } from './secrets-world.ts';

/** What a run gave, and where its baseline would be. */
export interface SecretsRun {
  readonly report: DisclosureReport;
  readonly baselineFile: string;
  /** `undefined`: the key came from the environment. */
  readonly keyFile: string | undefined;
  /** Whether a secret that is not in the report is nowhere any more: all of the history was read, with every rule. */
  readonly isWhole: boolean;
  /** What other tools' files say of a find; when a baseline is written, nothing is covered by them. */
  readonly importedReason: (one: Disclosure) => string | undefined;
}

/** The one way from arguments to a report. AssayErrors of the adapters pass through (exit code 2). */
export async function runSecrets(invocation: Invocation): Promise<SecretsRun> {
  const { io } = invocation;
  const target = resolve(io.cwd, invocation.positionals[0] ?? '.');
  const mode = modeOf(invocation);
  const repository = repositoryOf(target);
  const { key, baseline, rules, decisions, submodules, baselineFile, keyFile } = await rulingsOf(
    invocation,
    target,
    mode,
    repository,
  );
  const imported = importAllowances(invocation.values('import'), io.cwd, key.fingerprint);
  const progress = progressOn(io);
  const compiled = compileKernel(readKernelFile());
  const kernel = startKernel(compiled);
  const heap = createHeap(kernel);
  const madeReady = (): SecretsWorld =>
    secretsWorld(
      {
        kernel,
        heap,
        rules: rules.rules,
        spent: rules.spent,
        fingerprint: imported?.fingerprint ?? key.fingerprint,
        tick: (what, done, total) => {
          io.signal.throwIfAborted();
          progress.step(what, done, total);
        },
      },
      mode === 'history',
    );
  const needs: RunNeeds = { compiled, kernel, heap, spent: rules.spent, origin: rules.origin, madeReady };
  try {
    const scan = await scanBy(mode, target, repository, invocation, needs);
    const isWriting = invocation.flag('write-baseline');
    const ruled = await decided(
      coverIgnored(
        coverAndSort(scan.disclosures, {
          baseline: isWriting ? undefined : baseline,
          imported: isWriting ? undefined : imported?.reasonOf,
          noComments: invocation.flag('no-allow-comments'),
        }),
        rules.ignore,
      ),
      decisions,
      io.now(),
    );
    return {
      importedReason: (one) => imported?.reasonOf(one),
      isWhole:
        mode === 'history' &&
        rules.leftOut.length === 0 &&
        ![...rules.problems, ...scan.problems, ...rules.stopped()].some(({ lost }) => lost),
      report: {
        target: {
          name: invocation.positionals[0] ?? '.',
          mode,
          ...rangeOf(invocation),
        },
        createdAt: io.now(),
        assay: io.version,
        rules: rules.rules.length,
        ...(rules.leftOut.length === 0 ? {} : { leftOut: rules.leftOut }),
        stableFingerprints: key.isStable,
        disclosures: ruled.disclosures,
        coverage: withSkipped(
          scan.coverage,
          submodules.map((path) => ({ path, why: WHY_SUBMODULE })),
        ),
        problems: [
          ...rules.problems,
          ...scan.problems,
          ...rules.stopped(),
          ...(baseline?.problems ?? []),
          ...(imported?.problems ?? []),
          ...ruled.problems,
        ],
      },
      baselineFile,
      keyFile,
    };
  } finally {
    progress.end();
  }
}

/** What holds for a run, beside what it looks at. */
interface Rulings {
  readonly key: Keyed;
  readonly baseline: Baseline | undefined;
  readonly rules: RunRules & { readonly origin: RulesOrigin };
  /** The file of decisions. */
  readonly decisions: Uint8Array | undefined;
  /** Paths of HEAD's submodules, when the whole history is looked at: repositories of their own. */
  readonly submodules: readonly string[];
  readonly baselineFile: string;
  readonly keyFile: string | undefined;
}

/** The rules that a run with these arguments would ask. */
export async function rulesFor(invocation: Invocation): Promise<RunRules> {
  const target = resolve(invocation.io.cwd, invocation.positionals[0] ?? '.');
  return (await rulingsOf(invocation, target, modeOf(invocation), repositoryOf(target))).rules;
}

async function rulingsOf(
  invocation: Invocation,
  target: string,
  mode: DisclosureReport['target']['mode'],
  repository: Repository | undefined,
): Promise<Rulings> {
  const { io } = invocation;
  const top = repository === undefined ? folderOf(target) : (repository.workTree ?? repository.gitDir);
  const baselineFile = resolve(io.cwd, invocation.value('baseline') ?? join(top, BASELINE));
  const keyFile = join(dirname(baselineFile), KEY.slice(KEY.lastIndexOf('/') + 1));
  const revision = invocation.value('base');
  const trusted = trustedFiles(top, repository, mode, revision);
  try {
    const isOfBase = revision !== undefined && invocation.value('baseline') === undefined;
    const given = io.env['ASSAY_SECRETS_KEY'];
    const isGiven = given !== undefined && given !== '';
    const key =
      invocation.flag('write-baseline') && !isGiven
        ? makeKey(keyFile)
        : isOfBase
          ? keyOf(given, await trusted.read(KEY))
          : openKey(given, keyFile);
    const baseline = isOfBase
      ? baselineOf(await trusted.read(BASELINE))
      : readBaseline(
          baselineFile,
          invocation.value('baseline') !== undefined && !invocation.flag('write-baseline'),
        );
    const rules = await runRules(invocation, trusted.read, key);
    const decisions = await trusted.read(DECISIONS);
    const modules = mode === 'history' ? await trusted.read('.gitmodules') : undefined;
    const problems = [...trusted.problems(), ...rules.problems];
    return {
      key,
      baseline,
      rules: { ...rules, problems },
      decisions,
      submodules: modules === undefined ? [] : submodulePaths(new TextDecoder().decode(modules)),
      baselineFile,
      keyFile: isGiven ? undefined : keyFile,
    };
  } finally {
    await trusted.close();
  }
}

function modeOf({ flag, value }: Invocation): DisclosureReport['target']['mode'] {
  const modes = [
    ...(flag('staged') ? (['staged'] as const) : []),
    ...(value('range') !== undefined || value('since') !== undefined ? (['range'] as const) : []),
    ...(flag('history') && value('since') === undefined ? (['history'] as const) : []),
  ];
  if (modes.length > 1)
    throw new AssayError('cli/usage', 'of --staged, --range and --history only one can be given');
  return modes[0] ?? 'files';
}

async function scanBy(
  mode: DisclosureReport['target']['mode'],
  target: string,
  repository: Repository | undefined,
  invocation: Invocation,
  needs: RunNeeds,
): Promise<SecretsScan> {
  const { io, value, flag } = invocation;
  if (mode === 'history' && repository !== undefined) return secretsOfHistory(repository, invocation, needs);
  const world = needs.madeReady();
  if (mode === 'files') {
    const tree = openTree(target, { installed: true });
    try {
      return await secretsInFiles(world, tree, io.signal);
    } finally {
      await tree.close();
    }
  }
  if (repository === undefined)
    throw new AssayError('tree/not-a-repository', `${target} lies in no git repository`, {
      hint: 'without --staged, --range and --history the files are looked at as they are',
    });
  if (mode === 'staged') {
    const index = openTree(target, { index: true, installed: true });
    const refs = openRefs(repository);
    const head =
      refs.resolve('HEAD') === undefined
        ? undefined
        : openTree(target, { revision: 'HEAD', installed: true });
    try {
      return await secretsInFiles(world, index, io.signal, head);
    } finally {
      await index.close();
      await head?.close();
    }
  }
  const objects = openObjects(repository);
  try {
    const refs = openRefs(repository);
    const id = (revision: string): string => resolveRevision(revision, refs, objects).id;
    const { to, without } = ends(value('range'), value('since'));
    const tips =
      to ?? (flag('history') ? commitTips(refs, orNothing(objects)).map(({ commit }) => commit) : ['HEAD']);
    const changes = changesInRange(
      objects,
      repository.algorithm === 'sha1' ? 20 : 32,
      tips.map(id),
      without.map(id),
    );
    return secretsInChanges(world, changes, (blob) => objects.read(blob).bytes);
  } finally {
    objects.close();
  }
}

function orNothing(objects: Objects): Pick<ObjectStore, 'object'> {
  return {
    object: (id, limit) => {
      try {
        const { type, bytes } = objects.read(id, limit);
        return { id, kind: type, bytes };
      } catch {
        return undefined;
      }
    },
  };
}

/** `A..B`, as git means it: what B has and A has not. Either may be left out, and means HEAD. `--since A` says no end. */
function ends(
  range: string | undefined,
  since: string | undefined,
): { readonly to: readonly string[] | undefined; readonly without: readonly string[] } {
  if (range === undefined) return { to: undefined, without: [since!] };
  const [from, to, ...rest] = range.split('..');
  if (to === undefined || rest.length > 0 || range.includes('...'))
    throw new AssayError('cli/usage', `--range ${range} is no range`, {
      hint: 'write it as A..B, e.g. origin/main..HEAD',
    });
  return { to: [to === '' ? 'HEAD' : to], without: [from === '' ? 'HEAD' : from!] };
}

/** What of the commits was looked at, as one writes it. */
function rangeOf({ value, flag }: Invocation): { readonly range?: string } {
  const since = value('since');
  const range = value('range') ?? (since && `${since}..${flag('history') ? '(every reference)' : 'HEAD'}`);
  return range === undefined ? {} : { range };
}

function repositoryOf(target: string): Repository | undefined {
  return existsSync(target) ? findRepository(folderOf(target)) : undefined;
}

function folderOf(target: string): string {
  return statSync(target, { throwIfNoEntry: false })?.isDirectory() === true ? target : dirname(target);
}

/** The key of a revision. Where it has none, its baseline covers nothing. */
function keyOf(given: string | undefined, file: Uint8Array | undefined): Keyed {
  return given !== undefined && given !== ''
    ? givenKey(given, 'ASSAY_SECRETS_KEY')
    : file === undefined
      ? openKey(undefined, undefined)
      : givenKey(new TextDecoder().decode(file), KEY);
}

function baselineOf(file: Uint8Array | undefined): Baseline | undefined {
  return file === undefined ? undefined : parseBaseline(new TextDecoder().decode(file), BASELINE);
}
