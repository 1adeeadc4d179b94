import { AROUND, type Around } from '../../../model/disclosure.ts';
import { characters } from '../decode/characters.ts';

/**
 * Gives what stands around an offset of a text. Of neighbours it is one string: a file may be a list of thousands of passwords, and what is
 * around each is kept until all files are read.
 */
export function surroundings(bytes: Uint8Array): (start: number) => Around {
  let from = 0;
  let text: string | undefined;
  return (start) => {
    const block = Math.max(0, Math.floor(start / AROUND) - 1) * AROUND;
    if (text === undefined || block !== from)
      text = characters(bytes, block, Math.min(bytes.length, Math.max(start, block + 2 * AROUND) + AROUND));
    from = block;
    return { text, at: start - from };
  };
}

/**
 * The same of a secret that stands encoded there. Nothing else of what is decoded is in it: a history keeps nothing of that, and a file is
 * judged alike.
 */
export const withDecoded = ({ text, at }: Around, secret: string): Around => ({
  text: text.slice(0, at) + secret + text.slice(at),
  at,
});
