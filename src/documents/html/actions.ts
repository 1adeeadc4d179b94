import type { Action, Snapshot } from '../../model/result.ts';
import { joined, tag, words } from '../common/markup.ts';
import type { Markup } from '../common/markup.ts';
import type { Section } from './page.ts';
import { badge, command, folded, linkTo, listed, named, paragraph, sentence } from './pieces.ts';
import { many } from './verdict.ts';

/** Actions shown in the open; the others are folded away and counted. */
const SHOWN = 12;
/** Moves of one action shown in the open. */
const MOVES = 5;

/** What to do first: the same list as the terminal's, each with a command to copy and what it clears. */
export function actionsSection(snapshot: Snapshot, anchors: ReadonlyMap<string, string>): Section {
  const { actions } = snapshot;
  const blocks = actions.map((action, index) => actionBlock(action, index + 1, anchors));
  const rest = blocks.slice(SHOWN);
  return {
    id: 'actions',
    short: 'What to do',
    heading: 'What to do first',
    body: joined([
      actions.length === 0
        ? paragraph('Nothing to do for what is known.')
        : tag('ol', { class: 'actions' }, ...blocks.slice(0, SHOWN)),
      rest.length === 0
        ? undefined
        : folded(
            words(`${many(rest.length, 'more action')}, less urgent`),
            tag('ol', { class: 'actions', start: SHOWN + 1 }, ...rest),
          ),
      actions.length === 0 ? undefined : paragraph('None of it is promised: the next scan decides.', 'm s'),
    ]),
  };
}

function actionBlock(action: Action, number: number, anchors: ReadonlyMap<string, string>): Markup {
  const clears = many(action.clears.length, 'finding');
  const left =
    action.leaves.length === 0 ? '' : `; ${many(action.leaves.length, 'finding')} of it would remain`;
  return tag(
    'li',
    {},
    tag(
      'h3',
      {},
      words(`${number}. `),
      badge(action.priority),
      words(action.title),
      ...(action.dev ? [tag('span', { class: 'm' }, words(' (development only)'))] : []),
    ),
    ...(action.edit === undefined ? [] : [paragraph(`${action.edit}.`)]),
    ...(action.command === undefined ? [] : [command(action.command)]),
    tag('p', {}, sentence(`${action.because}. Clears ${clears}${left}.`)),
    ...(action.moves.length > 1 || action.kind === 'move-parent' ? [moves(action)] : []),
    ...(action.via.length > 0 ? [through(action)] : []),
    paragraph(`In ${action.manifests.map((path) => `\`${path.replaceAll('`', "'")}\``).join(', ')}`, 'm s'),
    folded(
      words(`What it clears (${action.clears.length})`),
      tag('ul', { class: 'plain' }, ...action.clears.map((fingerprint) => cleared(fingerprint, anchors))),
    ),
  );
}

function cleared(fingerprint: string, anchors: ReadonlyMap<string, string>): Markup {
  const text = anchors.get(fingerprint);
  return tag('li', {}, text === undefined ? words(fingerprint) : linkTo(anchorOf(fingerprint), words(text)));
}

/** Where a finding stands on the page. Fingerprints are hex; 64 bits of them tell those of one page apart. */
export const anchorOf = (fingerprint: string): string => `f-${fingerprint.slice(-16)}`;

function moves({ moves: list }: Action): Markup {
  const items = list.map(({ name, from, to }) =>
    joined([
      named(name),
      words(` ${from.join(', ')}${to === undefined ? ': no version is free of it' : ` → ${to}`}`),
    ]),
  );
  return listed(items, MOVES, 'moves', 'plain s');
}

function through({ via }: Action): Markup {
  const shown = via.slice(0, 6).join(', ');
  return tag(
    'p',
    { class: 's' },
    words(`Brought in by ${via.length > 7 ? `${shown} and ${via.length - 6} more` : via.join(', ')}`),
  );
}
