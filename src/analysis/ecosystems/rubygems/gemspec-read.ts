import { eachStatement } from './gemfile-read.ts';

/** What a gemspec asks for, as far as its literals tell. */
export interface Gemspec {
  readonly name: string;
  readonly version: string;
  readonly needs: readonly {
    readonly name: string;
    readonly ranges: readonly string[];
    readonly isDevelopment: boolean;
    readonly line: number;
  }[];
  readonly unread: readonly { readonly line: number; readonly text: string }[];
}

/**
 * Reads the literal parts of a gemspec: it is Ruby, and is never run. Linear in the text.
 * https://guides.rubygems.org/specification-reference/
 */
export function readGemspec(text: string): Gemspec {
  const needs: { name: string; ranges: string[]; isDevelopment: boolean; line: number }[] = [];
  const unread: { line: number; text: string }[] = [];
  let name = '';
  let version = '';
  eachStatement(text, (statement, line) => {
    const field = /^\w+\.(name|version)\s*=\s*["']([^"'#]+)["']$/.exec(statement);
    if (field !== null) {
      if (field[1] === 'name') name = field[2]!;
      else version = field[2]!;
      return;
    }
    const call = /^\w+\.add_(development_|runtime_)?dependency[\s(]+/.exec(statement);
    if (call === null) return;
    const literals = [...statement.slice(call[0].length).matchAll(/["']([^"']*)["']/g)].map(
      (found) => found[1]!,
    );
    const isName = /^["']/.test(statement.slice(call[0].length));
    if (!isName || literals[0] === undefined || literals[0].includes('#{'))
      unread.push({ line, text: statement.slice(0, 60) });
    else
      needs.push({
        name: literals[0],
        ranges: literals.slice(1).filter((range) => !range.includes('#{')),
        isDevelopment: call[1] === 'development_',
        line,
      });
  });
  return { name, version, needs, unread };
}
