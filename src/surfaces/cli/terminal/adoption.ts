import { evidenceWords, headWords, sourceWords, tallyWords } from '../../../documents/adoption/words.ts';
import { dueRecords, replacedRecords } from '../../../documents/adoption/records.ts';
import type { AdoptionRecord, AdoptionReport, CardVerdict, HealthCard } from '../../../model/adoption.ts';
import { wrap } from '../help.ts';
import { printable, styleOf, type Style } from './style.ts';

export interface AdoptionOptions {
  readonly width: number;
  readonly colour: boolean;
}

/** The eight cards as people read them: the answer first, then what it rests on, then what would tell more. Ends with a newline. */
export function terminalAdoption(report: AdoptionReport, options: AdoptionOptions): string {
  const style = styleOf(options.colour);
  const width = Math.max(60, Math.min(options.width, 100));
  const flags = report.flags.flatMap(({ weight, text }) =>
    wrap(printable(`${weight === 'stop' ? 'STOP' : 'note'}  ${text}`), width).map(
      weight === 'stop' ? style.red : style.yellow,
    ),
  );
  const problems = report.problems.flatMap(({ message, at, hint }) =>
    wrap(
      printable(
        `problem  ${at === undefined ? '' : `${at.path}: `}${message}${hint === undefined ? '' : ` (${hint})`}`,
      ),
      width,
    ),
  );
  const sections = [
    wrap(printable(headWords(report)), width).map(style.bold),
    flags,
    ...report.cards.map((card) => cardLines(card, style, width)),
    problems,
    [
      ...wrap(`${tallyWords(report)}; the answers are not added up`, width),
      ...sourceWords(report).flatMap((line) => wrap(printable(line), width).map(style.dim)),
    ],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function cardLines(
  { title, verdict, says, evidence, give }: HealthCard,
  style: Style,
  width: number,
): string[] {
  return [
    `${painted(verdict, style)}  ${style.bold(title)}`,
    ...indented(says, '         ', '         ', width),
    ...evidence.flatMap((one) =>
      indented(evidenceWords(one), '         - ', '           ', width).map(style.dim),
    ),
    ...(give === undefined ? [] : indented(give, '         > ', '           ', width)),
  ];
}

function indented(text: string, first: string, rest: string, width: number): string[] {
  return wrap(printable(text), width - rest.length).map((line, i) => (i === 0 ? first : rest) + line);
}

function painted(verdict: CardVerdict, style: Style): string {
  const word = verdict.toUpperCase().padEnd(7);
  switch (verdict) {
    case 'good':
      return style.green(word);
    case 'watch':
      return style.yellow(word);
    case 'weak':
      return style.red(word);
    case 'unknown':
      return style.dim(word);
  }
}

/** The recorded decisions, newest last as they were written; what is due first in words. */
export function terminalRecords(
  records: readonly AdoptionRecord[],
  today: string,
  options: AdoptionOptions,
): string {
  const style = styleOf(options.colour);
  const width = Math.max(60, Math.min(options.width, 100));
  if (records.length === 0) return 'no adoption decisions are recorded here\n';
  const due = dueRecords(records, today);
  const replaced = replacedRecords(records);
  const blocks = records.map((record) => {
    const { component, decision, review, by, at, reason, alternatives, cards, id } = record;
    const state = replaced.has(id)
      ? 'replaced by a later one'
      : due.has(id)
        ? `due: look again since ${review}`
        : `look again on ${review}`;
    const weak = cards.filter(({ verdict }) => verdict === 'weak').map((card) => card.id);
    return [
      ...wrap(printable(`${decision.toUpperCase()}  ${component}  (${state})`), width).map(
        due.has(id) ? style.yellow : replaced.has(id) ? style.dim : style.bold,
      ),
      ...indented(reason, '  ', '  ', width),
      ...indented(
        `${at.slice(0, 10)}, ${by}; alternatives: ${alternatives.join(', ') || 'none named'}${weak.length === 0 ? '' : `; weak then: ${weak.join(', ')}`}`,
        '  ',
        '  ',
        width,
      ).map(style.dim),
    ].join('\n');
  });
  const count = `${records.length} ${records.length === 1 ? 'decision' : 'decisions'}, ${due.size} due`;
  return `${blocks.join('\n\n')}\n\n${count}\n`;
}
