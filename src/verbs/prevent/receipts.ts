import type { ReceiptState } from './hook-text.ts';
import { authorOf, receiptOf } from './hook-text.ts';

/** A commit, as far as its receipt goes. */
export interface ReceiptInput {
  readonly id: string;
  /** The whole object, latin1. */
  readonly text: string;
  readonly tree: string;
  /** A merge that brings in nothing of its own: git runs no pre-commit hook for it. */
  readonly isPlainMerge: boolean;
}

/** Which commits of a range came through the hook. */
export interface Receipts {
  /** Without plain merges. */
  readonly commits: number;
  readonly checked: number;
  /** Neither or of another tree, newest first. */
  readonly without: readonly {
    readonly commit: string;
    readonly author: string;
    readonly state: Exclude<ReceiptState, 'checked'>;
  }[];
}

/** Reads the receipts. A receipt says that the hook ran on this machine or that; it proves nothing: anybody can write one. */
export function readReceipts(commits: readonly ReceiptInput[]): Receipts {
  const own = commits.filter(({ isPlainMerge }) => !isPlainMerge);
  const without = own.flatMap(({ id, text, tree }) => {
    const state = receiptOf(text, tree);
    // Names are UTF-8 but for very old commits.
    const author = utf8(authorOf(text));
    return state === 'checked' ? [] : [{ commit: id, author, state }];
  });
  return { commits: own.length, checked: own.length - without.length, without };
}

/** One line or two, for people: who came without the hook, and what was changed after it. */
export function receiptWords({ commits, checked, without }: Receipts): readonly string[] {
  if (commits === 0) return ['no commits of their own in this range'];
  const none = without.filter(({ state }) => state === 'none');
  const other = without.filter(({ state }) => state === 'other');
  return [
    ...(none.length === 0
      ? [`the hook ran on all of ${commits} commits`]
      : [`the hook did not run on ${none.length} of ${commits} commits, by ${people(none)}`]),
    ...(other.length === 0
      ? []
      : [
          `${other.length} of ${commits} were changed after it ran (rebase, cherry-pick), by ${people(other)}`,
        ]),
    ...(none.length > 0 && checked > 0 ? [`it ran on ${checked}`] : []),
  ];
}

function people(commits: readonly { readonly author: string }[]): string {
  const counts = new Map<string, number>();
  for (const { author } of commits) counts.set(author, (counts.get(author) ?? 0) + 1);
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([name, count]) => (count === 1 ? name : `${name} (${count})`))
    .join(', ');
}

function utf8(latin1: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(latin1, (unit) => unit.charCodeAt(0)),
    );
  } catch {
    return latin1;
  }
}
