import type { ForgeFacts, ForgeThread } from '../../model/adoption.ts';
import type { Problem } from '../../model/problem.ts';
import { isBotLogin } from './bots.ts';
import { compareText } from './figures.ts';
import { at, given, listOf, objectOf, textOf } from './registry/values.ts';

type Json = Readonly<Record<string, unknown>>;

/** A comment or review, wherever it stood. */
interface Reply {
  readonly thread: number;
  readonly author: string;
  readonly bot: boolean;
  readonly at: string;
}

/**
 * Reads exports of a forge: JSON arrays as GitHub's API gives them (issues, pulls, issue comments, review comments, reviews), or
 * as `gh issue list --json …` and `gh pr list --json …` do (replies inside), several files together; also a repository's object.
 * Replies that are separate are joined by the number. An entry that is none of these is counted in a problem.
 * https://docs.github.com/en/rest/issues
 */
export function readForge(files: readonly { readonly path: string; readonly text: string }[]): {
  readonly facts: ForgeFacts | undefined;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const threads = new Map<number, ForgeThread>();
  const replies: Reply[] = [];
  const reviewed = new Set<number>();
  let archived: boolean | undefined;
  let stars: number | undefined;
  let newest = '';
  let commentsSeen = false;
  for (const { path, text } of files) {
    let strange = 0;
    for (const entry of entriesOf(text, path, problems)) {
      const kind = kindOf(entry);
      for (const key of ['updated_at', 'updatedAt', 'created_at', 'createdAt', 'submitted_at']) {
        const time = textOf(at(entry, key));
        if (time !== undefined && time > newest) newest = time;
      }
      if (kind === 'thread') {
        const thread = threadOf(entry, replies);
        const known = threads.get(thread.number);
        // A pull request is among the issues too; what the pulls say of it is more.
        threads.set(thread.number, known === undefined ? thread : merged(known, thread));
        if (thread.repliesKnown) reviewed.add(thread.number);
      } else if (kind === 'reply') {
        commentsSeen = true;
        const reply = replyOf(entry, threadNumber(entry));
        if (reply !== undefined) replies.push(reply);
      } else if (kind === 'repository') {
        archived = at(entry, 'archived') === true || at(entry, 'isArchived') === true;
        const count = at(entry, 'stargazers_count') ?? at(entry, 'stargazerCount');
        if (typeof count === 'number') stars = count;
      } else strange++;
    }
    if (strange > 0)
      problems.push({
        code: 'adopt/unknown-forge-entry',
        message: `${strange} of the entries are no issue, pull request, comment, review or repository`,
        at: { path },
        lost: true,
      });
  }
  const first = firstReplies(replies, threads);
  const facts: ForgeFacts = {
    from: files.map(({ path }) => path),
    threads: [...threads.values()]
      .map((thread) => ({
        ...thread,
        repliesKnown: commentsSeen || reviewed.has(thread.number),
        ...given('firstReplyAt', first.get(thread.number)),
      }))
      .sort((a, b) => a.number - b.number),
    ...given('archived', archived),
    ...given('stars', stars),
    ...(newest === '' ? {} : { asOf: newest }),
  };
  const useful = threads.size > 0 || archived !== undefined || stars !== undefined;
  return { facts: useful ? facts : undefined, problems };
}

function entriesOf(text: string, path: string, problems: Problem[]): readonly Json[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    problems.push({
      code: 'file/not-json',
      message: 'not valid JSON: expected an array of issues, pull requests or comments',
      at: { path },
      hint: 'pages that were written one after the other make no array: use --slurp or one file a page',
      lost: true,
    });
    return [];
  }
  // Pages in an array (`--slurp`), search results ({ items }), one object.
  const list = Array.isArray(value)
    ? value
    : Array.isArray(at(objectOf(value), 'items'))
      ? listOf(at(objectOf(value), 'items'))
      : [value];
  const entries: Json[] = [];
  for (const one of list)
    for (const entry of Array.isArray(one) ? one : [one]) entries.push(objectOf(entry) ?? {});
  return entries;
}

