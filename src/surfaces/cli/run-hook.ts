import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openKey } from '../../adapters/disclosure/key.ts';
import { fileAt } from '../../adapters/git/file-at.ts';
import { objectFoldersOfHook, repositoryOfHook } from '../../adapters/git/environment.ts';
import type { Objects } from '../../adapters/git/objects.ts';
import { openObjects } from '../../adapters/git/objects.ts';
import { pushedChanges } from '../../adapters/git/pushed.ts';
import { remotesOf } from '../../adapters/git/remotes.ts';
import { openRefs } from '../../adapters/git/refs.ts';
import type { Repository } from '../../adapters/git/repository.ts';
import { stagedChanges, stagedTree } from '../../adapters/git/staged-changes.ts';
import { readKernelFile } from '../../adapters/kernel/wasm-file.ts';
import { parseBaseline } from '../../analysis/disclosure/baseline/baseline.ts';
import { coverIgnored } from '../../analysis/disclosure/findings/ignored.ts';
import type { Heap } from '../../analysis/disclosure/kernel/heap.ts';
import { createHeap } from '../../analysis/disclosure/kernel/heap.ts';
import type { KernelExports } from '../../analysis/disclosure/kernel/module.ts';
import { objectInflater } from '../../analysis/disclosure/kernel/object-inflater.ts';
import { startKernel } from '../../analysis/disclosure/kernel/module.ts';
import type { HookName } from '../../adapters/hooks/script.ts';
import { counted } from '../../documents/common/words.ts';
import type { Disclosure } from '../../model/disclosure-report.ts';
import type { Problem } from '../../model/problem.ts';
import { AssayError } from '../../model/problem.ts';
import type { RefUpdate } from '../../verbs/prevent/hook-text.ts';
import {
  aboveScissors,
  isNone,
  pushedRefs,
  receivedRefs,
  withReceipt,
} from '../../verbs/prevent/hook-text.ts';
import type { Changes, SecretsScan } from '../../verbs/prevent/secrets.ts';
import { coverAndSort, failing, secretsInChanges } from '../../verbs/prevent/secrets.ts';
import type { Invocation, Io } from './command.ts';
import { overFiles } from './hurry.ts';
import type { ReadTrusted } from './secrets-rules.ts';
import { runRules, trustedFiles } from './secrets-rules.ts';
import { BASELINE, decided, DECISIONS, KEY, readBaseline, secretsWorld } from './secrets-world.ts';
import type { HookOutcome } from './terminal/hook.ts';
import { hookWords, isNewMessage } from './terminal/hook.ts';
import { used } from './used.ts';

/** What a hook is about, in words, and what it looks at. */
interface Task extends Pick<HookOutcome, 'looked' | 'action' | 'repair' | 'allow'> {
  readonly changes: Changes;
}

/** What a hook works with. */
interface Here {
  readonly repository: Repository;
  readonly objects: Objects;
  readonly kernel: KernelExports;
  readonly heap: Heap;
  readonly invocation: Invocation;
}

/** Below the git folder: the tree that was let pass last, so that commit-msg need not look at it again. */
const CHECKED = 'assay/checked';

/**
 * Runs a hook: looks, says a line or more on stderr, gives 0 (go on) or 1 (stop). Starts no git and opens no connection.
 * AssayErrors where it cannot run (exit code 2, on which the script stops git too).
 */
export async function runHook(
  hook: HookName,
  args: readonly string[],
  invocation: Invocation,
): Promise<number> {
  const { io } = invocation;
  const repository = repositoryOfHook(io.cwd, io.env);
  const kernel = startKernel(readKernelFile());
  const heap = createHeap(kernel);
  const objects = openObjects(repository, {
    folders: objectFoldersOfHook(io.cwd, io.env),
    // What git has just written for a commit is read as git reads it: its own checksums are looked at.
    verify: hook !== 'pre-commit' && hook !== 'commit-msg',
    zlib: objectInflater(kernel, heap),
  });
  const here: Here = { repository, objects, kernel, heap, invocation };
  try {
    switch (hook) {
      case 'pre-commit':
        return await preCommit(here);
      case 'commit-msg':
        return await commitMessage(here, args[0]);
      case 'pre-push':
        return await finish(pushTask(here, args), here);
      case 'pre-receive':
        return await finish(serverTask(refsOnStdin(receivedRefs), here), here);
      case 'update':
        return await finish(serverTask([updateOf(args)], here), here);
    }
  } finally {
    objects.close();
  }
}

