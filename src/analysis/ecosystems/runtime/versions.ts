/** The release line that a version of a runtime belongs to; `undefined` when the version is not that precise (`3`, `lts/*`) or not a version. */
export function cycleOf(runtime: string, version: string): string | undefined {
  const word = version.trim().toLowerCase();
  if (word.length > 100) return undefined;
  const numbers = numbersIn(runtime, word);
  if (numbers === undefined) return undefined;
  const [major, minor] = numbers;
  switch (runtime) {
    case 'nodejs':
      return major === 0 ? (minor === undefined ? undefined : `0.${minor}`) : `${major}`;
    case 'java':
      // 1.8 is Java 8.
      return major === 1 ? (minor === undefined ? undefined : `${minor}`) : `${major}`;
    case 'debian':
      return `${major}`;
    case 'dotnet':
      return major! >= 5 ? `${major}` : minor === undefined ? undefined : `${major}.${minor}`;
    case 'ubuntu':
      return minor === undefined ? undefined : `${major}.${`${minor}`.padStart(2, '0')}`;
    default:
      return minor === undefined ? undefined : `${major}.${minor}`;
  }
}

/** The leading numbers of a version as people write it for that runtime: `v20.11.1`, `ruby-3.4.1`, `temurin-17.0.2+8`, `go1.22`, `net8.0`. */
function numbersIn(runtime: string, word: string): number[] | undefined {
  const prefix =
    runtime === 'java'
      ? /^(?:[a-z][a-z0-9_]*-)*(?:jdk-?|openjdk-?|openjdk64-)?/
      : /^(?:(?:node|nodejs|c?python|ruby|go|php|net(?:coreapp)?|dotnet|debian|ubuntu|alpine|stable)[-@]?)?v?/;
  const rest = word.replace(prefix, '');
  const found = /^(\d{1,6})(?:\.(\d{1,6}|[x*]))?(?:\.(\d{1,9}|[x*]))?(?![\d])/.exec(rest);
  if (found === null) return undefined;
  return [found[1]!, found[2]].flatMap((part) =>
    part === undefined || part === 'x' || part === '*' ? [] : [Number(part)],
  );
}

/** Whether a text is a range rather than a version: it has operators, alternatives, a comma or several words. */
export function isRange(text: string): boolean {
  return /[<>=^~|,!]|\s/.test(text.trim());
}

/**
 * The lower ends that a range admits, one for each alternative that has one, e.g. `^16 || >=18.2` → `['16', '18.2']`.
 * npm, PEP 440, RubyGems, Terraform and Composer operators. Empty when the range is open below, or unreadable.
 */
export function lowerBounds(range: string): string[] {
  if (range.length > 1000) return [];
  const bounds: string[] = [];
  for (const alternative of range.split(/\|\|?/)) {
    // A hyphen range: `16 - 18`.
    const hyphen = /^\s*v?(\d[\w.]*)\s+-\s+v?\d/.exec(alternative)?.[1];
    const found = hyphen ?? lowestComparator(alternative);
    if (found !== undefined) bounds.push(found);
  }
  return bounds;
}

function lowestComparator(alternative: string): string | undefined {
  for (const [, operator, version] of alternative.matchAll(
    /(>=|<=|~>|~=|===?|!==?|[<>^~=])?\s*v?(\d[\w.*]*)/g,
  )) {
    if (operator === undefined || ['>=', '~>', '~=', '==', '===', '^', '~', '='].includes(operator))
      return version;
    // `>18` admits 19 and up; `>18.2` still the 18 line.
    if (operator === '>') return /^\d+$/.test(version!) ? `${Number(version) + 1}` : version;
  }
  return undefined;
}
