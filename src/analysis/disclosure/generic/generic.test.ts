import { expect, test } from 'vitest';
import { seededRandom } from '../../text/testing/random.ts';
import { siftTwin } from '../kernel/testing/sift-twin.ts';
import { assignmentAt, assignsTo, givesTo } from './assignment.ts';
import { genericRules } from './index.ts';
import { senseOf } from './key.ts';
import { findAll } from './testing/find-all.ts';

const said = (text: string): string[] =>
  findAll(genericRules, text).map(({ rule, find, text: found }) => `${rule} ${find.tier} ${found}`);

const next = seededRandom(7);
const SMALL = 'abcdefghijklmnopqrstuvwxyz';
const BASE62 = `0123456789${SMALL}${SMALL.toUpperCase()}`;
const drawn = (length: number, alphabet = BASE62): string =>
  Array.from({ length }, () => alphabet[next(alphabet.length)]).join('');

test('what a name is given, in every way of giving', () => {
  const given = (text: string): string | undefined => {
    const at = text.indexOf('KEY');
    const found = assignmentAt(text, at, at + 3);
    return found && `${found.by} ${text.slice(found.start, found.end)}`;
  };
  expect(given('API_KEY=v1')).toBe('equals v1');
  expect(given('export API_KEY="v 1"')).toBe('equals v 1');
  expect(given('{"API_KEY": "v1"}')).toBe('colon v1');
  expect(given('API_KEY: v1 # why')).toBe('colon v1');
  expect(given("config['API_KEY'] = 'v1'")).toBe('equals v1');
  expect(given('const API_KEY: string = `v1`')).toBe('equals v1');
  expect(given('private static final String API_KEY = "v1";')).toBe('equals v1');
  expect(given('var API_KEY string = "v1"')).toBe('equals v1');
  expect(given('API_KEY := []byte("v1")')).toBe('equals v1');
  expect(given('"API_KEY" => "v1"')).toBe('equals v1');
  expect(given('<API_KEY>v1</API_KEY>')).toBe('tag v1');
  expect(given('<add key="API_KEY" value="v1"/>')).toBe('equals v1');
  expect(given('- name: API_KEY, value: v1')).toBe('equals v1');
  expect(given('os.setenv("API_KEY", "v1")')).toBe('call v1');
  expect(given('tool --API_KEY v1 on')).toBe('space v1');
  expect(given('\\"API_KEY\\":\\"v1\\",')).toBe('colon v1');
  expect(given('https://x/?API_KEY=v1&b=2')).toBe('equals v1');
  expect(given('#define API_KEY   "v1"')).toBe('equals v1');
  expect(given('#define API_KEY v1')).toBe('space v1');
  expect(given('set -gx API_KEY v1')).toBe('equals v1');
  expect(given("setenv API_KEY 'v1'")).toBe('equals v1');
  expect(given('Private Const API_KEY As String = "v1"')).toBe('equals v1');
  expect(given('dim api_KEY as string = "v1"')).toBe('equals v1');
  expect(given('local API_KEY = [[v1]]')).toBe('equals v1');
  expect(given('API_KEY = [=[v]]1]=]')).toBe('equals v]]1');
  expect(given("API_KEY: %q{v'1'},")).toBe("colon v'1'");
  expect(given('my $API_KEY = q(v1);')).toBe('equals v1');
  expect(given('auto API_KEY = R"-(v"1")-";')).toBe('equals v"1"');
  expect(given('let API_KEY = r#"v"1""#;')).toBe('equals v"1"');
  expect(given('API_KEY = [a]')).toBe('equals [a');
  expect(given('API_KEY:q(a)')).toBe('colon q(a');
  expect(given('API_KEY = [[v1')).toBe('equals [[v1');
  expect([given('the API_KEY'), given('API_KEY.'), given('a.KEY, b.KEY')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('what the kernel asks before lets through whatever the gate does', () => {
  const pieces = [
    ' ',
    ' ',
    '=',
    ':',
    '"',
    "'",
    ',',
    '(',
    ')',
    '[',
    '\t',
    '-',
    '--',
    'ENV ',
    '#define ',
    'set -gx ',
    '\\',
    'string',
    'As ',
    ' as ',
    '*',
    '?',
    '<',
    '>',
    '{',
    ';',
    '.',
    'bearer',
    'auth',
    '@',
  ];
  let open = 0;
  const lost: string[] = [];
  for (let round = 0; round < 4000; round++) {
    const piece = (): string => (next(3) === 0 ? drawn(1 + next(20)) : pieces[next(pieces.length)]!);
    const before = Array.from({ length: next(4) }, piece).join('');
    const keyword = ['token', 'Bearer', 'pass', 'auth', 'key'][next(5)]!;
    const text = `${before}${keyword}${Array.from({ length: next(9) }, piece).join('')}`;
    const [start, end] = [before.length, before.length + keyword.length];
    for (const least of [4, 16])
      for (const lists of [true, false]) {
        const isOpen = assignsTo(least, lists)(new TextEncoder().encode(text), start, end, 0, text.length);
        if (!isOpen) continue;
        open++;
        if (!siftTwin(text, start, end, givesTo(least)[0]!)) lost.push(text);
      }
  }
  expect(lost).toEqual([]);
  expect(open).toBeGreaterThan(1000);
});

test('passwords of macros, of shells, and of JSON in a string', () => {
  const password = ['Zx8kQ2', 'vLm4Rt'].join('');
  const likely = `password-literal likely ${password}`;
  expect(said(`#define WIFI_PASSWORD "${password}"`)).toEqual([likely]);
  expect(said(`set -gx DB_PASSWORD '${password}'`)).toEqual([likely]);
  expect(said(`set -x DB_PASSWORD ${password}`)).toEqual([likely]);
  expect(said(`setenv DB_PASSWORD ${password}`)).toEqual([likely]);
  expect(said(`{"conf": "{\\"db_password\\": \\"${password}\\"}"}`)).toEqual([likely]);
  expect(said('#define KEY_PASSWORD_LENGTH 12\n#define USE_PASSWORD password_of(x1)')).toEqual([]);
});

test('a name is read word by word', () => {
  const read = (key: string): string => {
    const { strength, against, isPassword } = senseOf(key);
    return `${strength} ${against} ${isPassword}`;
  };
  expect(read('process.env.STRIPE_SECRET_KEY')).toBe('3 0 false');
  expect(read('dbPassword')).toBe('3 0 true');
  expect(read('key')).toBe('1 0 false');
  expect(read('monkey')).toBe('0 2 false');
  expect(read('token_url')).toBe('3 2 false');
  expect(read('publicKey')).toBe('1 1 false');
});

test('drawn values are found where a secret is assigned, whatever their alphabet', () => {
  const ways: readonly ((value: string) => string)[] = [
    (value) => `API_KEY=${value}`,
    (value) => `  clientSecret: '${value}',`,
    (value) => `{"auth_token":"${value}"}`,
    (value) => `Authorization: Bearer ${value}`,
    (value) => `<secret>${value}</secret>`,
    (value) => `run --access-token ${value} now`,
  ];
  const alphabets = [BASE62, `${BASE62}-_`, '0123456789abcdef', `0123456789${SMALL}`];
  const values = Array.from({ length: 3000 }, (_, i) => drawn(32 + next(17), alphabets[i % 4]));
  const text = values.map((value, i) => ways[i % ways.length]!(value)).join('\n');
  const found = findAll(genericRules, text).filter(({ find }) => find.tier === 'likely');
  expect(found.length / values.length).toBeGreaterThan(0.985);
  expect(found.every(({ text: value }) => values.includes(value))).toBe(true);
});

test('a drawn value behind an issuer’s prefix is found as surely as without', () => {
  const values = Array.from(
    { length: 300 },
    (_, i) =>
      [
        `rpl_live_${drawn(48, '0123456789abcdef')}`,
        `acme-${drawn(32)}`,
        `k1_${drawn(40)}`,
        `v1_${drawn(64, '0123456789abcdef')}_${drawn(8, '0123456789abcdef')}`,
      ][i % 4]!,
  );
  const text = values.map((value) => `ACME_API_KEY=${value}`).join('\n');
  expect(findAll(genericRules, text).filter(({ find }) => find.tier === 'likely').length).toBeGreaterThan(
    295,
  );
  expect(said('api_key: ABCDE-3f2b8c1e-9d47-4a56-8e0f-b1c2d3e4f5a6')).toHaveLength(1);
  expect(said('apiKey: "my_app_deployment-service-account-credentials"')).toEqual([]);
});

test('a UUID is a secret only where its name says so; digests, public keys and identifiers are none', () => {
  expect(said('client_secret = "3f2b8c1e-9d47-4a56-8e0f-b1c2d3e4f5a6"')).toHaveLength(1);
  expect(
    said('session: 3f2b8c1e-9d47-4a56-8e0f-b1c2d3e4f5a6 key: "3f2b8c1e-9d47-4a56-8e0f-b1c2d3e4f5a6"'),
  ).toEqual([]);
  const [hex, base62] = [drawn(40, '0123456789abcdef'), drawn(40)];
  expect(
    said(
      `uses: actions/cache@${hex}\nintegrity: sha512-${base62}\nkey: ${hex}\npublic_key: ${base62}\ntoken_id=${base62}`,
    ),
  ).toEqual([]);
  expect(said(`.pipe(client({ key: '${hex}' }))`)).toEqual([`generic-secret possible ${hex}`]);
  expect(said(`recaptchaSiteKey: '${base62}', cacheKey = "${hex}", tokenHash: "${hex}"`)).toEqual([]);
});

test('references, templates, placeholders and words are none', () => {
  expect(
    said(
      [
        'API_KEY=${SOME_OTHER_VARIABLE_NAME}',
        'token: {{ .Values.global.token.value }}',
        'secret = process.env.CLIENT_SECRET_VALUE',
        'api_key: YOUR_API_KEY_GOES_HERE_PLEASE',
        'apiKey = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
        'token = AuthenticationTokenProvider.instance',
        'accessTokenKey: "authentication-access-token"',
        'secretKeyRef: my-application-database-secret',
        'password = getPasswordFromVault(name)',
        "DOCKER_PASSWORD = credentials('3f2b8c1e-9d47-4a56-8e0f-b1c2d3e4f5a6')",
        '{"01":"dhSecret","06032a864886f70d010c0a0102":"nsn"}',
        'clientSecret = "s-s4t2af-" + drawn(64)',
        'TOKEN_AUDIENCE = "3f2b8c1e-9d47-4a56-8e0f-b1c2d3e4f5a6"',
        'passwd = `+newPlausibleSecret(`[a-zA-Z0-9]{30}`)',
        'secretPattern = "sec_[a-zA-Z0-9+/]{250,}={0,3}"',
        '"password=" + drawn("200") + ";"',
        '"nextToken": "1w41l63U0xa8q7smH50vCxyTQqdxo69O3EmK28Bi5PcROI4wI"',
        '<input name="authenticity_token" value="7SWaFo1hsC6oovfBsJFLGPUl2EhkSWPbJhWANwgaJWBDl1vxd9VNqX">',
        'api_key = "C71AAAAE-1D1D-1D1D-1D1D-1D1D1D1D1D1D"',
        'api_secret = vault.read("kv8Jd93jfGGw02kdmz8Wqa")',
        'password: string;',
        'password = password',
        'passwordLabel: "Password"',
        '"password": "Please enter your password"',
        "'password' => 'required|min:8'",
        'DB_PASSWORD=',
        '"parse-passwd": "^1.0.0",',
        '["passwordInput", "componentConfig"]',
        "'usage/secrets.md': 'api/types.md#pydantic.Types2.Secret'",
        '"hashed_secret": "7b18ddbef3d26e0d4be2317707e56a8b29473bce"',
        'gpg --recv-keys 05AB33110949707C93A279E3D3EFE6B686867BA6',
        'you pass a8Kd93jfGGw02kdmz8Wq to the secretary',
      ].join('\n'),
    ),
  ).toEqual([]);
});

test('passwords that people chose are their own kind, surer when they mix', () => {
  expect(said('DB_PASSWORD=Tr0ub4dor&3x')).toEqual(['password-literal likely Tr0ub4dor&3x']);
  expect(said('password: "sunflower"')).toEqual(['password-literal possible sunflower']);
  expect(said("app.use(session({ secret: 'keyboard cat' }))")).toEqual([
    'password-literal possible keyboard cat',
  ]);
  expect(said('  password: letmein2\n')).toEqual(['password-literal possible letmein2']);
  expect(said('withUser("bob").password("swordfish")')).toEqual(['password-literal possible swordfish']);
  expect(said('"Server=db;Uid=app;Pwd=Swordf1sh;Port=1"')).toEqual(['password-literal likely Swordf1sh']);
  expect(said('firstPass = "scale=1:2", secretName: "Swordf1sh!"')).toEqual([]);
  expect(said('MYSQL_ROOT_PASSWORD=swordfish')).toEqual(['password-literal possible swordfish']);
});

test('a long line costs no more than its length', () => {
  const line = `${'key="'.repeat(50_000)}${'token='.repeat(50_000)}${'secret: '.repeat(50_000)}`;
  const before = process.threadCpuUsage();
  said(line.slice(0, 200_000));
  expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(10_000);
});

test('every letter once, and the write keys of pages, are no secrets', () => {
  expect(said(`token = "acme-key-${Buffer.from('tokens.example.invalid').toString('base64')}"`)).toEqual([]);
  expect(said('[M("1", nameof(DisableAuthorization), "F020F843-E079-4061-99E0-F43D145F2557")]')).toEqual([]);
  expect(said('secret_key = "AJDKSIRUXBLHWTMCQGZNPYFVOE"')).toEqual([]);
  expect(said(`<script data-cf-beacon='{"rayId": "1", "token": "${drawn(32)}"}'>`)).toEqual([]);
  expect(said(`segmentWriteKey: "${drawn(32)}"`)).toEqual([]);
});

test('names that GitHub gives to things are no secrets', () => {
  for (const value of [
    'LA_kwDOCsUTCM75TTQL',
    'PR_kwDOAbCdEf4Gh7Ij',
    'MDU6TGFiZWwxMjM0NTY3OA==',
    'U_kgDOBx7Abc',
  ])
    expect(said(`"secret": "${value}", token: "${value}"`)).toEqual([]);
  expect(said('ansible_ssh_pass: Tr4vel!Agent\n')).toEqual(['password-literal likely Tr4vel!Agent']);
  expect(said('password = "YourPwdShouldBeLongAndSecure!"')).toEqual([]);
});

test('the key of a documentation site that only searches is possible', () => {
  const key = drawn(32, '0123456789abcdef');
  const tierIn = (path: string): string | undefined =>
    findAll(genericRules, `apiKey: "${key}"`, { source: 'file', within: [], path })[0]?.find.tier;
  expect([tierIn('website/docusaurus.config.js'), tierIn('src/client.js')]).toEqual(['possible', 'likely']);
});

test('names of secrets, translations of words, and what is public by its form are no secrets', () => {
  for (const text of [
    `secret('ccd-citizen-2-pwd', 'CCD_CITIZEN_2_PWD')`,
    '    from_secret: S3_AWS_SECRET_ACCESS_KEY\n',
    '    from_secret: drone_s3_cache_aws_access_key_id\n',
    '    secret: myApiKeySecret@2\n',
    `- secret_ref: "880e8400-e29b-41d4-a716-446655440003"`,
    'options.ClientSecret = Configuration.GetSection("Portal:IdentityHub:client_secret2").Value;',
    'int SecretLifetimeDays => GetValueInt32("Ag:Workflow:LifetimeDays", 12);',
    'const CredentialKey = "X-Amz-Credential"',
    `renameIndex('oauth2_auth_codes', 'IDX_EE52E3FA19EB6921', 'client_id')`,
    `"pioneerToken": "0xa513E6E4b8f2a923D98304ec87F64353C4D5C853"`,
    `/etc/passwd: ${drawn(32, '0123456789abcdef')}`,
    `https://storage.example.invalid/o/a.png?alt=media&token=7298b1fd-833c-471c-a55d-e8fc798b4ab2`,
    `"data-click-hmac": "${drawn(64, '0123456789abcdef')}"`,
    `allow_list_signature: ${drawn(140, '0123456789abcdef')}`,
    `done key=sops-key version=${drawn(32, '0123456789abcdef')}`,
    'Sec-WebSocket-Key: OKtbYQC4i4zFRmNDWw1egQ==',
    'credentials = Aws::InstanceProfile2Credentials.new\n',
    'this.credentials = account2Data?.gateway_Credentials\n',
    '<input class="accessSecret" value="@inputs.secretAccessKey2">',
    "const FlexCredential = require('@models/gateway-credential/3dsFlexCredential.class')",
  ])
    expect(said(text)).toEqual([]);
});

test('passwords in images, addresses and inventories', () => {
  const password = 'Tr4vel!Agent+of7';
  for (const text of [
    `ENV DB_PASSWORD ${password}\n`,
    `url=jdbc:postgresql://db.corp:5432/app?user=app&password=${password}\n`,
    `web1 ansible_host=h ansible_user=u ansible_password=${password}\n`,
  ])
    expect(said(text)).toEqual([`password-literal likely ${password}`]);
  expect(said(`buildConfigField("String", "API_SECRET", "\\"kX9vQ2mZ7tR4wB8nY1cL5hJ3\\"")`)).toEqual([
    'generic-secret likely kX9vQ2mZ7tR4wB8nY1cL5hJ3',
  ]);
  expect(said('ENV DB_PASSWORD $DB_PASSWORD_2\n')).toEqual([]);
});

test('routes, rules and names are possible passwords only; what programs and people make up stays likely', () => {
  for (const text of [
    `password: 'users-service/people/$1/password',`,
    `password: 'min:5|required_with:other_field',`,
    `clientSecret: 'oauth2-proxy'`,
    `DB_SECRETS="database-002"`,
    `APP_SECRET: 'acme-local-development-secret-key-2025'`,
  ])
    expect(said(text)[0]).toMatch(/^password-literal possible /);
  for (const value of [
    'hudkeq-tobvi9-Qyrbix',
    'iov_1024',
    'it2eye_temp123',
    'verySecretKey1',
    'acme-test-19-dev',
  ])
    expect(said(`password: '${value}',`)).toEqual([`password-literal likely ${value}`]);
  expect(said(`clientSecret: 'hudkeq-tobvi9-qyrbix'`)).toEqual([
    'password-literal likely hudkeq-tobvi9-qyrbix',
  ]);
});

test('code, constants, names in a store and other things beside a name are no passwords', () => {
  for (const text of [
    `array ('urn:oasis:names:tc:SAML:2.0:ac:classes:Password', 'urn:oasis:names:tc:SAML:2.0:ac:classes:X509')`,
    'oauth2_clientsecret: this.ssmSecret("Oauth2Clientsecret"),',
    'comps.password = userInfo?.info\n',
    'credentials = Acme::Instance2Credentials.new\n',
    `const AcmeCredential = require('@models/account/Acme3dsCredential.class')`,
    '<input class="accessSecret" value="@info.SecretAccessKey1">',
  ])
    expect(said(text)).toEqual([]);
});

test('digests, wallets, and tokens and identifiers that everybody gets, are no secrets', () => {
  const hex = drawn(64, '0123456789abcdef');
  for (const text of [
    `checksum/secret: ${hex}`,
    `checksum/db-secret: ${hex}`,
    `"example.invalid/acme/tls/auth" = "${hex.slice(24)}"`,
    `crypted_password = '${hex.slice(24)}', login = 'a'`,
    'secret: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    `Acme.APIKeys.cs:${drawn(40)}`,
    `wallet_secret = "bc1q${drawn(38, '023456789acdefghjklmnpqrstuvwxyz')}"`,
    `clientToken: 'pub${drawn(32, '0123456789abcdef')}',`,
    `"RemoteRepositoryIdentifierKey" : "${drawn(40, '0123456789ABCDEF')}"`,
  ])
    expect(said(text)).toEqual([]);
  const value = `${drawn(27)}=`;
  for (const text of [
    `<property name="password" value="${value}" /> <!-- 'user1' SHA-1 -->`,
    `<property name="password">${value}</property><!-- 'user1' SHA-1 -->`,
    `password = "${value}" # SHA-1 of it`,
  ])
    expect(said(text)).toEqual([`generic-secret possible ${value}`]);
  expect(said('api_key: "48E92789-57A3-466A-9959-1A1A1A1A1A1A"')).toEqual([
    'generic-secret possible 48E92789-57A3-466A-9959-1A1A1A1A1A1A',
  ]);
  expect(said(`APP_KEY=\${APP_KEY:-${value.slice(0, 24)}}`)).toEqual([
    `generic-secret likely ${value.slice(0, 24)}`,
  ]);
  expect(said('APP_SECRET=1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7')).toEqual([
    'generic-secret possible 1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7',
  ]);
});

test('a hexadecimal password that a script writes into a database is possible', () => {
  const text = `UPDATE users SET password='${drawn(128, '0123456789abcdef')}' WHERE name = 'admin';`;
  const tierIn = (path: string): string | undefined =>
    findAll(genericRules, text, { source: 'file', within: [], path })[0]?.find.tier;
  expect(['a.sql', 'a.sqlite', 'a.sh'].map(tierIn)).toEqual(['possible', 'possible', 'likely']);
});

test('what is left out, public tokens, whose key it is, and attributes of tags are no secrets', () => {
  const hex = drawn(40, '0123456789abcdef');
  for (const text of [
    `export JWT_TOKEN="Bearer eyJhbGciOiJIUzUxMiJ9..."`,
    `api_key: ${drawn(24)}...`,
    `<string name="acme_token">pk.eyJ1${drawn(60)}.${drawn(22)}</string>`,
    `"PrivateKey": "sk_test_${drawn(24)}"`,
    'RECAPTCHA_PRIVATE_KEY=6LeIxAcTAAAAAGG-vFI1TnRWxMZNFuojJ4WifJWe',
    `<commons.releaseManagerKey>${hex.toUpperCase()}</commons.releaseManagerKey>`,
    `AUTH_LOGIN_MD5: "${hex.slice(8)}"`,
    '<com.acme.CredentialsParameterDefinition plugin="credentials@1.24">',
    'config.password_maximum_age = 180.days',
    'config.password_length = 8..128',
    `env('RECAPTCHA_WEBSITE_KEY', '6L${drawn(38)}')`,
    `docker__upstream_key: '${hex.toUpperCase()}'`,
    `mariadb_upstream_key: '${hex.slice(24)}'`,
    `Route::get('/password', 'LoginController@index')->name('forgot');`,
    `Route::patch('/users/password', 'Users@change2')`,
    `bind_password: 'lookup..@TODO'`,
    'APP_KEY=aaaaabbbbbcccccdddddeeeeefffff12',
  ])
    expect(said(text).filter((one) => !one.startsWith('generic-secret possible'))).toEqual([]);
  // Of OAuth 1.0: it says who asks.
  expect(said(`CONSUMER_KEY = "${hex}"; CONSUMER_SECRET = "${hex.slice(8)}"`)).toEqual([
    `generic-secret possible ${hex}`,
    `generic-secret likely ${hex.slice(8)}`,
  ]);
});

test('passwords that are the names of accounts, in words of a language, or with a backslash', () => {
  for (const [text, tier, value] of [
    ['MONGO_ADMIN_PASSWORD: "admin"', 'possible', 'admin'],
    ['password = "rootpasswd"', 'possible', 'rootpasswd'],
    ['<string name="password">Palavra-passe</string>', 'possible', 'Palavra-passe'],
    [
      `JWT_SECRET: 'generated-key-that-matches-API_KEY-in-acme'`,
      'possible',
      'generated-key-that-matches-API_KEY-in-acme',
    ],
    ['password = "gcerq4bcholjoh\\s"', 'likely', 'gcerq4bcholjoh\\s'],
    ['<p>Manage it. Admin password: 1kilZAQ!</p>', 'likely', '1kilZAQ!'],
    [`git_pass: 'person-github13'`, 'likely', 'person-github13'],
  ])
    expect(said(text!)).toEqual([`password-literal ${tier} ${value}`]);
  expect(
    said('the user and password: user1@acme.example\nnew password: Should1?\nof type password: String1?\n'),
  ).toEqual([]);
  expect(said(String.raw`password: "^\d+[a-z]$", password2: "\w{8,}"`)).toEqual([]);
});

test('passwords that everybody tries first are possible, but not in production', () => {
  const rule = genericRules.find(({ id }) => id === 'password-literal')!;
  const tierIn = (value: string, path: string): string | undefined => {
    const text = `db.password=${value}`;
    const [find] = rule.find({ text, start: 3, end: 7, keyword: 'pass' });
    return find && rule.settle!(find, { source: 'file', path, within: [] })?.tier;
  };
  for (const value of [
    'P@ssw0rd!',
    'd3vPassw0rd#',
    'Th3P455word?',
    'Welcome-2020',
    'Demo1234!',
    'Test123!@#',
    'Admin@123',
  ]) {
    expect([value, tierIn(value, 'conf/app.properties')]).toEqual([value, 'possible']);
    expect([value, tierIn(value, 'conf/app-prod.properties')]).toEqual([value, 'likely']);
  }
  for (const value of ['Tr0ub4dor&3x', 'Liuxiao2@'])
    expect([value, tierIn(value, 'conf/app.properties')]).toEqual([value, 'likely']);
  // Of usual pairs of letters, where a program is started to work on it.
  for (const path of [
    'docker-compose.yml',
    'x/compose.dev.yaml',
    '.env.example',
    '.devcontainer/run.sh',
    'Vagrantfile',
  ]) {
    expect([path, tierIn('Sommer2019!', path)]).toEqual([path, 'possible']);
    // But in a machine that is thrown away, a drawn one is no try.
    expect([path, tierIn('hT5!zQw8@n4X', path)]).toEqual([
      path,
      path === 'Vagrantfile' ? 'possible' : 'likely',
    ]);
  }
  expect(tierIn('Sommer2019!', 'compose.prod.yaml')).toBe('likely');
  expect(tierIn('Sommer2019!', 'src/settings.py')).toBe('likely');
  expect(said('"Server=localhost,14;User=sa;Password=Sommer2019!;"')).toEqual([
    'password-literal possible Sommer2019!',
  ]);
  expect(said('"Server=db.acme.invalid;User=sa;Password=Sommer2019!;"')).toEqual([
    'password-literal likely Sommer2019!',
  ]);
});

test('names of switches and screens, variables, ends of strings and files are no passwords', () => {
  for (const text of [
    'const string EnablePasswordManagerSub = "AC-2708-enable-password-manager-sub";',
    "const screen = isNew ? 'E2ESetPasswordView' : 'E2EEnterPasswordView';",
    'return 0===e.indexOf("a=ice-pwd:")?f(e):0===e.indexOf("a=ice-ufrag:x1")',
    'credentials="neo4j:$instance_id"',
    '"WiFi Passwords" => $"{faker.Pick("Office", "Lab")} WiFi {faker.Int(1, 12)}",',
    'Fido2Credentials = request.Passkeys?\n  .Select(x)',
    `headers: {'Authorization': 'Basic dmFsaWRAZXhhbXBsZS5pbnZhbGlkOnBhc3N3b3Jk'}`,
    'string dropPassword = "Acme.Scripts.2024-11-04_00_DropPassword.psql";',
    `user(login='x', password='md5$pass')`,
    '<input name="csrfmiddlewaretoken" value="kL2USfYkjqh8leyyoA9oOTx7koGX4VRUlCi20iIHaARUFAgRrCAO6jzoZ4qwvoEL">',
    '[store getSecureKey:@"636f6d2e61636d652e636861742e6d6f62696c652e73746f7261676562"]',
  ])
    expect([text, said(text)]).toEqual([text, []]);
  expect(said('const string PasswordMissing = "password_hash_b64_invalid";')).toEqual([
    'password-literal possible password_hash_b64_invalid',
  ]);
});

test('bytes, defaults, options and pairs are given too', () => {
  expect(said("SECRET_KEY = '\\xfa\\xdd\\xb8z\\xae\\xe0}4\\x8b\\xea'")).toEqual([
    'generic-secret likely \\xfa\\xdd\\xb8z\\xae\\xe0}4\\x8b\\xea',
  ]);
  expect(said("key = '\\x00\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\x08\\x09\\x0a'")).toEqual([]);
  expect(said('spring.datasource.password=${POSTGRES_PASSWORD:db-wrz2z}')).toEqual([
    'password-literal possible db-wrz2z',
  ]);
  expect(said('  password: ${DB_PASSWORD:-Tr4vel!Agent}')).toEqual([
    'password-literal possible Tr4vel!Agent',
  ]);
  expect(said('  password: ${DB_PASSWORD:-kW7#pX2q!d9Z}')).toEqual(['password-literal likely kW7#pX2q!d9Z']);
  expect(said('  password: ${DB_PASSWORD:-}')).toEqual([]);
  expect(said('docker run -d -e MYSQL_ROOT_PASSWORD=123456root mysql')).toEqual([
    'password-literal possible 123456root',
  ]);
  expect(said('{ "Store:CertificatePassword", "Alongside-Unworthy-Query3-Cozy" },')).toEqual([
    'password-literal likely Alongside-Unworthy-Query3-Cozy',
  ]);
  expect(said('{ "password", "username2", "other" }')).toEqual([]);
  const long = drawn(300);
  expect(said(`apiKey: "${long}"`)).toEqual([`generic-secret likely ${long}`]);
});

test('long strings of bytes, and what something is found by, are no secrets', () => {
  const bytes = Array.from({ length: 90 }, (_, i) => `\\x${(128 + ((i * 37) % 128)).toString(16)}`).join('');
  expect(said(`var keysTmpl = "${bytes}"`)).toEqual([]);
  expect(said(`var templateKey = "${bytes}"`)).toEqual([]);
  expect(said(`session.spreadsheet_by_key("${drawn(44)}")`)).toEqual([]);
});