async function preCommit(here: Here): Promise<number> {
  const { repository, objects, invocation } = here;
  const { io } = invocation;
  const { files, tree, problems } = stagedChanges(repository, objects, io.env['GIT_INDEX_FILE']);
  const task = {
    looked: counted(files.length, 'file'),
    changes: { commits: [{ files }], problems },
    ...COMMIT,
  };
  const code = await overFiles(files.length, () => finish(task, here));
  remember(repository, code === 0 ? tree : undefined);
  return code;
}

const COMMIT = {
  action: 'commit',
  repair: (finds: readonly Disclosure[]): string =>
    [
      ...(finds.some(({ spots }) => spots.some((spot) => !isNewMessage(spot)))
        ? ['take it out of the file, `git add` it, commit again']
        : []),
      ...(finds.some(({ spots }) => spots.some(isNewMessage))
        ? ['write the message without it: git commit -e -F "$(git rev-parse --git-path COMMIT_EDITMSG)"']
        : []),
      'revoke it if anybody else has seen it',
    ].join('; '),
  allow: (finds: readonly Disclosure[]): string =>
    finds.every(({ spots }) => spots.every(isNewMessage))
      ? 'write it differently, or commit once with --no-verify: what only a message holds gets no entry in the baseline before it is committed'
      : '`assay secrets --staged --write-baseline`, `git add .assay`, commit again: its fingerprint is kept, not the text',
} as const;

async function commitMessage(here: Here, given: string | undefined): Promise<number> {
  const { repository, objects, invocation } = here;
  const { io } = invocation;
  // The framework pre-commit hands over no file when it is told to pass no names.
  const file = given === undefined ? join(repository.gitDir, 'COMMIT_EDITMSG') : resolve(io.cwd, given);
  const bytes = readMessage(file);
  const message = aboveScissors(bytes.toString('latin1'));
  const tree = stagedTree(repository, io.env['GIT_INDEX_FILE']);
  // What pre-commit let pass is not looked at again. It leaves it to this one where no editor opens, and git runs none for merges.
  const staged =
    tree !== undefined && readChecked(repository) === tree
      ? undefined
      : stagedChanges(repository, objects, io.env['GIT_INDEX_FILE']);
  const task: Task = {
    looked: staged === undefined ? 'the message' : `${counted(staged.files.length, 'file')} and the message`,
    changes: {
      commits: staged === undefined ? [] : [{ files: staged.files }],
      texts: [{ text: { source: 'commit-message', within: [] }, bytes: Buffer.from(message, 'latin1') }],
      problems: staged?.problems ?? [],
    },
    ...COMMIT,
  };
  const code = await overFiles(staged?.files.length ?? 0, () => finish(task, here));
  if (staged !== undefined) remember(repository, code === 0 ? tree : undefined);
  if (code === 0 && io.env['ASSAY_RECEIPT'] !== 'off') leaveReceipt(file, bytes, tree);
  return code;
}

function readMessage(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new AssayError(
      'hook/message',
      `the message cannot be read: ${file} (${(error as NodeJS.ErrnoException).code})`,
      { cause: error },
    );
  }
}

/** latin1: the message's bytes stay as they are, whatever their encoding. */
function leaveReceipt(file: string, bytes: Buffer, tree: string | undefined): void {
  if (tree === undefined) return;
  const text = bytes.toString('latin1');
  const next = withReceipt(text, tree);
  if (next !== text) writeFileSync(file, next, 'latin1');
}

