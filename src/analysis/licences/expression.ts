import { exceptionNamed, licenceNamed } from './names.ts';

/**
 * A licence expression. `and`/`or` have two parts or more and never hold their own kind directly, so depth is what brackets make it.
 * A `licence` with `listed: false` is not on the SPDX list: a `LicenseRef-`, or words that we cannot place (`id` holds them as written).
 */
export type LicenceExpression =
  | {
      readonly kind: 'licence';
      readonly id: string;
      readonly orLater: boolean;
      readonly exception?: string;
      readonly listed: boolean;
    }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly LicenceExpression[] };

export type ParsedLicence =
  | { readonly expression: LicenceExpression; readonly fault?: undefined }
  | { readonly expression?: undefined; readonly fault: string };

/** Deepest nesting of brackets that we read; real expressions stay below 5. */
const MAX_DEPTH = 64;

/** Longest text that we read, in UTF-16 units: a licence field longer than this holds a licence, not its name. */
const MAX_LENGTH = 10_000;

/**
 * Reads an SPDX licence expression, and what people write in its place: operators in any case, `MIT/Apache-2.0` for `OR`,
 * deprecated identifiers, sloppy names. AND binds tighter than OR, WITH tighter than both.
 * Only broken structure is a fault; a name that is not known is a leaf that is not listed. Linear; never throws.
 * https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
 */
export function parseLicence(text: string): ParsedLicence {
  const whole = text.trim();
  if (whole === '') return { fault: 'it is empty' };
  if (whole.length > MAX_LENGTH) return { fault: `it is longer than ${MAX_LENGTH} characters` };
  const named = licenceNamed(whole);
  if (named !== undefined) return { expression: { kind: 'licence', listed: true, ...named } };
  if (/^see licen[cs]e in /i.test(whole)) return { expression: unlisted(whole) };
  return parseTokens(tokensOf(whole));
}

/** Canonical text: `parseLicence` of it gives the same expression again (unlisted words are printed as they were written). */
export function printLicence(expression: LicenceExpression): string {
  if (expression.kind === 'licence')
    return `${expression.id}${expression.orLater ? '+' : ''}${expression.exception === undefined ? '' : ` WITH ${expression.exception}`}`;
  const joint = expression.kind === 'and' ? ' AND ' : ' OR ';
  return expression.parts
    .map((part) =>
      expression.kind === 'and' && part.kind === 'or' ? `(${printLicence(part)})` : printLicence(part),
    )
    .join(joint);
}

/** Every leaf, in order of appearance. */
export function licencesOf(
  expression: LicenceExpression,
): readonly (LicenceExpression & { kind: 'licence' })[] {
  return expression.kind === 'licence' ? [expression] : expression.parts.flatMap(licencesOf);
}

/** Whether the printed expression is valid SPDX: every leaf is listed or a `LicenseRef-`. */
export function isSpdx(expression: LicenceExpression): boolean {
  return licencesOf(expression).every(({ listed, id }) => listed || LICENCE_REF.test(id));
}

const LICENCE_REF = /^(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+$/;

const unlisted = (id: string): LicenceExpression & { readonly kind: 'licence' } => ({
  kind: 'licence',
  id,
  orLater: false,
  listed: false,
});

type Token = '(' | ')' | 'and' | 'or' | 'with' | { readonly name: string };

/** Splits into brackets, operators and names; words that no operator parts are one name (`Apache License 2.0`). */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let words: string[] = [];
  const flush = (): void => {
    if (words.length > 0) tokens.push({ name: words.join(' ') });
    words = [];
  };
  const pieces = text.match(/[()]|[^\s()]+/g) ?? [];
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i]!;
    const lower = piece.toLowerCase();
    if (piece === '(' || piece === ')') {
      flush();
      tokens.push(piece);
    } else if (lower === 'or' && /^(?:later|newer|greater)\b/i.test(pieces[i + 1] ?? '')) words.push(piece);
    else if (lower === 'and' || lower === 'or' || lower === 'with') {
      flush();
      tokens.push(lower);
    } else words.push(piece);
  }
  flush();
  return tokens;
}

/** One open bracket: alternatives that are complete, and the conjunction being read. */
interface Frame {
  readonly alternatives: LicenceExpression[];
  conjunction: LicenceExpression[];
}

function parseTokens(tokens: readonly Token[]): ParsedLicence {
  const frames: Frame[] = [{ alternatives: [], conjunction: [] }];
  let wantsOperand = true;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const frame = frames.at(-1)!;
    if (typeof token === 'object' || token === '(') {
      if (!wantsOperand) return { fault: 'an operator is missing between two licences' };
      if (token === '(') {
        if (frames.length > MAX_DEPTH) return { fault: `brackets are nested deeper than ${MAX_DEPTH}` };
        frames.push({ alternatives: [], conjunction: [] });
        continue;
      }
      const next = tokens[i + 1];
      if (next === 'with') {
        const exception = tokens[i + 2];
        if (typeof exception !== 'object') return { fault: 'WITH is not followed by an exception' };
        frame.conjunction.push(withException(token.name, exception.name));
        i += 2;
      } else frame.conjunction.push(leaf(token.name));
      wantsOperand = false;
    } else if (token === ')') {
      if (wantsOperand) return { fault: 'a licence is missing before a closing bracket' };
      if (frames.length === 1) return { fault: 'a bracket is closed that was not opened' };
      frames.pop();
      frames.at(-1)!.conjunction.push(closed(frame));
    } else {
      if (wantsOperand || token === 'with')
        return { fault: `a licence is missing before ${token.toUpperCase()}` };
      if (token === 'or') {
        frame.alternatives.push(joined('and', frame.conjunction));
        frame.conjunction = [];
      }
      wantsOperand = true;
    }
  }
  if (wantsOperand) return { fault: 'a licence is missing at the end' };
  if (frames.length > 1) return { fault: 'a bracket is not closed' };
  return { expression: closed(frames[0]!) };
}

const closed = (frame: Frame): LicenceExpression =>
  joined('or', [...frame.alternatives, joined('and', frame.conjunction)]);

function joined(kind: 'and' | 'or', parts: readonly LicenceExpression[]): LicenceExpression {
  if (parts.length === 1) return parts[0]!;
  return { kind, parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])) };
}

/** A name as a leaf; `MIT/Apache-2.0` (Cargo's old spelling) as alternatives when every side has a name. */
function leaf(name: string): LicenceExpression {
  const named = licenceNamed(name);
  if (named !== undefined) return { kind: 'licence', listed: true, ...named };
  if (name.includes('/') && !name.includes(':')) {
    const sides = name.split('/').map((side) => licenceNamed(side.trim()));
    if (sides.every((side) => side !== undefined))
      return joined(
        'or',
        sides.map((side) => ({ kind: 'licence', listed: true, ...side })),
      );
  }
  return unlisted(name);
}

function withException(name: string, exception: string): LicenceExpression {
  const named = licenceNamed(name);
  const known = exceptionNamed(exception);
  if (named === undefined || known === undefined || named.exception !== undefined)
    return {
      ...unlisted(name),
      ...(named === undefined ? {} : { id: named.id, orLater: named.orLater }),
      exception: known ?? exception,
    };
  return { kind: 'licence', listed: true, ...named, exception: known };
}
