/**
 * Whether names and versions can stand in a command line as they are. They come from files that anyone may have written,
 * and people paste what we show: anything else gets no command.
 */
export function arePlainWords(...words: readonly string[]): boolean {
  return words.every((word) => /^[A-Za-z0-9_@][A-Za-z0-9_@./+!~-]*$/.test(word));
}
