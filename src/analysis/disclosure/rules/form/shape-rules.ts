import type { Tier } from '../../../../model/disclosure.ts';
import type { Piece, Shape, ShapedRule } from './shapes.ts';
import { alphabetNamed, patternOf, piecesOf } from './shapes.ts';
import type { TokenForm } from './token.ts';
import { tokenRule } from './token.ts';

/** Who issues tokens, and what to do when one is out. */
export interface Issuer {
  readonly provider: string;
  readonly advice: string;
  readonly revokePage?: string;
}

/** A token of an issuer: what it is called and what it looks like. Rows of tables. */
export type ShapeRow = readonly [
  id: string,
  title: string,
  shape: Shape,
  more?: { readonly tier?: Tier; readonly reason?: string; readonly anyCase?: true } & Pick<
    TokenForm,
    'judge'
  >,
];

/** A rule for each row. A shape's first fixed text is its keyword: it has to be rare, or followed by enough of an alphabet. */
export function shapeRules(issuer: Issuer, rows: readonly ShapeRow[]): readonly ShapedRule[] {
  return rows.map(([id, title, shape, more = {}]) => {
    const pieces = piecesOf(shape);
    const at = pieces.findIndex((piece) => piece.kind === 'fixed');
    const mark = pieces[at];
    if (mark?.kind !== 'fixed' || at > 1) throw new RangeError(`${id}: no fixed text to look for`);
    const behind = pieces[at + 1];
    const lead = at === 1 ? pieces[0] : undefined;
    let pattern: RegExp | undefined;
    const rule = tokenRule({
      ...issuer,
      id,
      title,
      marks: [mark.text],
      body: alphabetNamed(behind?.kind === 'run' ? behind.alphabet : 'url'),
      least: behind?.kind === 'run' ? behind.least : 0,
      ...leadOf(lead),
      // Hundreds of rules are made in each run, and a few are asked.
      get pattern() {
        return (pattern ??= new RegExp(patternOf(pieces), more.anyCase === true ? 'iy' : 'y'));
      },
      ...(at === 1 ? { varies: 0 } : {}),
      reason: 'its fixed part, alphabet and length',
      ...more,
    });
    return { ...rule, shapes: [shape], isNamed: false };
  });
}

function leadOf(lead: Piece | undefined): Pick<TokenForm, 'lead'> {
  return lead?.kind === 'run'
    ? { lead: { body: alphabetNamed(lead.alphabet), least: lead.least, most: lead.most + 1 } }
    : {};
}
