/**
 * Draws what a command prints as an SVG of a terminal:
 *   node scripts/terminal-picture.ts OUT.svg 'TITLE' LINES < output-with-colours
 * Knows the few colour codes that Assay uses. Text stays text: it can be searched, copied and read aloud.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Run {
  readonly text: string;
  readonly classes: readonly string[];
}

const OPEN: Readonly<Record<string, string>> = {
  '1': 'b',
  '2': 'd',
  '31': 'r',
  '32': 'g',
  '33': 'y',
  '36': 'c',
};
const CLOSE: Readonly<Record<string, readonly string[]>> = {
  '22': ['b', 'd'],
  '39': ['r', 'g', 'y', 'c'],
  '0': ['b', 'd', 'r', 'g', 'y', 'c'],
};

/** Splits text with SGR codes into runs of one style, line by line. */
export function runsOf(text: string): Run[][] {
  let active: string[] = [];
  return text.split('\n').map((line) => {
    const runs: Run[] = [];
    // oxlint-disable-next-line no-control-regex -- colour codes are what we look for
    for (const part of line.split(/(\u001b\[\d+m)/)) {
      // oxlint-disable-next-line no-control-regex -- as above
      const code = /^\u001b\[(\d+)m$/.exec(part)?.[1];
      if (code === undefined) {
        if (part !== '') runs.push({ text: part, classes: active });
      } else if (OPEN[code] !== undefined) active = [...active, OPEN[code]];
      else active = active.filter((name) => !(CLOSE[code] ?? []).includes(name));
    }
    return runs;
  });
}

export function picture(text: string, title: string): string {
  const lines = runsOf(text.replace(/\n$/, ''));
  const columns = Math.max(80, ...lines.map((runs) => runs.reduce((sum, run) => sum + run.text.length, 0)));
  const width = Math.ceil(columns * 8.43) + 32;
  const height = lines.length * 18 + 64;
  const rows = lines.map(
    (runs, index) =>
      `<text x="16" y="${56 + index * 18}" xml:space="preserve">${runs
        .map((run) =>
          run.classes.length === 0
            ? escape(run.text)
            : `<tspan class="${run.classes.join(' ')}">${escape(run.text)}</tspan>`,
        )
        .join('')}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}">
<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d8dee9}.b{font-weight:700;fill:#fff}.d{fill:#98a3b3}.r{fill:#ff7b72}.g{fill:#7ee787}.y{fill:#f2cc60}.c{fill:#79c0ff}</style>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
<circle cx="20" cy="20" r="5" fill="#444c56"/><circle cx="38" cy="20" r="5" fill="#444c56"/><circle cx="56" cy="20" r="5" fill="#444c56"/>
<text x="76" y="25" class="d">${escape(title)}</text>
${rows.join('\n')}
</svg>
`;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

if (import.meta.main) {
  const [out, title = '$ assay', most = '60'] = process.argv.slice(2);
  if (out === undefined)
    throw new Error('usage: node scripts/terminal-picture.ts OUT.svg TITLE LINES < output');
  const all = readFileSync(0, 'utf8').replace(/\n$/, '').split('\n');
  const shown = all.slice(0, Number(most));
  writeFileSync(out, picture([...shown, ...(all.length > shown.length ? ['…'] : [])].join('\n'), title));
}
