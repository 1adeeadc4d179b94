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

/** Loops multiply: beyond this many dependencies a list is not repeated. */
const MOST_NEEDS = 10_000;

/** `%w[a b].each do |name|`, on one line. */
const LOOP = /^\s*%[wW][[({]([^\])}#]*)[\])}]\.each\s+do\s*\|\s*(\w+)\s*\|$/;

/**
 * Reads the literal parts of a gemspec: it is Ruby, and is never run. Linear in the text.
 * https://guides.rubygems.org/specification-reference/
 */
export function readGemspec(text: string): Gemspec {
  const needs: { name: string; ranges: string[]; isDevelopment: boolean; line: number }[] = [];
  const unread: { line: number; text: string }[] = [];
  /** The words that the variable of a literal list's loop stands for, until that loop ends. */
  const loops: { readonly variable: string; readonly words: readonly string[] }[] = [];
  let openWords: string | undefined;
  let name = '';
  let version = '';
  eachStatement(text, (statement, line) => {
    const field = /^\w+\.(name|version)\s*=\s*["']([^"'#]+)["']$/.exec(statement);
    if (field !== null) {
      if (field[1] === 'name') name = field[2]!;
      else version = field[2]!;
      return;
    }
    if (openWords !== undefined || /^%[wW][[({]/.test(statement)) {
      openWords = `${openWords ?? ''} ${statement}`;
      if (!/[\])}]/.test(statement)) return;
      const loop = LOOP.exec(openWords);
      openWords = undefined;
      if (loop !== null) loops.push({ variable: loop[2]!, words: loop[1]!.split(/\s+/).filter(Boolean) });
      return;
    }
    if (statement === 'end') loops.pop();
    const call = /^\w+\.add_(development_|runtime_)?dependency[\s(]+/.exec(statement);
    if (call === null) return;
    const literals = [...statement.slice(call[0].length).matchAll(/["']([^"']*)["']/g)].map(
      (found) => found[1]!,
    );
    const isName = /^["']/.test(statement.slice(call[0].length));
    const variable = /^\w+/.exec(statement.slice(call[0].length))?.[0];
    const loop = loops.findLast((one) => one.variable === variable);
    if (loop !== undefined && needs.length + loop.words.length < MOST_NEEDS)
      for (const word of loop.words)
        needs.push({
          name: word,
          ranges: literals.filter((range) => !range.includes('#{')),
          isDevelopment: call[1] === 'development_',
          line,
        });
    else if (!isName || literals[0] === undefined || literals[0].includes('#{'))
      unread.push({ line, text: statement.slice(0, 60) });
    else
      needs.push({
        name: literals[0],
        ranges: literals.slice(1).filter((range) => !range.includes('#{')),
        isDevelopment: call[1] === 'development_',
        line,
      });
  });
  if (openWords !== undefined) unread.push({ line: 0, text: openWords.trim().slice(0, 60) });
  return { name, version, needs, unread };
}
