import { lstatSync, readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../model/problem.ts';
import type { Repository } from './repository.ts';
import { readSmallFile } from './small-file.ts';

/** Text that git keeps beside objects. */
export interface OwnFile {
  /** From the top of a working tree, with `/`; of a bare repository as well: `.git/config`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Of one file. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Of all. */
const MOST_ALL = 512 * 1024 * 1024;

/** Messages that are being written, where remotes are, and what was fetched. Names of references are looked at by themselves. */
const FILES: readonly string[] = [
  'config',
  'config.worktree',
  'description',
  'FETCH_HEAD',
  'COMMIT_EDITMSG',
  'MERGE_MSG',
  'SQUASH_MSG',
  'TAG_EDITMSG',
  'NOTES_EDITMSG',
  'GITGUI_MSG',
];

/**
 * Configuration, hooks, messages and the log of references, of linked working trees too: what a copy of the folder gives away beside
 * what a clone does. Git's own samples of hooks are left out, and so is who did what in logs. Links are not followed.
 * https://git-scm.com/docs/gitrepository-layout
 */
export function ownFiles({ commonDir }: Repository): {
  readonly files: readonly OwnFile[];
  readonly problems: readonly Problem[];
} {
  const files: OwnFile[] = [];
  const problems: Problem[] = [];
  let room = MOST_ALL;
  const add = (name: string): void => {
    const path = `.git/${name}`;
    const file = join(commonDir, name);
    if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return;
    const bytes = readSmallFile(file, Math.min(MOST_BYTES, room));
    if (bytes === undefined)
      problems.push({
        code: 'git/own-file',
        message: 'it cannot be read, or is too large',
        at: { path },
        lost: true,
      });
    else if (bytes.length > 0) {
      room -= bytes.length;
      files.push({ path, bytes: /(?:^|\/)logs\//.test(name) ? messagesOf(bytes) : bytes });
    }
  };
  const lose = (name: string, message: string): void => {
    problems.push({ code: 'git/own-file', message, at: { path: `.git/${name}` }, lost: true });
  };
  const trees = entriesOf(commonDir, 'worktrees', lose).filter((entry) => entry.isDirectory());
  for (const tree of ['', ...trees.map(({ name }) => `worktrees/${name}/`).sort()]) {
    for (const name of FILES) add(`${tree}${name}`);
    for (const name of filesIn(commonDir, `${tree}hooks`, lose)) if (!name.endsWith('.sample')) add(name);
    for (const name of filesIn(commonDir, `${tree}logs`, lose)) add(name);
  }
  return { files, problems };
}

type Lose = (name: string, message: string) => void;

/** What a folder holds; nothing when there is none or a link stands in its place, which would lead out of the repository. */
function entriesOf(top: string, name: string, lose: Lose): readonly Dirent[] {
  const folder = join(top, name);
  try {
    if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    lose(name, 'the folder cannot be read');
    return [];
  }
}

const MOST_DEEP = 64;

/** Regular files below a folder, sorted by name. */
function filesIn(top: string, start: string, lose: Lose): readonly string[] {
  const found: string[] = [];
  const waiting = [{ folder: start, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const entry of entriesOf(top, next.folder, lose)) {
      const name = `${next.folder}/${entry.name}`;
      if (entry.isFile()) found.push(name);
      else if (!entry.isDirectory()) continue;
      else if (next.depth < MOST_DEEP) waiting.push({ folder: name, depth: next.depth + 1 });
      else lose(name, `folders are looked into ${MOST_DEEP} deep`);
    }
  return found.sort();
}

const [LF, TAB, SPACE] = [10, 9, 32];

/** `OLD NEW NAME <MAIL> TIME ZONE TAB MESSAGE`: the messages, each where it stands, and spaces before them. */
function messagesOf(log: Uint8Array): Uint8Array {
  const messages = Uint8Array.from(log);
  for (let at = 0; at < messages.length;) {
    const next = messages.indexOf(LF, at);
    const end = next === -1 ? messages.length : next;
    const tab = messages.indexOf(TAB, at);
    messages.fill(SPACE, at, tab === -1 || tab > end ? end : tab + 1);
    at = end + 1;
  }
  return messages;
}
