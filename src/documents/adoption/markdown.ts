import type { AdoptionReport } from '../../model/adoption.ts';
import { plain, sentence } from '../markdown/escape.ts';
import { evidenceWords, headWords, sourceWords, tallyWords } from './words.ts';

/** The cards as a table with the evidence below, for an issue or a record of architecture decisions. */
export function adoptionMarkdown(report: AdoptionReport): string {
  const rows = report.cards.map(
    ({ title, verdict, says }) => `| ${plain(title)} | ${strong(verdict)} | ${plain(says)} |`,
  );
  const details = report.cards.flatMap(({ title, evidence, give }) => [
    `**${plain(title)}**`,
    '',
    ...evidence.map((one) => `- ${plain(evidenceWords(one))}`),
    ...(give === undefined ? [] : [`- would tell more: ${sentence(give)}`]),
    '',
  ]);
  return [
    `## Adopt ${plain(headWords(report))}?`,
    '',
    ...report.flags.flatMap(({ weight, text }) => [
      `> ${weight === 'stop' ? '**Stop:** ' : ''}${plain(text)}`,
      '',
    ]),
    '| question | answer | |',
    '|---|---|---|',
    ...rows,
    '',
    `${tallyWords(report)}; the answers are not added up.`,
    '',
    '<details><summary>Evidence</summary>',
    '',
    ...details,
    '</details>',
    '',
    ...sourceWords(report).map((line) => `- ${plain(line)}`),
    ...report.problems.map(({ message }) => `- problem: ${plain(message)}`),
    '',
  ].join('\n');
}

const strong = (verdict: string): string => (verdict === 'good' ? verdict : `**${verdict}**`);
