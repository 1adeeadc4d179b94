import type { Finding, Priority } from '../../model/finding.ts';
import type { Snapshot } from '../../model/result.ts';
import { joined, tag, words } from '../common/markup.ts';
import type { Markup } from '../common/markup.ts';
import { grouped, lossWords, notCheckedWords, thinDataWords } from '../common/words.ts';
import type { Section } from './page.ts';
import { linkTo, paragraph, priorityWord, sentence } from './pieces.ts';

/** Most urgent first; what is unscored stands above medium, as findings are ordered. */
export const URGENCY: readonly Priority[] = ['critical', 'high', 'unknown', 'medium', 'low'];

export const isOpen = ({ decision }: Finding): boolean => decision === undefined;

/** The result in one line, in numbers, and what it does not cover. */
export function verdictSection(snapshot: Snapshot): Section {
  const { verdict, findings } = snapshot;
  const open = findings.filter(isOpen);
  const gaps = [
    ...thinDataWords(snapshot),
    ...lossWords(snapshot),
    ...snapshot.notChecked.map(notCheckedWords),
  ];
  return {
    id: 'result',
    short: 'Result',
    heading: 'Result',
    body: joined([
      tag(
        'div',
        { class: `verdict ${verdict.effect}` },
        paragraph(inWords(open, findings.length - open.length)),
        tag('p', {}, words(facts(snapshot)), ...uncheckedLink(snapshot)),
        paragraph(`${VERDICTS[verdict.effect]}${reasons(snapshot)}.`),
      ),
      tag('dl', { class: 'tiles' }, ...URGENCY.map((priority) => tile(priority, open))),
      tag('h3', { id: 'unseen' }, words('What could not be seen')),
      gaps.length === 0
        ? paragraph('Everything that was found could be held against advisories.')
        : tag('ul', { class: 'plain' }, ...gaps.map((text) => tag('li', {}, sentence(text)))),
      tag(
        'p',
        { class: 's' },
        words('How old the advisories are: '),
        linkTo('sources', words('what this rests on')),
        words('.'),
      ),
    ]),
  };
}

const VERDICTS: Readonly<Record<Snapshot['verdict']['effect'], string>> = {
  pass: 'Policy: nothing blocks',
  block: 'Policy: blocked',
  unknown: 'Policy: could not be judged',
};

/** A pass says little without a threshold, and nothing here says whether there was one: it is not called clean. */
const reasons = ({ verdict }: Snapshot): string =>
  verdict.reasons.length === 0 ? '' : `, since ${verdict.reasons.join('; ')}`;

/** `1,116 components, 45 direct, from 2 files.` The repository's own projects are not counted. */
function facts({ inventory }: Snapshot): string {
  const isDependency = inventory.components.map(
    ({ origin }) => origin !== 'project' && origin !== 'workspace',
  );
  const direct = new Set<number>();
  for (const { occurrences } of inventory.manifests)
    for (const one of occurrences)
      if (one.direct === 'yes' && isDependency[one.component] === true) direct.add(one.component);
  const count = isDependency.filter(Boolean).length;
  const files = new Set(inventory.manifests.map(({ path }) => path)).size;
  if (files === 0) return 'No manifest or lockfile that assay knows was found.';
  if (count === 0) return `No dependencies in ${many(files, 'file')}.`;
  return `${many(count, 'component')}${direct.size > 0 ? `, ${grouped(direct.size)} direct` : ''}, from ${many(files, 'file')}.`;
}

/** How many were held against nothing, beside the count of all: a short list of findings says little without it. */
function uncheckedLink({ notChecked }: Snapshot): readonly Markup[] {
  const count = notChecked.reduce((sum, one) => sum + one.count, 0);
  return count === 0
    ? []
    : [words(' '), linkTo('unseen', words(`${grouped(count)} could not be checked`)), words('.')];
}

function inWords(open: readonly Finding[], decided: number): string {
  const advisories = open.filter(({ kind }) => kind === 'advisory' || kind === 'malware');
  const components = new Set(advisories.map(({ component }) => component)).size;
  const others = open.length - advisories.length;
  return [
    advisories.length === 0
      ? 'No known vulnerabilities in what could be checked'
      : `${many(advisories.length, 'known vulnerability', 'known vulnerabilities')} in ${many(components, 'component')}`,
    others === 0 ? '' : `, and ${many(others, 'other remark')}`,
    decided === 0 ? '.' : `; ${many(decided, 'finding is', 'findings are')} covered by decisions.`,
  ].join('');
}

function tile(priority: Priority, open: readonly Finding[]): Markup {
  const word = priorityWord(priority);
  const count = open.filter((finding) => finding.priority === priority).length;
  return tag(
    'div',
    { class: `t-${priority}` },
    tag('dt', {}, words(`${word[0]!.toUpperCase()}${word.slice(1)}`)),
    tag('dd', {}, words(grouped(count))),
  );
}

export const many = (count: number, one: string, more = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : more}`;
