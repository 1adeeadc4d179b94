/**
 * The names that a text of configuration, scripts or markup could mention: its words without versions, and of paths and subpaths the parts
 * that could be a component (`node_modules/@a/b/c` → `@a/b`; `~bootstrap/scss` → `bootstrap`). Adds to `into`. Linear.
 */
export function addTokens(text: string, into: Set<string>): void {
  const end = text.length;
  for (let at = 0; at < end;) {
    while (at < end && !isWord(text.charCodeAt(at))) at++;
    const start = at;
    while (at < end && isWord(text.charCodeAt(at))) at++;
    // Dots and dashes around a word are its sentence's.
    let first = start;
    while (first < at && isEdge(text.charCodeAt(first))) first++;
    let last = at;
    while (last > first && isEdge(text.charCodeAt(last - 1))) last--;
    if (last > first && last - first <= LONGEST) addToken(text.slice(first, last), into);
  }
}

function addToken(token: string, into: Set<string>): void {
  into.add(token);
  if (!token.includes('/')) {
    const at = token.indexOf('@', 1);
    if (at > 0) into.add(token.slice(0, at));
    return;
  }
  const parts = token.split('/');
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (part === '') continue;
    // What stands behind a scope is no name of its own.
    if (part.startsWith('@') && i + 1 < parts.length) into.add(`${part}/${unversioned(parts[++i]!)}`);
    else into.add(unversioned(part));
  }
}

/** `name@1.2.3` → `name`. */
function unversioned(part: string): string {
  const at = part.indexOf('@', 1);
  return at === -1 ? part : part.slice(0, at);
}

const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 64 && code <= 90) || // @ and capitals
  (code >= 45 && code <= 57) || // - . / and digits
  code === 95;

/** `-`, `.` and `/`. */
const isEdge = (code: number): boolean => code >= 45 && code <= 47;

/** Longer words are data. */
const LONGEST = 300;

/** The names that one text could mention. */
export function tokensOf(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  addTokens(text, words);
  return words;
}

/** Text files whose words count as a mention: configuration, scripts, styles, pipelines. By name alone. */
export function isMentioning(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (LOCKS.has(name)) return false;
  if (!name.includes('.') && path.split('/').some((part) => HOOKS.has(part))) return true;
  if (NAMES.has(name) || /^\.[\w.-]+(?:rc|ignore)?$/.test(name)) return true;
  const dot = name.lastIndexOf('.');
  const extension = dot === -1 ? '' : name.slice(dot + 1).toLowerCase();
  return EXTENSIONS.has(extension);
}

/** Folders of git hooks: their files have no ending and often no first line. */
const HOOKS: ReadonlySet<string> = new Set(['.husky', '.githooks', '.git-hooks', 'githooks']);

const NAMES: ReadonlySet<string> = new Set([
  'Dockerfile',
  'Makefile',
  'Procfile',
  'Jenkinsfile',
  'Vagrantfile',
  'Brewfile',
  'justfile',
]);

/** Lockfiles and manifests name what they declare: that is no use of it. Scripts of package.json are read apart. */
const LOCKS: ReadonlySet<string> = new Set([
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'bun.lock',
  'pnpm-lock.yaml',
  'composer.json',
  'composer.lock',
  'pyproject.toml',
  'Pipfile',
  'Pipfile.lock',
  'pdm.lock',
  'uv.lock',
  'poetry.lock',
]);

const EXTENSIONS: ReadonlySet<string> = new Set(
  'json json5 jsonc yaml yml toml ini cfg conf sh bash ps1 bat cmd css scss sass less styl html htm njk hbs ejs pug erb xml tf mk env dockerfile'.split(
    ' ',
  ),
);
