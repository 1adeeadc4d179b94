import type { DisclosureRule } from '../../../../model/disclosure.ts';
import type { Alphabet } from './alphabets.ts';
import { alphabetOf } from './alphabets.ts';

/**
 * The form of a token, as documentation would write it: fixed text, and between angle brackets an alphabet with a count or a range
 * of counts. `SG.<url 22>.<url 43>`, `dapi<hex 32>`, `<b62 6>_<b62 29>_mmk`, `pscale_pw_<dotted 32-64>`, `access-<uuid>`.
 * Rules, their gates and the examples that tests make are all derived from it.
 */
export type Shape = string;

/** A rule made from shapes says so: documentation and tests are made from them. */
export interface ShapedRule extends DisclosureRule {
  readonly shapes: readonly Shape[];
  /** For values that their name gives away: how the name goes on, in examples. */
  readonly isNamed: boolean;
}

/** The alphabets that shapes know, as ranges of a character class. */
export const ALPHABETS: ReadonlyMap<string, string> = new Map([
  ['digit', '0-9'],
  ['lower', 'a-z'],
  ['upper', 'A-Z'],
  ['alpha', 'A-Za-z'],
  ['hex', '0-9a-f'],
  ['HEX', '0-9A-F'],
  ['anyhex', '0-9a-fA-F'],
  ['b32', 'A-Z2-7'],
  ['b36', '0-9a-z'],
  ['B36', '0-9A-Z'],
  ['b62', '0-9A-Za-z'],
  ['b64', '0-9A-Za-z+/'],
  ['lowurl', '0-9a-z_-'],
  ['url', '0-9A-Za-z_-'],
  ['urlpad', '0-9A-Za-z=_-'],
  ['word', '0-9A-Za-z_'],
  ['dotted', '0-9A-Za-z=._-'],
  ['graph', '!#-&(-~'],
  ['bech32', '02-9AC-HJ-NP-Z'],
  ['pad', '='],
]);

/** One part of a shape. */
export type Piece =
  | { readonly kind: 'fixed'; readonly text: string }
  | { readonly kind: 'run'; readonly alphabet: string; readonly least: number; readonly most: number };

const UUID = '<anyhex 8>-<anyhex 4>-<anyhex 4>-<anyhex 4>-<anyhex 12>';

/** Reads a shape. It is written by us, so one that cannot be read is a bug: RangeError. */
export function piecesOf(shape: Shape): readonly Piece[] {
  return shape
    .replaceAll('<uuid>', UUID)
    .split(/(<[^>]*>)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (!part.startsWith('<')) return { kind: 'fixed', text: part };
      const match = /^<(\w+) (\d+)(?:-(\d+))?>$/.exec(part);
      if (match === null || !ALPHABETS.has(match[1]!)) throw new RangeError(`no part of a shape: ${part}`);
      return {
        kind: 'run',
        alphabet: match[1]!,
        least: Number(match[2]),
        most: Number(match[3] ?? match[2]),
      };
    });
}

/** The source of a regular expression that matches the pieces and nothing longer: what follows belongs to no token. */
export function patternOf(pieces: readonly Piece[]): string {
  const last = pieces.at(-1);
  const own =
    last?.kind === 'run' ? ALPHABETS.get(last.alphabet)!.replace(/[0-9A-Za-z]-[0-9A-Za-z]|[=_]/g, '') : '';
  const more = `0-9A-Za-z_${own.replace(/[./]/g, '\\$&')}`;
  return `${pieces.map(sourceOf).join('')}(?![${more}])`;
}

function sourceOf(piece: Piece): string {
  if (piece.kind === 'fixed') return piece.text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  const count = piece.least === piece.most ? `{${piece.least}}` : `{${piece.least},${piece.most}}`;
  return `[${ALPHABETS.get(piece.alphabet)!.replace('/', '\\/')}]${count}`;
}

export const leastLength = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, piece) => sum + (piece.kind === 'fixed' ? piece.text.length : piece.least), 0);

const made = new Map<string, Alphabet>();

/** The bytes of a named alphabet. */
export function alphabetNamed(name: string): Alphabet {
  let alphabet = made.get(name);
  if (alphabet === undefined) made.set(name, (alphabet = alphabetOf(ALPHABETS.get(name)!)));
  return alphabet;
}
