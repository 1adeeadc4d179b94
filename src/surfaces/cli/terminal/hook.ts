import { counted, grouped } from '../../../documents/common/words.ts';
import { moreSpotsWords, spotWords } from '../../../documents/disclosure/words.ts';
import type { Disclosure, DisclosureSpot } from '../../../model/disclosure-report.ts';
import type { Problem } from '../../../model/problem.ts';
import { printable } from './style.ts';

const MOST_SHOWN = 5;
const MOST_LINE = 160;

/** What a hook looked at, and what came of it. */
export interface HookOutcome {
  /** `4 files`, `the message`, `2 commits, 5 files`. */
  readonly looked: string;
  /** What counts. */
  readonly failing: readonly Disclosure[];
  /** What keeps the result from being whole. */
  readonly lost: readonly Problem[];
  /** What else a person should know; stops nothing. */
  readonly notes: readonly Problem[];
  /** `commit` or `push`. */
  readonly action: string;
  /** What to do about finds. */
  readonly repair: (finds: readonly Disclosure[]) => string;
  /** How to let one pass that is none. */
  readonly allow: (finds: readonly Disclosure[]) => string;
  readonly milliseconds: number;
  /** Where assay was found; empty: nobody said. */
  readonly from: string;
}

/** One line when all is well; else what, where, why and what to do. Each line ends with a newline. */
export function hookWords(outcome: HookOutcome): string {
  const { failing, lost, looked, milliseconds, from } = outcome;
  const count = counted(failing.length, 'secret');
  const by = from === '' ? '' : ` (${from})`;
  const line = `assay: ${looked}, ${count}, ${Math.round(milliseconds)} ms${by}`;
  const notes = outcome.notes.slice(0, MOST_SHOWN).map((note) => `  note: ${problemWords(note)}`);
  if (failing.length === 0 && lost.length === 0) return [line, ...notes].map((text) => `${text}\n`).join('');
  return [
    `${line}: this ${outcome.action} was stopped`,
    ...failing.slice(0, MOST_SHOWN).flatMap(disclosureLines),
    ...(failing.length > MOST_SHOWN ? [`  and ${grouped(failing.length - MOST_SHOWN)} more`] : []),
    ...lost.slice(0, MOST_SHOWN).map((problem) => `  could not be read: ${problemWords(problem)}`),
    ...(lost.length > MOST_SHOWN ? [`  and ${grouped(lost.length - MOST_SHOWN)} more problems`] : []),
    ...notes,
    ...(failing.length === 0
      ? []
      : [`To go on: ${outcome.repair(failing)}`, `No secret? ${outcome.allow(failing)}`]),
  ]
    .map((text) => `${text}\n`)
    .join('');
}

/** The message of a commit that is not made yet. */
export function isNewMessage({ source, object }: DisclosureSpot): boolean {
  return source === 'commit-message' && object === undefined;
}

function problemWords({ message, at, hint }: Problem): string {
  return `${printable(at === undefined ? '' : `${at.path}: `)}${printable(message)}${hint === undefined ? '' : `; ${printable(hint)}`}`;
}

function disclosureLines(one: Disclosure): string[] {
  const shown = one.spots.slice(0, 2);
  const where = `${shown.map(placeWords).join(', ')}${moreSpotsWords(one, shown.length)}`;
  return [
    `  ${where}: ${one.title}, ${one.tier}: ${printable(one.reasons.join('; '))}`.slice(0, 2 * MOST_LINE),
    `    ${printable(one.excerpt).slice(0, MOST_LINE)}`,
    `    → ${one.advice}${one.revokePage === undefined ? '' : ` ${one.revokePage}`}`,
  ];
}

function placeWords(spot: DisclosureSpot): string {
  if (isNewMessage(spot)) return 'the message';
  const commit =
    spot.commit === undefined || spot.source === 'commit-message'
      ? ''
      : ` in commit ${spot.commit.slice(0, 12)}`;
  return `${printable(spotWords(spot))}${commit}`;
}
