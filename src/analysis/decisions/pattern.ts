/**
 * Regular expressions for names that strangers wrote: the subset that a machine without backtracking can run, so that no pattern and no name
 * takes more than (length of the pattern × length of the name) steps. Literals, `.`, classes, groups, `|`, `*`, `+`, `?`, `{m,n}`, `^`, `$`,
 * `\d \w \s` and their opposites, `(?i)` in front. `undefined` for anything else: back-references, look-around, named groups.
 */
export function compilePattern(source: string): ((text: string) => boolean) | undefined {
  if (source.length > MAX_SOURCE) return undefined;
  const ignoreCase = source.startsWith('(?i)');
  const reader: Reader = { source: ignoreCase ? source.slice(4).toLowerCase() : source, at: 0, depth: 0 };
  const tree = readAlternatives(reader);
  if (tree === undefined || reader.at < reader.source.length) return undefined;
  const program: Step[] = [];
  if (!emit(tree, program)) return undefined;
  program.push({ op: 'match' });
  return (text) => run(program, ignoreCase ? text.toLowerCase() : text);
}

const MAX_SOURCE = 1_000;
const MAX_DEPTH = 50;
const MAX_STEPS = 5_000;

type Test = (code: number) => boolean;

type Tree =
  | { readonly kind: 'test'; readonly test: Test }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence' | 'alternatives'; readonly parts: readonly Tree[] }
  | { readonly kind: 'repeat'; readonly part: Tree; readonly least: number; readonly most: number };

interface Reader {
  readonly source: string;
  at: number;
  depth: number;
}

function readAlternatives(reader: Reader): Tree | undefined {
  if (++reader.depth > MAX_DEPTH) return undefined;
  const parts: Tree[] = [];
  for (;;) {
    const part = readSequence(reader);
    if (part === undefined) return undefined;
    parts.push(part);
    if (reader.source[reader.at] !== '|') break;
    reader.at++;
  }
  reader.depth--;
  return { kind: 'alternatives', parts };
}

function readSequence(reader: Reader): Tree | undefined {
  const parts: Tree[] = [];
  while (
    reader.at < reader.source.length &&
    reader.source[reader.at] !== '|' &&
    reader.source[reader.at] !== ')'
  ) {
    const atom = readAtom(reader);
    if (atom === undefined) return undefined;
    const repeated = readQuantifier(reader, atom);
    if (repeated === undefined) return undefined;
    parts.push(repeated);
  }
  return { kind: 'sequence', parts };
}

function readAtom(reader: Reader): Tree | undefined {
  const letter = reader.source[reader.at++]!;
  switch (letter) {
    case '.':
      return { kind: 'test', test: (code) => code !== 10 };
    case '^':
      return { kind: 'start' };
    case '$':
      return { kind: 'end' };
    case '(': {
      if (reader.source.startsWith('?:', reader.at)) reader.at += 2;
      else if (reader.source[reader.at] === '?') return undefined;
      const inner = readAlternatives(reader);
      return reader.source[reader.at++] === ')' ? inner : undefined;
    }
    case '[':
      return readClass(reader);
    case '\\': {
      const test = readEscape(reader);
      return test === undefined ? undefined : { kind: 'test', test };
    }
    case '*':
    case '+':
    case '?':
      return undefined;
    default:
      return { kind: 'test', test: is(letter.charCodeAt(0)) };
  }
}

function readQuantifier(reader: Reader, part: Tree): Tree | undefined {
  const letter = reader.source[reader.at];
  let bounds: readonly [number, number] | undefined;
  if (letter === '*') bounds = [0, Infinity];
  else if (letter === '+') bounds = [1, Infinity];
  else if (letter === '?') bounds = [0, 1];
  if (bounds !== undefined) reader.at++;
  else {
    const braces = /^\{(\d{1,3})(,(\d{1,3})?)?\}/.exec(reader.source.slice(reader.at, reader.at + 10));
    if (braces === null) return part;
    reader.at += braces[0].length;
    const least = Number(braces[1]);
    bounds = [
      least,
      braces[2] === undefined ? least : braces[3] === undefined ? Infinity : Number(braces[3]),
    ];
    if (bounds[1] < least) return undefined;
  }
  // Lazy or greedy makes no difference to whether there is a match.
  if (reader.source[reader.at] === '?') reader.at++;
  return { kind: 'repeat', part, least: bounds[0], most: bounds[1] };
}

const is =
  (wanted: number): Test =>
  (code) =>
    code === wanted;

const isDigit: Test = (code) => code >= 48 && code <= 57;
const isWord: Test = (code) =>
  isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isSpace: Test = (code) => code === 32 || (code >= 9 && code <= 13);
const not =
  (test: Test): Test =>
  (code) =>
    !test(code);

