/**
 * Trains the scorer of generic secrets and writes its data and its report:
 *
 *     node scripts/train-scorer.ts --train NAME=DIR … --hold-out NAME=DIR …
 *
 * DIR is a git directory; what is read are the text files of its HEAD. No text of it is kept but counts of pairs of characters.
 * The secrets are made up. The same commits give the same bytes.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assignmentAt, assignsTo } from '../src/analysis/disclosure/generic/assignment.ts';
import { senseOf, type KeySense } from '../src/analysis/disclosure/generic/key.ts';
import { KEYWORDS } from '../src/analysis/disclosure/generic/keywords.ts';
import {
  CLASSES,
  classOf,
  encodeStep,
  LEVELS,
  STEP,
  useBigrams,
} from '../src/analysis/disclosure/generic/token.ts';
import { FEATURES, featuresOf } from '../src/analysis/disclosure/generic/score.ts';
import { fits } from '../src/analysis/disclosure/generic/value.ts';
import { seededRandom } from '../src/analysis/text/testing/random.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = 'src/analysis/disclosure/generic';

interface Corpus {
  readonly name: string;
  readonly commit: string;
  readonly texts: readonly string[];
}

interface Sample {
  readonly features: Float64Array;
  readonly secret: boolean;
}

/** What a program wrote, or what is no text: its tokens are nobody's words. */
const LEFT_OUT =
  /(?:^|\/)(?:[\w.-]*lock[\w.-]*|go\.sum|npm-shrinkwrap\.json)$|\.(?:svg|map|min\.\w+|lock|pem|crt|key|snap|golden|sum|ipynb|po|csv)$|(?:^|\/)(?:node_modules|vendor|dist|third_party)\//i;

function read(argument: string): Corpus {
  const [name, dir] = [argument.slice(0, argument.indexOf('=')), argument.slice(argument.indexOf('=') + 1)];
  const git = (args: readonly string[], input?: string): Buffer =>
    execFileSync('git', ['-C', dir, ...args], {
      maxBuffer: 2 ** 31 - 1,
      ...(input === undefined ? {} : { input }),
    });
  const ids = git(['ls-tree', '-r', 'HEAD'])
    .toString()
    .split('\n')
    .filter((line) => line.includes(' blob ') && !LEFT_OUT.test(line.slice(line.indexOf('\t') + 1)))
    .map((line) => line.split(/\s/)[2]!);
  const bytes = git(['cat-file', '--batch'], `${[...new Set(ids)].toSorted().join('\n')}\n`);
  const texts: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const newline = bytes.indexOf(10, at);
    const size = Number(bytes.toString('latin1', at, newline).split(' ')[2]);
    const body = bytes.subarray(newline + 1, newline + 1 + size);
    at = newline + 2 + size;
    if (!body.subarray(0, 8000).includes(0) && size < 1_000_000) texts.push(body.toString('latin1'));
  }
  return { name, commit: git(['rev-parse', '--short=12', 'HEAD']).toString().trim(), texts };
}

/** Different tokens of the secret alphabet, in their order by code unit. */
function tokensOf(corpora: readonly Corpus[], least: number): string[] {
  const tokens = new Set<string>();
  for (const { texts } of corpora)
    for (const text of texts)
      for (const [token] of text.matchAll(/[A-Za-z0-9+/=_.-]{8,}/g))
        if (token.length >= least && token.length <= 80) tokens.add(token);
  return [...tokens].toSorted();
}

