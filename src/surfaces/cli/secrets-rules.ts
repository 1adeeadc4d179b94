import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Keyed } from '../../adapters/disclosure/key.ts';
import { givenKey } from '../../adapters/disclosure/key.ts';
import { fileAt } from '../../adapters/git/file-at.ts';
import type { RawObject } from '../../adapters/git/objects.ts';
import { openRefs } from '../../adapters/git/refs.ts';
import type { Repository } from '../../adapters/git/repository.ts';
import { openTree } from '../../adapters/tree/open.ts';
import type { DisclosureKind } from '../../model/disclosure.ts';
import { DISCLOSURE_KINDS } from '../../model/disclosure.ts';
import type { ObjectStore } from '../../model/history.ts';
import type { Problem } from '../../model/problem.ts';
import { AssayError } from '../../model/problem.ts';
import type { RuleChoice } from '../../analysis/disclosure/user-rules/choose.ts';
import type { Tree } from '../../model/tree.ts';
import type { RuleSource, RunRules } from '../../verbs/prevent/secrets-rules.ts';
import { RULE_FILES, rulesOfRun } from '../../verbs/prevent/secrets-rules.ts';
import type { Invocation, Options } from './command.ts';
import { nearest } from './nearest.ts';

/** What says which rules are asked. */
export const RULE_OPTIONS: Options = {
  rules: {
    type: 'string',
    multiple: true,
    value: 'FILE',
    help: 'rules of your own beside the built-in ones: .yaml, or .toml in the format of gitleaks',
  },
  'no-repository-rules': {
    type: 'boolean',
    help: 'leave out .assay/secrets.yaml and .gitleaks.toml of what is looked at',
  },
  only: {
    type: 'string',
    multiple: true,
    value: 'KINDS',
    help: `look for these alone, with commas: ${DISCLOSURE_KINDS.join(', ')}`,
  },
  disable: { type: 'string', multiple: true, value: 'RULES', help: 'leave these rules out, with commas' },
};

/** Reads a small file of the state that is trusted: `undefined` when it is not there. AssayErrors of the reader else. */
export type ReadTrusted = (path: string) => Promise<Uint8Array | undefined>;

const MOST_BYTES = 8 * 1024 * 1024;

/** Files of the state that is trusted. Close it after use. */
export interface TrustedFiles {
  readonly read: ReadTrusted;
  /** What could not be read of it, once it was read. */
  readonly problems: () => readonly Problem[];
  readonly close: () => Promise<void>;
}

/**
 * Where a repository's own rules come from: `revision` when given; what is staged; HEAD where no files are looked at; else the files in
 * `top`. A HEAD that cannot be read, and was not asked for, is a problem: what else there is can still be looked at.
 */
export function trustedFiles(
  top: string,
  repository: Repository | undefined,
  mode: 'files' | 'staged' | 'range' | 'history',
  revision: string | undefined,
): TrustedFiles {
  const isBare = repository !== undefined && repository.workTree === undefined;
  if (revision === undefined && mode === 'files' && !isBare)
    return {
      read: (path) => Promise.resolve(readOnDisk(join(top, path))),
      problems: () => [],
      close: () => Promise.resolve(),
    };
  if (revision === undefined && mode === 'history' && repository !== undefined)
    return headOf(repository, () => openTree(top, { revision: 'HEAD' }));
  const tree = openTrusted(top, mode === 'staged', revision);
  return {
    read: (path) => readOf(tree, path),
    problems: () => [],
    close: async () => tree?.close(),
  };
}

async function readOf(tree: Tree | undefined, path: string): Promise<Uint8Array | undefined> {
  try {
    return await tree?.read(path, MOST_BYTES);
  } catch (error) {
    if (error instanceof AssayError && error.code === 'tree/no-entry') return undefined;
    throw error;
  }
}

/** A repository without a commit has no rules. */
function openTrusted(top: string, isStaged: boolean, revision: string | undefined): Tree | undefined {
  if (isStaged && revision === undefined) return openTree(top, { index: true });
  try {
    return openTree(top, { revision: revision ?? 'HEAD' });
  } catch (error) {
    if (revision === undefined && error instanceof AssayError && error.code === 'git/unknown-revision')
      return undefined;
    throw error;
  }
}

/**
 * Files of HEAD in a repository that may be damaged: what the ordinary way cannot read is looked for in every pack, with or without an
 * index, as the history itself is.
 */
