/** Which objects of a JSON document are wanted, by the keys that lead to them; `*` stands for any array element. */
export interface WantedObjects {
  /** e.g. `['components', '*']`; the objects themselves are the places. */
  readonly path: readonly string[];
  /** A key below a wanted object that leads to an array of further wanted ones, e.g. `components`. */
  readonly nested?: string;
}

/**
 * 1-based lines at which the wanted objects of a JSON text begin, in the order in which a walk (parent first) meets them.
 * One pass, linear; the text must be valid JSON. A key that is given twice is met twice: compare counts before use.
 */
export function objectLines(text: string, wanted: WantedObjects): readonly number[] {
  const { path, nested } = wanted;
  const lines: number[] = [];
  // For every open bracket: how much of the path it has matched; −1 when it is off the path.
  const matched: number[] = [];
  const isArray: boolean[] = [];
  let line = 1;
  let key = '';
  const open = (array: boolean): void => {
    const parent = matched.at(-1);
    const step = isArray.at(-1) === true ? '*' : key;
    let now = -1;
    if (parent === undefined) now = 0;
    else if (parent === path.length) now = step === nested ? path.length + 1 : -1;
    else if (parent === path.length + 1) now = step === '*' ? path.length : -1;
    else if (parent >= 0 && path[parent] === step) now = parent + 1;
    if (now === path.length && !array) lines.push(line);
    matched.push(now);
    isArray.push(array);
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) line++;
    else if (code === 123 || code === 91) open(code === 91);
    else if (code === 125 || code === 93) {
      matched.pop();
      isArray.pop();
    } else if (code === 34) {
      const start = at + 1;
      for (at++; at < text.length && text.charCodeAt(at) !== 34; at++) if (text.charCodeAt(at) === 92) at++;
      // Values overwrite it too, which does no harm: a bracket follows its key.
      if (isArray.at(-1) === false && at - start < 40) key = text.slice(start, at);
      else key = '';
    }
  }
  return lines;
}
