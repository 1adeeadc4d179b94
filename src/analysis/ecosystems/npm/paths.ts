/** Whether a path lies in an installed `node_modules`: what is vendored there is described by the lockfile above it. */
export function isInstalled(path: string): boolean {
  return path.startsWith('node_modules/') || path.includes('/node_modules/');
}

/**
 * Whether a folder is named by one of the workspace patterns (`packages/*`, `apps/**`, `!packages/old`), the last that matches decides.
 * A `*` stands for anything within one folder, `**` for any folders. Linear in practice: patterns are matched segment by segment.
 */
export function inWorkspaces(folder: string, patterns: readonly string[]): boolean {
  let inside = false;
  for (const pattern of patterns) {
    const excludes = pattern.startsWith('!');
    const parts = (excludes ? pattern.slice(1) : pattern)
      .split('/')
      .filter((part) => part !== '' && part !== '.');
    if (matchSegments(folder.split('/'), parts)) inside = !excludes;
  }
  return inside;
}

/** Greedy with one point of return, as for `*` in a string: no exponential cases. */
function matchSegments(names: readonly string[], parts: readonly string[]): boolean {
  let name = 0;
  let part = 0;
  let starPart = -1;
  let starName = 0;
  while (name < names.length) {
    if (part < parts.length && parts[part] === '**') {
      starPart = part++;
      starName = name;
    } else if (part < parts.length && matchWord(names[name]!, parts[part]!)) {
      name++;
      part++;
    } else if (starPart !== -1) {
      part = starPart + 1;
      name = ++starName;
    } else return false;
  }
  while (part < parts.length && parts[part] === '**') part++;
  return part === parts.length;
}

function matchWord(name: string, pattern: string): boolean {
  let at = 0;
  let part = 0;
  let star = -1;
  let starAt = 0;
  while (at < name.length) {
    if (pattern[part] === '*') {
      star = part++;
      starAt = at;
    } else if (part < pattern.length && (pattern[part] === '?' || pattern[part] === name[at])) {
      at++;
      part++;
    } else if (star !== -1) {
      part = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (pattern[part] === '*') part++;
  return part === pattern.length;
}
