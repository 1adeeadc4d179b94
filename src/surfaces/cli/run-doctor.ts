import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openAdvisoryFolder } from '../../adapters/advisories/folder.ts';
import { defaultCacheFolder } from '../../adapters/cache/location.ts';
import { fileAt } from '../../adapters/git/file-at.ts';
import { openObjects } from '../../adapters/git/objects.ts';
import { openRefs } from '../../adapters/git/refs.ts';
import type { Repository } from '../../adapters/git/repository.ts';
import { findRepository } from '../../adapters/git/repository.ts';
import { hookStates } from '../../adapters/hooks/install.ts';
import { detectManager } from '../../adapters/hooks/managers.ts';
import { hookSettings, onHookPath, onPath, versionOf } from '../../adapters/hooks/on-path.ts';
import { CLIENT_HOOKS, SCRIPTS } from '../../adapters/hooks/script.ts';
import { selfTest } from '../../adapters/hooks/self-test.ts';
import { base62, crc32 } from '../../analysis/disclosure/rules/checks/crc32.ts';
import { databaseStatus } from '../../verbs/know/database-status.ts';
import type { Finding } from '../../verbs/prevent/doctor.ts';
import { advisoriesFinding, isAtLeast, NODE_FLOOR } from '../../verbs/prevent/doctor.ts';
import type { Invocation, Io } from './command.ts';
import { databaseFolder } from './folders.ts';
import { managerWords, stateWords } from './install-hook.ts';
import { printable } from './terminal/style.ts';

/** Looks at everything that the hook and scans need on this machine. Starts node and git, and git in a temporary folder. */
export function examine(place: string, invocation: Invocation): readonly Finding[] {
  const { io } = invocation;
  const repository = existsSync(place) ? findRepository(place) : undefined;
  return [
    ...nodeFindings(io),
    { id: 'assay', state: 'ok', says: `${io.version}, run from ${process.argv[1] ?? '?'}` },
    gitFinding(io),
    ...(repository === undefined
      ? [
          {
            id: 'hooks',
            state: 'missing',
            says: `${printable(place)} lies in no git repository`,
            todo: 'name one: assay doctor PATH',
          } as const,
        ]
      : hookFindings(repository, io)),
    testFinding(),
    advisories(invocation),
    cacheFinding(io),
  ];
}

function nodeFindings({ env }: Io): Finding[] {
  const { version } = process;
  const path = onHookPath('node', env);
  const settings = hookSettings(env);
  const found = path === undefined ? undefined : versionOf(path);
  return [
    { id: 'node', state: 'ok', says: `${version} runs this; ${NODE_FLOOR} is needed` },
    found === undefined
      ? {
          id: 'node-on-path',
          state: 'missing',
          says: 'hooks find no node on PATH, and stop git without it',
          todo: `put it on PATH, or set PATH in ${settings}`,
        }
      : isAtLeast(found, NODE_FLOOR)
        ? { id: 'node-on-path', state: 'ok', says: `${found} in ${path}` }
        : {
            id: 'node-on-path',
            state: 'missing',
            says: `${found} in ${path}: hooks need ${NODE_FLOOR}, and stop git without it`,
            todo: `install a newer Node, or set PATH in ${settings}`,
          },
  ];
}

function gitFinding({ env }: Io): Finding {
  const path = onPath('git', env['PATH']);
  const version = path === undefined ? undefined : versionOf(path);
  return version === undefined
    ? { id: 'git', state: 'missing', says: 'no git on PATH', todo: 'install git: it is what runs hooks' }
    : { id: 'git', state: 'ok', says: `${version.replace(/^git version /, '')} in ${path}` };
}

