import type { Component } from '../../model/component.ts';
import type { Priority } from '../../model/finding.ts';
import { joined, tag, words } from '../common/markup.ts';
import type { Attributes, Markup } from '../common/markup.ts';
import { grouped } from '../common/words.ts';
import type { DataTable, Picture } from '../pictures/svg.ts';

/** Our own sentences, in which `code` stands between backticks; everything else is plain. */
export function sentence(text: string): Markup {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return words(text);
  return joined(parts.map((part, i) => (i % 2 === 1 ? tag('code', {}, words(part)) : words(part))));
}

export function paragraph(text: string, className?: string): Markup {
  return tag('p', { class: className }, sentence(text));
}

/** A name as text; one that is not plain ASCII is isolated, so that its direction stays its own. */
export function named(text: string): Markup {
  return /^[\u0020-\u007e]*$/.test(text) ? words(text) : tag('bdi', {}, words(text));
}

export function componentName({ name, version, requested }: Component): Markup {
  const after = version !== '' ? version : (requested ?? '');
  return joined([tag('b', {}, named(name)), after === '' ? undefined : named(after)], ' ');
}

export const priorityWord = (priority: Priority): string => (priority === 'unknown' ? 'unscored' : priority);

export function badge(priority: Priority): Markup {
  return tag('span', { class: `b b-${priority}` }, words(priorityWord(priority)));
}

/** A link out, when it is http(s); else the words alone. */
export function linkOut(text: string, url: string): Markup {
  return /^https?:\/\/[^\s<>"\\^`{|}]+$/.test(url)
    ? tag('a', { href: url, rel: 'noreferrer' }, named(text))
    : named(text);
}

export function linkTo(id: string, content: Markup): Markup {
  return tag('a', { href: `#${id}` }, content);
}

/** A command in a shape to copy from. */
export function command(text: string): Markup {
  return tag('div', { class: 'cmd' }, tag('pre', {}, tag('code', {}, words(text))));
}

export function folded(summary: Markup, ...body: readonly Markup[]): Markup {
  return tag('details', {}, tag('summary', {}, summary), ...body);
}

export function unfolded(summary: Markup, ...body: readonly Markup[]): Markup {
  return tag('details', { open: true }, tag('summary', {}, summary), ...body);
}

/** The first `most` items in the open, the rest folded below and counted. */
export function listed(items: readonly Markup[], most: number, what: string, className = 'plain'): Markup {
  const entries = items.map((item) => tag('li', {}, item));
  if (entries.length <= most + 1) return tag('ul', { class: className }, joined(entries));
  return joined([
    tag('ul', { class: className }, joined(entries.slice(0, most))),
    folded(
      words(`${grouped(entries.length - most)} more ${what}`),
      tag('ul', { class: className }, joined(entries.slice(most))),
    ),
  ]);
}

/** More columns than this are stacked on a narrow screen, each value with its column's name. */
const SIDE_BY_SIDE = 2;

/** A small table. */
export function dataTable({ caption, columns, rows }: DataTable): Markup {
  const stacks = columns.length > SIDE_BY_SIDE;
  const cellOf = (value: string | number, index: number): Markup => {
    if (index === 0 && typeof value === 'string') return tag('th', { scope: 'row' }, named(value));
    const attributes = {
      class: typeof value === 'number' ? 'n' : undefined,
      'data-l': stacks ? columns[index] : undefined,
    };
    return tag('td', attributes, typeof value === 'number' ? words(grouped(value)) : named(value));
  };
  return tag(
    'table',
    { class: stacks ? 'k' : undefined },
    tag('caption', {}, words(caption)),
    headOf(columns, rows[0]?.map((value) => typeof value === 'number') ?? []),
    tag('tbody', {}, joined(rows.map((cells) => tag('tr', {}, ...cells.map(cellOf))))),
  );
}

const headOf = (columns: readonly string[], numeric: readonly boolean[]): Markup =>
  tag(
    'thead',
    {},
    tag(
      'tr',
      {},
      ...columns.map((column, index) =>
        tag('th', { scope: 'col', class: numeric[index] === true ? 'n' : undefined }, words(column)),
      ),
    ),
  );

/** Widths that pictures are drawn for: the column of a desk's screen, and a phone's. */
export const WIDE = 1024;
export const NARROW = 343;

/** Files that are drawn, of those that can be: the largest. The others are named. */
export const DRAWN = 6;

export function nameList(paths: readonly string[]): string {
  const shown = paths.slice(0, 10).map((path) => `\`${path.replaceAll('`', "'")}\``);
  const more = paths.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${grouped(more)} more` : ''}`;
}

/** A picture drawn for wide and for narrow screens, and its data below. */
export function pictured(wide: Picture, narrow: Picture): Markup {
  return tag(
    'figure',
    {},
    tag('div', { class: 'wide' }, wide.svg),
    tag('div', { class: 'narrow' }, narrow.svg),
    tag(
      'details',
      { class: 'again' },
      tag('summary', {}, words('The same as a table')),
      dataTable(wide.table),
    ),
  );
}

export interface LongTable {
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly string[];
  /** Classes of the columns: their widths do not depend on what is in them, so that rows are laid out one by one. */
  readonly widths: readonly string[];
  /** Finished `<tr>`s; those with `data-o` are what a filter hides. */
  readonly rows: readonly Markup[];
}

/** Rows of one table; longer ones come in several, each laid out when it is scrolled to. */
const ROWS = 150;

export function longTable({ id, caption, columns, widths, rows }: LongTable): Markup {
  const pieces: Markup[] = [];
  for (let start = 0; start < rows.length; start += ROWS) {
    const end = Math.min(rows.length, start + ROWS);
    const part =
      rows.length <= ROWS ? '' : `, ${grouped(start + 1)} to ${grouped(end)} of ${grouped(rows.length)}`;
    const table = tag(
      'table',
      { class: 'f' },
      tag('caption', {}, words(caption + part)),
      tag('colgroup', {}, ...widths.map((width) => tag('col', { class: width }))),
      headOf(columns, []),
      tag('tbody', {}, joined(rows.slice(start, end), '\n')),
    );
    pieces.push(rows.length <= ROWS ? table : tag('div', { class: 'chunk' }, table));
  }
  return tag('div', { id }, joined(pieces));
}

export interface Choice {
  /** The rows' `data-` attribute, of words between spaces. */
  readonly name: string;
  readonly label: string;
  readonly values: readonly (readonly [value: string, text: string])[];
}

/** Search and filters for the rows in `table`; hidden until the script is there to do it. Choices of one value are left out. */
export function filterForm(table: string, what: string, choices: readonly Choice[]): Markup {
  const selects = choices
    .filter(({ values }) => values.length > 1)
    .map(({ name, label, values }) =>
      tag(
        'label',
        {},
        words(label),
        tag(
          'select',
          { name },
          tag('option', { value: '' }, words('any')),
          ...values.map(([value, text]) => tag('option', { value }, words(text))),
        ),
      ),
    );
  return tag(
    'form',
    { class: 'filter', 'data-for': table, hidden: true, role: 'search', 'aria-label': what },
    tag('label', {}, words('Search'), tag('input', { type: 'search', name: 'q', autocomplete: 'off' })),
    ...selects,
    tag('button', { type: 'reset' }, words('Show all')),
    tag('output', { class: 's' }),
  );
}

/** A word of a `data-` attribute: what stands between spaces there. */
export const keyword = (text: string): string => text.replaceAll(' ', '-');

export function cell(content: Markup, attributes: Attributes = {}): Markup {
  return tag('td', attributes, content);
}
