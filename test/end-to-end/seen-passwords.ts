import { makeZip } from '../../src/adapters/zip/testing/make-zip.ts';
import { zip } from './hiding-tools.ts';

/** A place where a person would see the password at once. */
export interface SeenPlace {
  readonly name: string;
  readonly path: string;
  readonly text: (password: string) => string | Uint8Array;
  /** What it is found as, where made-up ones are usual; else `likely`. */
  readonly tier?: 'possible';
  /** What stands there instead in a repository without passwords; absent: the same with a word. */
  readonly twin?: string | Uint8Array;
}

/** A row of a document of Word. */
const row = (...cells: readonly string[]): string =>
  `<w:tr>${cells.map((cell) => `<w:tc><w:p><w:r><w:t>${cell}</w:t></w:r></w:p></w:tc>`).join('')}</w:tr>`;

/** A line of a sheet of Excel, by the numbers of its strings; and the strings. */
const line = (number: number, a: number, b: number): string =>
  `<row r="${number}"><c r="A${number}" t="s"><v>${a}</v></c><c r="B${number}" t="s"><v>${b}</v></c></row>`;
const strings = (...all: readonly string[]): string =>
  `<sst>${all.map((one) => `<si><t>${one}</t></si>`).join('')}</sst>`;

export const seenPlaces: readonly SeenPlace[] = [
  {
    name: 'the one of two that a condition chooses',
    path: 'choice.js',
    text: (password) => `const password = isLive ? '${password}' : process.env.DB_PASSWORD;\n`,
  },
  {
    name: 'the other of two',
    path: 'other.py',
    text: (password) => `password = read_password() if is_live else "${password}"\n`,
  },
  {
    name: 'what is used when nobody says otherwise',
    path: 'default.js',
    text: (password) => `const password = process.env.DB_PASSWORD || '${password}';\n`,
  },
  {
    name: 'a long string of Lua',
    path: 'long.lua',
    text: (password) => `local password = [[${password}]]\n`,
  },
  {
    name: 'a string between brackets of Ruby',
    path: 'raw.rb',
    text: (password) => `connect(user: 'app', password: %q(${password}))\n`,
  },
  {
    name: 'a raw string of Rust',
    path: 'raw.rs',
    text: (password) => `let password = r#"${password}"#;\n`,
  },
  {
    name: 'a constant of Visual Basic',
    path: 'constant.bas',
    text: (password) => `Private Const DB_PASSWORD As String = "${password}"\r\n`,
  },
  {
    name: 'a column of Markdown with its heading in bold letters',
    path: 'column.md',
    text: (password) => `| **User** | **Password** |\n|---|---|\n| ada | ${password} |\n`,
    tier: 'possible',
    twin: '| **User** | **Password** |\n|---|---|\n| ada | in the vault |\n',
  },
  {
    name: 'a row of Markdown that its first cell names',
    path: 'row.md',
    text: (password) => `| Setting | Value |\n|---|---|\n| User | ada |\n| Password | \`${password}\` |\n`,
    tier: 'possible',
    twin: '| Setting | Type |\n|---|---|\n| User | string |\n| Password | string(20) |\n',
  },
  {
    name: 'a column of a wiki',
    path: 'wiki/access',
    text: (password) => `||User||Password||\n|ada|${password}|\n`,
  },
  {
    name: 'what a function returns, in its line',
    path: 'Returned.java',
    text: (password) => `protected String getPassword() { return "${password}"; }\n`,
  },
  {
    name: 'what a function returns, in the next line',
    path: 'Below.java',
    text: (password) => `  public String getDbPassword() {\n    return "${password}";\n  }\n`,
  },
  {
    name: 'what a function of Python returns',
    path: 'below.py',
    text: (password) => `def db_password():\n    return '${password}'\n`,
  },
  {
    name: 'an attribute of a directory in base64',
    path: 'people.ldif',
    text: (password) => `dn: cn=ada\nuserPassword:: ${Buffer.from(password).toString('base64')}\n`,
  },
  {
    name: 'a cell of a page that the one before names',
    path: 'access.html',
    text: (password) => `<tr>\n  <td>Password:</td>\n  <td><code>${password}</code></td>\n</tr>\n`,
  },
  {
    name: 'a sentence',
    path: 'access.txt',
    text: (password) => `Log in as ada; the password is ${password}.\n`,
  },
  {
    name: 'a name in bold letters',
    path: 'README.md',
    text: (password) => `- **User:** ada\n- **Password:** ${password}\n`,
    tier: 'possible',
    twin: '- **User:** ada\n- **Password:** somewhere-else\n',
  },
  {
    name: 'a column of a table in a document',
    path: 'access.docx',
    text: (password) =>
      zip('word/document.xml', `<w:tbl>${row('User', 'Password')}${row('ada', password)}</w:tbl>`),
  },
  {
    name: 'a column of a spreadsheet',
    path: 'access.xlsx',
    text: (password) =>
      makeZip([
        { name: 'xl/worksheets/sheet1.xml', data: `<sheetData>${line(1, 0, 1)}${line(2, 2, 3)}</sheetData>` },
        { name: 'xl/sharedStrings.xml', data: strings('User', 'Password', 'ada', password) },
      ]),
  },
];