function hookFindings(repository: Repository, io: Io): Finding[] {
  const manager = detectManager(repository);
  const isServer = manager.name === 'server';
  const states = hookStates(repository, manager, isServer ? ['pre-receive'] : CLIENT_HOOKS);
  const none = states.every(({ state }) => state === 'absent');
  return [
    {
      id: 'hooks',
      state: none ? 'missing' : 'ok',
      says: none ? 'none of assay are installed' : managerWords(manager),
      ...(none ? { todo: 'assay hook install' } : {}),
    },
    ...(none
      ? []
      : states.map((one): Finding => {
          const { hook, state } = one;
          const [says, todo] = stateWords(one, manager).split('; ');
          return {
            id: `hook:${hook}`,
            // Who chose some of the hooks knows that the others are not there.
            state: state === 'ready' ? 'ok' : state === 'absent' ? 'attention' : 'missing',
            says: says!,
            ...(todo === undefined ? {} : { todo }),
          };
        })),
    ...(none ? [] : [programFinding(repository, io)]),
    ...(none || isServer ? [] : [committedFinding(repository)]),
  ];
}

/** Which assay the scripts find. */
function programFinding({ workTree }: Repository, { env }: Io): Finding {
  const own = 'node_modules/.bin/assay';
  if (workTree !== undefined && existsSync(join(workTree, own)))
    return { id: 'hook-runs', state: 'ok', says: `hooks run ${own}` };
  const found = onHookPath('assay', env);
  return found === undefined
    ? {
        id: 'hook-runs',
        state: 'missing',
        says: `hooks find assay neither in ${own} nor on PATH, and stop git`,
        todo: 'npm ci, or install assay',
      }
    : { id: 'hook-runs', state: 'ok', says: `hooks run ${found}` };
}

function committedFinding(repository: Repository): Finding {
  const objects = openObjects(repository);
  try {
    const head = openRefs(repository).resolve('HEAD');
    const bytes = repository.algorithm === 'sha1' ? 20 : 32;
    const there = CLIENT_HOOKS.some(
      (hook) => head !== undefined && fileAt(objects, bytes, head, `${SCRIPTS}/${hook}`) !== undefined,
    );
    return there
      ? { id: 'committed', state: 'ok', says: `${SCRIPTS} is in HEAD` }
      : {
          id: 'committed',
          state: 'attention',
          says: `${SCRIPTS} is not in HEAD: other clones do not have it`,
          todo: `git add ${SCRIPTS}, and commit`,
        };
  } finally {
    objects.close();
  }
}

function testFinding(): Finding {
  const letters = [...randomBytes(30)].map((byte) => base62(byte % 62, 1)).join('');
  const test = selfTest(
    [process.execPath, process.argv[1] ?? ''],
    `ghp_${letters}${base62(crc32(letters), 6)}`,
  );
  switch (test.outcome) {
    case 'caught':
      return {
        id: 'self-test',
        state: 'ok',
        says: `a planted secret was stopped; a commit without one took ${Math.round(test.milliseconds)} ms with both hooks`,
      };
    case 'passed-secret':
      return {
        id: 'self-test',
        state: 'missing',
        says: `a planted secret went through: ${printable(test.says)}`,
      };
    case 'stopped-clean':
      return {
        id: 'self-test',
        state: 'missing',
        says: `a harmless commit was stopped: ${printable(test.says)}`,
      };
    case 'cannot-run':
      return { id: 'self-test', state: 'missing', says: `it could not be tried: ${printable(test.says)}` };
  }
}

function advisories(invocation: Invocation): Finding {
  const folder = databaseFolder(invocation);
  const status = databaseStatus(openAdvisoryFolder(folder), invocation.io.now());
  const damaged = status.sets.find(({ state }) => state !== 'sound');
  if (damaged !== undefined)
    return {
      id: 'advisories',
      state: 'missing',
      says: `those of ${printable(damaged.ecosystem)} in ${folder} are ${damaged.state}`,
      todo: 'assay db update --fresh',
    };
  const ages = status.sets.map(({ ageDays }) => ageDays);
  return advisoriesFinding(
    ages.length === 0 ? undefined : { sets: ages.length, ageDays: Math.min(...ages) },
    folder,
  );
}

function cacheFinding({ env }: Io): Finding {
  const folder = defaultCacheFolder(env);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return { id: 'cache', state: 'ok', says: folder };
  } catch {
    return {
      id: 'cache',
      state: 'attention',
      says: `${folder} cannot be written to: every run starts from nothing`,
      todo: 'set XDG_CACHE_HOME to a folder of yours',
    };
  }
}
