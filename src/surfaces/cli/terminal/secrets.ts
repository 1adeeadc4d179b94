import { grouped } from '../../../documents/common/words.ts';
import type { Fold } from '../../../documents/disclosure/fold.ts';
import { foldByFile } from '../../../documents/disclosure/fold.ts';
import {
  bytesWords,
  coverageWords,
  historyWords,
  moreSpotsWords,
  othersWords,
  spotWords,
  tierCounts,
} from '../../../documents/disclosure/words.ts';
import type { Tier } from '../../../model/disclosure.ts';
import { TIERS } from '../../../model/disclosure.ts';
import type { Disclosure, DisclosureReport } from '../../../model/disclosure-report.ts';
import { wrap } from '../help.ts';
import type { TerminalOptions } from './report.ts';
import { printable, styleOf, type Style } from './style.ts';

const MOST_SPOTS = 3;
const MOST_SHOWN = 40;

/** What was found, surest first, with what to do; then what was not looked into. Ends with a newline. */
export function secretsReport(report: DisclosureReport, options: TerminalOptions): string {
  const style = styleOf(options.colour);
  const width = Math.max(60, Math.min(options.width, 100));
  const sections = [
    headline(report, style, width),
    ...TIERS.map((tier) => tierLines(report, tier, style, width, options.all)),
    foot(report, style, width),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const MODES: Readonly<Record<DisclosureReport['target']['mode'], string>> = {
  files: 'files as they are',
  staged: 'what is staged',
  range: 'commits',
  history: 'whole history',
};

function headline(report: DisclosureReport, style: Style, width: number): string[] {
  const { target, disclosures, coverage } = report;
  const mode = target.range === undefined ? MODES[target.mode] : `commits ${target.range}`;
  const counts = tierCounts(disclosures);
  const sum = `${grouped(counts.certain)} certain, ${grouped(counts.likely)} likely, ${grouped(counts.possible)} possible${counts.covered === 0 ? '' : `; ${grouped(counts.covered)} covered`}`;
  const colour = counts.certain > 0 ? style.red : counts.likely > 0 ? style.yellow : style.green;
  return [
    style.bold(printable(`${target.name}: ${mode}`)),
    ...wrap(
      `${coverageWords(report)}; ${bytesWords(coverage.bytes)} searched for ${grouped(report.rules)} kinds of secrets`,
      width,
    ),
    colour(sum),
  ];
}

function tierLines(
  { disclosures }: DisclosureReport,
  tier: Tier,
  style: Style,
  width: number,
  all: boolean,
): string[] {
  const own = disclosures.filter((one) => one.tier === tier && (all || one.covered === undefined));
  if (own.length === 0) return [];
  // A long list of maybes hides what matters.
  const most = all ? Infinity : tier === 'possible' ? 0 : MOST_SHOWN;
  const paint = tier === 'certain' ? style.red : tier === 'likely' ? style.yellow : style.dim;
  if (most === 0)
    return wrap(
      `${grouped(own.length)} possible are not listed: ${byTitle(own, width)}; --all shows them`,
      width,
    ).map(style.dim);
  const folds = all ? own.map((first) => ({ first, others: 0 })) : foldByFile(own);
  const lines = folds.slice(0, most).flatMap((fold) => disclosureLines(fold, paint, style, width));
  const more = folds.slice(most).reduce((sum, { others }) => sum + 1 + others, 0);
  return [
    ...(more > 0 ? lines : lines.slice(0, -1)),
    ...(more > 0 ? [style.dim(`  and ${grouped(more)} more ${tier}; --all shows them`)] : []),
  ];
}

function byTitle(disclosures: readonly Disclosure[], width: number): string {
  const counts = new Map<string, number>();
  for (const { title } of disclosures) counts.set(title, (counts.get(title) ?? 0) + 1);
  const words = [...counts].sort((a, b) => b[1] - a[1]).map(([title, count]) => `${grouped(count)} ${title}`);
  let text = words[0] ?? '';
  for (const word of words.slice(1)) {
    if (text.length + word.length > width) return `${text}, …`;
    text += `, ${word}`;
  }
  return text;
}

function disclosureLines(
  { first: one, others }: Fold,
  paint: (text: string) => string,
  style: Style,
  width: number,
): string[] {
  const spots = one.spots.slice(0, MOST_SPOTS).map((spot) => printable(spotWords(spot)));
  const past = historyWords(one);
  return [
    `${paint(one.tier.padEnd(8))} ${style.bold(printable(one.title))} ${style.dim(one.rule)}`,
    ...indent(`${spots.join(', ')}${moreSpotsWords(one, spots.length)}${othersWords(others)}`, width),
    `  ${style.cyan(printable(one.excerpt).slice(0, width - 2))}`,
    ...(past === undefined ? [] : indent(printable(past), width)),
    ...indent(`because ${printable(one.reasons.join('; '))}`, width).map(style.dim),
    ...(one.covered === undefined
      ? indent(`→ ${one.advice}${one.revokePage === undefined ? '' : ` ${one.revokePage}`}`, width)
      : indent(`covered by the ${one.covered.by}: ${printable(one.covered.reason)}`, width).map(style.dim)),
    '',
  ];
}

function indent(text: string, width: number): string[] {
  return wrap(text, width - 2).map((line) => `  ${line}`);
}

function foot({ coverage, problems, leftOut }: DisclosureReport, style: Style, width: number): string[] {
  return [
    ...(leftOut ?? []).flatMap(({ why, rules }) =>
      wrap(`not looked for: ${rulesWords(rules)} (${printable(why)})`, width),
    ),
    ...coverage.undecoded.flatMap(({ what, why, count }) =>
      wrap(`not looked into: ${grouped(count)} ${printable(what)} (${printable(why)})`, width),
    ),
    ...problems
      .slice(0, 10)
      .flatMap(({ message, at, hint }) =>
        wrap(
          `! ${at === undefined ? '' : `${printable(at.path)}: `}${printable(message)}${hint === undefined ? '' : `; ${hint}`}`,
          width,
        ).map(style.yellow),
      ),
    ...(problems.length > 10
      ? [style.yellow(`! and ${problems.length - 10} more problems; --format json has all`)]
      : []),
  ];
}

/** The first few by name. */
function rulesWords(rules: readonly string[]): string {
  const named = rules.slice(0, 5).map(printable).join(', ');
  return rules.length <= 5 ? named : `${grouped(rules.length)} rules (${named}, …)`;
}
