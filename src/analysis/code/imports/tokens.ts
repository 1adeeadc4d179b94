/**
 * The names that a text of configuration, scripts or markup could mention: its words, and of paths and subpaths the parts that could be a component
 * (`node_modules/@a/b/c` → `@a/b`; `~bootstrap/scss` → `bootstrap`). Adds to `into`. Linear.
 */
export function addTokens(text: string, into: Set<string>): void {
  for (const [token] of text.matchAll(TOKEN)) {
    if (token.length > LONGEST) continue;
    into.add(token);
    // npm: `name@version`; pip: extras and pins are cut by the pattern already.
    const at = token.indexOf('@', 1);
    const bare = at > 0 ? token.slice(0, at) : token;
    if (at > 0) into.add(bare);
    if (!bare.includes('/')) continue;
    const parts = bare.split('/');
    for (const [i, part] of parts.entries()) {
      if (part.startsWith('@') && parts[i + 1] !== undefined) into.add(`${part}/${parts[i + 1]}`);
      else if (part !== '') into.add(part);
    }
  }
}

/** Longer words are data. */
const LONGEST = 300;
const TOKEN = /[@A-Za-z0-9][\w@/.-]*[\w]|[A-Za-z0-9]/g;

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
