import { expect, test } from 'vitest';
import { overLines } from './over-lines.ts';
import { findAll } from './testing/find-all.ts';
import { randomText } from '../rules/testing/random.ts';

const said = (text: string): string[] =>
  findAll(overLines, text).map(({ rule, find, text: found }) => `${rule} ${find.tier} ${found}`);
const drawn = randomText(3)('base62', 32);
const chosen = 'Tr4vel!Agent';

test('a name and its value on the next line', () => {
  for (const text of [
    `<key>password</key>\n\t<string>${chosen}</string>`,
    `<name>javax.jdo.option.ConnectionPassword</name>\r\n    <value>${chosen}</value>`,
    `<property name="password">\n  <value>${chosen}</value>\n</property>`,
    `{ "name": "DB_PASSWORD",\n  "value": "${chosen}" }`,
    `- name: DB_PASSWORD\n  value: ${chosen}\n`,
    `- name: DB_PASSWORD\n  value: "${chosen}"\n`,
    `db:\n  password: |\n    ${chosen}\n`,
    `db:\n  password: >-\n    ${chosen}\n`,
    `<password>\n  ${chosen}\n</password>`,
    `<Password>\n  <Value>${chosen}</Value>\n</Password>`,
    `{ "key": "password",\n  "value": "${chosen}" }`,
  ])
    expect(said(text)).toEqual([`password-literal likely ${chosen}`]);
  // Where nobody sets it: a drawn one only is worth a look.
  const mixed = 'kW7#pX2q!d9Z';
  for (const [value, tier] of [
    [chosen, 'possible'],
    [mixed, 'likely'],
  ] as const)
    for (const text of [
      `variable "db_password" {\n  type    = string\n  default = "${value}"\n}`,
      `  DBPassword:\n    Type: String\n    NoEcho: true\n    Default: "${value}"\n`,
    ])
      expect(said(text)).toEqual([`password-literal ${tier} ${value}`]);
  expect(said(`<key>apiToken</key>\n<string>${drawn}</string>`)).toEqual([`generic-secret likely ${drawn}`]);
  expect(said(`- name: API_TOKEN\n  value: ${drawn}\n`)).toEqual([`generic-secret likely ${drawn}`]);
});

test('other names, other lines and what only refers to a secret are quiet', () => {
  for (const text of [
    `<key>CFBundleName</key>\n<string>${chosen}</string>`,
    `<key>password</key>\n<true/>`,
    `<key>password</key>\n<string>$(DB_PASSWORD)</string>`,
    `<key>password</key>\n\n\n<string>${chosen}</string>`,
    `"password",\n"${chosen}"`,
    `"label": "password",\n"value": "${chosen}"`,
    '- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef: {name: a}\n',
    '- name: DB_PASSWORD\n  value: "{{ password }}"\n',
    `password: |\n${chosen}\n`,
    `the password\n  value: ${chosen}\n`,
    `variable "db_password" {\n  type    = string\n}\nvariable "b" {\n  default = "${chosen}"\n}`,
    `  DBPassword:\n    Type: String\n  Other:\n    Default: ${chosen}\n`,
  ])
    expect(said(text)).toEqual([]);
});

test('what a function returns that is named after it, when it has a digit', () => {
  const mixed = 'Tr4vel!Agent';
  const found = [`password-literal likely ${mixed}`];
  expect(said(`  String getPassword() {\n    return "${mixed}";\n  }\n`)).toEqual(found);
  expect(said(`def db_password():\n    return '${mixed}'\n`)).toEqual(found);
  expect(said(`String apiKey() {\n  return "${drawn}";\n}`)).toEqual([`generic-secret likely ${drawn}`]);
  for (const text of [
    `String getPassword() {\n    return "Traveller!Agent";\n}`,
    `String checkPassword() {\n    return "${mixed}";\n}`,
    `String getPassword() {\n    return "${mixed}" + suffix;\n}`,
    `String getPassword() {\n    return password("${mixed}");\n}`,
    `String getPassword() {\n    String a = b;\n    return "${mixed}";\n}`,
  ])
    expect(said(text)).toEqual([]);
});

test('a cell, a definition or what stands behind bold words of a page, when it has a digit', () => {
  const mixed = 'Tr4vel!Agent';
  for (const text of [
    `<tr>\n  <td>DB password</td>\n  <td>${mixed}</td>\n</tr>`,
    `<tr><th>Password:</th><td class="a"><code>${mixed}</code></td></tr>`,
    `<dl><dt>Password</dt><dd>${mixed}</dd></dl>`,
    `<p><strong>Password:</strong> ${mixed}</p>`,
    `<li><b>Password</b>: ${mixed}</li>`,
  ])
    expect(said(text)).toEqual([`password-literal likely ${mixed}`]);
  for (const text of [
    `<td>Password</td><td>8 characters</td>`,
    `<td>Password</td><td>Traveller!Agent</td>`,
    `<th>Password</th><td>varchar(20)</td>`,
    `<td>Password</td></tr><tr><td>${mixed}</td>`,
    `<label>Password</label><input value="${mixed}">`,
    `<td>Password hash</td><td>${mixed}</td>`,
  ])
    expect(said(text)).toEqual([]);
});