function readChecked({ gitDir }: Repository): string | undefined {
  try {
    return readFileSync(join(gitDir, CHECKED), 'utf8').trim();
  } catch {
    return undefined;
  }
}

function remember({ gitDir }: Repository, tree: string | undefined): void {
  try {
    mkdirSync(join(gitDir, 'assay'), { recursive: true });
    writeFileSync(join(gitDir, CHECKED), `${tree ?? ''}\n`);
  } catch {
    // Without it there is no receipt; the check itself was made.
  }
}

function pushTask(here: Here, [remote = '', url = '']: readonly string[]): Task {
  const { repository } = here;
  const { io } = here.invocation;
  const refs = openRefs(repository);
  const names = remotesOf(repository, remote, url);
  const has = refs
    .names()
    .filter((name) => names.some((one) => name.startsWith(`refs/remotes/${one}/`)))
    .flatMap((name) => refs.resolve(name) ?? []);
  // The framework pre-commit reads stdin itself and says it in variables. https://pre-commit.com/#pre-push
  const to = io.env['PRE_COMMIT_TO_REF'];
  const updates =
    to === undefined
      ? refsOnStdin(pushedRefs)
      : [
          {
            name: io.env['PRE_COMMIT_REMOTE_BRANCH'] ?? '',
            from: io.env['PRE_COMMIT_FROM_REF'] ?? '0',
            to,
          },
        ];
  return {
    ...pushed(updates, has, here),
    repair: () =>
      'revoke it, then rewrite the commits that are not pushed yet (git rebase -i, or git reset --soft) and push again',
    allow: () =>
      'add its fingerprint with `assay secrets --range A..B --write-baseline`, commit .assay, push again',
  };
}

function serverTask(updates: readonly RefUpdate[], here: Here): Task {
  const refs = openRefs(here.repository);
  return {
    ...pushed(
      updates,
      refs.names().flatMap((name) => refs.resolve(name) ?? []),
      here,
    ),
    repair: () => 'revoke it, rewrite the commits that have it, and push again',
    allow: () => 'who keeps the default branch can take its fingerprint into .assay/secrets.baseline there',
  };
}

function pushed(
  updates: readonly RefUpdate[],
  has: readonly string[],
  { repository, objects }: Here,
): Pick<Task, 'looked' | 'action' | 'changes'> {
  const live = updates.filter(({ to }) => !isNone(to));
  const { commits, tags, problems } = pushedChanges(
    objects,
    repository.algorithm === 'sha1' ? 20 : 32,
    live.map(({ to }) => to),
    [...has, ...updates.map(({ from }) => from).filter((id) => !isNone(id))],
  );
  const files = commits.reduce((sum, one) => sum + one.files.length, 0);
  return {
    looked: `${counted(commits.length, 'commit')}, ${counted(files, 'file')}`,
    action: 'push',
    changes: {
      commits,
      texts: [
        ...tags.map(({ id, bytes }) => ({
          text: { source: 'tag-message', object: id, within: [] } as const,
          bytes,
        })),
        ...live.map(({ name }) => ({
          text: { source: 'ref-name', path: name, within: [] } as const,
          bytes: Buffer.from(name),
        })),
      ],
      problems,
    },
  };
}

function updateOf([name = '', from = '', to = '']: readonly string[]): RefUpdate {
  const found = receivedRefs(`${from} ${to} ${name}`)?.[0];
  if (found !== undefined) return found;
  throw new AssayError('cli/usage', 'hook run update: expected REF OLD-ID NEW-ID, as git gives them');
}

