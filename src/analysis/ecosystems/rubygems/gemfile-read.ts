import { withoutComment } from '../../text/comment.ts';
import { eachLine } from '../../text/lines.ts';

/** A `gem` line of a Gemfile, as far as it can be told without running it. */
export interface DeclaredGem {
  readonly name: string;
  /** Requirements as written, e.g. `['~> 1.0', '>= 1.0.2']`; `undefined` when one is computed. */
  readonly ranges: readonly string[] | undefined;
  /** Groups of the blocks around it and of its own options; empty is the default group. */
  readonly groups: readonly string[];
  /** Inside `if`, `platforms`, `install_if` or the like, or with a condition behind it: it may not be asked for everywhere. */
  readonly isConditional: boolean;
  /** From a `git`, `github` or `path` option or block. */
  readonly origin: 'registry' | 'git' | 'file';
  readonly line: number;
}

export interface Gemfile {
  readonly gems: readonly DeclaredGem[];
  /** Literal paths of `eval_gemfile`. */
  readonly includes: readonly string[];
  /** It takes the dependencies of a gemspec too. */
  readonly hasGemspec: boolean;
  /** `gem` lines whose name is computed. */
  readonly unread: readonly { readonly line: number; readonly text: string }[];
}

interface Block {
  readonly groups: readonly string[];
  readonly isConditional: boolean;
  readonly origin: DeclaredGem['origin'];
}

/**
 * Reads a Gemfile line by line as text: it is Ruby, and is never run. Only literals count; what depends on a condition is marked,
 * and what is computed is left out or named as unread. Linear in the text. https://bundler.io/man/gemfile.5.html
 */
export function readGemfile(text: string): Gemfile {
  const gems: DeclaredGem[] = [];
  const includes: string[] = [];
  const unread: { line: number; text: string }[] = [];
  const blocks: Block[] = [];
  let hasGemspec = false;
  eachStatement(text, (statement, line) => {
    const word = /^[a-z_]+/.exec(statement)?.[0] ?? '';
    if (word === 'end') {
      blocks.pop();
      return;
    }
    if (word === 'gem') {
      const gem = readGem(statement, line, blocks);
      if (gem === undefined) unread.push({ line, text: statement.slice(0, 60) });
      else gems.push(gem);
    } else if (word === 'eval_gemfile') {
      const path = firstString(statement.slice(word.length));
      if (path !== undefined) includes.push(path);
    } else if (word === 'gemspec') hasGemspec = true;
    const block = openedBlock(statement, word);
    if (block !== undefined) blocks.push(block);
  });
  return { gems, includes, hasGemspec, unread };
}

const CONDITIONS = new Set([
  'if',
  'unless',
  'case',
  'while',
  'until',
  'for',
  'begin',
  'def',
  'class',
  'module',
]);

function openedBlock(statement: string, word: string): Block | undefined {
  if (/\bend$/.test(statement) && statement !== 'end') return undefined;
  if (CONDITIONS.has(word) || /=\s*(?:if|unless|case|begin)\b/.test(statement))
    return { groups: [], isConditional: true, origin: 'registry' };
  if (!/\bdo(?:\s*\|[^|]*\|)?$/.test(statement)) return undefined;
  if (word === 'group')
    return { groups: readSymbols(statement.slice(5)), isConditional: false, origin: 'registry' };
  if (word === 'git' || word === 'github') return { groups: [], isConditional: false, origin: 'git' };
  if (word === 'path') return { groups: [], isConditional: false, origin: 'file' };
  return { groups: [], isConditional: word !== 'source', origin: 'registry' };
}

function readGem(statement: string, line: number, blocks: readonly Block[]): DeclaredGem | undefined {
  let rest = statement.slice(3).trimStart();
  if (rest.startsWith('(')) rest = rest.slice(1).trimStart();
  const name = literalAt(rest);
  if (name === undefined || name.value.includes('#{')) return undefined;
  rest = rest.slice(name.end).trimStart();
  const ranges: string[] = [];
  let isComputed = false;
  while (rest.startsWith(',')) {
    rest = rest.slice(1).trimStart();
    const open = rest.startsWith('[') ? 1 : 0;
    const range = literalAt(rest.slice(open).trimStart());
    // `"key" => value` is an option, not a requirement.
    if (range === undefined || /^\s*(?:=>|:)/.test(rest.slice(rest.indexOf(range.raw) + range.raw.length))) {
      isComputed = !/^(?:[a-z_]+:|:[a-z_]+\s*=>|["'][a-z_]+["']\s*(?:=>|:)|\*\*)/.test(rest);
      break;
    }
    if (range.value.includes('#{')) isComputed = true;
    ranges.push(range.value);
    rest = rest
      .slice(rest.indexOf(range.raw) + range.raw.length)
      .replace(/^\s*\]/, '')
      .trimStart();
  }
  const groups = [...blocks.flatMap((block) => block.groups), ...groupOption(rest)];
  const isConditional =
    blocks.some((block) => block.isConditional) ||
    /(?:^|[\s)])(?:if|unless)\s/.test(rest) ||
    /\b(?:platforms?|install_if)\b/.test(rest);
  return {
    name: name.value,
    ranges: isComputed ? undefined : ranges,
    groups,
    isConditional,
    origin: originOf(rest) ?? blocks.findLast((block) => block.origin !== 'registry')?.origin ?? 'registry',
    line,
  };
}

