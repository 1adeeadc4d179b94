/*
 * How many tokens of trees score like drawn secrets, at the limit that finds 99 % of made-up ones, and how many of these stand outside tests:
 *   node bench/scorer.ts NAME=DIR …
 * DIR is a git directory; what is read are the text files of its HEAD, as scripts/train-scorer.ts reads them. A token is said to stand in tests when
 * it stands in no other file; which files are tests is asked of the function by which finds there go a tier down.
 */
import { execFileSync } from 'node:child_process';
import { fileClass } from '../src/analysis/disclosure/engine/place.ts';
import { drawnSecret } from '../src/analysis/disclosure/generic/drawn.ts';
import type { KeySense } from '../src/analysis/disclosure/generic/key.ts';
import { scoreOf } from '../src/analysis/disclosure/generic/score.ts';
import { findAll } from '../src/analysis/disclosure/generic/testing/find-all.ts';
import { randomText } from '../src/analysis/disclosure/rules/testing/random.ts';

const LEFT_OUT =
  /(?:^|\/)(?:[\w.-]*lock[\w.-]*|go\.sum|npm-shrinkwrap\.json)$|\.(?:svg|map|min\.\w+|lock|pem|crt|key|snap|golden|sum|ipynb|po|csv)$|(?:^|\/)(?:node_modules|vendor|dist|third_party)\//i;
const NAMED: KeySense = { strength: 3, against: 0, isPassword: false };
const FORMS = [
  ['hex', 32],
  ['hex', 40],
  ['hex', 64],
  ['base36', 32],
  ['base32', 32],
  ['base62', 20],
  ['base62', 24],
  ['base62', 32],
  ['base62', 40],
  ['base64', 40],
  ['base64', 64],
  ['url', 43],
] as const;

const random = randomText(99);
const scores = Array.from({ length: 19_800 }, (_, i) => {
  const [characters, length] = FORMS[i % FORMS.length]!;
  return random(characters, length);
})
  .map((value) => scoreOf(value, NAMED, true))
  .toSorted((a, b) => a - b);
const limit = scores[Math.floor(scores.length / 100)]!;

const total = { all: 0, above: 0, found: 0, allOutside: 0, aboveOutside: 0, foundOutside: 0 };
process.stdout.write(
  '| tree | tokens | above | found | outside tests | above | found |\n|---|---|---|---|---|---|---|\n',
);
for (const argument of process.argv.slice(2)) {
  const at = argument.indexOf('=');
  const own = count(placesOf(argument.slice(at + 1)));
  for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += own[key];
  row(argument.slice(0, at), own);
}
row('all', total);

function row(name: string, of: typeof total): void {
  const share = (part: number, whole: number): string => `${part} (${((100 * part) / whole).toFixed(2)} %)`;
  process.stdout.write(
    `| ${name} | ${of.all} | ${share(of.above, of.all)} | ${share(of.found, of.all)} | ${of.allOutside} | ${share(of.aboveOutside, of.allOutside)} | ${share(of.foundOutside, of.allOutside)} |\n`,
  );
}

/** `found`: by the rule, with all that it leaves out before it asks the scorer, where a name says that it is a secret. */
function count(tokens: ReadonlyMap<string, boolean>): typeof total {
  const sum = { all: 0, above: 0, found: 0, allOutside: 0, aboveOutside: 0, foundOutside: 0 };
  for (const [token, isOutside] of tokens) {
    const isAbove = scoreOf(token, NAMED, true) >= limit;
    const isFound = findAll([drawnSecret], `api_secret = "${token}"`).some(
      ({ find }) => find.tier !== 'possible',
    );
    sum.all++;
    if (isAbove) sum.above++;
    if (isFound) sum.found++;
    if (!isOutside) continue;
    sum.allOutside++;
    if (isAbove) sum.aboveOutside++;
    if (isFound) sum.foundOutside++;
  }
  return sum;
}

/** Tokens of 20 to 80 characters, and whether each stands in a file that is no test. */
function placesOf(directory: string): ReadonlyMap<string, boolean> {
  const git = (args: readonly string[], input?: string): Buffer =>
    execFileSync('git', ['-C', directory, ...args], {
      maxBuffer: 2 ** 31 - 1,
      ...(input === undefined ? {} : { input }),
    });
  const tokens = new Map<string, boolean>();
  const files = git(['ls-tree', '-r', '-z', 'HEAD'])
    .toString()
    .split('\0')
    .filter((line) => line.includes(' blob '))
    .map((line) => ({ id: line.split(/\s/)[2]!, path: line.slice(line.indexOf('\t') + 1) }))
    .filter(({ path }) => !LEFT_OUT.test(path));
  const bytes = git(['cat-file', '--batch'], `${files.map(({ id }) => id).join('\n')}\n`);
  let at = 0;
  for (const { path } of files) {
    const newline = bytes.indexOf(10, at);
    const size = Number(bytes.toString('latin1', at, newline).split(' ')[2]);
    const body = bytes.subarray(newline + 1, newline + 1 + size);
    at = newline + 2 + size;
    if (body.subarray(0, 8000).includes(0) || size >= 1_000_000) continue;
    const isOutside = fileClass(path) !== 'test';
    for (const [token] of body.toString('latin1').matchAll(/[A-Za-z0-9+/=_.-]{8,}/g))
      if (token.length >= 20 && token.length <= 80)
        tokens.set(token, isOutside || tokens.get(token) === true);
  }
  return tokens;
}
