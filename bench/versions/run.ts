/**
 * Holds our version orders and ranges against each ecosystem's own tool on random pairs:
 * `node bench/versions/run.ts [--pairs N] [--seed N] [--show N] [SCHEME…]`.
 * A tool that is not on this machine is named, and the rest goes on. Exit code 1 when anything disagrees.
 */
import { parseArgs } from 'node:util';
import type { VersionScheme } from '../../src/model/ecosystem.ts';
import { go, schemeOfVers } from '../../src/analysis/versions/index.ts';
import { grammars, pairOf, randomOf, rangeOf } from './generators.ts';
import { references } from './references.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pairs: { type: 'string' }, seed: { type: 'string' }, show: { type: 'string' } },
});
const pairs = Number(values.pairs ?? 50_000);
const seed = Number(values.seed ?? 1);
const show = Number(values.show ?? 5);

let disagreements = 0;
for (const reference of references) {
  if (positionals.length > 0 && !positionals.includes(reference.scheme)) continue;
  const ask = reference.start();
  if (ask === undefined) {
    console.log(`${reference.scheme}: ${reference.name} is absent here: not compared`);
    continue;
  }
  const scheme = reference.scheme === 'go' ? go : schemeOfVers(reference.scheme)!;
  const grammar = grammars[reference.scheme]!;
  const random = randomOf(seed);
  const count = Math.min(pairs, reference.most ?? pairs);
  for (const kind of reference.ranges ? (['c', 's'] as const) : (['c'] as const)) {
    const make = kind === 'c' ? pairOf : rangeOf;
    const questions = Array.from({ length: count }, () => make(grammar, random));
    const answers = ask(questions.map(([left, right]) => `${kind}\t${left}\t${right}`));
    report(reference.scheme, reference.name, kind, scheme, questions, answers, ask);
  }
}
process.exitCode = disagreements > 0 ? 1 : 0;

function report(
  id: string,
  name: string,
  kind: 'c' | 's',
  scheme: VersionScheme,
  questions: readonly (readonly [string, string])[],
  answers: readonly string[],
  ask: (lines: readonly string[]) => readonly string[],
): void {
  if (answers.length !== questions.length)
    throw new Error(`${name} gave ${answers.length} answers to ${questions.length} questions`);
  let tried = 0;
  const wrong: { pair: readonly [string, string]; theirs: string; ours: string }[] = [];
  for (const [i, pair] of questions.entries()) {
    const theirs = answers[i]!;
    const ours = kind === 'c' ? String(Math.sign(scheme.compare(...pair))) : text(scheme.satisfies(...pair));
    // What the tool refuses has no answer to agree with: we place it, or read it more loosely.
    if (theirs === '!') continue;
    tried++;
    if (ours !== theirs) wrong.push({ pair, theirs, ours });
  }
  const excused = wrong.filter(({ pair: [left, right], theirs }) =>
    kind === 'c'
      ? contradictsItself([left, right], Number(theirs), ask)
      : boundsOf(right).some((bound) => {
          const order = Number(ask([`c\t${left}\t${bound}`])[0]);
          return (
            order !== Math.sign(scheme.compare(left, bound)) && contradictsItself([left, bound], order, ask)
          );
        }),
  );
  const remaining = wrong.filter((one) => !excused.includes(one));
  disagreements += remaining.length;
  const agreed = tried - wrong.length;
  const what = kind === 'c' ? 'order' : 'ranges';
  const note =
    excused.length > 0
      ? `; of the others ${excused.length} are pairs on which ${name} contradicts itself`
      : '';
  console.log(
    `${id} ${what} against ${name}: ${agreed} of ${tried} agree (${percent(agreed, tried)})${note}`,
  );
  for (const { pair, theirs, ours } of remaining.slice(0, show))
    console.log(`  ${pair.join('  |  ')}: ours ${ours}, theirs ${theirs}`);
}

/** The versions that a range in brackets names. */
function boundsOf(range: string): readonly string[] {
  return range.split(/[[\](),]+/).filter(Boolean);
}

function text(satisfied: boolean | undefined): string {
  return satisfied === undefined ? 'unreadable' : satisfied ? '1' : '0';
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((Math.floor((part / whole) * 1e6) / 1e6) * 100).toFixed(3)} %`;
}

/** Whether the tool also says the opposite, by way of some third version: a ≤ c ≤ b and yet a > b. */
function contradictsItself(
  [a, b]: readonly [string, string],
  order: number,
  ask: (lines: readonly string[]) => readonly string[],
): boolean {
  const plain = [a, b].map((version) => version.replace(/(?<=\d)[^\d.].*$|\.[^\d].*$/, ''));
  const thirds = [
    ...new Set([
      ...plain,
      ...plain.map((version) => version.replace(/(?:\.0+)+$/, '')),
      ...plain.map((version) => version.replace(/\.\d+$/, '')),
    ]),
  ];
  const answers = ask(thirds.flatMap((third) => [`c\t${a}\t${third}`, `c\t${third}\t${b}`])).map(Number);
  return thirds.some((_, i) => {
    const first = answers[2 * i]!;
    const second = answers[2 * i + 1]!;
    // The chain says how a and b must stand, unless its two steps point different ways.
    return first * second >= 0 && Math.sign(first + second) !== order;
  });
}