/** After the backslash. Letters and digits without a meaning here are refused: they have one elsewhere. */
function readEscape(reader: Reader): Test | undefined {
  const letter = reader.source[reader.at++];
  switch (letter) {
    case undefined:
      return undefined;
    case 'd':
      return isDigit;
    case 'D':
      return not(isDigit);
    case 'w':
      return isWord;
    case 'W':
      return not(isWord);
    case 's':
      return isSpace;
    case 'S':
      return not(isSpace);
    case 'n':
      return is(10);
    case 't':
      return is(9);
    default:
      return isWord(letter.charCodeAt(0)) && letter !== '_' ? undefined : is(letter.charCodeAt(0));
  }
}

function readClass(reader: Reader): Tree | undefined {
  const { source } = reader;
  const isNegated = source[reader.at] === '^';
  if (isNegated) reader.at++;
  const tests: Test[] = [];
  for (let first = true; ; first = false) {
    const letter = source[reader.at++];
    if (letter === undefined) return undefined;
    if (letter === ']' && !first) break;
    if (letter === '[' && source[reader.at] === ':') return undefined;
    if (letter === '\\') {
      const test = readEscape(reader);
      if (test === undefined) return undefined;
      tests.push(test);
      continue;
    }
    const low = letter.charCodeAt(0);
    if (
      source[reader.at] === '-' &&
      source[reader.at + 1] !== ']' &&
      source[reader.at + 1] !== '\\' &&
      reader.at + 1 < source.length
    ) {
      const high = source.charCodeAt(reader.at + 1);
      reader.at += 2;
      if (high < low) return undefined;
      tests.push((code) => code >= low && code <= high);
    } else tests.push(is(low));
  }
  const any: Test = (code) => tests.some((test) => test(code));
  return { kind: 'test', test: isNegated ? not(any) : any };
}

type Step =
  | { readonly op: 'test'; readonly test: Test }
  | { readonly op: 'start' | 'end' | 'match' }
  | { readonly op: 'fork'; first: number; second: number };

/** Appends the steps of a tree; false when there would be too many (`((a{99}){99}){99}`). */
// oxlint-disable-next-line typescript/consistent-return -- every kind returns
function emit(tree: Tree, program: Step[]): boolean {
  if (program.length > MAX_STEPS) return false;
  switch (tree.kind) {
    case 'test':
      program.push({ op: 'test', test: tree.test });
      return true;
    case 'start':
    case 'end':
      program.push({ op: tree.kind });
      return true;
    case 'sequence':
      return tree.parts.every((part) => emit(part, program));
    case 'alternatives': {
      const ends: { first: number; second: number }[] = [];
      for (const [i, part] of tree.parts.entries()) {
        const isLast = i === tree.parts.length - 1;
        const fork = { op: 'fork' as const, first: program.length + 1, second: 0 };
        if (!isLast) program.push(fork);
        if (!emit(part, program)) return false;
        if (isLast) break;
        const jump = { op: 'fork' as const, first: 0, second: 0 };
        program.push(jump);
        ends.push(jump);
        fork.second = program.length;
      }
      for (const jump of ends) jump.first = jump.second = program.length;
      return true;
    }
    case 'repeat': {
      for (let i = 0; i < tree.least; i++) if (!emit(tree.part, program)) return false;
      if (tree.most === Infinity) {
        const fork = { op: 'fork' as const, first: program.length + 1, second: 0 };
        const at = program.push(fork) - 1;
        if (!emit(tree.part, program)) return false;
        program.push({ op: 'fork', first: at, second: at });
        fork.second = program.length;
        return true;
      }
      const forks: { second: number }[] = [];
      for (let i = tree.least; i < tree.most; i++) {
        const fork = { op: 'fork' as const, first: program.length + 1, second: 0 };
        program.push(fork);
        forks.push(fork);
        if (!emit(tree.part, program)) return false;
      }
      for (const fork of forks) fork.second = program.length;
      return true;
    }
  }
}

/** Runs all alternatives side by side (Thompson's construction), starting anew at each position. */
function run(program: readonly Step[], text: string): boolean {
  let current: number[] = [];
  const marked = new Int32Array(program.length).fill(-1);
  for (let at = 0; at <= text.length; at++) {
    const next: number[] = [];
    // Where alternatives may stand at this position, forks and anchors followed.
    const pending = [0, ...current.reverse()];
    while (pending.length > 0) {
      const index = pending.pop()!;
      if (marked[index] === at) continue;
      marked[index] = at;
      const step = program[index]!;
      if (step.op === 'match') return true;
      if (step.op === 'fork') pending.push(step.second, step.first);
      else if (step.op === 'start' ? at === 0 : step.op === 'end' ? at === text.length : false)
        pending.push(index + 1);
      else if (step.op === 'test' && at < text.length && step.test(text.charCodeAt(at))) next.push(index + 1);
    }
    current = next;
  }
  return false;
}
