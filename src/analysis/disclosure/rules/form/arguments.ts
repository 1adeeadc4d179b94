/** Characters of a call that are looked at. */
const MOST = 400;

/** The string as another type, and still no more than it. */
const AS_OTHER = /\.(?:toCharArray|getBytes|toString|encode|as_str|to_string|to_owned|into)\(\)/y;

/**
 * Where the string stands that is argument number `index` (0 the first) of the call that `from` is behind the bracket of, without its
 * quotes. `undefined`: that argument is no plain string, there are not `of` of them, or the call ends on another line. One pass.
 */
export function argumentOf(
  text: string,
  from: number,
  index: number,
  of?: number,
): { readonly start: number; readonly end: number } | undefined {
  const most = Math.min(text.length, from + MOST);
  let depth = 0;
  let count = 0;
  let found: { readonly start: number; readonly end: number } | undefined;
  let isAlone = true;
  for (let at = from; at < most; at++) {
    const sign = text[at]!;
    if (sign === '\n') return undefined;
    if (sign === '"' || sign === "'" || sign === '`') {
      const start = at + 1;
      for (at = start; at < most && text[at] !== sign && text[at] !== '\n'; at++) if (text[at] === '\\') at++;
      if (text[at] !== sign) return undefined;
      if (count === index && depth === 0) {
        isAlone &&= found === undefined;
        found = { start, end: at };
        AS_OTHER.lastIndex = at + 1;
        if (AS_OTHER.test(text)) at = AS_OTHER.lastIndex - 1;
      }
    } else if (sign === '(' || sign === '[' || sign === '{') {
      depth++;
      isAlone &&= count !== index;
    } else if (sign === ')' || sign === ']' || sign === '}') {
      if (depth === 0) return isAlone && (of === undefined || count + 1 === of) ? found : undefined;
      depth--;
    } else if (sign === ',' && depth === 0) {
      count++;
    } else if (count === index && sign !== ' ' && sign !== '\t') isAlone = false;
  }
  return undefined;
}