/** What names with a keyword in them are really given in source code: next to none of it is a secret. */
function assignedIn(
  corpora: readonly Corpus[],
): { readonly value: string; readonly sense: KeySense; readonly quoted: boolean }[] {
  const found = new Map<
    string,
    { readonly value: string; readonly sense: KeySense; readonly quoted: boolean }
  >();
  const gate = assignsTo(8, true);
  for (const { texts } of corpora)
    for (const text of texts)
      for (const line of text.split('\n')) {
        if (line.length > 4000) continue;
        const lower = line.toLowerCase();
        let bytes: Uint8Array | undefined;
        for (const keyword of KEYWORDS)
          for (let at = lower.indexOf(keyword); at !== -1; at = lower.indexOf(keyword, at + 1)) {
            bytes ??= Uint8Array.from(line, (unit) => unit.charCodeAt(0));
            if (!gate(bytes, at, at + keyword.length, 0, bytes.length)) continue;
            const given = assignmentAt(line, at, at + keyword.length);
            if (given === undefined) continue;
            const value = line.slice(given.start, given.end);
            if (fits(value))
              found.set(`${given.key} ${value}`, { value, sense: senseOf(given.key), quoted: given.quoted });
          }
      }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

const DIGITS = '0123456789';
const SMALL = 'abcdefghijklmnopqrstuvwxyz';
const LARGE = SMALL.toUpperCase();
const SHAPES: readonly (readonly [alphabet: string, lengths: readonly number[], ending: string])[] = [
  [`${DIGITS}abcdef`, [32], ''],
  [`${DIGITS}abcdef`, [40], ''],
  [`${DIGITS}abcdef`, [32, 40, 48, 64], ''],
  [DIGITS + SMALL + LARGE, [20, 22, 24, 32, 36, 40, 43, 48, 64], ''],
  [DIGITS + SMALL + LARGE, [20, 24, 32, 40], ''],
  [`${DIGITS}${SMALL}${LARGE}+/`, [22, 27, 43, 86], '='],
  [`${DIGITS}${SMALL}${LARGE}+/`, [24, 32, 40, 44, 64], ''],
  [`${DIGITS}${SMALL}${LARGE}-_`, [22, 32, 43, 64], ''],
  [DIGITS + SMALL, [20, 24, 25, 32, 40, 50], ''],
  [`234567${LARGE}`, [26, 32], ''],
];

function randomSecret(next: (below: number) => number): string {
  const [alphabet, lengths, ending] = SHAPES[next(SHAPES.length)]!;
  const length = lengths[next(lengths.length)]!;
  return Array.from({ length }, () => alphabet[next(alphabet.length)]).join('') + ending;
}

/** log2 of how rare each pair is, add-one smoothed, over all different tokens. */
function countBigrams(tokens: readonly string[]): string {
  const counts = new Float64Array(CLASSES * CLASSES).fill(0.5);
  for (const token of tokens) {
    // Hashes that are written down in source are no words of its language.
    if (/^[0-9a-f]{24,}$/i.test(token) || (token.length > 40 && /[A-Za-z0-9+/]{40}/.test(token))) continue;
    for (let i = 1; i < token.length; i++)
      counts[classOf(token.charCodeAt(i - 1)) * CLASSES + classOf(token.charCodeAt(i))]!++;
  }
  let text = '';
  for (let row = 0; row < CLASSES; row++) {
    let total = 0;
    for (let i = 0; i < CLASSES; i++) total += counts[row * CLASSES + i]!;
    for (let i = 0; i < CLASSES; i++)
      text += encodeStep(
        Math.min(LEVELS - 1, Math.round(-Math.log2(counts[row * CLASSES + i]! / total) / STEP)),
      );
  }
  return text;
}

/** Logistic regression by gradient descent with momentum; classes weigh the same, weights are kept small. */
function train(samples: readonly Sample[]): { readonly bias: number; readonly weights: readonly number[] } {
  const secrets = samples.filter(({ secret }) => secret).length;
  const weights = new Float64Array(FEATURES + 1);
  const speed = new Float64Array(FEATURES + 1);
  for (let round = 0; round < 1500; round++) {
    const slope = new Float64Array(FEATURES + 1);
    for (const { features, secret } of samples) {
      let sum = weights[FEATURES]!;
      for (let i = 0; i < FEATURES; i++) sum += features[i]! * weights[i]!;
      const miss =
        (secret ? 0.5 / secrets : 0.5 / (samples.length - secrets)) *
        (1 / (1 + Math.exp(-sum)) - (secret ? 1 : 0));
      for (let i = 0; i < FEATURES; i++) slope[i]! += miss * features[i]!;
      slope[FEATURES]! += miss;
    }
    for (let i = 0; i <= FEATURES; i++) {
      speed[i] = 0.95 * speed[i]! - 0.5 * (slope[i]! + (i < FEATURES ? 1e-5 * weights[i]! : 0));
      weights[i]! += speed[i]!;
    }
  }
  const rounded = [...weights].map((weight) => Math.round(weight * 1000) / 1000);
  return { bias: rounded[FEATURES]!, weights: rounded.slice(0, FEATURES) };
}

function shannon(token: string): number {
  const counts = new Map<string, number>();
  for (const unit of token) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / token.length) * Math.log2(count / token.length);
  return bits;
}

/** The threshold that `share` of the scores reach. */
function reachedBy(scores: readonly number[], share: number): number {
  return scores.toSorted((a, b) => b - a)[Math.ceil(scores.length * share) - 1]!;
}

/** The chance that a secret scores above a token. */
function areaUnder(secrets: readonly number[], tokens: readonly number[]): number {
  const sorted = tokens.toSorted((a, b) => a - b);
  let sum = 0;
  for (const score of secrets) {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < score) low = middle + 1;
      else high = middle;
    }
    sum += low;
  }
  return sum / secrets.length / tokens.length;
}

