/**
 * Prints a document with one line for each element of its top-level arrays and one for each other top-level value:
 * a third of the time and half the size of indented JSON, and a difference of two documents is still read line by line.
 */
export function printDocument(document: object): string {
  return printPieces(document).join('');
}

/**
 * The same in pieces of some ten thousand characters, to be written one after the other. One character beyond Latin-1 makes V8 keep
 * all of a text in two bytes a character, which takes several times as long to encode: of pieces only those that have one.
 * `printed` are arrays that follow the document's own, by name, each element printed already.
 */
export function printPieces(
  document: object,
  printed: Readonly<Record<string, readonly string[]>> = {},
): string[] {
  const pieces: string[] = [];
  let lines: string[] = [];
  let length = 0;
  let before = '{\n';
  const add = (line: string): void => {
    lines.push(line);
    length += line.length;
    if (length >= PIECE) flush();
  };
  const flush = (): void => {
    if (lines.length === 0 && pieces.length > 0) return;
    pieces.push(before + lines.join(',\n'));
    before = ',\n';
    lines = [];
    length = 0;
  };
  const addAll = (name: string, elements: readonly string[]): void => {
    const last = elements.length - 1;
    if (last === -1) add(`${name}: []`);
    elements.forEach((line, i) => add(`${i === 0 ? `${name}: [\n` : ''}${line}${i === last ? '\n]' : ''}`));
  };
  for (const [key, value] of Object.entries(document) as [string, unknown][]) {
    const name = JSON.stringify(key);
    if (Array.isArray(value))
      addAll(
        name,
        value.map((element) => JSON.stringify(element)),
      );
    else add(`${name}: ${JSON.stringify(value)}`);
  }
  for (const [key, elements] of Object.entries(printed)) addAll(JSON.stringify(key), elements);
  flush();
  pieces[pieces.length - 1] += '\n}\n';
  return pieces;
}

const PIECE = 16_384;

/** Without the index into an inventory that a document does not have: there a component is its purl. */
export function unnumbered<T extends { readonly component: number }>(one: T): Omit<T, 'component'> {
  const { component: _, ...rest } = one;
  return rest;
}
