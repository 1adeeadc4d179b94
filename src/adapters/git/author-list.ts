import type { CommitAuthor } from '../../model/adoption.ts';

/** The authors of commits, told apart by the bytes of `NAME <MAIL>`; made into text once each. */
export interface AuthorList {
  readonly authors: readonly CommitAuthor[];
  /** When each author's first commit was made, parallel to `authors`. */
  readonly firstAt: readonly number[];
  /** The number of the author that stands from `from` to `to` of `bytes`. */
  numberOf(bytes: Uint8Array, from: number, to: number): number;
  seen(author: number, at: number): void;
}

/** A table with open addressing over one stretch of bytes: a Map would make a string for each commit. */
export function authorList(): AuthorList {
  const authors: CommitAuthor[] = [];
  const firstAt: number[] = [];
  /** Author + 1 by hash; a power of two long, at most half full. */
  let slots = new Uint32Array(1024);
  const hashes: number[] = [];
  const ends = [0];
  let kept = new Uint8Array(32 * 1024);

  const place = (author: number): void => {
    let slot = hashes[author]! & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = author + 1;
  };
  const isSame = (author: number, bytes: Uint8Array, from: number, to: number): boolean => {
    const start = ends[author]!;
    if (ends[author + 1]! - start !== to - from) return false;
    for (let i = from; i < to; i++) if (kept[start + i - from] !== bytes[i]) return false;
    return true;
  };
  const add = (hash: number, bytes: Uint8Array, from: number, to: number): number => {
    const author = authors.length;
    const start = ends[author]!;
    if (start + to - from > kept.length) {
      const more = new Uint8Array(Math.max(kept.length * 2, start + to - from));
      more.set(kept);
      kept = more;
    }
    kept.set(bytes.subarray(from, to), start);
    ends.push(start + to - from);
    hashes.push(hash);
    firstAt.push(Infinity);
    authors.push(personOf(Buffer.from(kept.buffer, start, to - from)));
    if (authors.length * 2 > slots.length) {
      slots = new Uint32Array(slots.length * 2);
      for (let at = 0; at <= author; at++) place(at);
    } else place(author);
    return author;
  };

  return {
    authors,
    firstAt,
    numberOf: (bytes, from, to) => {
      // FNV-1a; those who make names that share a slot on purpose are stopped by their number of commits.
      let hash = 0x811c9dc5;
      for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
      hash = (hash ^ (hash >>> 15)) >>> 0;
      let slot = hash & (slots.length - 1);
      for (; slots[slot] !== 0; slot = (slot + 1) & (slots.length - 1)) {
        const author = slots[slot]! - 1;
        if (hashes[author] === hash && isSame(author, bytes, from, to)) return author;
      }
      return add(hash, bytes, from, to);
    },
    seen: (author, at) => {
      if (at < firstAt[author]!) firstAt[author] = at;
    },
  };
}

/** UTF-8 as git expects; commits of other encodings say so in a header that few have, and then Latin-1 is the better guess. */
function personOf(bytes: Buffer): CommitAuthor {
  const utf8 = bytes.toString('utf8');
  const text = utf8.includes('\uFFFD') ? bytes.toString('latin1') : utf8;
  const start = text.lastIndexOf('<');
  return { name: text.slice(0, Math.max(0, start)).trim(), email: text.slice(start + 1, -1).trim() };
}
