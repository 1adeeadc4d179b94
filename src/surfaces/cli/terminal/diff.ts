import {
  additions,
  findingWords,
  isDirect,
  label,
  notables,
  summaryWords,
  tellingEdges,
} from '../../../documents/comparison/words.ts';
import { counted, grouped } from '../../../documents/common/words.ts';
import type {
  ComparedTree,
  Comparison,
  ComponentChange,
  EdgeChange,
  FindingChange,
} from '../../../model/comparison.ts';
import { wrap } from '../help.ts';
import { priorityLabel, some, type TerminalOptions } from './report.ts';
import { printable, styleOf, type Style } from './style.ts';

/** What a reviewer reads in ten seconds: the counts, what is out of the ordinary, then direct before transitive. Ends with a newline. */
export function comparisonReport(comparison: Comparison, options: TerminalOptions): string {
  const style = styleOf(options.colour);
  const width = Math.max(60, Math.min(options.width, 100));
  const most = options.all ? Infinity : 12;
  const sections = [
    headline(comparison, style, width),
    notableLines(comparison, style, width, most),
    directLines(comparison, style, width, most),
    transitiveLines(comparison, style, width, most),
    edgeLines(comparison, style, width, options.all ? Infinity : 6),
    findingLines(comparison, style, width, most),
    fileLines(comparison, style, width, most),
    problemLines(comparison, style, width),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headline(comparison: Comparison, style: Style, width: number): string[] {
  const { base, head } = comparison;
  return [
    ...wrap(`${treeName(base)} → ${treeName(head)}`, width).map(style.bold),
    ...wrap(summaryWords(comparison), width),
    ...wrap(findingWords(comparison), width),
  ];
}

function treeName({ name, kind, commit }: ComparedTree): string {
  if (commit !== undefined)
    return printable(commit.startsWith(name) ? commit.slice(0, 12) : `${name} (${commit.slice(0, 12)})`);
  return printable(kind === 'worktree' ? `${name} (files on disk)` : name);
}

function notableLines(comparison: Comparison, style: Style, width: number, most: number): string[] {
  const found = notables(comparison);
  if (found.length === 0) return [];
  return [
    style.bold('LOOK AT THIS FIRST'),
    ...found.flatMap(({ urgent, words, items }) => {
      const [first, ...rest] = wrap(
        `${words}: ${printable(some(items, most === Infinity ? most : 5))}`,
        width - 6,
      );
      return [
        `  ${urgent ? style.red('!') : style.yellow('-')} ${first!}`,
        ...rest.map((line) => `      ${line}`),
      ];
    }),
  ];
}

const SIGNS: Readonly<Record<ComponentChange['kind'], string>> = {
  added: '+',
  removed: '-',
  upgraded: '↑',
  downgraded: '↓',
  moved: '~',
  changed: '·',
  locked: '=',
  unlocked: '≠',
};

function directLines({ components }: Comparison, style: Style, width: number, most: number): string[] {
  const direct = components.filter(isDirect);
  if (direct.length === 0) return [];
  const shown = direct.slice(0, most);
  return [
    style.bold('DIRECT'),
    ...shown.flatMap((change) => {
      const [first, ...rest] = wrap(printable(`${label(change)}${details(change)}`), width - 6);
      return [`  ${SIGNS[change.kind]} ${first!}`, ...rest.map((line) => `      ${line}`)];
    }),
    ...moreLine(direct.length - shown.length, style),
  ];
}

/** What else changed about a direct dependency, in brackets and words. */
function details({ before, after, aspects, kind, at }: ComponentChange): string {
  const words: string[] = [];
  const ranges = (state: typeof before): string => state!.ranges.join(' or ');
  if (kind === 'added' && after!.ranges.length > 0) words.push(`declared ${ranges(after)}`);
  if (before !== undefined && after !== undefined) {
    if (aspects.includes('direct'))
      words.push(after.direct === 'yes' ? 'now declared' : 'no longer declared');
    else if (aspects.includes('range') && before.version !== '' && after.version !== '')
      words.push(`declared ${ranges(before) || 'nowhere'} → ${ranges(after) || 'nowhere'}`);
    if (aspects.includes('scope')) words.push(`${before.scopes.join('+')} → ${after.scopes.join('+')}`);
  }
  const { scopes } = (after ?? before)!;
  if (!aspects.includes('scope') && !scopes.includes('prod') && scopes.length > 0)
    words.push(scopes.join('+'));
  if (at.length > 1) words.push(`in ${at.length} files`);
  return words.length === 0 ? '' : `  (${words.join('; ')})`;
}

function transitiveLines({ components }: Comparison, style: Style, width: number, most: number): string[] {
  const rest = components.filter((change) => !isDirect(change));
  const lines: string[] = [];
  const add = (sign: string, words: string, items: readonly string[]): void => {
    if (items.length === 0) return;
    const [first, ...more] = wrap(
      `${grouped(items.length)} ${words}: ${printable(some(items, most))}`,
      width - 6,
    );
    lines.push(`  ${sign} ${first!}`, ...more.map((line) => `      ${line}`));
  };
  const folded = additions(components).filter(({ top, below }) => !isDirect(top) || below.length > 0);
  const isNew = rest.filter(({ kind }) => kind === 'added').length;
  if (isNew > 0) {
    const shown = folded.slice(0, most);
    lines.push(`  + ${counted(isNew, 'new component')}`);
    for (const { top, below } of shown) {
      const by = isDirect(top) ? '' : askedBy(top);
      const along =
        below.length === 0 ? '' : `, with ${some(below.map(label), most === Infinity ? most : 4)}`;
      const [first, ...more] = wrap(printable(`${label(top)}${by}${along}`), width - 10);
      lines.push(`      ${first!}`, ...more.map((line) => `          ${line}`));
    }
    lines.push(...moreLine(folded.length - shown.length, style));
  }
  const of = (kind: ComponentChange['kind']): string[] =>
    rest.filter((change) => change.kind === kind).map(label);
  add('↓', 'down', of('downgraded'));
  add('~', 'moved', of('moved'));
  add('↑', 'up', of('upgraded'));
  add('=', 'locked', of('locked'));
  add('≠', 'no longer locked', of('unlocked'));
  add('·', 'changed in scope or other facts', of('changed'));
  add('-', 'gone', of('removed'));
  return lines.length === 0 ? [] : [style.bold('TRANSITIVE'), ...lines];
}

function askedBy({ path }: ComponentChange): string {
  if (path.length < 2) return '';
  const parent = path.at(-2)!;
  return path.length === 2 ? ` (asked for by ${parent})` : ` (asked for by ${parent}, through ${path[0]!})`;
}

/** What the project and its workspaces declare, in full; what components ask of each other is told by a few and a count. */
function edgeLines(comparison: Comparison, style: Style, width: number, most: number): string[] {
  const telling = tellingEdges(comparison).filter(({ declared, kind }) => !declared || kind !== 'range');
  const declared = telling.filter((edge) => edge.declared);
  const few = most === Infinity || telling.length <= most ? telling : declared.slice(0, most);
  if (telling.length === 0) return [];
  const others = telling.length - few.length;
  return [
    style.bold('WHO ASKS FOR WHOM'),
    ...few.flatMap((edge) =>
      wrap(printable(edgeWords(edge)), width - 6).map((line, i) => `${i === 0 ? '  ' : '      '}${line}`),
    ),
    ...(others > 0
      ? [
          style.dim(
            `  ${counted(others, few.length === 0 ? 'edge' : 'other edge')} between components changed: --all shows them`,
          ),
        ]
      : []),
  ];
}

function edgeWords({ kind, from, to, before, after }: EdgeChange): string {
  const asks = (state: typeof before): string => `${to} ${state!.ranges.join(' or ')}`.trim();
  const who = from === '' ? 'the project' : from;
  switch (kind) {
    case 'added':
      return `${who} now asks for ${asks(after)}`;
    case 'removed':
      return `${who} no longer asks for ${asks(before)}`;
    case 'range':
      return `${who} asks for ${asks(before)} → ${after!.ranges.join(' or ')}`;
    case 'scope':
      return `${who} asks for ${to} as ${before!.scopes.join('+')} → ${after!.scopes.join('+')}`;
  }
}

function findingLines({ findings }: Comparison, style: Style, width: number, most: number): string[] {
  const lines: string[] = [];
  const block = (title: string, list: readonly FindingChange[], limit: number): void => {
    if (list.length === 0) return;
    lines.push(...(lines.length > 0 ? [''] : []), style.bold(title));
    for (const change of list.slice(0, limit)) {
      const versions = change.kind === 'disappeared' ? change.before : change.after;
      const name = change.subject === 'repository' ? '' : `${change.subject} ${versions.join(', ')}  `;
      const why = change.because === 'decided' ? ' (decided)' : '';
      const [first, ...rest] = wrap(
        printable(`${name}${change.ids[0] ?? change.rule}  ${change.title}${why}`),
        width - 12,
      );
      lines.push(
        `  ${priorityLabel(change.priority, style)} ${first!}`,
        ...rest.slice(0, 1).map((line) => `            ${line}`),
      );
    }
    lines.push(...moreLine(list.length - Math.min(limit, list.length), style));
  };
  block(
    'NEW FINDINGS',
    findings.filter(({ kind }) => kind === 'appeared'),
    most,
  );
  block(
    'WORSE',
    findings.filter(({ kind }) => kind === 'worse'),
    most,
  );
  block(
    'FINDINGS THAT ARE GONE',
    findings.filter(({ kind }) => kind === 'disappeared'),
    most === Infinity ? most : 6,
  );
  return lines;
}

const MOVED = {
  'lock-only': 'lockfile only',
  'manifest-only': 'declared ranges only: the lockfile did not follow',
  both: 'lockfile and declared ranges',
  unknown: 'whether declared ranges changed is not known',
} as const;

function fileLines({ files }: Comparison, style: Style, width: number, most: number): string[] {
  if (files.length === 0) return [];
  const shown = files.slice(0, most);
  return [
    style.bold('FILES'),
    ...shown.flatMap(({ path, kind, was, moved, components, edges, edgesCompared }) => {
      const counts = [
        counted(components, 'component'),
        edgesCompared ? counted(edges, 'edge') : 'edges unknown',
      ];
      const words = [
        kind === 'changed' ? '' : kind === 'replaced' ? `in place of ${was!}` : kind,
        moved === undefined ? '' : MOVED[moved],
      ].filter((word) => word !== '');
      const text = `${path}: ${counts.join(', ')}${words.length === 0 ? '' : `; ${words.join('; ')}`}`;
      return wrap(printable(text), width - 6).map((line, i) => `${i === 0 ? '  ' : '      '}${line}`);
    }),
    ...moreLine(files.length - shown.length, style),
  ];
}

function problemLines({ problems }: Comparison, style: Style, width: number): string[] {
  const lost = problems.filter((problem) => problem.lost);
  if (lost.length === 0) return [];
  return [
    style.bold('NOT READ'),
    ...lost.flatMap(({ at, message, side }) =>
      wrap(printable(`${side === 'both' ? '' : `${side}: `}${at?.path ?? ''}: ${message}`), width - 6).map(
        (line, i) => `${i === 0 ? '  ' : '      '}${line}`,
      ),
    ),
  ];
}

const moreLine = (count: number, style: Style): string[] =>
  count > 0 ? [style.dim(`      and ${count} more: --all shows them`)] : [];
