/** The line up to a mark (`#`, `//`) that is in no string of either quotes; a backslash in one hides the sign behind it. Linear. */
export function withoutComment(line: string, mark: string): string {
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!;
    if (quote !== '') {
      if (char === '\\') i++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (line.startsWith(mark, i)) return line.slice(0, i);
  }
  return line;
}
