/** The kernel's search, said plainly: every place where a pattern ends, `end:pattern`, in order. An oracle for tests. */
export function searchTwin(text: string, patterns: readonly string[]): string[] {
  const folded = asciiLower(text);
  const found: { end: number; pattern: number }[] = [];
  patterns.forEach((pattern, index) => {
    const wanted = asciiLower(pattern);
    for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, at + 1))
      found.push({ end: at + wanted.length - 1, pattern: index });
  });
  return found
    .sort((a, b) => a.end - b.end || a.pattern - b.pattern)
    .map(({ end, pattern }) => `${end}:${pattern}`);
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
