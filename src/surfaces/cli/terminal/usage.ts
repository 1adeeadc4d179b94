import { grouped } from '../../../documents/common/words.ts';
import {
  asideWords,
  byManifest,
  byReason,
  NOT_UNUSED,
  placesWords,
  readWords,
} from '../../../documents/usage/words.ts';
import type { UsageReport } from '../../../model/usage.ts';
import { wrap } from '../help.ts';
import { some, type TerminalOptions } from './report.ts';
import { printable, styleOf, type Style } from './style.ts';

/** Declared but not seen, used but not declared: manifest by manifest. Ends with a newline. */
export function usageText(
  report: UsageReport,
  show: { readonly unused: boolean; readonly phantom: boolean },
  options: TerminalOptions,
): string {
  const style = styleOf(options.colour);
  const width = Math.max(60, Math.min(options.width, 100));
  const { target, code, problems } = report;
  const read = code.files === 0 ? 'no JavaScript, TypeScript or Python was read' : readWords(code);
  const lines = [
    ...wrap(printable(`${target.name}: ${read}`), width).map(style.bold),
    ...(show.unused ? ['', ...unusedLines(report, style, width, options.all)] : []),
    ...(show.phantom ? ['', ...phantomLines(report, style, width)] : []),
    ...(problems.length === 0
      ? []
      : ['', ...wrap('some manifests could not be read: see `assay scan`', width)]),
  ];
  return `${lines.join('\n')}\n`;
}

function unusedLines({ unseen, unsure }: UsageReport, style: Style, width: number, all: boolean): string[] {
  const lines = [
    style.bold(`DECLARED, NO IMPORT SEEN: ${grouped(unseen.length)}`),
    ...(unseen.length === 0 ? [] : [style.dim(`not seen is not unused: each ${NOT_UNUSED}`)]),
  ];
  for (const [manifest, items] of byManifest(unseen))
    lines.push(
      `  ${printable(manifest)}`,
      ...items.map((item) => `    ${printable(item.name)}${printable(asideWords(item))}`),
    );
  if (unsure.length > 0)
    lines.push(
      '',
      `not seen either, but nothing can be said of ${grouped(unsure.length)}:`,
      ...byReason(unsure).flatMap(({ because, names }) =>
        wrap(printable(`${because}: ${some(names, all ? Infinity : 6)}`), width - 4).map(
          (line, i) => `  ${i === 0 ? '' : '  '}${style.dim(line)}`,
        ),
      ),
    );
  return lines;
}

function phantomLines({ phantoms }: UsageReport, style: Style, width: number): string[] {
  return [
    style.bold(`USED, NOT DECLARED: ${grouped(phantoms.length)}`),
    ...(phantoms.length === 0
      ? []
      : wrap('here only because something else brings it in; gone when that stops', width).map(style.dim)),
    ...byManifest(phantoms).flatMap(([manifest, items]) => [
      `  ${printable(manifest)}`,
      ...items.flatMap(({ name, at, files, typesOnly }) =>
        wrap(
          printable(`${name}${typesOnly ? ' (types only)' : ''}: ${placesWords(at, files)}`),
          width - 6,
        ).map((line, i) => `    ${i === 0 ? '' : '  '}${line}`),
      ),
    ]),
  ];
}
