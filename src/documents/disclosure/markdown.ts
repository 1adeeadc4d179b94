import { TIERS } from '../../model/disclosure.ts';
import type { Disclosure, DisclosureReport } from '../../model/disclosure-report.ts';
import { grouped } from '../common/words.ts';
import { code, link, plain } from '../markdown/escape.ts';
import type { Fold } from './fold.ts';
import { foldByFile } from './fold.ts';
import {
  bytesWords,
  coverageWords,
  historyWords,
  moreSpotsWords,
  othersWords,
  spotWords,
  tierCounts,
} from './words.ts';

/** GitHub refuses comments over 65,536 characters; what is beyond this is counted instead of listed. */
const MOST_CHARACTERS = 60_000;
const MOST_SPOTS = 3;

/** For a pull-request comment or a job summary: what counts, surest first, then what does not, folded away. No secret is in it. */
export function disclosureMarkdown(
  report: DisclosureReport,
  mostCharacters: number = MOST_CHARACTERS,
): string {
  const { target, disclosures, coverage } = report;
  const counts = tierCounts(disclosures);
  const open = disclosures.filter(({ covered, tier }) => covered === undefined && tier !== 'possible');
  const head = [
    `### Assay: ${counts.certain === 0 && counts.likely === 0 ? 'no secrets' : 'secrets'} in ${code(target.range ?? target.name)}`,
    `${counts.certain} certain, ${counts.likely} likely, ${counts.possible} possible${counts.covered === 0 ? '' : `; ${counts.covered} covered`}. ${coverageWords(report)}; ${bytesWords(coverage.bytes)} searched for ${grouped(report.rules)} kinds of secrets.`,
  ];
  const sections: readonly (readonly [title: string, items: readonly string[], isOpen: boolean])[] = [
    ...TIERS.slice(0, 2).map(
      (tier) => [tier, foldByFile(open.filter((one) => one.tier === tier)).map(openItem), true] as const,
    ),
    [
      'Possible',
      foldByFile(disclosures.filter(({ covered, tier }) => covered === undefined && tier === 'possible')).map(
        openItem,
      ),
      false,
    ],
    ['Covered', disclosures.filter(({ covered }) => covered !== undefined).map(coveredItem), false],
    ['Not looked into, or worth knowing', remarks(report), false],
  ];
  let text = `${head.join('\n\n')}\n`;
  for (const [title, items, isOpen] of sections) {
    if (items.length === 0) continue;
    const opening = isOpen
      ? `\n#### ${title === 'certain' ? 'Certain' : 'Likely'}\n\n`
      : `\n<details><summary>${title}: ${grouped(items.length)}</summary>\n\n`;
    const closing = isOpen ? '' : '\n</details>\n';
    let body = '';
    let shown = 0;
    for (const item of items) {
      if (text.length + opening.length + body.length + item.length + 300 > mostCharacters) break;
      body += `${item}\n`;
      shown++;
    }
    if (shown < items.length)
      body += `- … and ${grouped(items.length - shown)} more: see the JSON or SARIF report\n`;
    text += opening + body + closing;
  }
  return text;
}

function openItem({ first: one, others }: Fold): string {
  const past = historyWords(one);
  const revoke = one.revokePage === undefined ? '' : ` ${link('Revoke it', one.revokePage)}.`;
  return `- **${plain(one.title)}** in ${places(one)}${othersWords(others)}${past === undefined ? '' : `, ${plain(past)}`}: ${plain(one.reasons.join('; '))}. ${plain(one.advice)}${revoke}`;
}

const coveredItem = (one: Disclosure): string =>
  `- ${plain(one.title)} in ${places(one)}: ${plain(one.covered!.reason)}`;

function places(one: Disclosure): string {
  const named = one.spots.slice(0, MOST_SPOTS).map((spot) => code(spotWords(spot)));
  return `${named.join(', ')}${moreSpotsWords(one, MOST_SPOTS)}`;
}

function remarks({ coverage, leftOut, problems }: DisclosureReport): readonly string[] {
  return [
    ...(leftOut ?? []).map(
      ({ why, rules }) => `- not looked for: ${plain(rules.join(', '))} (${plain(why)})`,
    ),
    ...coverage.undecoded.map(
      ({ what, why, count }) => `- not looked into: ${grouped(count)} ${plain(what)} (${plain(why)})`,
    ),
    ...problems.map(
      ({ message, at, hint }) =>
        `- ${at === undefined ? '' : `${code(at.path)}: `}${plain(message)}${hint === undefined ? '' : `; ${plain(hint)}`}`,
    ),
  ];
}
