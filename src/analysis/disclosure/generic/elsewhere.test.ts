import { expect, test } from 'vitest';
import { elsewhere } from './elsewhere.ts';

/** What the rules find wherever a keyword of theirs stands and its gate is open. */
function found(text: string): readonly string[] {
  const bytes = Buffer.from(text, 'latin1');
  const secrets = elsewhere.flatMap((rule) =>
    rule.keywords.flatMap((keyword) => {
      const finds: string[] = [];
      const small = text.toLowerCase();
      for (let at = small.indexOf(keyword); at !== -1; at = small.indexOf(keyword, at + 1)) {
        const end = at + keyword.length;
        if (!rule.gate!(bytes, at, end, 0, bytes.length)) continue;
        for (const find of rule.find({ text, start: at, end, keyword }))
          finds.push(`${find.tier} ${text.slice(find.start, find.end)}`);
      }
      return finds;
    }),
  );
  return [...new Set(secrets)];
}

const chosen = 'Kq7w!Vz2pLx9';
const drawn = 'u7Gq2ZkX9vBn4RtY8mPw3LcD6sHf1JaE';

test.for([
  ['a column of CSV', `id,user,password\n1,ada,${chosen}\n2,bob,\n`, `likely ${chosen}`],
  ['a quoted column', `"name","api_key"\n"prod","${drawn}"\n`, `likely ${drawn}`],
  ['a table of Markdown', `| name | password |\n|---|---|\n| ada | \`${chosen}\` |\n`, `likely ${chosen}`],
  ['columns of SQL', `INSERT INTO t (id, password) VALUES (1, '${chosen}'), (2, NULL);`, `likely ${chosen}`],
  ['rows of a dump', `COPY t (id, password) FROM stdin;\n1\t${chosen}\n\\.\n`, `likely ${chosen}`],
  ['a key behind its value', `{"value": "${drawn}",\n "key": "client_secret"}`, `likely ${drawn}`],
] as const)('%s', ([, text, secret]) => {
  expect(found(text)).toEqual([secret]);
});

test.for([
  ['arguments one a line', `f(\n    password,\n    ${chosen},\n    salt)\n`],
  ['a list of names', '"PasswordCredential",\n"PaymentAddress",\n'],
  ['another column', `id,password,note\n1,,${chosen}\n`],
  ['another column of SQL', `INSERT INTO t (id, password) VALUES ('${chosen}', NULL);`],
  ['another key', `{"value": "${drawn}", "key": "colour"}`],
  ['nothing below', 'id,password\n'],
  ['a statement that is cut off', `INSERT INTO t (id, password) VALUES (1, '${chosen}`],
] as const)('%s: nothing', ([, text]) => {
  expect(found(text)).toEqual([]);
});

test('of the rows of a dump those are read whose table has a column for secrets', () => {
  const rows = [1, 2, 3].flatMap((id) => [
    `INSERT INTO posts (id, title) VALUES (${id}, '${drawn}');`,
    `INSERT INTO users (id, password) VALUES (${id}, '${chosen}${id}');`,
    `INSERT INTO posts VALUES (${id}, '${drawn}');`,
  ]);
  expect(found(rows.join('\n'))).toEqual([1, 2, 3].map((id) => `likely ${chosen}${id}`));
});