function refsOnStdin(parse: (text: string) => readonly RefUpdate[] | undefined): readonly RefUpdate[] {
  let text: string;
  try {
    text = process.stdin.isTTY ? '?' : readFileSync(0, 'utf8');
  } catch (error) {
    throw new AssayError('hook/stdin', `stdin cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const updates = parse(text);
  if (updates !== undefined) return updates;
  throw new AssayError('hook/stdin', 'stdin does not say which references are pushed, as git does', {
    hint: 'see https://git-scm.com/docs/githooks',
  });
}

async function finish(task: Task, here: Here): Promise<number> {
  const { io } = here.invocation;
  const scan = await look(task.changes, here);
  const report = { disclosures: scan.disclosures };
  const outcome: HookOutcome = {
    ...task,
    failing: failing(report, 'likely'),
    lost: scan.problems.filter(({ lost }) => lost),
    notes: scan.notes,
    // Since the process began; `performance` is one more module.
    milliseconds: process.uptime() * 1000,
    from: runAs(io),
  };
  io.err(hookWords(outcome));
  return outcome.failing.length > 0 || outcome.lost.length > 0 ? 1 : 0;
}

/** As the script found it; said so that a person sees which of two installations it was. */
function runAs({ env }: Io): string {
  const from = env['ASSAY_RUN_AS'];
  return from === 'assay' ? 'assay on PATH' : from === 'node_modules/.bin/assay' ? from : '';
}

interface Looked extends Pick<SecretsScan, 'disclosures' | 'problems'> {
  /** What is wrong with the repository's own rules: said, and no reason to stop every commit. */
  readonly notes: readonly Problem[];
}

async function look(
  changes: Changes,
  { repository, objects, kernel, heap, invocation }: Here,
): Promise<Looked> {
  const { io } = invocation;
  const isEmpty =
    changes.commits.every(({ files, bytes }) => files.length === 0 && bytes === undefined) &&
    (changes.texts ?? []).length === 0;
  if (isEmpty) return { disclosures: [], problems: changes.problems, notes: [] };
  // A run that had nothing to look at called little of the code that others need.
  used.add('hook: looks');
  const { key, baseline, read } = ruledBy(repository, objects, io);
  const rules = await runRules(invocation, read, key);
  const world = secretsWorld({
    kernel,
    heap,
    rules: rules.rules,
    fingerprint: key.fingerprint,
    tick: () => {},
  });
  const scan = await secretsInChanges(world, changes, (blob) => objects.read(blob).bytes);
  const found = coverIgnored(coverAndSort(scan.disclosures, { baseline }), rules.ignore);
  const ruled = await decided(found, found.length === 0 ? undefined : await read(DECISIONS), io.now());
  return {
    disclosures: ruled.disclosures,
    problems: [...scan.problems, ...(baseline?.problems ?? [])],
    notes: [...rules.problems, ...rules.stopped(), ...ruled.problems],
  };
}

/** Baseline and rules of the files here; of a server's repository those of its default branch, so that a push cannot acquit itself. */
function ruledBy(
  repository: Repository,
  objects: Objects,
  { env }: Io,
): {
  readonly key: ReturnType<typeof openKey>;
  readonly baseline: ReturnType<typeof readBaseline>;
  readonly read: ReadTrusted;
} {
  const top = repository.workTree;
  if (top !== undefined)
    return {
      key: openKey(env['ASSAY_SECRETS_KEY'], join(top, KEY)),
      baseline: readBaseline(join(top, BASELINE), false),
      read: trustedFiles(top, repository, 'files', undefined).read,
    };
  const head = openRefs(repository).resolve('HEAD');
  const bytesOf = (path: string): Buffer | undefined =>
    head === undefined ? undefined : fileAt(objects, repository.algorithm === 'sha1' ? 20 : 32, head, path);
  const kept = (path: string): string | undefined => bytesOf(path)?.toString('utf8');
  const text = kept(BASELINE);
  return {
    key: openKey(env['ASSAY_SECRETS_KEY'] ?? kept(KEY), undefined),
    baseline: text === undefined ? undefined : parseBaseline(text, BASELINE),
    read: (path) => Promise.resolve(bytesOf(path)),
  };
}
