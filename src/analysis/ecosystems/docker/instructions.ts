import { eachLine } from '../../text/lines.ts';

/** One Dockerfile instruction, its continuation lines joined. */
export interface Instruction {
  /** Upper case: `FROM`, `RUN`, …; `SYNTAX` stands for the `# syntax=` directive. `ONBUILD` is taken off. */
  readonly name: string;
  /** What follows, continuations joined by a space, comments and heredoc bodies left out. */
  readonly rest: string;
  /** 1-based line where it begins. */
  readonly line: number;
}

/**
 * Splits a Dockerfile into instructions. https://docs.docker.com/reference/dockerfile/
 * Knows the `escape` and `syntax` parser directives, line continuations with comments and blank lines between them, and heredocs.
 * `openHeredoc` is the line of a heredoc that the file does not close.
 */
export function readInstructions(text: string): {
  readonly instructions: readonly Instruction[];
  readonly openHeredoc: number | undefined;
} {
  const instructions: Instruction[] = [];
  const heredocs: { word: string; strip: boolean; line: number }[] = [];
  let escape = '\\';
  let directives = true;
  let open: { parts: string[]; line: number } | undefined;
  const finish = (): void => {
    if (open === undefined) return;
    const instruction = toInstruction(open.parts.join(' '), open.line);
    open = undefined;
    if (instruction === undefined) return;
    instructions.push(instruction);
    if (/^(?:RUN|COPY|ADD)$/.test(instruction.name))
      for (const found of instruction.rest.matchAll(/(?<![<\w])<<(-?)(["']?)([A-Za-z_]\w{0,63})\2/g))
        heredocs.push({ word: found[3]!, strip: found[1] === '-', line: instruction.line });
  };
  eachLine(text, (raw, line) => {
    const heredoc = heredocs[0];
    if (heredoc !== undefined) {
      if ((heredoc.strip ? raw.trimStart() : raw) === heredoc.word) heredocs.shift();
      return;
    }
    const trimmed = raw.trim();
    if (trimmed.startsWith('#')) {
      const directive = directives ? /^#\s*(\w+)\s*=\s*(\S+)$/.exec(trimmed) : null;
      if (directive === null) directives = false;
      else if (directive[1]!.toLowerCase() === 'escape' && directive[2] === '`') escape = '`';
      else if (directive[1]!.toLowerCase() === 'syntax')
        instructions.push({ name: 'SYNTAX', rest: directive[2]!, line });
      return; // A comment between continued lines is no end.
    }
    directives = false;
    if (trimmed === '') return; // Nor is a blank line (Docker warns of it).
    open ??= { parts: [], line };
    const continued = trimmed.endsWith(escape);
    open.parts.push(continued ? trimmed.slice(0, -1).trimEnd() : trimmed);
    if (!continued) finish();
  });
  finish();
  return { instructions, openHeredoc: heredocs[0]?.line };
}

function toInstruction(text: string, line: number, nested = false): Instruction | undefined {
  const gap = text.search(/\s/);
  const name = (gap === -1 ? text : text.slice(0, gap)).toUpperCase();
  const rest = gap === -1 ? '' : text.slice(gap + 1).trim();
  if (name === 'ONBUILD' && rest !== '' && !nested) return toInstruction(rest, line, true);
  return name === '' ? undefined : { name, rest, line };
}
