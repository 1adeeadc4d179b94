import type { WhyDirect, WhyNode, WhyPlace } from '../../model/why.ts';
import { grouped } from './svg.ts';

/** Most rows of a column; what is beyond is one row with its count. */
const MOST_ROWS = 25;

/** A row of a column: one node, or what does not fit. `of` are the indices that it stands for. */
export interface Row {
  readonly text: string;
  readonly detail: string;
  readonly of: readonly number[];
}

/** Rows of both columns, ordered so that few lines cross: askers by where their direct dependencies stand, and the other way round. */
export function ordered({ directs, askers }: WhyPlace): { readonly directs: Row[]; readonly askers: Row[] } {
  let left = directs.map((_, index) => index);
  let right = askers.map((_, index) => index);
  const askersOf: number[][] = directs.map(() => []);
  askers.forEach(({ via }, asker) => {
    for (const direct of via) askersOf[direct]!.push(asker);
  });
  const weight = directs.map((_, index) => askersOf[index]!.length);
  left.sort((a, b) => weight[b]! - weight[a]! || a - b);
  for (let round = 0; round < 4; round++) {
    right = byMiddle(right, (asker) => askers[asker]!.via, left);
    left = byMiddle(left, (direct) => askersOf[direct]!, right);
  }
  // The project itself stands on top: it is the shortest answer.
  right.sort((a, b) => Number(askers[b]!.own) - Number(askers[a]!.own));
  return {
    directs: rowsOf(
      left,
      (index) => [nameOf(directs[index]!), rangeOf(directs[index]!)],
      'direct dependencies',
    ),
    askers: rowsOf(right, (index) => [nameOf(askers[index]!), askers[index]!.ranges.join(' || ')], 'askers'),
  };
}

const rangeOf = ({ ranges }: WhyDirect): string => ranges.join(' || ');

/** Sorted by the middle of the places that each is joined to; what is joined to nothing stays where it is. */
function byMiddle(
  items: readonly number[],
  joinedTo: (item: number) => readonly number[],
  others: readonly number[],
): number[] {
  const place = new Map(others.map((item, at) => [item, at]));
  const middle = new Map(
    items.map((item, at) => {
      const near = joinedTo(item);
      return [
        item,
        near.length === 0 ? at : near.reduce((sum, other) => sum + place.get(other)!, 0) / near.length,
      ];
    }),
  );
  return [...items].sort((a, b) => middle.get(a)! - middle.get(b)! || a - b);
}

function rowsOf(
  order: readonly number[],
  words: (index: number) => readonly [text: string, detail: string],
  what: string,
): Row[] {
  const shown = order.length > MOST_ROWS ? order.slice(0, MOST_ROWS - 1) : order;
  const rest = order.slice(shown.length);
  return [
    ...shown.map((index): Row => {
      const [text, detail] = words(index);
      return { text, detail, of: [index] };
    }),
    ...(rest.length === 0
      ? []
      : [{ text: `and ${grouped(rest.length)} more ${what}`, detail: '', of: rest }]),
  ];
}

/** For each row of askers the rows of direct dependencies that lead there, in order. */
export function linesBetween(
  place: WhyPlace,
  directs: readonly Row[],
  askers: readonly Row[],
): readonly number[][] {
  const rowOfDirect = new Map(directs.flatMap((row, at) => row.of.map((index) => [index, at] as const)));
  return askers.map(({ of }) =>
    [
      ...new Set(of.flatMap((asker) => place.askers[asker]!.via.map((direct) => rowOfDirect.get(direct)!))),
    ].sort((a, b) => a - b),
  );
}

export const nameOf: (node: WhyNode) => string = ({ name, version }: WhyNode): string =>
  `${name} ${version}`.trim();