function main(): void {
  const args = process.argv.slice(2);
  const split = args.indexOf('--hold-out');
  const training = args.slice(args.indexOf('--train') + 1, split).map(read);
  const heldOut = args.slice(split + 1).map(read);
  const trainTokens = tokensOf(training, 8);
  const bigrams = countBigrams(trainTokens);
  useBigrams(bigrams);

  const next = seededRandom(2026);
  /** Names that secrets have, as the scorer sees them: most say so, some hardly. */
  const sense = (): KeySense => ({
    strength: ([3, 3, 3, 2, 2, 1] as const)[next(6)]!,
    against: next(12) === 0 ? 1 : 0,
    isPassword: false,
  });
  const sample = (value: string, key: KeySense, quoted: boolean, secret: boolean): Sample => ({
    features: Float64Array.from(featuresOf(value, key, quoted)),
    secret,
  });
  const samples: Sample[] = [];
  for (let i = 0; i < 20_000; i++) samples.push(sample(randomSecret(next), sense(), next(2) === 0, true));
  // Tokens under names of the same kinds teach the scorer the token; real assignments teach it the name.
  const longer = trainTokens.filter((token) => token.length >= 16);
  for (let i = 0; i < 30_000; i++)
    samples.push(sample(longer[next(longer.length)]!, sense(), next(2) === 0, false));
  const assigned = assignedIn(training);
  for (const { value, sense: key, quoted } of assigned) samples.push(sample(value, key, quoted, false));
  const { bias, weights } = train(samples);
  const score = (value: string, key: KeySense, quoted: boolean): number => {
    const features = featuresOf(value, key, quoted);
    return weights.reduce((sum, weight, i) => sum + weight * features[i]!, bias);
  };

  const strong: KeySense = { strength: 3, against: 0, isPassword: false };
  const weak: KeySense = { strength: 1, against: 0, isPassword: false };
  const secrets = Array.from({ length: 20_000 }, () => randomSecret(next));
  const possible = reachedBy(
    secrets.map((value) => score(value, strong, true)),
    0.999,
  );
  const likely = reachedBy(
    secrets.map((value) => score(value, strong, true)),
    0.997,
  );

  const fresh = Array.from({ length: 20_000 }, () => randomSecret(next));
  const all = tokensOf(heldOut, 20);
  const row = (name: string, of: (value: string) => number, tokens: readonly string[]): string => {
    const [of1, of0] = [fresh.map(of), tokens.map(of)];
    const cells = [0.9, 0.95, 0.99].map((share) => {
      const limit = reachedBy(of1, share);
      const wrong = of0.filter((value) => value >= limit).length;
      return `${wrong} (${((100 * wrong) / tokens.length).toFixed(2)} %)`;
    });
    return `| ${name} | ${areaUnder(of1, of0).toFixed(4)} | ${cells.join(' | ')} |`;
  };
  const table = (tokens: readonly string[]): string =>
    [
      '| score | AUC | wrong at 90 % recall | at 95 % | at 99 % |',
      '|---|---|---|---|---|',
      row('Shannon entropy', shannon, tokens),
      row('**the scorer**', (value) => score(value, strong, true), tokens),
    ].join('\n');
  const perRepository = (): string => {
    const limit = reachedBy(
      fresh.map((value) => score(value, strong, true)),
      0.99,
    );
    const entropy = reachedBy(fresh.map(shannon), 0.99);
    const wrongIn = (of: readonly Corpus[]): number =>
      tokensOf(of, 20).filter((value) => score(value, strong, true) >= limit).length;
    const worst = heldOut.toSorted((a, b) => wrongIn([b]) - wrongIn([a]))[0]!;
    const others = heldOut.filter((corpus) => corpus !== worst);
    const groups = [
      ...heldOut.map((corpus) => ({ name: corpus.name, of: [corpus] })),
      { name: `all but ${worst.name}`, of: others },
    ];
    const rows = groups.map(({ name, of }) => {
      const tokens = tokensOf(of, 20);
      const [high, low] = [
        tokens.filter((value) => score(value, strong, true) >= limit),
        tokens.filter((value) => shannon(value) >= entropy),
      ];
      const hex = high.filter((value) => /^[0-9a-f]+$/i.test(value)).length;
      const percent = (count: number): string => `${count} (${((100 * count) / tokens.length).toFixed(2)} %)`;
      return `| ${name} | ${tokens.length.toLocaleString('en-GB')} | ${percent(low.length)} | ${percent(high.length)} | ${hex} |`;
    });
    return [
      '| repository | tokens | Shannon entropy | the scorer | of which hexadecimal |',
      '|---|---|---|---|---|',
      ...rows,
    ].join('\n');
  };
  const heldAssigned = assignedIn(heldOut);
  const above = (limit: number, least: number): number =>
    heldAssigned.filter(
      ({ value, sense: key, quoted }) => key.strength >= least && score(value, key, quoted) >= limit,
    ).length;
  const share = (limit: number, key: KeySense): string =>
    `${((100 * fresh.filter((value) => score(value, key, true) >= limit).length) / fresh.length).toFixed(1)} %`;
  const names = (corpora: readonly Corpus[]): string =>
    corpora.map(({ name, commit }) => `${name} (${commit})`).join(', ');

  writeFileSync(
    join(root, folder, 'bigrams.ts'),
    [
      '/* Made by scripts/train-scorer.ts. Do not edit. */',
      '',
      '/** How rare each pair of classes of characters is in source code, a row of characters a first one: `token.ts` reads it. */',
      'export const BIGRAMS: string = [',
      ...Array.from(
        { length: CLASSES },
        (_, i) => `  '${bigrams.slice(i * CLASSES, (i + 1) * CLASSES).replaceAll("'", "\\'")}',`,
      ),
      "].join('');",
      '',
    ].join('\n'),
  );
  writeFileSync(
    join(root, folder, 'weights.ts'),
    [
      '/* Made by scripts/train-scorer.ts. Do not edit. */',
      '',
      '/** For the features of `score.ts`, in their order. */',
      `export const WEIGHTS: readonly number[] = [${weights.join(', ')}];`,
      `export const BIAS: number = ${bias};`,
      '',
      '/** 99.7 % of random secrets score as much, under a name that says so. */',
      `export const LIKELY: number = ${likely.toFixed(3)};`,
      '/** 99.9 % of them. */',
      `export const POSSIBLE: number = ${possible.toFixed(3)};`,
      '',
    ].join('\n'),
  );
  writeFileSync(
    join(root, 'docs/secrets-scorer.md'),
    `<!-- Made by scripts/train-scorer.ts. Do not edit. -->
# How values that look random are told from code

A value that a name such as \`api_key\` is given is a generic secret when a small logistic model says that it was drawn, not
written. The model has ${FEATURES} features: how surprising its pairs of characters are to source code (alone, over what its
alphabet lets expect, and by length), alphabet, length, changes between classes of characters, digits, the longest run of small
letters, different characters, separators, how much its name says *secret*, words of the name that speak against (\`public\`,
\`id\`, \`path\`, \`hash\`), and quotes. Its weights are numbers in \`${folder}/weights.ts\` and \`bigrams.ts\`;
\`scripts/train-scorer.ts\` makes them and this page. Before it, fixed rules leave out references, templates and placeholders.

Trained on ${trainTokens.length.toLocaleString('en-GB')} different tokens and ${assigned.length.toLocaleString('en-GB')} assignments of
${names(training)}; and on 20,000 made-up secrets (hexadecimal, base 32, 36, 62 and 64, of 20 to 86 characters). Nothing of these
repositories is kept but how often pairs of characters occur.

## Measured on repositories that it never saw

${names(heldOut)}; 20,000 other made-up secrets. Lockfiles, pictures and generated files are left out of both.

All ${all.length.toLocaleString('en-GB')} different tokens of 20 to 80 characters, under a name that says *secret*:

${table(all)}

By repository, at 99 % recall. What scores above is nearly all random indeed: hashes, commit ids, entity tags, ids of drawings, and
in CyberChef's tests keys, certificates and cipher texts. Whether that is a secret, only its name can tell.

${perRepository()}

At the limits that are built in:

| limit | secrets found, the name says so | the name only says "key" | held-out tokens above it |
|---|---|---|---|
| likely | ${share(likely, strong)} | ${share(likely, weak)} | ${((100 * all.filter((value) => score(value, strong, true) >= likely).length) / all.length).toFixed(2)} % |
| possible | ${share(possible, strong)} | ${share(possible, weak)} | ${((100 * all.filter((value) => score(value, strong, true) >= possible).length) / all.length).toFixed(2)} % |

Of ${heldAssigned.length.toLocaleString('en-GB')} assignments to names with a keyword in the held-out repositories, ${above(likely, 1)} score above *likely* and
${above(possible, 1)} above *possible*, before the fixed rules (their tests are full of made-up keys).

What it cannot tell: a secret of words, or one shorter than 16 characters (passwords are looked for by another rule), and a random
value that is no secret where its name says that it is one.
`,
  );
}

main();
