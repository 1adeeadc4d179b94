/**
 * A glob over `/`-separated paths: `*` and `?` stay inside a part, `**` crosses parts (`a/**` is everything below `a`, `**` with a slash in front of a name is
 * that name at any depth), `[a-z]`, `{a,b}`, `\` takes the next letter as it is. Matching takes at most (length of the glob × length of the path) steps.
 * More than 100 alternatives in braces match nothing.
 */
export function compileGlob(glob: string): (path: string) => boolean {
  const globs = braces(glob).map(tokensOf);
  return (path) => globs.some((tokens) => matches(tokens, path));
}

type Token =
  | { readonly kind: 'letter'; readonly test: (letter: string) => boolean }
  /** `*`: any letters but `/`. */
  | { readonly kind: 'part' }
  /** `**`: any letters. */
  | { readonly kind: 'deep' }
  /** `**` with a slash behind it: any number of whole folders. Always followed by a `folder`: inside one of them. */
  | { readonly kind: 'folders' | 'folder' };

function tokensOf(glob: string): Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < glob.length; i++) {
    const letter = glob[i]!;
    if (letter === '*' && glob[i + 1] === '*') {
      const isWhole = glob[i + 2] === '/' && (i === 0 || glob[i - 1] === '/');
      if (isWhole) tokens.push({ kind: 'folders' }, { kind: 'folder' });
      else tokens.push({ kind: 'deep' });
      i += isWhole ? 2 : 1;
    } else if (letter === '*') tokens.push({ kind: 'part' });
    else if (letter === '?') tokens.push({ kind: 'letter', test: (one) => one !== '/' });
    else if (letter === '[' && glob.indexOf(']', i + 2) !== -1) {
      const close = glob.indexOf(']', i + 2);
      tokens.push({ kind: 'letter', test: classOf(glob.slice(i + 1, close)) });
      i = close;
    } else {
      const literal = letter === '\\' && i + 1 < glob.length ? glob[++i]! : letter;
      tokens.push({ kind: 'letter', test: (one) => one === literal });
    }
  }
  return tokens;
}

function classOf(body: string): (letter: string) => boolean {
  const isNegated = body.startsWith('!') || body.startsWith('^');
  const members = isNegated ? body.slice(1) : body;
  return (letter) => {
    let found = false;
    for (let i = 0; i < members.length; i++) {
      if (members[i + 1] === '-' && i + 2 < members.length) {
        found ||= letter >= members[i]! && letter <= members[i + 2]!;
        i += 2;
      } else found ||= members[i] === letter;
    }
    return letter !== '/' && found !== isNegated;
  };
}

/** All positions in the tokens at once, letter by letter. */
function matches(tokens: readonly Token[], path: string): boolean {
  /** Adds a position, and those behind it that need no letter to get to. */
  const enter = (into: Set<number>, position: number): void => {
    for (let at = position; !into.has(at);) {
      into.add(at);
      const kind = tokens[at]?.kind;
      if (kind === 'folders') at += 2;
      else if (kind === 'part' || kind === 'deep') at += 1;
      else return;
    }
  };
  let current = new Set<number>();
  enter(current, 0);
  for (let i = 0; i < path.length; i++) {
    const letter = path[i]!;
    const next = new Set<number>();
    for (const position of current) {
      const token = tokens[position];
      if (token === undefined) continue;
      if (token.kind === 'letter') {
        if (token.test(letter)) enter(next, position + 1);
      } else if (token.kind === 'folder') enter(next, letter === '/' ? position - 1 : position);
      else if (token.kind === 'folders') {
        if (letter !== '/') enter(next, position + 1);
      } else if (token.kind === 'deep' || letter !== '/') enter(next, position);
    }
    if (next.size === 0) return false;
    current = next;
  }
  return current.has(tokens.length);
}

/** `a{b,c}d` → `abd`, `acd`. Braces inside braces stand for themselves; too many choices give none at all. */
function braces(glob: string): string[] {
  let done = [glob];
  for (let round = 0; round < 10; round++) {
    const next = done.flatMap((one) => {
      const found = /^((?:[^\\{}]|\\.)*)\{([^{}]*)\}(.*)$/s.exec(one);
      if (found === null) return [one];
      return found[2]!.split(',').map((choice) => `${found[1]}${choice}${found[3]}`);
    });
    if (next.length > 100) return [];
    if (next.length === done.length && next.every((one, i) => one === done[i])) return done;
    done = next;
  }
  return [];
}
