import { expect, test } from 'vitest';
import { seededRandom } from '../../text/testing/random.ts';
import { genericRules } from './index.ts';
import { findAll } from './testing/find-all.ts';

const said = (text: string): string[] =>
  findAll(genericRules, text).map(({ find, text: found }) => `${find.tier} ${found}`);

const next = seededRandom(31);
const LETTERS = 'bcdfghjkmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ';
/** Letters that make no syllables, a digit, and letters of both kinds. */
const password = `q${Array.from({ length: 8 }, () => LETTERS[next(LETTERS.length)]).join('')}7Z`;

test.for([
  ['before a command', `DB_PASSWORD=${password} ./run.sh`],
  ['given to make', `make deploy DB_PASSWORD=${password}`],
  ['for sudo', `sudo DB_PASSWORD=${password} make`],
  ['of a command of Windows', `cmd /c set DB_PASSWORD=${password} && run`],
  ['an option', `app --db-password=${password} --port 80`],
  ['a property of Java', `java -Dspring.datasource.password=${password} -jar app.jar`],
  ['a property of Gradle', `gradle build -PsigningPassword=${password}`],
  ['a value of Helm', `helm install x --set auth.password=${password}`],
  ['one of several values of Helm', `helm install x --set user=a,auth.password=${password}`],
  ['a variable of Terraform', `terraform apply -var 'db_password=${password}'`],
  ['a variable of Terraform behind a sign', `terraform apply -var="db_password=${password}"`],
  ['a literal of kubectl', `kubectl create secret generic db --from-literal=password=${password}`],
  ['variables of Ansible', `ansible-playbook x.yml -e "ip=$IP user=root ca_password=${password}"`],
  ['arguments of a task of Ansible', `  mysql_user: name=a password=${password} priv=*.*:ALL`],
  ['a string of pairs', `sql.Open("postgres", "host=db user=app password=${password} dbname=d")`],
  ['the last of a string of pairs', `connect("dbname=d user=app password=${password}")`],
  ['the first of a string of pairs', `connect("password=${password} user=app")`],
  ['an option of mount', `mount -o username=a,password=${password} //h/s /m`],
  ['a line of fstab', `//h/s /m cifs username=a,password=${password},uid=0 0 0`],
  ['a variable that a string sets', `putenv("DB_PASSWORD=${password}");`],
  ['a field of a form', `post("grant_type=password&password=${password}&client=c")`],
  ['what Redis asks for', `redis: requirepass=${password}`],
  ['an array of characters', `static const char PASSWORD[] = "${password}";`],
  ['an array of a size', `char password[32] = "${password}";`],
  ['before what a shell left of a line end', `DB_PASSWORD="${password}\r"`],
] as const)('a password among words is found: %s', ([, line]) =>
  expect(said(`${line}\n`)).toEqual([`likely ${password}`]),
);

test.for([
  ['an argument of code', `login(name=user, password=dbPass2Word, port=p)`],
  ['one on a line of its own', `    password=userPassword1,`],
  ['a variable among words', `run password=nextPassword2 now`],
  ['a field of an object', `x password=this.pass1Word y`],
  ['a call', `x password=hashV2Word(y) z`],
  ['a reference', `DB_PASSWORD=$PASS1Word ./run.sh`],
  ['a place in a template', `"host=db password={{ Pass1Word }} user=a"`],
  ['a type', `x password=String y`],
  ['the name itself', `"user=a password=password dbname=d"`],
  ['a condition', `if (a &&password=qXw7Z) b`],
] as const)('no password among words: %s', ([, line]) => expect(said(`${line}\n`)).toEqual([]));

test('a word with a digit is possible among pairs and behind options, and nothing elsewhere', () => {
  expect(said('"host=db user=app password=gibbon47x dbname=d"\n')).toEqual(['possible gibbon47x']);
  expect(said('helm install x --set auth.password=gibbon47x\n')).toEqual(['possible gibbon47x']);
  expect(said('run password=gibbon47x now\n')).toEqual([]);
});

test('the fields of a form end where the next begins', () => {
  const secret = Array.from({ length: 24 }, () => LETTERS[next(LETTERS.length)]).join('');
  expect(said(`"client_secret=${secret}4&scope=a"\n`)).toEqual([`likely ${secret}4`]);
});

test('a password of a connection may begin with any sign, and have one of another language', () => {
  const strong = `${password}!`;
  expect(said(`"Server=db;Database=d;User Id=v;Password=@${password};"\n`)).toEqual([`likely @${password}`]);
  expect(said(`"Server=db;Database=d;Password=@Password;"\n`)).toEqual([]);
  expect(said(`password: '${Buffer.from(`${strong}§`, 'utf8').toString('latin1')}'\n`)).toEqual([
    `likely ${Buffer.from(`${strong}§`, 'utf8').toString('latin1')}`,
  ]);
  expect(said(`"password": "${Buffer.from('Contraseña', 'utf8').toString('latin1')}"\n`)).toEqual([]);
});

test('a list of hundreds of pairs without a value is read once', () => {
  expect(findAll(genericRules, `-o ${'a=,'.repeat(60)}"password=abc1 x`)).toEqual([]);
});
