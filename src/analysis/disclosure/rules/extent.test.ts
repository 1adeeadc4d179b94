import { expect, test } from 'vitest';
import { allRules } from '../all-rules.ts';
import { numbers } from '../kernel/testing/started.ts';

const next = numbers(5);
const pick = <T>(list: readonly T[]): T => list[next(list.length)]!;
const base64 = (length: number): string =>
  Array.from({ length }, () => pick('A B C D E F G H a b c d e f g h 0 1 2 3 4 5 6 7 + /'.split(' '))).join(
    '',
  );
const rules = allRules.filter((rule) => rule.extent !== undefined);

/** Text as rules with an extent look at it: keys, tables, and what is about the same. */
function piece(): string {
  return pick([
    () => `${base64(64)}\n`,
    () => `${base64(20)}==\n`,
    () => '-----BEGIN RSA PRIVATE KEY-----\n',
    () => '-----END RSA PRIVATE KEY-----',
    () => '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n',
    () => '-----END PGP PRIVATE KEY BLOCK-----\n',
    () => '-----END',
    () => '-----',
    () => `=${base64(4)}\n`,
    () => 'user,password,note\n',
    () => '| name | token |\n',
    () => `u1,${base64(24)},x\n`,
    () => `| a | ${base64(30)} |\n`,
    () => 'the token, password: no table\n',
    () => '\n',
  ])();
}

test('there are such rules', () => expect(rules.map(({ id }) => id)).toContain('private-key'));

test('what stands behind its extent changes nothing of what a rule finds', () => {
  let asked = 0;
  let found = 0;
  for (let round = 0; round < 1500; round++) {
    const text = Array.from({ length: 2 + next(10) }, piece).join('');
    for (const rule of rules)
      for (const keyword of rule.keywords) {
        const start = text.toLowerCase().indexOf(keyword);
        if (start === -1) continue;
        const end = start + keyword.length;
        const extent = rule.extent!({ text, start, end, keyword });
        if (extent === undefined) continue;
        const line = text.indexOf('\n', end);
        const stop = Math.max(end + extent, line === -1 ? text.length : line + 1);
        const others = [text, text.slice(0, stop), `${text.slice(0, stop)}${piece()}${piece()}`];
        const [whole, ...cut] = others.map((one) =>
          JSON.stringify(rule.find({ text: one, start, end, keyword })),
        );
        asked++;
        if (whole !== '[]') found++;
        expect(cut).toEqual([whole, whole]);
      }
  }
  expect([asked > 500, found > 50]).toEqual([true, true]);
});
