/**
 * Calls `visit` for every line without its ending (`\n` or `\r\n`), 1-based, without making an array of them.
 * Stops when `visit` returns false.
 */
export function eachLine(text: string, visit: (line: string, number: number) => boolean | void): void {
  let start = 0;
  let number = 1;
  while (start < text.length) {
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    const stop = end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    if (visit(text.slice(start, stop), number) === false) return;
    start = end + 1;
    number++;
  }
}

/** 1-based line of an offset. Linear: use a running count where many are needed. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
