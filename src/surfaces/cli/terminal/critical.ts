import { grouped } from '../../../documents/common/words.ts';
import {
  groupOf,
  GROUPS,
  isFromSeveral,
  restsOn,
  weightWords,
  type Group,
} from '../../../documents/critical/words.ts';
import { many } from '../../../documents/cost/words.ts';
import { testFolderOf } from '../../../analysis/text/paths.ts';
import type { Critical, CriticalComponent, UpkeepSign } from '../../../model/critical.ts';
import type { Snapshot } from '../../../model/result.ts';
import { wrap } from '../help.ts';
import { dataLines, notCheckedLines, problemLines } from './footer.ts';
import type { TerminalOptions } from './report.ts';
import { printable, styleOf, type Style } from './style.ts';

const TITLES: Readonly<Record<Group, string>> = {
  both: 'CRITICAL AND BADLY KEPT',
  badlyKept: 'BADLY KEPT, LESS HANGS ON IT',
  critical: 'CRITICAL, NOTHING BAD KNOWN',
  others: 'THE OTHERS',
};

/** Components of each group that are shown without `--all`. */
const SHOWN: Readonly<Record<Group, number>> = { both: 10, badlyKept: 5, critical: 5, others: 0 };

/** What everything hangs on and how it is kept, as people read it. Ends with a newline. */
export function terminalCritical(snapshot: Snapshot, critical: Critical, options: TerminalOptions): string {
  const style = styleOf(options.colour);
  const width = Math.max(60, Math.min(options.width, 100));
  const lost = {
    ...snapshot,
    problems: snapshot.problems.filter(({ lost: isLost }) => isLost),
    decisions: [],
  };
  return `${[
    headline(snapshot, critical, style, width),
    ...GROUPS.map((group) => groupLines(group, critical, style, width, options.all)),
    restsOn(critical)
      .flatMap((text) => wrap(printable(text.replaceAll('`', '')), width))
      .map(style.dim),
    problemLines(lost, style, width, options.all),
    notCheckedLines(snapshot, style, width),
    dataLines(snapshot, style, width),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headline(
  { target }: Snapshot,
  { counts, components }: Critical,
  style: Style,
  width: number,
): string[] {
  const commit = target.commit === undefined ? '' : ` at ${target.commit.slice(0, 12)}`;
  const facts =
    components.length === 0
      ? 'no dependencies were found'
      : `of ${many(components.length, 'component')}, ${grouped(counts.both)} critical and badly kept, ${grouped(counts.badlyKept)} badly kept only, ${grouped(counts.critical)} critical only`;
  return wrap(`${printable(target.name)}${commit}: ${facts}`, width).map(style.bold);
}

function groupLines(group: Group, critical: Critical, style: Style, width: number, all: boolean): string[] {
  const members = critical.components.filter((one) => groupOf(one) === group);
  const shown = all ? members : members.slice(0, SHOWN[group]);
  if (shown.length === 0) return [];
  const left = members.length - shown.length;
  const several = isFromSeveral(critical);
  return [
    style.bold(TITLES[group]),
    ...shown.flatMap((one) => ['', ...block(one, style, width, all, several)]),
    ...(left > 0 ? ['', style.dim(`  and ${grouped(left)} more: --all shows them`)] : []),
  ];
}

function block(
  one: CriticalComponent,
  style: Style,
  width: number,
  all: boolean,
  several: boolean,
): string[] {
  const { name, version, production, weights, signs } = one;
  const use =
    production === 'yes'
      ? 'production'
      : production === 'unknown'
        ? 'use not known'
        : weights[0] !== undefined && testFolderOf(weights[0].manifest) !== undefined
          ? 'tests or examples only'
          : 'development only';
  const indented = (text: string, paint: (line: string) => string): string[] =>
    wrap(printable(text), width - 4).map((line) => `    ${paint(line)}`);
  const wordsOf = (effect: UpkeepSign['effect']): string[] =>
    signs.filter((sign) => sign.effect === effect).map(({ text }) => (all ? text : clipped(text, 120)));
  const bad = wordsOf('bad');
  const notes = wordsOf('note');
  return [
    `  ${style.bold(printable(`${name} ${version}`.trim()))}  ${style.dim(use)}`,
    ...indented(
      weights[0] === undefined ? 'edges unknown' : weightWords(weights[0], several),
      (line) => line,
    ),
    ...(bad.length === 0 ? [] : indented(bad.join('; '), style.red)),
    ...(notes.length === 0 ? [] : indented(notes.join('; '), style.yellow)),
  ];
}

/** Ends long text at a word: what people write into a deprecation may be long. */
function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most - 30))} …`;
}
