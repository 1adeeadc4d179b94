import { eachLine } from '../../text/lines.ts';
import type { Requirement } from './requirement.ts';
import { parseRequirement, readReference } from './requirement.ts';

/** One requirement of a requirements file. */
export interface RequirementLine {
  readonly line: number;
  readonly requirement: Requirement;
  /** `--hash=` values, e.g. `sha256:…`. */
  readonly hashes: readonly string[];
  readonly isEditable: boolean;
  /** What `# via` comments name: packages, `-r file`, `-c file`, `name (pyproject.toml)`. Empty when there is no such comment. */
  readonly via: readonly string[];
}

export interface RequirementsFile {
  readonly requirements: readonly RequirementLine[];
  /** `-r` and `-c` lines, as written. */
  readonly includes: readonly {
    readonly path: string;
    readonly isConstraint: boolean;
    readonly line: number;
  }[];
  /** Lines that are no requirement, option or comment. */
  readonly unread: readonly { readonly line: number; readonly text: string }[];
  /** `# via` comments were seen: a tool wrote the file and says who asks for what. */
  readonly hasVia: boolean;
}

/**
 * Splits a requirements file into requirements, includes and what cannot be read. Linear in the text.
 * https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
export function readRequirementsFile(text: string): RequirementsFile {
  const requirements: (RequirementLine & { via: string[] })[] = [];
  const includes: { path: string; isConstraint: boolean; line: number }[] = [];
  const unread: { line: number; text: string }[] = [];
  let hasVia = false;
  // `# via` alone opens a list, one entry a line, that the first other line closes.
  let isViaOpen = false;
  const via = (entries: string): void => {
    hasVia = true;
    requirements.at(-1)?.via.push(...splitVia(entries));
  };

  const comment = (words: string): void => {
    const body = words.trim();
    if (body === 'via' || body.startsWith('via ')) {
      isViaOpen = true;
      via(body.slice(4));
    } else if (isViaOpen && body !== '' && words.startsWith('  ')) via(body);
    else isViaOpen = false;
  };

  eachLogicalLine(text, (content, comments, line) => {
    if (content !== '') {
      isViaOpen = false;
      const include = readInclude(content);
      const found = include === undefined ? readRequirementLine(content, line) : undefined;
      if (include !== undefined) includes.push({ ...include, line });
      else if (found !== undefined) requirements.push(found);
      else if (!content.startsWith('-')) unread.push({ line, text: content });
    }
    for (const words of comments) comment(words);
  });
  return { requirements, includes, unread, hasVia };
}

/** Calls `visit` with each line's content, its comments without `#`, and the number of its first line. */
function eachLogicalLine(
  text: string,
  visit: (content: string, comments: readonly string[], line: number) => void,
): void {
  let parts: string[] = [];
  let comments: string[] = [];
  let first = 0;
  const flush = (): void => {
    const content = parts.join(' ').trim();
    visit(content, comments, first);
    parts = [];
    comments = [];
    first = 0;
  };
  eachLine(text, (line, number) => {
    if (first === 0) first = number;
    const hash = commentStart(line);
    if (hash !== -1) comments.push(line.slice(hash + 1));
    const content = hash === -1 ? line : line.slice(0, hash);
    const trimmed = content.trim();
    if (hash === -1 && content.endsWith('\\')) parts.push(content.slice(0, -1).trim());
    else if (trimmed === '' && hash !== -1 && parts.length > 0) {
      // A comment line inside a continued line ends it, and belongs to it.
      flush();
    } else {
      parts.push(trimmed);
      flush();
    }
  });
  if (first !== 0) flush();
}

/** Offset of the `#` that starts a comment: at the start or after a blank. -1 when there is none. */
function commentStart(line: string): number {
  for (let at = line.indexOf('#'); at !== -1; at = line.indexOf('#', at + 1)) {
    if (at === 0 || line[at - 1] === ' ' || line[at - 1] === '\t') return at;
  }
  return -1;
}

function readInclude(content: string): { path: string; isConstraint: boolean } | undefined {
  const found = /^(-r|--requirement|-c|--constraint)(?:[ \t=]+|(?<=^-[rc]))(\S.*)$/.exec(content);
  if (found === null) return undefined;
  return { path: unquote(found[2]!), isConstraint: found[1] === '-c' || found[1] === '--constraint' };
}

function readRequirementLine(
  content: string,
  line: number,
): (RequirementLine & { via: string[] }) | undefined {
  let body = content;
  let isEditable = false;
  const editable = /^(?:-e|--editable)(?:[ \t=]+)(\S.*)$/.exec(content)?.[1];
  if (editable !== undefined) {
    body = editable;
    isEditable = true;
  } else if (content.startsWith('-')) return undefined;
  const options = optionsStart(body);
  const hashes = options === -1 ? [] : readHashes(body.slice(options));
  body = unquote((options === -1 ? body : body.slice(0, options)).trim());
  const requirement = isReference(body) || isEditable ? referenceRequirement(body) : parseRequirement(body);
  return requirement === undefined ? undefined : { line, requirement, hashes, isEditable, via: [] };
}

/** Options of one requirement start with a blank and a dash: ` --hash=…`, ` -C …`. */
function optionsStart(body: string): number {
  for (let at = body.indexOf(' -'); at !== -1; at = body.indexOf(' -', at + 2)) {
    const next = body[at + 2];
    if (next === '-' || next === 'C') return at;
  }
  return -1;
}

function readHashes(options: string): string[] {
  const words = options.split(/[ \t]+/);
  const hashes: string[] = [];
  for (const [i, word] of words.entries()) {
    if (word.startsWith('--hash=')) hashes.push(word.slice(7));
    else if (word === '--hash' && words[i + 1] !== undefined) hashes.push(words[i + 1]!);
  }
  return hashes;
}

/** A URL, a path, or an archive beside the file: what pip takes in place of a name. */
function isReference(body: string): boolean {
  return (
    /^(?:[A-Za-z][A-Za-z0-9+.-]{0,20}:\/\/|file:|\.{0,2}\/|git\+|\.\.?$)/.test(body) ||
    /^[^\s@;=<>!~[]+\.(?:whl|zip|tar\.gz|tgz|tar\.bz2)(?:\s*;|$)/.test(body)
  );
}

function referenceRequirement(body: string): Requirement | undefined {
  const named = parseRequirement(body);
  if (named?.url !== undefined) return named;
  const blank = body.search(/[ \t]/);
  const url = blank === -1 ? body : body.slice(0, blank);
  const marker =
    blank === -1
      ? ''
      : body
          .slice(blank)
          .trim()
          .replace(/^;[ \t]*/, '');
  const extras = /\[([^\]]*)\]$/.exec(url)?.[1] ?? '';
  const address = extras === '' ? url : url.slice(0, url.lastIndexOf('['));
  return {
    name: readReference(address).name,
    extras: extras.split(',').filter((extra) => extra !== ''),
    specifier: '',
    url: address,
    marker,
  };
}

function splitVia(entries: string): string[] {
  return entries
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function unquote(text: string): string {
  const quote = text[0];
  return text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote)
    ? text.slice(1, -1)
    : text.trim();
}
