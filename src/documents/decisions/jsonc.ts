/**
 * JSON with comments made plain JSON: line comments, block comments and trailing commas become spaces, so that every line and column stays.
 * Strings are left alone. An open block comment runs to the end; the parser then says what is missing. Linear.
 */
export function plainJson(text: string): string {
  return withoutTrailingCommas(withoutComments(text));
}

function withoutComments(text: string): string {
  const pieces: string[] = [];
  let done = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34 /* " */) {
      i = endOfString(text, i);
      continue;
    }
    if (code !== 47 /* / */) continue;
    const next = text.charCodeAt(i + 1);
    let end: number;
    if (next === 47) end = text.indexOf('\n', i);
    else if (next === 42 /* * */) {
      end = text.indexOf('*/', i + 2);
      if (end !== -1) end += 2;
    } else continue;
    if (end === -1) end = text.length;
    pieces.push(text.slice(done, i), text.slice(i, end).replace(/[^\r\n]/g, ' '));
    done = end;
    i = end - 1;
  }
  return pieces.join('') + text.slice(done);
}

function withoutTrailingCommas(text: string): string {
  const pieces: string[] = [];
  let done = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34 /* " */) {
      i = endOfString(text, i);
      continue;
    }
    if (code !== 44 /* , */) continue;
    let next = i + 1;
    while (next < text.length && isSpace(text.charCodeAt(next))) next++;
    const closer = text.charCodeAt(next);
    if (closer === 93 /* ] */ || closer === 125 /* } */) {
      pieces.push(text.slice(done, i), ' ');
      done = i + 1;
    }
    i = next - 1;
  }
  return pieces.join('') + text.slice(done);
}

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;

/** Offset of the closing quote, or of the end of the line or text when there is none. */
function endOfString(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92 /* \ */) i++;
    else if (code === 34 || code === 10) return i;
  }
  return text.length - 1;
}
