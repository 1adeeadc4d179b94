import type { Command } from './command.ts';

/** The page of one command, at most 80 columns. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(([name, spec]) => {
    const short = spec.short === undefined ? '    ' : `-${spec.short}, `;
    const value = spec.type === 'string' ? ` ${spec.value ?? 'VALUE'}` : '';
    const choices = spec.choices === undefined ? '' : ` (${spec.choices.join(' | ')})`;
    return [`${short}--${name}${value}`, `${spec.help}${choices}`] as const;
  });
  return [
    `${command.usage}\n\n${paragraphs(command.about)}`,
    options.length === 0 ? '' : `\nOptions\n${table([...options, ['-h, --help', 'show this help']])}`,
    `\nExamples\n${command.examples.map(([line, says]) => `${exampleLines(line)}      ${says}\n`).join('')}`,
  ].join('');
}

/** Paragraphs filled to 78 columns; lines that begin with a space stay as they are. */
function paragraphs(text: string): string {
  const lines: string[] = [];
  let open = '';
  const flush = (): void => {
    if (open !== '') lines.push(...wrap(open, 78));
    open = '';
  };
  for (const line of text.split('\n'))
    if (line === '' || line.startsWith(' ')) {
      flush();
      lines.push(line);
    } else open = open === '' ? line : `${open} ${line}`;
  flush();
  return lines.map((line) => `${line}\n`).join('');
}

/** A long command continues on the next line, as a shell reads it. */
function exampleLines(line: string): string {
  return wrap(line, 74)
    .map((part, index, all) => `  ${index === 0 ? '' : '  '}${part}${index < all.length - 1 ? ' \\' : ''}\n`)
    .join('');
}

/** The front page: commands by verb. */
export function frontPage(
  groups: readonly (readonly [verb: string, commands: readonly Pick<Command, 'name' | 'summary'>[]])[],
  version: string,
): string {
  const shown = groups.filter(([, commands]) => commands.length > 0);
  return [
    `assay ${version}: know, prevent, fix, prove and share what your software is made of\n\n`,
    'assay COMMAND [OPTIONS]\n',
    ...shown.map(
      ([verb, commands]) => `\n${verb}\n${table(commands.map(({ name, summary }) => [name, summary]))}`,
    ),
    '\nStart with `assay scan .`; `assay COMMAND --help` explains each.\n',
    'Exit codes: 0 pass, 1 policy blocks, 2 could not run, 3 could not verify.\n',
  ].join('');
}

/** Two columns; long right-hand text wraps under itself. */
function table(rows: readonly (readonly [string, string])[]): string {
  const left = Math.min(28, Math.max(...rows.map(([name]) => name.length)) + 2);
  return rows
    .map(([name, text]) => {
      const lines = wrap(text, 78 - left - 2);
      const first =
        name.length + 2 > left
          ? [`  ${name}`, `  ${' '.repeat(left)}${lines[0]!}`]
          : [`  ${name.padEnd(left)}${lines[0]!}`];
      return [...first, ...lines.slice(1).map((line) => `  ${' '.repeat(left)}${line}`)].join('\n');
    })
    .map((line) => `${line}\n`)
    .join('');
}

/** Breaks text at spaces so that no line is longer than `width`, except single words that are. At least one line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
