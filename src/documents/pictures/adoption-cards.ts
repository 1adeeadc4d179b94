import type { AdoptionReport, CardVerdict, HealthCard } from '../../model/adoption.ts';
import { evidenceWords, headWords, tallyWords } from '../adoption/words.ts';
import type { Canvas, Fill, Markup, Picture } from './svg.ts';
import { filled, HEAD_SIZE, MARGIN, group, label, picture, rect, textWidth, wrapText } from './svg.ts';

const FILL: Readonly<Record<CardVerdict, Fill>> = {
  good: 'exclusive',
  watch: 'medium',
  weak: 'critical',
  unknown: 'unknown',
};
const GAP = 16;
const PADDING = 14;
const BAND = 8;
const LINES = 3;

/** The eight cards, two in a row where there is room: the verdict as a word, a colour and a pattern, the answer, the evidence. */
export function adoptionCards(report: AdoptionReport, canvas: Canvas): Picture {
  const width = canvas.width ?? 960;
  const columns = width >= 640 ? 2 : 1;
  const wide = (width - GAP * (columns - 1)) / columns;
  const body: Markup[] = [label(0, 22, headWords(report), { size: HEAD_SIZE, bold: true, width })];
  let top = 34;
  for (const { weight, text } of report.flags)
    for (const line of wrapText(
      `${weight === 'stop' ? 'Stop: ' : ''}${text}`,
      width,
      13,
      3,
      weight === 'stop',
    )) {
      body.push(label(0, top + 14, line, { bold: weight === 'stop', width }));
      top += 18;
    }
  top += 10;
  for (let i = 0; i < report.cards.length; i += columns) {
    const row = report.cards.slice(i, i + columns).map((card) => drawn(card, wide));
    const height = Math.max(...row.map(({ lines }) => lines)) * 17 + 62;
    row.forEach(({ draw }, column) => body.push(draw(canvas, column * (wide + GAP), top, height)));
    top += height + GAP;
  }
  const { subject } = report;
  const svg = picture(canvas, {
    title: `Is ${subject.name} a healthy choice? ${tallyWords(report)}`,
    description: report.cards.map(({ title, verdict, says }) => `${title}: ${verdict}, ${says}.`).join(' '),
    width,
    height: top,
    body,
  });
  return {
    svg,
    table: {
      caption: headWords(report),
      columns: ['question', 'answer', 'because'],
      rows: report.cards.map(({ title, verdict, says }) => [title, verdict, says]),
    },
  };
}

/** The picture as a file of its own, so many pixels wide with the room around it. */
export function adoptionSvg(report: AdoptionReport, width: number): string {
  return `${adoptionCards(report, { prefix: 'adopt', width: width - 2 * MARGIN }).svg}\n`;
}

interface Drawn {
  readonly lines: number;
  readonly draw: (canvas: Canvas, x: number, y: number, height: number) => Markup;
}

function drawn({ title, verdict, says, evidence, give }: HealthCard, width: number): Drawn {
  const room = width - PADDING * 2 - BAND;
  const answer = wrapText(says, room, 14, 3);
  const seen = [
    ...evidence.slice(0, LINES).map(evidenceWords),
    ...(give === undefined || verdict !== 'unknown' ? [] : [give]),
  ];
  const support = seen.flatMap((text) => wrapText(text, room, 12, 2));
  return {
    lines: answer.length + support.length,
    draw: (canvas, x, y, height) => {
      const left = x + BAND + PADDING;
      const word = verdict.toUpperCase();
      return group({}, [
        rect(x + 0.5, y + 0.5, width - 1, height - 1, { fill: 'none', class: 'p-s-rule' }),
        rect(x, y, BAND, height, filled(canvas, FILL[verdict])),
        label(left, y + 25, title, { size: 14, bold: true, width: room - textWidth(word, 12, true) - 12 }),
        label(x + width - PADDING, y + 25, word, { size: 12, bold: true, anchor: 'end' }),
        ...answer.map((line, i) => label(left, y + 48 + i * 17, line, { size: 14, width: room })),
        ...support.map((line, i) =>
          label(left, y + 52 + (answer.length + i) * 17, line, { size: 12, tone: 'muted', width: room }),
        ),
      ]);
    },
  };
}
