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
  ['a row of a name and its value', `name,value\npassword,${chosen}\nport,5432\n`, `likely ${chosen}`],
  ['the same with a number and a remark', `3;db_password;${chosen};who may write\n`, `likely ${chosen}`],
  ['the same in quotes', `"host","db1"\n"password","${chosen}"\n`, `likely ${chosen}`],
  ['the same between tabs', `api_key\t${drawn}\nhost\tdb1\n`, `likely ${drawn}`],
  ['a heading with a digit', `password,sha256\n${chosen},no\n`, `likely ${chosen}`],
  ['a key behind its value', `{"value": "${drawn}",\n "key": "client_secret"}`, `likely ${drawn}`],
] as const)('%s', ([, text, secret]) => {
  expect(found(text)).toEqual([secret]);
});

test('what has the form of a hash in a column of passwords is possible, in one of tokens likely', () => {
  const hex = ['3f9c1e7ab2d84056', 'e1c7f0a95d3b6842'].join('');
  expect(found(`user,password\nada,${hex}\n`)).toEqual([`possible ${hex}`]);
  expect(found(`user,token\nada,${hex}\n`)).toEqual([`likely ${hex}`]);
});

test.for([
  ['arguments one a line', `f(\n    password,\n    ${chosen},\n    salt)\n`],
  ['a list of names', '"PasswordCredential",\n"PaymentAddress",\n'],
  ['another column', `id,password,note\n1,,${chosen}\n`],
  ['another column of SQL', `INSERT INTO t (id, password) VALUES ('${chosen}', NULL);`],
  ['a row of a word and a number', 'password,abc12345\npasswords,1234567\n'],
  ['a name of something else', `password_hint,${chosen}\n`],
  ['arguments on one line', `f(password,${chosen})\n  password,${chosen}\n`],
  ['a sentence', `password,${chosen} and more\n`],
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

test('all rows of a table count, up to 64 KiB; of what is no row below it nothing does', () => {
  const rows = Array.from({ length: 900 }, (_, i) => `user${i},Kq7w!Vz2p${i}Lx`);
  const secrets = Array.from({ length: 900 }, (_, i) => `likely Kq7w!Vz2p${i}Lx`);
  expect(found(`login,password\n${rows.join('\n')}\nthe end\nx,${chosen}\n`)).toEqual(secrets);
  const values = rows.map((row, i) => `(${i}, '${row.split(',')[1]}')`);
  expect(found(`INSERT INTO t (id, password) VALUES ${values.join(', ')};\n`)).toEqual(secrets);
  const tabs = rows.map((row) => row.replace(',', '\t'));
  expect(found(`COPY t (login, password) FROM stdin;\n${tabs.join('\n')}\n\\.\n`)).toEqual(secrets);
});

test('what decides is told: the table to its end, the statement, the row', () => {
  const extent = (text: string, keyword: string): number | undefined => {
    const start = text.toLowerCase().indexOf(keyword);
    return elsewhere[1]!.extent!({ text, start, end: start + keyword.length, keyword });
  };
  expect(extent('id,password\n1,a1\n2,b2\nend\n', 'password')).toBe('\n1,a1\n2,b2\nend\n'.length);
  expect(extent('id,password\n1,a1\n2,b2\n', 'password')).toBeUndefined();
  expect(extent('id,password\n1,a1\n2,b2\nend', 'password')).toBeUndefined();
  expect(extent('no table of a password\n1,a1\n', 'password')).toBe(0);
  expect(extent(`password,${chosen}\nport,1\n`, 'password')).toBe(1 + chosen.length);
  expect(extent("INSERT INTO t (password) VALUES ('a'); x", 'insert into ')).toBe(
    "t (password) VALUES ('a');".length,
  );
  expect(extent("INSERT INTO t (password) VALUES ('a'", 'insert into ')).toBeUndefined();
  expect(extent('COPY t (id) FROM stdin;\n1\n', 'from stdin;')).toBe(0);
  expect(extent('COPY t (password) FROM stdin;\nabc\n\\.\n', 'from stdin;')).toBe('\nabc\n\\.'.length);
});
