/** Values that stand for a secret: a variable, a template, a call, a stand-in word. */
const REFERENCE =
  /^(?:\$[\w({[]|\(\([\w./!:-]+\)\)$|\$\$(?:[A-Z]\w*_\w*$|[{(])|@[a-z]\w*\.[a-z]\w*(?:\.\w+)*$|\{\{|\{\$[A-Za-z_]|<[\w% /-]|%[A-Za-z_({]|#\{|@\{|\[[A-Z_ ]+\]|process\.env|os\.environ|env\.|ENV\[|System\.|config\.|vars?\.|secrets\.|local\.|data\.|self\.|this\.|null$|nil$|none$|undefined$|true$|false$)/i;

const STAND_INS: ReadonlySet<string> = new Set([
  'password',
  'passwd',
  'pass',
  'pwd',
  'secret',
  'user',
  'username',
  'user_name',
  'token',
  'key',
  'apikey',
  'api_key',
  'mypassword',
  'my_password',
  'my-password',
  'mypass',
  'my-secret',
  'my_secret',
  'mysecret',
  'yourpassword',
  'your_password',
  'foo',
  'bar',
  'baz',
  'foobar',
  'qux',
  'abc',
  'abcd',
  'xyz',
  'string',
  'value',
  'host',
  'hostname',
  'x',
  'y',
  'p',
  'u',
  'pw',
  'me',
  'you',
  'auth',
  'credentials',
  'login',
  'placeholder',
  'changeit',
  'changeme',
  'hunter2',
  'todo',
  'test',
  'testing',
  'example',
  'sample',
  'demo',
  'dummy',
  'fake',
  'hidden',
  'none',
]);

/** Whether a value only refers to a secret or stands in for one: `${DB_PASSWORD}`, `<password>`, `%s`, `xxxx`, `password`. */
export function isReference(value: string): boolean {
  return (
    REFERENCE.test(value) ||
    STAND_INS.has(value.toLowerCase()) ||
    (value.includes('TODO') && /(?:^|[^A-Za-z])TODO(?:$|[^A-Za-z])/.test(value)) ||
    /[$#%@]\{|\{\{|\$\(|%[sdv](?:$|\W)|^[*.x_#-]+$|\{[\w.]*\}|"\s*\+|\+\s*"/i.test(value)
  );
}
