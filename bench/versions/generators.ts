/** A small fixed generator, so that a run can be repeated from its seed. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

type Random = (below: number) => number;

/** What the versions of one ecosystem are made of. Mostly ordinary ones, often unusual, sometimes none at all. */
interface Grammar {
  readonly prefixes: readonly string[];
  readonly numbers: readonly string[];
  /** Fewest and most numbers. */
  readonly count: readonly [number, number];
  readonly suffixes: readonly string[];
  /** Most suffixes. */
  readonly most: number;
  readonly operators: readonly string[];
  readonly joiners: readonly string[];
  /** Ranges that are not made of operators. */
  readonly ranges?: (version: () => string, pick: <T>(of: readonly T[]) => T) => string;
}

const NUMBERS = ['0', '1', '2', '3', '9', '10', '11', '99', '0', '1', '2', '20230101'];
const SEMVER_SUFFIXES =
  '-alpha -alpha.1 -alpha.10 -beta -beta.2 -rc.1 -rc.11 -0 -1 -x.7.z.92 -a-b -1a +build +5 -rc.1+5'.split(
    ' ',
  );

export const grammars: Readonly<Record<string, Grammar>> = {
  npm: {
    prefixes: ['', '', '', 'v'],
    numbers: NUMBERS,
    count: [3, 3],
    suffixes: SEMVER_SUFFIXES,
    most: 1,
    operators: ['', '^', '~', '>', '>=', '<', '<=', '=', '~>'],
    joiners: [' ', ' || '],
    ranges: (version, pick) =>
      pick([
        `${version()} - ${version()}`,
        `${pick(['^', '~', '>', '', '<='])}${pick(['1', '1.x', '0.2', '1.2.*', '*', '2.x.x', '0', '0.0'])}`,
      ]),
  },
  cargo: {
    prefixes: [''],
    numbers: NUMBERS,
    count: [3, 3],
    suffixes: SEMVER_SUFFIXES,
    most: 1,
    operators: ['', '^', '~', '>', '>=', '<', '<=', '=', '>= '],
    joiners: [', ', ','],
    ranges: (_version, pick) =>
      `${pick(['^', '~', '>', '', '<=', '=', '>=', '<', ''])}${pick(['1', '0.2', '1.2', '0', '0.0', '1.*', '1.2.*', '*'])}`,
  },
  go: {
    prefixes: ['v'],
    numbers: NUMBERS,
    count: [1, 3],
    suffixes: [
      ...SEMVER_SUFFIXES,
      '+incompatible',
      '-0.20200101000000-abcdefabcdef',
      '-pre.0.20200101000000-abcdefabcdef',
    ],
    most: 1,
    operators: [],
    joiners: [],
  },
  pypi: {
    prefixes: ['', '', '', '', 'v', '1!', '0!'],
    numbers: [...NUMBERS, '01', '00'],
    count: [1, 4],
    suffixes:
      'a1 b2 rc1 .a1 -beta_2 _pre c3 alpha preview1 RC2 .post1 -1 .rev2 post r3 .dev1 dev -dev2 .dev0 +abc +1.2 +ubuntu-1 +ABC.1 .post1.dev2 a1.dev3'.split(
        ' ',
      ),
    most: 2,
    operators: ['==', '!=', '<=', '>=', '<', '>', '~=', '===', '== '],
    joiners: [',', ', '],
    ranges: (_version, pick) => `${pick(['==', '!='])}${pick(['1', '1.0', '2.1', '1.0.0', '1!0'])}.*`,
  },
  maven: {
    prefixes: [''],
    numbers: [...NUMBERS, '01', '00'],
    count: [1, 4],
    suffixes:
      '-alpha -alpha1 -alpha-1 .alpha1 -beta2 .Beta2 -M1 .M2 -rc1 -RC2 .CR1 -cr-2 -SNAPSHOT .Final .RELEASE .GA -jre -android -sp1 .SP2 -b01 -1 -2 .Final-redhat-1 -redhat-2 .redhat-00001 -jdk8 .v20230217 a b2 x -alpha-20230101 -incubating -rc.1 -20230217.123456-1 -0 .0 -ga-1 _1'.split(
        ' ',
      ),
    most: 2,
    operators: [],
    joiners: [','],
    ranges: (version, pick) =>
      pick([
        `[${version()}]`,
        `[${version()},)`,
        `(,${version()})`,
        `(,${version()}]`,
        `(,1],[2,${pick(['3', '10', ''])})`,
        `[1,${pick(['2', '2.0', '3-alpha', '10'])})`,
      ]),
  },
  gem: {
    prefixes: [''],
    numbers: [...NUMBERS, '01', '00'],
    count: [1, 4],
    suffixes: '.a .a1 .b2 .rc1 .pre .pre.1 -1 -rc1 .beta-2 .0 a b3 .A .x86 --'.split(' '),
    most: 2,
    operators: ['', '=', '!=', '>', '<', '>=', '<=', '~> ', '~>', '>= '],
    joiners: [', ', ','],
  },
  composer: {
    prefixes: ['', '', 'v'],
    numbers: [...NUMBERS, '01'],
    count: [1, 4],
    suffixes:
      '-alpha1 -alpha -beta2 beta.3 -RC1 rc2 -p1 -patch2 pl3 -dev .x-dev +build -stable @beta a1 _b2 -alpha.1-dev -foo'.split(
        ' ',
      ),
    most: 1,
    operators: ['', '^', '~', '>', '>=', '<', '<=', '!=', '=', '==', '>= ', '<>'],
    joiners: [' ', ', ', ',', ' || ', '|', '||'],
    ranges: (version, pick) =>
      pick([
        `${version()} - ${version()}`,
        `${pick(['1', '2.0', '0.1', '0', '1.2.3'])}.*`,
        'dev-main',
        '*',
        'v2.x',
        '^1.x-dev',
        '~2.x-dev',
      ]),
  },
  hex: {
    prefixes: [''],
    numbers: NUMBERS,
    count: [3, 3],
    suffixes: SEMVER_SUFFIXES,
    most: 1,
    operators: ['', '== ', '!= ', '> ', '>= ', '< ', '<= ', '~> ', '~>', '>='],
    joiners: [' and ', ' or '],
    ranges: (_version, pick) => `~> ${pick(['1.2', '0.1', '1.2.3', '1', '2.0-rc', '1.2.3-rc.1'])}`,
  },
  deb: {
    prefixes: ['', '', '', '1:', '0:', '2:'],
    numbers: [...NUMBERS, '01', '00'],
    count: [1, 4],
    suffixes: '~rc1 ~ ~~ +b1 -1 -1.1 -0ubuntu1 a b+c ~beta2 +dfsg -2~bpo1 .0 -0 +really1.2 A z'.split(' '),
    most: 3,
    operators: [],
    joiners: [],
  },
  rpm: {
    prefixes: ['', '', '', '1:', '0:', '2:'],
    numbers: [...NUMBERS, '01', '00'],
    count: [1, 4],
    suffixes: '~rc1 ~ ^git1 ^20210501 a .a b1 _1 +2 .fc40 ~~ ^^ .0 . A'.split(' '),
    most: 3,
    operators: [],
    joiners: [],
  },
};

