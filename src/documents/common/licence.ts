import { isSpdx, parseLicence, printLicence } from '../../analysis/licences/expression.ts';

/** A declared licence as an SBOM may state it. */
export type StatedLicence =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'expression'; readonly expression: string }
  /** Words that are no SPDX expression. */
  | { readonly kind: 'words'; readonly words: string };

/** Reads declared licences once each: a lockfile repeats the same few thousands of times. */
export function licenceReader(): (declared: string) => StatedLicence {
  const seen = new Map<string, StatedLicence>();
  return (declared) => {
    let stated = seen.get(declared);
    if (stated === undefined) seen.set(declared, (stated = state(declared)));
    return stated;
  };
}

function state(declared: string): StatedLicence {
  const { expression } = parseLicence(declared);
  if (expression === undefined || !isSpdx(expression)) return { kind: 'words', words: declared };
  if (
    expression.kind === 'licence' &&
    expression.listed &&
    !expression.orLater &&
    expression.exception === undefined
  )
    return { kind: 'id', id: expression.id };
  return { kind: 'expression', expression: printLicence(expression) };
}
