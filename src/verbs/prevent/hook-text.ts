/** A reference that a push changes. Ids of zeros mean that there is none: before it is made, or after it is removed. */
export interface RefUpdate {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * What git says on the stdin of pre-push, a line a reference: `LOCAL-REF LOCAL-ID REMOTE-REF REMOTE-ID`. `undefined` when a line
 * is anything else. https://git-scm.com/docs/githooks#_pre_push
 */
export function pushedRefs(text: string): readonly RefUpdate[] | undefined {
  return refUpdates(text, (parts) =>
    parts.length === 4 ? { name: parts[2]!, from: parts[3]!, to: parts[1]! } : undefined,
  );
}

/** The same for pre-receive: `OLD-ID NEW-ID REF`. https://git-scm.com/docs/githooks#pre-receive */
export function receivedRefs(text: string): readonly RefUpdate[] | undefined {
  return refUpdates(text, (parts) =>
    parts.length === 3 ? { name: parts[2]!, from: parts[0]!, to: parts[1]! } : undefined,
  );
}

function refUpdates(
  text: string,
  read: (parts: readonly string[]) => RefUpdate | undefined,
): readonly RefUpdate[] | undefined {
  const updates: RefUpdate[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const update = read(line.trimEnd().split(' '));
    if (update === undefined || !ID.test(update.from) || !ID.test(update.to)) return undefined;
    updates.push(update);
  }
  return updates;
}

/** Whether an id stands for no object. */
export function isNone(id: string): boolean {
  return /^0+$/.test(id);
}

/** Below this line git cuts a message off; with `commit --verbose` the whole change stands there. */
const SCISSORS = /^\S{1,20} -{24} >8 -{24}$/;

/** What a message's file holds above git's scissors. */
export function aboveScissors(text: string): string {
  let at = 0;
  for (const line of text.split('\n')) {
    if (SCISSORS.test(line.trimEnd())) return text.slice(0, at);
    at += line.length + 1;
  }
  return text;
}

/** What a commit's message says when the hook looked at it, and at what it holds. */
export const RECEIPT = 'Assay-Checked';

/** A receipt names the tree: of a commit that was changed afterwards, it is known that it is of another. */
const RECEIPT_LINE = /^Assay-Checked: ([0-9a-f]{12})$/;

/**
 * The message with a receipt among its trailers, instead of any that it had. A message without words stays as it is, so that
 * git still gives up a commit whose message was left empty. https://git-scm.com/docs/git-interpret-trailers
 */
export function withReceipt(message: string, tree: string): string {
  const kept = aboveScissors(message);
  const rest = message.slice(kept.length);
  const lines = kept.split('\n').filter((line) => !RECEIPT_LINE.test(line.trimEnd()));
  let end = lines.length;
  while (end > 0 && (lines[end - 1]!.trim() === '' || lines[end - 1]!.startsWith('#'))) end--;
  const words = lines.slice(0, end);
  if (words.every((line) => line.trim() === '' || line.startsWith('#'))) return message;
  const receipt = `${RECEIPT}: ${tree.slice(0, 12)}`;
  const comments = lines.slice(end).findIndex((line) => line.trim() !== '');
  const after = comments === -1 ? [''] : ['', ...lines.slice(end + comments)];
  return [...words, ...(endsInTrailers(words) ? [] : ['']), receipt, ...after].join('\n') + rest;
}

/** The last paragraph, when it is not the first, is trailers only: `Key: value`, and lines that go on with a space. */
function endsInTrailers(lines: readonly string[]): boolean {
  const blank = lines.findLastIndex((line) => line.trim() === '');
  const last = lines.slice(blank + 1);
  return (
    blank > 0 &&
    /^[A-Za-z0-9][A-Za-z0-9-]*: /.test(last[0]!) &&
    last.every((line) => /^(?:[A-Za-z0-9][A-Za-z0-9-]*: |[ \t])/.test(line))
  );
}

/** How a commit stands to the hook. `other`: it has a receipt of another tree, so it was changed after the hook ran (a rebase). */
export type ReceiptState = 'checked' | 'other' | 'none';

/** Reads the receipt in a commit object; the last one counts. */
export function receiptOf(commit: string, tree: string): ReceiptState {
  const found = commit
    .slice(commit.indexOf('\n\n') + 2)
    .split('\n')
    .flatMap((line) => RECEIPT_LINE.exec(line.trimEnd())?.[1] ?? [])
    .at(-1);
  if (found === undefined) return 'none';
  return tree.startsWith(found) ? 'checked' : 'other';
}

/** The author's name in a commit object; a placeholder when it has none. */
export function authorOf(commit: string): string {
  return /^author (.*?) ?<[^\n]*$/m.exec(commit.slice(0, commit.indexOf('\n\n')))?.[1] || '(no name)';
}
