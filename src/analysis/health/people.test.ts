import { expect, test } from 'vitest';
import { isBot } from './bots.ts';
import { readMailmap } from './mailmap.ts';
import { mailDomain, organisationOf } from './organisations.ts';
import { crowdOf } from './people.ts';

const crowd = (people: readonly (readonly [string, string])[], mailmap = ''): number[] => {
  const authors = people.map(([name, email]) => ({ name, email }));
  return [...crowdOf({ authors, authorsFirstAt: authors.map((_, i) => i) }, mailmap).personOf];
};

test('an address, a name and a forge’s made-up address make one person of many', () => {
  expect(
    crowd([
      ['Ann Example', 'ann@work.invalid'],
      ['ann', 'ann@work.invalid'],
      ['Ann  EXAMPLE', 'ann@home.invalid'],
      ['ann', '123+anne@users.noreply.forge.invalid'],
      ['Anne', 'anne@users.noreply.forge.invalid'],
      ['Bob', 'bob@work.invalid'],
    ]),
  ).toEqual([0, 0, 0, 0, 0, 1]);
});

test('names and addresses that many share join nobody', () => {
  expect(
    crowd([
      ['root', 'root@localhost'],
      ['unknown', 'root@localhost'],
      ['', 'noreply@forge.invalid'],
      ['Jo', 'noreply@forge.invalid'],
    ]),
  ).toEqual([0, 1, 2, 3]);
});

test('automation is nobody, even where a mailmap gives it a name', () => {
  expect(
    crowd(
      [
        ['renovate[bot]', '29139614+renovate[bot]@users.noreply.forge.invalid'],
        ['Ann', 'ann@work.invalid'],
      ],
      'Ann <ann@work.invalid> renovate[bot] <29139614+renovate[bot]@users.noreply.forge.invalid>',
    ),
  ).toEqual([-1, 0]);
});

test.for([
  ['dependabot[bot]', '49699333+dependabot[bot]@users.noreply.forge.invalid', true],
  ['Babel Bot', 'x@users.noreply.forge.invalid', true],
  ['Somebody', '1+renovate[bot]@users.noreply.forge.invalid', true],
  ['ckan-bot', 'team@ckan.invalid', true],
  ['github-actions', 'x@y.invalid', true],
  ['Alex Talbot', 'talbot@y.invalid', false],
  ['Abbott', 'a@b.invalid', false],
  ['Jo', 'github@jo.invalid', false],
  ['Jo', 'hi+github@jo.invalid', false],
  ['Jo', 'codex@jo.invalid', false],
  ['codeboten', '2+codeboten@users.noreply.forge.invalid', false],
  ['automation512', '1+automation512@users.noreply.forge.invalid', false],
] as const)('%s <%s> is automation: %s', ([name, email, expected]) => {
  expect(isBot(name, email)).toBe(expected);
});

test('the four forms of a mailmap, without case', () => {
  const map = readMailmap(
    [
      '# a comment',
      'Ann Example <ann@a.invalid>',
      '<bob@new.invalid> <bob@old.invalid>',
      'Cy <cy@new.invalid> <cy@old.invalid>',
      'Dee <dee@new.invalid> Dora <shared@old.invalid>',
      'no address at all',
      '<unclosed',
    ].join('\n'),
  );
  expect(map({ name: 'x', email: 'ANN@a.invalid' })).toEqual({ name: 'Ann Example', email: 'ANN@a.invalid' });
  expect(map({ name: 'Bob', email: 'bob@old.invalid' })).toEqual({ name: 'Bob', email: 'bob@new.invalid' });
  expect(map({ name: 'c', email: 'cy@old.invalid' })).toEqual({ name: 'Cy', email: 'cy@new.invalid' });
  expect(map({ name: 'DORA', email: 'shared@old.invalid' })).toEqual({
    name: 'Dee',
    email: 'dee@new.invalid',
  });
  expect(map({ name: 'Eve', email: 'shared@old.invalid' })).toEqual({
    name: 'Eve',
    email: 'shared@old.invalid',
  });
});

test.for([
  ['a@eng.company.co', 'eng.company.co'],
  ['a@Company.CO', 'company.co'],
  ['a@gmail.com', undefined],
  ['a@yahoo.co.uk', undefined],
  ['a@me.com', undefined],
  ['a@me.dev', 'me.dev'],
  ['1+a@users.noreply.forge.dev', undefined],
  ['a@laptop.local', undefined],
  ['a@localhost', undefined],
  ['a@127.0.0.1', undefined],
  ['no address', undefined],
] as const)('the organisation’s domain of %s is %s', ([email, expected]) => {
  expect(mailDomain(email)).toBe(expected);
});

test('a domain stands for those below it, a public second level for nobody', () => {
  const map = organisationOf(['eng.company.co', 'company.co', 'a.gov.uk', 'gov.uk', 'b.a.gov.uk']);
  expect([...map.values()]).toEqual(['company.co', 'company.co', 'a.gov.uk', 'gov.uk', 'a.gov.uk']);
});
