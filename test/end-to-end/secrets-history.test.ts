import { execFileSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { openObjectStore } from '../../src/adapters/git/object-store.ts';
import { openRefs } from '../../src/adapters/git/refs.ts';
import { openRepository } from '../../src/adapters/git/repository.ts';
import { commitTips } from '../../src/adapters/git/tips.ts';
import { latin1Reader } from '../../src/adapters/kernel/latin1.ts';
import { prepareRules } from '../../src/analysis/disclosure/engine/rule-set.ts';
import { createHeap } from '../../src/analysis/disclosure/kernel/heap.ts';
import { startKernel } from '../../src/analysis/disclosure/kernel/module.ts';
import { lineAndBlock } from '../../src/analysis/disclosure/engine/testing/made-store.ts';
import { numbers } from '../../src/analysis/disclosure/kernel/testing/started.ts';
import { readKernelFile } from '../../src/adapters/kernel/wasm-file.ts';
import type { Disclosure } from '../../src/model/disclosure-report.ts';
import { secretsInHistory } from '../../src/verbs/prevent/secrets.ts';
import { hasGit, World } from './harness.ts';

const world = new World();
afterAll(() => world[Symbol.dispose]());

const rules = lineAndBlock('deny-list');

/** A made-up history as `git fast-import` reads it: branches that merge, files that move, secrets that come and go. */
function madeUp(seed: number): string {
  const random = numbers(seed);
  const files = ['a.txt', 'deep/b.txt', 'deep/er/c.txt', 'd e.txt'];
  const line = (): string => {
    const kind = random(9);
    if (kind === 0) return `x secret-${random(5)} y`;
    if (kind === 1) return `begin-block\nword${random(3)}\nend`;
    return `line ${random(40)}`;
  };
  const content = new Map<number, Map<string, string[]>>();
  let stream = '';
  const count = 18;
  for (let i = 1; i <= count; i++) {
    const parents = i === 1 ? [] : [Math.max(1, i - 1 - random(4))];
    if (i > 3 && random(4) === 0) parents.push(Math.max(1, i - 1 - random(3)));
    const own = new Map(
      Array.from(content.get(parents[0] ?? 0) ?? [], ([path, lines]) => [path, [...lines]]),
    );
    for (let change = 0; change < 2; change++) {
      const path = files[random(files.length)]!;
      const lines = own.get(path) ?? Array.from({ length: 12 }, line);
      lines.splice(random(lines.length), random(3), line());
      if (random(8) === 0) own.delete(path);
      else own.set(path, lines);
    }
    content.set(i, own);
    const message = random(6) === 0 ? `says secret-${random(5)}` : `commit ${i}`;
    const author = 1_700_000_000 + i * 1000 - random(3) * 1500;
    stream += `commit refs/heads/${random(3) === 0 ? `side${random(3)}` : 'main'}\nmark :${i}\n`;
    stream += `author A <a@example.invalid> ${author} +0000\ncommitter A <a@example.invalid> ${1_700_000_000 + i * 1000} +0000\n`;
    stream += `data ${message.length}\n${message}\n`;
    for (const [j, parent] of [...new Set(parents)].entries())
      stream += `${j === 0 ? 'from' : 'merge'} :${parent}\n`;
    stream += 'deleteall\n';
    for (const [path, lines] of own) {
      const text = `${lines.join('\n')}\n`;
      stream += `M 100644 inline ${path.includes(' ') ? `"${path}"` : path}\ndata ${text.length}\n${text}\n`;
    }
  }
  return stream;
}

/** The same question, asked of git about each commit. */
function bruteForce(folder: string): ReadonlyMap<string, object> {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
  // Every commit that is stored, whether a reference leads to it or not.
  const ids = git('cat-file', '--batch-all-objects', '--batch-check=%(objectname) %(objecttype)')
    .split('\n')
    .filter((line) => line.endsWith(' commit'))
    .map((line) => line.slice(0, 40));
  const all = git('log', '--no-walk', '--format=%H %at %ct %P', ...ids)
    .trim()
    .split('\n');
  const commits = all.map((line) => {
    const [id, authoredAt, committedAt, ...parents] = line.split(' ');
    return { id: id!, authoredAt: Number(authoredAt), committedAt: Number(committedAt), parents };
  });
  const has = new Map<string, Map<string, string[]>>();
  const texts = new Map<string, string>();
  for (const { id } of commits) {
    const own = new Map<string, string[]>();
    const note = (text: string, where: string): void => {
      for (const [found] of text.matchAll(/secret-\d+/g))
        own.set(`line ${found}`, [...(own.get(`line ${found}`) ?? []), where]);
      for (const [, found] of text.matchAll(/begin-block\n(\w+)\nend/g))
        own.set(`block ${found!}`, [...(own.get(`block ${found!}`) ?? []), where]);
    };
    for (const entry of git('ls-tree', '-r', '-z', id).split('\0').filter(Boolean)) {
      const blob = entry.slice(12, 52);
      if (!texts.has(blob)) texts.set(blob, git('cat-file', 'blob', blob));
      note(texts.get(blob)!, entry.slice(53));
    }
    note(git('log', '-1', '--format=%B', id), '(message)');
    has.set(id, own);
  }
  const labels = new Set([...has.values()].flatMap((own) => [...own.keys()]));
  const head = git('rev-parse', 'HEAD').trim();
  const refs = git('for-each-ref', '--format=%(refname)').trim().split('\n');
  const reach = new Map(refs.map((ref) => [ref, git('rev-list', ref).trim().split('\n')]));
  return new Map(
    [...labels].map((label) => {
      const holding = commits.filter(({ id }) => has.get(id)!.has(label));
      const first = holding
        .filter(({ parents }) => parents.every((parent) => !has.get(parent)!.has(label)))
        .toSorted((a, b) => a.authoredAt - b.authoredAt)[0]!;
      const newest = holding.toSorted((a, b) => b.committedAt - a.committedAt)[0]!;
      const inHead = has.get(head)!.has(label);
      const last = inHead ? head : newest.id;
      return [
        label,
        {
          firstAt: first.authoredAt,
          last,
          lastPaths: [...new Set(has.get(last)!.get(label))].sort(),
          inHead,
          refs: refs.filter((ref) => reach.get(ref)!.some((id) => has.get(id)!.has(label))),
        },
      ];
    }),
  );
}

test.for([1, 2])(
  'where secrets are in a made-up history is what git says of each commit (%i)',
  async (seed, { skip }) => {
    if (!hasGit) skip('no git here');
    const folder = world.folder(`made-${seed}`, {});
    world.git(folder, 'init', '-q', '--bare');
    execFileSync('git', ['fast-import', '--quiet', '--depth=50'], { cwd: folder, input: madeUp(seed) });
    const secretOf = new Map<string, string>();
    const kernel = startKernel(readKernelFile());
    const repository = openRepository(folder)!;
    for (const packed of [false, true]) {
      if (packed) world.git(folder, 'repack', '-adfq', '--depth=50', '--window=50');
      const store = openObjectStore(repository);
      const refs = openRefs(repository);
      const { disclosures } = await secretsInHistory(
        {
          kernel,
          heap: createHeap(kernel),
          rules: prepareRules(rules),
          latin1: latin1Reader(),
          fingerprint: (rule, secret) => {
            secretOf.set(`${rule} ${secret}`, secret);
            return `${rule} ${secret}`;
          },
          tick: () => {},
        },
        store,
        commitTips(refs, store),
        refs.resolve('HEAD'),
        refs.names(),
      );
      store.close();
      const found = new Map(disclosures.map((one) => [one.fingerprint, told(one)]));
      const expected = bruteForce(folder);
      expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
      for (const [label, answer] of expected) expect([label, found.get(label)]).toEqual([label, answer]);
    }
  },
);

function told({ history, spots }: Disclosure): object {
  const { first, last, inHead, refs } = history!;
  return {
    firstAt: Date.parse(first!.authoredAt) / 1000,
    last: last!.commit,
    lastPaths: [...new Set(spots.map(({ path }) => path ?? '(message)'))].sort(),
    inHead,
    refs,
  };
}