function kindOf(entry: Json): 'thread' | 'reply' | 'repository' | undefined {
  if (
    at(entry, 'stargazers_count') !== undefined ||
    at(entry, 'archived') !== undefined ||
    at(entry, 'isArchived') !== undefined
  )
    return 'repository';
  if (threadNumber(entry) !== undefined) return 'reply';
  if (
    typeof at(entry, 'number') === 'number' &&
    textOf(at(entry, 'created_at') ?? at(entry, 'createdAt')) !== undefined
  )
    return 'thread';
  return undefined;
}

/** The number at the end of `issue_url` or `pull_request_url`: only replies have one. */
function threadNumber(entry: Json): number | undefined {
  const url = textOf(at(entry, 'issue_url')) ?? textOf(at(entry, 'pull_request_url'));
  const match = url === undefined ? null : /\/(\d{1,12})$/.exec(url);
  return match === null ? undefined : Number(match[1]);
}

function threadOf(entry: Json, replies: Reply[]): ForgeThread {
  const number = Number(at(entry, 'number'));
  const author = authorOf(entry);
  const inside = [...listOf(at(entry, 'comments')), ...listOf(at(entry, 'reviews'))];
  const holdsReplies = Array.isArray(at(entry, 'comments')) || Array.isArray(at(entry, 'reviews'));
  for (const one of inside) {
    const reply = replyOf(objectOf(one) ?? {}, number);
    if (reply !== undefined) replies.push(reply);
  }
  const pull = objectOf(at(entry, 'pull_request'));
  const isPull =
    pull !== undefined ||
    ['merged_at', 'mergedAt', 'head', 'headRefName', 'isDraft'].some((key) => at(entry, key) !== undefined);
  return {
    kind: isPull ? 'pull' : 'issue',
    number,
    author: author.login,
    bot: author.bot,
    createdAt: (textOf(at(entry, 'created_at')) ?? textOf(at(entry, 'createdAt')))!,
    ...given('closedAt', textOf(at(entry, 'closed_at')) ?? textOf(at(entry, 'closedAt'))),
    ...given(
      'mergedAt',
      textOf(at(entry, 'merged_at')) ?? textOf(at(entry, 'mergedAt')) ?? textOf(at(pull, 'merged_at')),
    ),
    // An issue that says that it has no comments needs none to be known.
    repliesKnown: holdsReplies || (at(entry, 'comments') === 0 && !isPull),
  };
}

function merged(a: ForgeThread, b: ForgeThread): ForgeThread {
  return {
    ...a,
    ...b,
    kind: a.kind === 'pull' || b.kind === 'pull' ? 'pull' : 'issue',
    repliesKnown: a.repliesKnown || b.repliesKnown,
    ...given('mergedAt', b.mergedAt ?? a.mergedAt),
    ...given('closedAt', b.closedAt ?? a.closedAt),
  };
}

function replyOf(entry: Json, thread: number | undefined): Reply | undefined {
  const time =
    textOf(at(entry, 'created_at')) ??
    textOf(at(entry, 'createdAt')) ??
    textOf(at(entry, 'submitted_at')) ??
    textOf(at(entry, 'submittedAt'));
  if (thread === undefined || time === undefined) return undefined;
  const { login, bot } = authorOf(entry);
  return { thread, author: login, bot, at: time };
}

function authorOf(entry: Json): { readonly login: string; readonly bot: boolean } {
  const who = objectOf(at(entry, 'user')) ?? objectOf(at(entry, 'author'));
  const login = textOf(at(who, 'login')) ?? '';
  const type = at(who, 'is_bot') === true ? 'Bot' : textOf(at(who, 'type'));
  return { login, bot: isBotLogin(login, type) };
}

/** The first reply to each thread by somebody else who is no bot. */
function firstReplies(
  replies: readonly Reply[],
  threads: ReadonlyMap<number, ForgeThread>,
): ReadonlyMap<number, string> {
  const first = new Map<number, string>();
  for (const reply of [...replies].sort((a, b) => compareText(a.at, b.at))) {
    const thread = threads.get(reply.thread);
    if (thread === undefined || reply.bot || reply.author === thread.author || first.has(reply.thread))
      continue;
    if (reply.at >= thread.createdAt) first.set(reply.thread, reply.at);
  }
  return first;
}
