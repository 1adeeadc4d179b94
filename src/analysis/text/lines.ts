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