function originOf(options: string): DeclaredGem['origin'] | undefined {
  if (/(?:^|[\s,:])(?:git|github|gist|bitbucket|gitlab)(?::|\s*=>)/.test(options)) return 'git';
  return /(?:^|[\s,:])path(?::|\s*=>)/.test(options) ? 'file' : undefined;
}

/** `group: :test`, `:groups => [:a, :b]`, `groups: %i[a b]`. */
function groupOption(options: string): readonly string[] {
  const found = /\bgroups?["']?(?::|\s*=>)\s*/.exec(options);
  if (found === null) return [];
  const value = options.slice(found.index + found[0].length);
  const close = value.startsWith('[')
    ? value.indexOf(']')
    : value.startsWith('%')
      ? 2 + value.slice(3).search(/[\])}]/)
      : value.search(/[,)]|\sif\s/);
  return readSymbols(close === -1 ? value : value.slice(0, close + 1));
}

/** Symbols and short strings: `:a, "b"` and `%i[a b]`. */
function readSymbols(text: string): readonly string[] {
  const words = /%[iw][[({]([^\])}]*)/.exec(text)?.[1];
  if (words !== undefined) return words.split(/\s+/).filter((word) => word !== '');
  return [...text.matchAll(/(?<![\w:]):([A-Za-z_]\w*)\b(?!\s*=>)|["']([A-Za-z_]\w*)["']/g)].map(
    (found) => found[1] ?? found[2]!,
  );
}

const firstString = (text: string): string | undefined => literalAt(text.replace(/^[\s(]+/, ''))?.value;

/** A string literal at the start. */
function literalAt(
  text: string,
): { readonly value: string; readonly raw: string; readonly end: number } | undefined {
  const quote = text[0];
  if (quote !== '"' && quote !== "'") return undefined;
  const close = text.indexOf(quote, 1);
  return close === -1
    ? undefined
    : { value: text.slice(1, close), raw: text.slice(0, close + 1), end: close + 1 };
}

/**
 * Calls `visit` with each statement, without comments, and its first line. A statement goes on over lines that end with `,` or `\`.
 * Everything between `=begin` and `=end`, and after `__END__`, is left out.
 */
export function eachStatement(text: string, visit: (statement: string, line: number) => void): void {
  let parts: string[] = [];
  let first = 0;
  let isComment = false;
  let isOver = false;
  const flush = (): void => {
    const statement = parts.join(' ').trim();
    if (statement !== '') visit(statement, first);
    parts = [];
  };
  eachLine(text, (line, number) => {
    if (line.startsWith('__END__')) isOver = true;
    if (line.startsWith('=begin')) isComment = true;
    const content = isOver || isComment ? '' : withoutComment(line, '#').trim();
    if (isComment && line.startsWith('=end')) isComment = false;
    if (content !== '') {
      if (parts.length === 0) first = number;
      const isContinued = content.endsWith('\\');
      parts.push(isContinued ? content.slice(0, -1) : content);
      if (!isContinued && !content.endsWith(',')) flush();
    }
    return !isOver;
  });
  flush();
}

const DEVELOPMENT = new Set([
  'development',
  'test',
  'dev',
  'tests',
  'testing',
  'spec',
  'rspec',
  'cucumber',
  'lint',
  'linting',
  'rubocop',
  'doc',
  'docs',
  'documentation',
  'ci',
  'debug',
]);

/** Whether every group says development; a gem of no group, or of a group we do not know, is for production. */
export function isDevelopmentGem(groups: readonly string[]): boolean {
  return groups.length > 0 && groups.every((group) => DEVELOPMENT.has(group));
}

/** A requirement as bundler writes it in a lockfile, for comparing: `1.0` is `= 1.0`, order does not matter, `>= 0` is none. */
export function normaliseRanges(ranges: readonly string[]): string {
  return [...new Set(ranges.flatMap((range) => range.split(',')).map(normaliseRange))]
    .filter((range) => range !== '' && range !== '>= 0')
    .sort()
    .join(', ');
}

function normaliseRange(range: string): string {
  const trimmed = range.trim();
  const found = /^(=|!=|>=|<=|~>|>|<)?\s*([^\s=!<>~]\S*)$/.exec(trimmed);
  return found === null ? trimmed : `${found[1] ?? '='} ${found[2]!}`;
}
