import type { Decision } from '../../model/decision.ts';

/** What a decision of our own must have and this one has not, by field name. Imported ones owe nothing: their formats never asked. */
export function missingFields({ reason, by, at, expires }: Decision): readonly string[] {
  return [
    ...(reason === '' ? ['reason'] : []),
    ...(by === '' ? ['by'] : []),
    ...(at === '' ? ['at'] : []),
    ...(expires === undefined ? ['expires'] : []),
  ];
}
