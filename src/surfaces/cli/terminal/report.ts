import type { Priority } from '../../../model/finding.ts';
import type { Action, Snapshot } from '../../../model/result.ts';
import { wrap } from '../help.ts';
import {
  dataLines,
  headline,
  notCheckedLines,
  problemLines,
  testFolderLines,
  verdictLine,
} from './footer.ts';
import { printable, styleOf, type Style } from './style.ts';
import { whyLines } from './why.ts';

export interface TerminalOptions {
  readonly width: number;
  readonly colour: boolean;
  /** Every finding in full instead of the most urgent of each action. */
  readonly all: boolean;
}

/**
 * The scan as people read it: what to do first, then why it matters here, then what could not be checked.
 * Ends with a newline. What is left out for length is counted and the way to see it is named.
 */
export function terminalReport(snapshot: Snapshot, options: TerminalOptions): string {
  const style = styleOf(options.colour);
  const width = Math.max(40, Math.min(options.width, 100));
  const sections = [
    headline(snapshot, style, width),
    actionLines(snapshot, style, width, options.all),
    whyLines(snapshot, style, width, options.all),
    testFolderLines(snapshot, style, width),
    problemLines(snapshot, style, width, options.all),
    notCheckedLines(snapshot, style, width),
    dataLines(snapshot, style, width),
    verdictLine(snapshot, style, width),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Most actions that are shown without `--all`. */
const SHOWN_ACTIONS = 12;

/** Most components that one action names without `--all`. */
const SHOWN_MOVES = 12;

function actionLines(snapshot: Snapshot, style: Style, width: number, all: boolean): string[] {
  const { actions } = snapshot;
  if (actions.length === 0) return [];
  const shown = all ? actions : actions.slice(0, SHOWN_ACTIONS);
  const lines = [style.bold('WHAT TO DO')];
  shown.forEach((action, index) => lines.push('', ...actionBlock(action, index + 1, style, width, all)));
  if (shown.length < actions.length) lines.push('', style.dim(hidden(actions.length - shown.length)));
  return lines;
}

const hidden = (count: number): string =>
  count === 1 ? 'and 1 more action: --all shows it' : `and ${count} more actions: --all shows them`;

function actionBlock(action: Action, number: number, style: Style, width: number, all: boolean): string[] {
  const label = priorityLabel(action.priority, style);
  const indent = ' '.repeat(14);
  const [first, ...rest] = wrap(printable(action.title), width - indent.length);
  const lines = [
    `${String(number).padStart(2)}  ${label} ${style.bold(first!)}`,
    ...rest.map((line) => indent + style.bold(line)),
  ];
  if (action.edit !== undefined) lines.push(...wrapped(printable(action.edit), indent, width, style.cyan));
  if (action.command !== undefined)
    lines.push(...commandLines(printable(action.command), indent, style, width));
  if (action.kind !== 'upgrade' || action.moves.length > 1)
    lines.push(...wrapped(moves(action, all ? Infinity : SHOWN_MOVES), indent, width, (line) => line));
  // Who brings one component in is worth a line; for many it would be noise, and what holds fixes back is in the title.
  const via = action.via.length > 0 && action.moves.length === 1 && action.kind !== 'move-parent';
  const held = action.kind === 'move-parent' && action.via.length > 4;
  const words = [
    action.because,
    ...(via ? [`brought in by ${some(action.via, all ? Infinity : 2)}`] : []),
    ...(held ? [`held by ${some(action.via, all ? Infinity : 6)}`] : []),
    `in ${some(action.manifests, all ? Infinity : 2)}`,
  ];
  lines.push(...wrapped(printable(words.join('; ')), indent, width, style.dim));
  return lines;
}

/** A command is for copying: it wraps at spaces with a backslash, as a shell reads it. */
function commandLines(command: string, indent: string, style: Style, width: number): string[] {
  const lines = wrap(command, width - indent.length - 4);
  return lines.map((line, index) => {
    const last = index === lines.length - 1;
    return `${indent}${index === 0 ? '$ ' : '    '}${style.cyan(line)}${last ? '' : ' \\'}`;
  });
}

/** `a 1.0 → 1.1 · b 2.0 → 2.1`: lines break between moves, not within one, where that fits. */
function moves(action: Action, most: number): string {
  const all = action.moves.map(
    ({ name, from, to }) => `${name} ${from.join(', ')}${to === undefined ? '' : ` → ${to}`}`,
  );
  const shown = all.slice(0, most);
  if (all.length > most) shown.push(`${all.length - most} more`);
  const whole = (text: string): string => (text.length > 60 ? text : text.replaceAll(' ', NO_BREAK));
  return shown.map((text) => whole(printable(text))).join(`${NO_BREAK}· `);
}

const NO_BREAK = '\u00a0';

function wrapped(text: string, indent: string, width: number, paint: (line: string) => string): string[] {
  return wrap(text, width - indent.length).map((line) => indent + paint(line.replaceAll(NO_BREAK, ' ')));
}

/** The first `most` of a list, and how many more. */
export function some(items: readonly string[], most: number): string {
  if (items.length <= most + 1) return items.join(', ');
  return `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
}

/** Ends long text at a word. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most - 40))} …`;
}

/** Nine columns: urgency in words first, colour second. */
export function priorityLabel(priority: Priority, style: Style): string {
  const text = (priority === 'unknown' ? 'unscored' : priority).toUpperCase().padEnd(9);
  switch (priority) {
    case 'critical':
    case 'high':
      return style.red(text);
    case 'medium':
    case 'unknown':
      return style.yellow(text);
    case 'low':
      return style.dim(text);
  }
}