/** A pair of versions, half of the time close neighbours of each other. */
export function pairOf(grammar: Grammar, random: Random): readonly [string, string] {
  const first = versionOf(grammar, random);
  if (random(2) === 0) return [first, versionOf(grammar, random)];
  const near = [
    first + pick(grammar.suffixes, random),
    first.replace(/\d+/, '1'),
    first.replace(/[^\d.].*$/, ''),
    first.replace(/\.\d+$/, ''),
  ];
  return [first, near[random(near.length)]! || '0'];
}

/** A version and a range that often names something near it. */
export function rangeOf(grammar: Grammar, random: Random): readonly [string, string] {
  const version = versionOf(grammar, random);
  const own = () => (random(3) === 0 ? version : versionOf(grammar, random));
  const parts: string[] = [];
  const count = 1 + (random(3) === 0 ? 1 + random(2) : 0);
  for (let i = 0; i < count; i++) {
    const special = grammar.ranges !== undefined && (random(3) === 0 || grammar.operators.length === 0);
    parts.push(
      special ? grammar.ranges(own, (of) => pick(of, random)) : pick(grammar.operators, random) + own(),
    );
  }
  if (grammar.operators.length === 0) return [version, parts[0]!];
  return [version, parts.reduce((all, part) => all + pick(grammar.joiners, random) + part)];
}

function versionOf(grammar: Grammar, random: Random): string {
  const [fewest, most] = grammar.count;
  const count = fewest + random(most - fewest + 1);
  const numbers = Array.from({ length: count }, () => pick(grammar.numbers, random)).join('.');
  let version = pick(grammar.prefixes, random) + numbers;
  for (let i = random(grammar.most + 1); i > 0; i--) version += pick(grammar.suffixes, random);
  return version;
}

function pick<T>(of: readonly T[], random: Random): T {
  return of[random(of.length)]!;
}
