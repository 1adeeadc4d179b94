import { type Reader, syntaxProblem } from './yaml-block.ts';
import type { YamlMap, YamlNode } from './yaml.ts';

/** Collects a map's entries, then applies its merge keys (https://yaml.org/type/merge.html): own keys win, earlier merges win. */
export class MapBuilder {
  readonly #reader: Reader;
  readonly #line: number;
  readonly #entries = new Map<string, { line: number; value: YamlNode }>();
  readonly #merged: YamlMap[] = [];

  constructor(reader: Reader, line: number) {
    this.#reader = reader;
    this.#line = line;
  }

  add(key: string, row: number, value: YamlNode, plain: boolean): void {
    if (plain && key === '<<') {
      const sources = value.kind === 'sequence' ? value.items.map((item) => item.value) : [value];
      const maps = sources.filter((source) => source.kind === 'map');
      if (maps.length < sources.length)
        syntaxProblem(this.#reader, 'a merge key (<<) of something that is no map', row);
      this.#merged.push(...maps);
      return;
    }
    if (this.#entries.has(key))
      this.#reader.problems.push({
        code: 'file/duplicate-key',
        message: `the key ${JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key)} is given twice; the last one counts`,
        line: row + 1,
      });
    this.#entries.set(key, { line: row + 1, value });
  }

  finish(): YamlMap {
    for (const source of this.#merged)
      for (const [key, entry] of source.entries) if (!this.#entries.has(key)) this.#entries.set(key, entry);
    return { kind: 'map', line: this.#line, entries: this.#entries };
  }
}
