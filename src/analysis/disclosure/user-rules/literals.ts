import type { Node } from './syntax.ts';

/** Longest set of texts that is kept: more alternatives say little. */
const MOST_LITERALS = 64;

/**
 * Texts (lower case) of which one stands in each match. Of the parts of a sequence, the one whose shortest text is longest. `undefined`
 * when no part has fixed text.
 */
export function literalsOf(node: Node): readonly string[] | undefined {
  switch (node.kind) {
    case 'set':
      return fewOf(node.members);
    case 'place':
      return undefined;
    case 'group':
      return literalsOf(node.item);
    case 'repeat':
      return node.least > 0 ? literalsOf(node.item) : undefined;
    case 'either': {
      const all: string[] = [];
      for (const item of node.items) {
        const texts = literalsOf(item);
        if (texts === undefined) return undefined;
        all.push(...texts);
      }
      return all.length > MOST_LITERALS ? undefined : all;
    }
    case 'sequence':
      return bestOf(node.items);
  }
}

function bestOf(items: readonly Node[]): readonly string[] | undefined {
  let best: readonly string[] | undefined;
  let run: readonly string[] = [''];
  const consider = (texts: readonly string[] | undefined): void => {
    if (texts === undefined || texts.length === 0) return;
    if (best === undefined || shortest(texts) > shortest(best)) best = texts;
  };
  for (const item of items) {
    if (item.kind === 'place') continue;
    const exact = exactly(item);
    if (exact !== undefined && run.length * exact.length <= MOST_LITERALS) {
      run = run.flatMap((text) => exact.map((more) => text + more));
      continue;
    }
    // The first round of a repeat still stands behind what came before it.
    const first = item.kind === 'repeat' && item.least > 0 ? exactly(item.item) : undefined;
    if (first !== undefined && run.length * first.length <= MOST_LITERALS)
      consider(run.flatMap((text) => first.map((more) => text + more)));
    consider(run);
    run = [''];
    consider(literalsOf(item));
  }
  consider(run);
  return best !== undefined && shortest(best) > 0 ? best : undefined;
}

/** All texts (lower case) that match, when they are few. */
function exactly(node: Node): readonly string[] | undefined {
  switch (node.kind) {
    case 'set':
      return fewOf(node.members);
    case 'place':
      return [''];
    case 'group':
      return exactly(node.item);
    case 'repeat': {
      const once = node.least === node.most && node.most <= 8 ? exactly(node.item) : undefined;
      return once?.length === 1 ? [once[0]!.repeat(node.most)] : undefined;
    }
    case 'either': {
      const all = node.items.map(exactly);
      const texts = all.flatMap((one) => one ?? []);
      return all.includes(undefined) || texts.length > MOST_LITERALS ? undefined : texts;
    }
    case 'sequence': {
      let texts: readonly string[] = [''];
      for (const item of node.items) {
        const more = exactly(item);
        if (more === undefined || texts.length * more.length > MOST_LITERALS) return undefined;
        texts = texts.flatMap((text) => more.map((end) => text + end));
      }
      return texts;
    }
  }
}

/** The bytes of a set when they are sixteen at most, letters in either case being one. */
function fewOf(members: Uint8Array): readonly string[] | undefined {
  const found: string[] = [];
  for (let byte = members.indexOf(1); byte !== -1; byte = members.indexOf(1, byte + 1)) {
    const isUpper = byte >= 0x41 && byte <= 0x5a;
    const letter = String.fromCharCode(isUpper ? byte + 32 : byte);
    // Sets are in order: a small letter has been seen only as its capital.
    if (byte >= 0x61 && byte <= 0x7a && members[byte - 32] === 1) continue;
    if (found.push(letter) > 16) return undefined;
  }
  return found.length === 0 ? undefined : found;
}

function shortest(texts: readonly string[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { length } of texts) least = Math.min(least, length);
  return least;
}
