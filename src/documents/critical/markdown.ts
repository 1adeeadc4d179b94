import type { Critical, CriticalComponent } from '../../model/critical.ts';
import type { Snapshot } from '../../model/result.ts';
import { caveats, grouped } from '../common/words.ts';
import { code, plain, sentence } from '../markdown/escape.ts';
import { groupOf, GROUPS, percent, restsOn, type Group } from './words.ts';

const TITLES: Readonly<Record<Group, string>> = {
  both: 'Critical and badly kept',
  badlyKept: 'Badly kept, less hangs on it',
  critical: 'Critical, nothing bad known',
  others: '',
};

/** Rows of one group; the line after them counts the rest. */
const MOST_ROWS = 20;

/** Tables for a pull request or a wiki; what is neither critical nor badly kept is counted only. */
export function criticalMarkdown(snapshot: Snapshot, critical: Critical): string {
  const sections = GROUPS.filter((group) => group !== 'others').flatMap((group) => {
    const members = critical.components.filter((one) => groupOf(one) === group);
    return members.length === 0 ? [] : [table(TITLES[group], members)];
  });
  const { others } = critical.counts;
  return `${[
    `### Critical components of ${plain(snapshot.target.name)}`,
    ...(sections.length === 0 ? ['Nothing is critical or badly kept, as far as could be seen.'] : sections),
    `${grouped(others)} other ${others === 1 ? 'component is' : 'components are'} neither.`,
    [
      '#### What this rests on',
      '',
      ...[...restsOn(critical), ...caveats(snapshot)].map((text) => `- ${sentence(text)}`),
    ].join('\n'),
  ].join('\n\n')}\n`;
}

function table(title: string, members: readonly CriticalComponent[]): string {
  const left = members.length - MOST_ROWS;
  return [
    `#### ${title}: ${grouped(members.length)}`,
    '',
    '| component | for | needed by | goes with it | through | accounts | released | why |',
    '|---|---|--:|--:|--:|--:|---|---|',
    ...members.slice(0, MOST_ROWS).map(row),
    ...(left > 0 ? ['', `… and ${grouped(left)} more.`] : []),
  ].join('\n');
}

function row({
  name,
  version,
  production,
  weights,
  signs,
  maintainers,
  released,
}: CriticalComponent): string {
  const weight = weights[0];
  const cells = [
    labelled(name, version),
    production === 'yes' ? 'production' : production === 'no' ? 'development' : 'unknown',
    weight === undefined ? '?' : `${grouped(weight.neededBy)} of ${grouped(weight.directs)}`,
    weight === undefined ? '?' : grouped(weight.holds - 1),
    weight?.through === undefined ? '?' : percent(weight.through),
    maintainers === undefined ? '?' : grouped(maintainers),
    released === undefined ? '?' : plain(released.slice(0, 10)),
    [
      ...signs.map(({ text }) => plain(text)),
      ...(weight?.onlyThrough === undefined
        ? []
        : [`only through ${labelled(weight.onlyThrough.name, weight.onlyThrough.version)}`]),
    ].join('; '),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** A code span does not protect a `|` inside a table; plain text has escaped its own. */
const labelled = (name: string, version: string): string =>
  code(`${name} ${version}`.trim()).replaceAll('|', '\\|');
