/**
 * The keys of a git configuration file, `section.subsection.key`, section and key in lower case; the last value wins.
 * Includes and conditional includes are not followed: nothing but the repository's own file speaks for it.
 * https://git-scm.com/docs/git-config#_syntax
 */
export function parseGitConfig(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let section = '';
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    let line = lines[i]!.trim();
    const header = /^\[([A-Za-z0-9.-]+)(?:[ \t]+"((?:[^"\\]|\\.)*)")?\](.*)$/.exec(line);
    if (header !== null) {
      section =
        header[1]!.toLowerCase() + (header[2] === undefined ? '' : `.${header[2].replace(/\\(.)/g, '$1')}`);
      line = header[3]!.trim();
    }
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    while (line.endsWith('\\') && i + 1 < lines.length) line = line.slice(0, -1) + lines[++i]!.trim();
    const equals = line.indexOf('=');
    const key = (equals === -1 ? line : line.slice(0, equals)).trim().toLowerCase();
    // A key without `=` is a boolean that is true.
    values.set(`${section}.${key}`, equals === -1 ? 'true' : unquote(line.slice(equals + 1).trim()));
  }
  return values;
}

function unquote(value: string): string {
  let out = '';
  let quoted = false;
  for (let i = 0; i < value.length; i++) {
    const char = value[i]!;
    if (char === '"') quoted = !quoted;
    else if (char === '\\' && i + 1 < value.length) {
      const next = value[++i]!;
      out += next === 'n' ? '\n' : next === 't' ? '\t' : next;
    } else if (!quoted && (char === '#' || char === ';')) break;
    else out += char;
  }
  return out.trim();
}

/** Whether a configuration value means true. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(true|yes|on|1)$/i.test(value);
}

/** Where the submodules are that a `.gitmodules` names; sorted. https://git-scm.com/docs/gitmodules */
export function submodulePaths(text: string): readonly string[] {
  return [...parseGitConfig(text)]
    .flatMap(([key, value]) => (/^submodule\..*\.path$/s.test(key) ? [value] : []))
    .sort();
}