function headOf(repository: Repository, open: () => Tree): TrustedFiles {
  let tree: Tree | undefined;
  let store: ObjectStore | undefined;
  const problems: Problem[] = [];
  const otherwise = async (path: string): Promise<Uint8Array | undefined> => {
    const { openObjectStore } = await import('../../adapters/git/object-store.ts');
    const objects = (store ??= openObjectStore(repository));
    const head = openRefs(repository).resolve('HEAD');
    if (head === undefined) return undefined;
    let lost: string | undefined;
    const read = (id: string): RawObject => {
      const found = objects.object(id, MOST_BYTES);
      if (found !== undefined) return { type: found.kind, bytes: Buffer.from(found.bytes) };
      lost = id;
      throw new AssayError('git/missing-object', id);
    };
    const bytes = fileAt({ read }, objects.idBytes, head, path);
    if (lost !== undefined && problems.length === 0)
      problems.push({
        code: 'rules/unreadable',
        message: `HEAD cannot be read (object ${lost}), and rules that it may hold (${RULE_FILES.join(', ')}) were not asked`,
        hint: 'run `git fsck` in the repository, or fetch it again',
        lost: true,
      });
    return bytes;
  };
  return {
    read: async (path) => {
      try {
        return await readOf((tree ??= open()), path);
      } catch (error) {
        if (!(error instanceof AssayError)) throw error;
        return otherwise(path);
      }
    },
    problems: () => problems,
    close: async () => {
      await tree?.close();
      store?.close();
    },
  };
}

/** A link in a repository may lead anywhere: none is followed, and nothing is waited for. */
function readOnDisk(path: string, follows = false): Uint8Array | undefined {
  let handle: number | undefined;
  try {
    const flags = follows ? 0 : (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    handle = openSync(path, constants.O_RDONLY | flags);
    const stat = fstatSync(handle);
    if (!follows && !stat.isFile()) throw new Error('it is no regular file');
    if (stat.size > MOST_BYTES) throw new Error(`it has more than ${MOST_BYTES} bytes`);
    return readFileSync(handle);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new AssayError('rules/unreadable', `${path} cannot be read: ${message}`, { cause: error });
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** What the rules of a run were made of: makes the same again in another thread. Plain data. */
export interface RulesOrigin {
  readonly sources: readonly RuleSource[];
  readonly choice: RuleChoice;
  /** The key of hashed deny-lists. */
  readonly wordKey: string | undefined;
}

/** The rules that options, files and the repository make. AssayErrors: `cli/usage`, `rules/unreadable`, those of `read`. */
export async function runRules(
  { values, flag, io }: Invocation,
  read: ReadTrusted,
  key: Keyed,
): Promise<RunRules & { readonly origin: RulesOrigin }> {
  const sources: RuleSource[] = values('rules').map((given) => {
    const bytes = readOnDisk(resolve(io.cwd, given), true);
    if (bytes === undefined) throw new AssayError('rules/unreadable', `there is no file of rules ${given}`);
    return { path: given, bytes };
  });
  if (!flag('no-repository-rules'))
    for (const path of RULE_FILES) {
      const bytes = await read(path);
      if (bytes !== undefined) sources.push({ path, bytes });
    }
  const kinds = listed(values('only')).map(kindNamed);
  const choice = {
    ...(kinds.length === 0 ? {} : { kinds: new Set(kinds) }),
    disabled: listed(values('disable')),
  };
  const words = wordKey(io.env, key);
  const rules = await rulesOfRun(sources, choice, words?.wordHmac);
  const [unknown] = rules.unknown;
  if (unknown !== undefined) throw noRule(unknown, rules);
  if (rules.rules.length === 0) {
    const why = rules.problems.find(({ lost }) => lost);
    throw new AssayError(
      'cli/usage',
      'these options leave no rule to look for',
      why === undefined ? {} : { hint: why.hint === undefined ? why.message : `${why.message}; ${why.hint}` },
    );
  }
  return { ...rules, origin: { sources, choice, wordKey: words?.digits } };
}

/** The key of deny-lists: their own, else that of the repository; none when that was made for this run. */
export function wordKey(env: Readonly<Record<string, string | undefined>>, key: Keyed): Keyed | undefined {
  const given = env['ASSAY_DENY_LIST_KEY'];
  if (given !== undefined && given !== '') return givenKey(given, 'ASSAY_DENY_LIST_KEY');
  return key.isStable ? key : undefined;
}

const listed = (values: readonly string[]): readonly string[] =>
  values.flatMap((value) => value.split(',').map((one) => one.trim())).filter((one) => one !== '');

function kindNamed(name: string): DisclosureKind {
  const kind = DISCLOSURE_KINDS.find((one) => one === name);
  if (kind === undefined)
    throw new AssayError('cli/usage', `--only ${name}: expected some of ${DISCLOSURE_KINDS.join(', ')}`);
  return kind;
}

function noRule(id: string, { rules, leftOut }: RunRules): AssayError {
  const near = nearest(id, [...rules.map((rule) => rule.id), ...leftOut.flatMap((left) => left.rules)]);
  return new AssayError('cli/usage', `--disable ${id}: there is no such rule`, {
    hint: near === undefined ? '`assay secrets --list-rules` names all' : `did you mean ${near}?`,
  });
}
