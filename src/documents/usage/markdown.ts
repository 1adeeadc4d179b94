import type { UsageReport } from '../../model/usage.ts';
import { grouped } from '../common/words.ts';
import { code, plain } from '../markdown/escape.ts';
import { asideWords, byManifest, byReason, NOT_UNUSED, placesWords, readWords } from './words.ts';

/** Items of one list; what is beyond is counted. */
const MOST = 50;

/** The lists for an issue; what cannot be judged is folded away. */
export function usageMarkdown(
  report: UsageReport,
  show: { readonly unused: boolean; readonly phantom: boolean },
): string {
  const { target, unseen, unsure, phantoms } = report;
  return `${[
    `### What code uses in ${plain(target.name)}`,
    `${plain(readWords(report.code))}.`,
    ...(show.unused
      ? [
          `#### Declared, no import seen: ${grouped(unseen.length)}`,
          ...(unseen.length === 0 ? [] : [`Not seen is not unused: each ${NOT_UNUSED}.`]),
          ...byManifest(unseen).map(([manifest, items]) =>
            list(
              code(manifest),
              items.map((item) => `- ${code(item.name)}${plain(asideWords(item)).replace(/^(?=\()/, ' ')}`),
            ),
          ),
          ...(unsure.length === 0
            ? []
            : [
                `<details><summary>Not seen either, but nothing can be said of ${grouped(unsure.length)}</summary>\n\n${byReason(
                  unsure,
                )
                  .map(({ because, names }) => `- ${plain(because)}: ${names.map(code).join(', ')}`)
                  .join('\n')}\n\n</details>`,
              ]),
        ]
      : []),
    ...(show.phantom
      ? [
          `#### Used, not declared: ${grouped(phantoms.length)}`,
          ...byManifest(phantoms).map(([manifest, items]) =>
            list(
              `To declare in ${code(manifest)}`,
              items.map(
                ({ name, at, files, typesOnly }) =>
                  `- ${code(name)}${typesOnly ? ' (types only)' : ''}: imported in ${plain(placesWords(at, files))}`,
              ),
            ),
          ),
        ]
      : []),
  ].join('\n\n')}\n`;
}

function list(title: string, items: readonly string[]): string {
  const more =
    items.length > MOST ? [`- … and ${grouped(items.length - MOST)} more: see the JSON report`] : [];
  return [title, '', ...items.slice(0, MOST), ...more].join('\n');
}
