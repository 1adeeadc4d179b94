import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceItem, SourceReader } from '../../../model/advisory-files.ts';
import { AssayError } from '../../../model/problem.ts';
import { openObjects, type Objects } from '../../git/objects.ts';
import { openRefs } from '../../git/refs.ts';
import type { Repository } from '../../git/repository.ts';
import { openRepository } from '../../git/repository.ts';
import { resolveRevision } from '../../git/revision.ts';
import { MODE_FOLDER, parseTree } from '../../git/tree-object.ts';
import { BATCH, breathe, failedItem, isWanted, MAX_FILE_BYTES } from './items.ts';

const MAX_DEPTH = 64;

/** The records of a repository's HEAD, from its object database: bare clones serve as well, and nothing of it is checked out or run. */
export async function* readRepository(
  repository: Repository,
  name: string,
  options: Parameters<SourceReader>[1],
): AsyncGenerator<readonly SourceItem[]> {
  const objects = openObjects(repository);
  try {
    const { commit } = resolveRevision('HEAD', openRefs(repository), objects);
    const idBytes = repository.algorithm === 'sha1' ? 20 : 32;
    let batch: SourceItem[] = [];
    let done = 0;
    for (const file of walk(objects, commit.tree, idBytes, '', 0)) {
      const path = `${name}/${file.path}`;
      try {
        batch.push({ name: path, bytes: objects.read(file.id, MAX_FILE_BYTES).bytes });
      } catch (error) {
        batch.push(failedItem(path, error));
      }
      done++;
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
      options.onProgress({ step: `reading ${name}`, done, total: undefined, unit: 'records' });
      await breathe(options.signal);
    }
    yield batch;
  } finally {
    objects.close();
  }
}

/** Clones a remote repository into a temporary folder (one commit, no working files), reads it, and removes the folder. */
export async function* readRemoteRepository(
  url: string,
  options: Parameters<SourceReader>[1],
): AsyncGenerator<readonly SourceItem[]> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-clone-'));
  try {
    options.onProgress({ step: `cloning ${url}`, done: 0, total: undefined, unit: 'bytes' });
    await clone(url.replace(/^git\+/, ''), join(folder, 'clone.git'), options.signal);
    const repository = openRepository(join(folder, 'clone.git'));
    if (repository === undefined) throw new AssayError('source/unreadable', `${url} gave no repository`);
    yield* readRepository(repository, url, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function* walk(
  objects: Objects,
  tree: string,
  idBytes: number,
  folder: string,
  depth: number,
): Generator<{ readonly path: string; readonly id: string }> {
  for (const entry of parseTree(objects.read(tree).bytes, idBytes) ?? []) {
    const path = `${folder}${entry.name}`;
    if (entry.mode === MODE_FOLDER) {
      if (depth < MAX_DEPTH) yield* walk(objects, entry.id, idBytes, `${path}/`, depth + 1);
    } else if ((entry.mode & 0o170000) === 0o100000 && isWanted(entry.name)) yield { path, id: entry.id };
  }
}

/** Settings of the machine that could run something, or ask a person, are turned off. */
const SAFE = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['protocol.ext.allow', 'never'],
  ['protocol.file.allow', 'user'],
] as const;

function clone(url: string, target: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settings = SAFE.flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    const args = [
      ...settings,
      'clone',
      '--quiet',
      '--bare',
      '--depth=1',
      '--no-tags',
      '--template=',
      '--',
      url,
      target,
    ];
    const git = spawn('git', args, {
      signal,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: '' },
    });
    let said = '';
    git.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000);
    });
    git.on('error', (error) => {
      reject(
        signal.aborted
          ? (signal.reason as Error)
          : new AssayError('source/no-git', 'git could not be started', { cause: error }),
      );
    });
    git.on('close', (code) => {
      if (signal.aborted) reject(signal.reason as Error);
      else if (code === 0) resolve();
      else
        reject(
          new AssayError(
            'source/clone-failed',
            `${url} could not be cloned: ${said.trim().split('\n').at(-1) ?? ''}`,
          ),
        );
    });
  });
}
