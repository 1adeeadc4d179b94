import { expect, test } from 'vitest';
import { isMadeOfName, machineBeside } from './beside.ts';

/** `@` is where the password begins. */
const beside = (text: string): string | undefined =>
  machineBeside({ text: text.replace('§', ''), at: text.indexOf('§') });

test('the machine in the line of a password, or in its block of settings, is this one or another', () => {
  for (const [text, where] of [
    ['url: jdbc:mysql://localhost:3306/shop?useSSL=false\nusername: root\npassword: §x', 'here'],
    ['url: jdbc:mysql://203.0.114.7:3306/shop?useSSL=false\nusername: root\npassword: §x', 'elsewhere'],
    ['url: jdbc:oracle:thin:@10.1.2.3:1521:shop\npassword: §x', 'elsewhere'],
    ['url: jdbc:sqlserver://db.acme.net;user=sa;password=§x', 'elsewhere'],
    ['DB_HOST=mysql\nDB_PASSWORD=§x', 'here'],
    ['DB_HOST=db.acme.co.uk\nDB_PASSWORD=§x', 'elsewhere'],
    ['url: jdbc:mysql://${DB_HOST:localhost}:3306/shop\npassword: §x', 'here'],
    ['  "Host": "smtp.acme.ru",\n  "Login": "me@acme.ru",\n  "Password": "§x"', 'elsewhere'],
    ['  "Login": "me",\n  "Password": "§x",\n  "RootUrl": "https://sms.acme.net/rest/"', 'elsewhere'],
    ['Server=tcp:shop.database.windows.net,1433;User ID=a;Password=§x', 'elsewhere'],
    ['Data Source=.\\SQLEXPRESS;User ID=a;Password=§x', 'here'],
    ['mysql -h 10.20.30.40 -uroot -p§x', 'elsewhere'],
    ['mongo --host localhost --password §x', 'here'],
    ['docker run --rm -e "SA_PASSWORD=§x" -p 1433:1433 mssql', 'here'],
    ['web1 ansible_host=10.2.3.4 ansible_password=§x', 'elsewhere'],
    ["create user 'shop'@'localhost' identified by '§x';", undefined],
    ['host: config.db.host\npassword: §x', undefined],
    ['path: uploads/file\npassword: §x', undefined],
    ['repository_url: "https://github.com/acme/shop"\npassword: §x', undefined],
    ['email_address="web@acme.gov.uk"\nnew_password = "§x"', undefined],
    ['uri: amqp://web@mq.acme.net\npassword: §x', 'elsewhere'],
    ['ssh web@10.2.3.4 -p §x', 'elsewhere'],
    ['password: §x', undefined],
  ] as const)
    expect([text, beside(text)]).toEqual([text, where]);
});

test('a block that ends before the password, or begins behind it, says nothing of it, and what stands before is nearer', () => {
  const yaml = (host: string, other: string): string =>
    `redis:\n  host: ${other}\n  port: 6379\ndb:\n  name: shop\n  host: ${host}\n  user: a\n  password: §x\nmail:\n  host: ${other}\n`;
  expect(beside(yaml('localhost', 'mail.acme.net'))).toBe('here');
  expect(beside(yaml('10.1.2.3', 'localhost'))).toBe('elsewhere');
  expect(
    beside('smtp:\n  host: mail.acme.net\ndb:\n  password: §x\nmq:\n  host: mq.acme.net\n'),
  ).toBeUndefined();
  expect(beside('db_host = "127.0.0.1"\nport = 1\ndb_pass = "§x"\nmail_host = "smtp.acme.net"\n')).toBe(
    'here',
  );
  expect(beside(`${'a\n'.repeat(9)}host: localhost\n${'a\n'.repeat(8)}password: §x`)).toBeUndefined();
});

test('half of a password is a name that stands near it, but for the password itself', () => {
  const around = { text: 'db: acmeshop\npassword: Acmeshop12!', at: 23 };
  expect(isMadeOfName('Acmeshop12!', 'conf/app.yml', around)).toBe(true);
  expect(isMadeOfName('Acmeshop12!', 'conf/app.yml', { text: 'password: Acmeshop12!', at: 10 })).toBe(false);
  expect(isMadeOfName('Acmeshop12!', 'AcmeShop/acmeshop-api/app.yml', undefined)).toBe(true);
  expect(isMadeOfName('Shop12!kilo9tango', 'AcmeShop/app.yml', undefined)).toBe(false);
  expect(isMadeOfName('shopxo@root123', 'chart/shopxo/values.yaml', undefined)).toBe(true);
  expect(isMadeOfName('shopxo@rKq7#123', 'chart/shopxo/values.yaml', undefined)).toBe(false);
  expect(isMadeOfName('a1b2c3!d', 'a/b/c.yml', around)).toBe(false);
});
