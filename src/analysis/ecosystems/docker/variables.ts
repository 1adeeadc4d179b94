/**
 * Replaces `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}` and `${NAME:+other}` as Dockerfiles and Compose files write them
 * (https://docs.docker.com/reference/dockerfile/#environment-replacement, https://docs.docker.com/reference/compose-file/interpolation/).
 * `undefined` when a variable has no value here: it is given when the image is built or run.
 * Nested defaults (`${A:-${B:-c}}`) are read to a depth of 8.
 */
export function substitute(
  text: string,
  value: (name: string) => string | undefined,
  depth = 0,
): string | undefined {
  if (!text.includes('$')) return text;
  let out = '';
  for (let at = 0; at < text.length;) {
    const char = text[at]!;
    if (char !== '$') {
      out += char;
      at++;
      continue;
    }
    if (text[at + 1] === '{') {
      const end = closingBrace(text, at + 2);
      const replaced = end === -1 || depth > 8 ? undefined : expand(text.slice(at + 2, end), value, depth);
      if (replaced === undefined) return undefined;
      out += replaced;
      at = end + 1;
      continue;
    }
    const name = nameAt(text, at + 1);
    const found = name === '' ? undefined : value(name);
    if (found === undefined) return undefined;
    out += found;
    at += 1 + name.length;
  }
  return out;
}

function closingBrace(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') open++;
    else if (text[at] === '}' && --open === 0) return at;
  }
  return -1;
}

function nameAt(text: string, from: number): string {
  let at = from;
  while (at < text.length && /[A-Za-z0-9_]/.test(text[at]!)) at++;
  return text.slice(from, at);
}

function expand(
  inner: string,
  value: (name: string) => string | undefined,
  depth: number,
): string | undefined {
  const name = nameAt(inner, 0);
  const rest = inner.slice(name.length);
  if (name === '') return undefined;
  const found = value(name);
  if (rest === '') return found;
  const operator = /^:?[-+?]/.exec(rest)?.[0];
  if (operator === undefined) return undefined;
  const word = rest.slice(operator.length);
  const isSet = found !== undefined && (found !== '' || !operator.startsWith(':'));
  if (operator.endsWith('+')) return isSet ? substitute(word, value, depth + 1) : '';
  if (isSet) return found;
  return operator.endsWith('-') ? substitute(word, value, depth + 1) : undefined;
}
