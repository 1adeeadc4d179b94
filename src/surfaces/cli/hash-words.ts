import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openKey } from '../../adapters/disclosure/key.ts';
import { findRepository } from '../../adapters/git/repository.ts';
import { hashedEntry } from '../../analysis/disclosure/user-rules/deny-list.ts';
import { AssayError } from '../../model/problem.ts';
import type { Invocation } from './command.ts';
import { writeReport } from './output.ts';
import { wordKey } from './secrets-rules.ts';
import { KEY } from './secrets-world.ts';

/**
 * Prints entries for `hashed:` of a deny-list: words are read from a file, one phrase a line, and are never printed. Sorted, so that their
 * order tells nothing. 3 when some line is no phrase that can be hidden, and says which. AssayErrors `secrets/no-key`, `rules/unreadable`.
 */
export async function hashWords(invocation: Invocation, file: string): Promise<number> {
  const { io } = invocation;
  const repository = existsSync(io.cwd) ? findRepository(io.cwd) : undefined;
  const top = repository?.workTree ?? repository?.gitDir ?? io.cwd;
  const keyFile = join(top, KEY);
  const key = wordKey(io.env, openKey(io.env['ASSAY_SECRETS_KEY'], keyFile));
  if (key === undefined)
    throw new AssayError('secrets/no-key', 'hashed words need a key that is not published', {
      hint: 'set ASSAY_DENY_LIST_KEY to 64 hexadecimal digits that only you and your CI know (openssl rand -hex 32)',
    });
  const isKeptHere =
    (io.env['ASSAY_DENY_LIST_KEY'] ?? '') === '' && (io.env['ASSAY_SECRETS_KEY'] ?? '') === '';
  const entries = new Set<string>();
  const refused: number[] = [];
  for (const [index, line] of readWords(resolve(io.cwd, file), file).split(/\r?\n/).entries()) {
    const phrase = line.trim();
    if (phrase === '') continue;
    const entry = hashedEntry(phrase, key.wordHmac);
    if (entry === undefined) refused.push(index + 1);
    else entries.add(entry);
  }
  await writeReport(
    invocation,
    [...entries]
      .sort()
      .map((entry) => `- '${entry}'\n`)
      .join(''),
  );
  if (isKeptHere)
    io.err(
      `The key is ${keyFile}: who has it and the entries can try words. ASSAY_DENY_LIST_KEY keeps one apart.\n`,
    );
  if (refused.length === 0) return 0;
  io.err(
    `${refused.length === 1 ? 'Line' : 'Lines'} ${refused.join(', ')}: too short to be hidden (four bytes, of which the first three are one word), or more than eight words.\n`,
  );
  return 3;
}

function readWords(path: string, given: string): string {
  try {
    return readFileSync(given === '-' ? 0 : path, 'utf8');
  } catch (error) {
    throw new AssayError('rules/unreadable', `${given} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
