import { expect, test } from 'vitest';
import { registryAddress } from './address.ts';
import { readRegistry } from './index.ts';

const facts = (value: unknown) => readRegistry(JSON.stringify(value), 'x.json').facts;

test('npm: times, licence, deprecation, maintainers, scripts', () => {
  expect(
    facts({
      name: 'left',
      'dist-tags': { latest: '1.1.0' },
      time: { created: 'x', '1.0.0': '2024-01-01T00:00:00.000Z', '1.1.0': '2025-01-01T00:00:00.000Z' },
      maintainers: [{ name: 'a' }, { name: 'b' }],
      repository: { type: 'git', url: 'git+ssh://git@forge.invalid/a/left.git' },
      versions: {
        '1.1.0': { license: 'MIT', dependencies: { b: '1', a: '2' }, scripts: { postinstall: 'x' } },
        '1.0.0': { license: { type: 'BSD' }, deprecated: 'use 1.1' },
      },
    }),
  ).toEqual({
    ecosystem: 'npm',
    name: 'left',
    from: 'x.json',
    latest: '1.1.0',
    licence: 'MIT',
    repository: 'https://forge.invalid/a/left',
    maintainers: 2,
    releases: [
      { version: '1.0.0', at: '2024-01-01T00:00:00.000Z', deprecated: 'use 1.1' },
      { version: '1.1.0', at: '2025-01-01T00:00:00.000Z' },
    ],
    dependencies: ['a', 'b'],
    hasInstallScript: true,
  });
});

test('npm: times without `created` are those of a mirror, and unknown', () => {
  const answer = { name: 'left', versions: { '1.0.0': {} } };
  const copied = { modified: '2026-01-02T00:00:00.000Z', '1.0.0': '2026-01-01T00:00:00.000Z' };
  expect(facts({ ...answer, time: copied })).toMatchObject({
    releases: [{ version: '1.0.0' }],
    undated: 'its times lack `created`, so they may be those of a mirror’s copying',
  });
  expect(facts({ ...answer, time: copied })!.releases).toEqual([{ version: '1.0.0' }]);
  expect(facts(answer)!.undated).toBe('it has no times (the short form of the answer?)');
  const whole = facts({ ...answer, time: { ...copied, created: '2019-01-01T00:00:00.000Z' } })!;
  expect([whole.undated, whole.releases[0]!.at]).toEqual([undefined, '2026-01-01T00:00:00.000Z']);
});

test('PyPI: the first file of a release, withdrawn releases, extras left out, status', () => {
  const file = (time: string, yanked = false) => ({ upload_time_iso_8601: time, yanked });
  expect(
    facts({
      info: {
        name: 'Left_Pad',
        version: '2.0',
        license: '',
        classifiers: ['License :: OSI Approved :: MIT License', 'Development Status :: 7 - Inactive'],
        requires_dist: ['Idna<4,>=2.5', "socks!=1.5.7; extra == 'socks'"],
      },
      releases: {
        '2.0': [file('2025-02-02T00:00:00Z'), file('2025-02-01T00:00:00Z')],
        '1.0': [file('2024-02-01T00:00:00Z', true)],
        '0.1': [],
      },
    }),
  ).toMatchObject({
    ecosystem: 'PyPI',
    name: 'left-pad',
    licence: 'License :: OSI Approved :: MIT License',
    deprecated: 'Development Status :: 7 - Inactive',
    dependencies: ['idna'],
    releases: [
      { version: '0.1' },
      { version: '1.0', withdrawn: true },
      { version: '2.0', at: '2025-02-01T00:00:00Z' },
    ],
  });
});

test('crates.io: versions with times; all withdrawn is deprecated', () => {
  const version = (num: string, yanked: boolean) => ({
    num,
    created_at: '2024-01-01T00:00:00Z',
    yanked,
    license: 'MIT',
  });
  expect(
    facts({ crate: { name: 'left', max_stable_version: '1.0.0' }, versions: [version('1.0.0', false)] }),
  ).toMatchObject({
    ecosystem: 'crates.io',
    latest: '1.0.0',
    licence: 'MIT',
  });
  expect(facts({ crate: { name: 'left' }, versions: [version('1.0.0', true)] })?.deprecated).toContain(
    'withdrawn',
  );
});

test('crates.io: owners that stand beside the crate may publish; how many a team has is not known', () => {
  const crate = { crate: { name: 'left' }, versions: [] };
  const user = { login: 'a', kind: 'user' };
  expect(facts(crate)?.maintainers).toBeUndefined();
  expect(facts({ ...crate, users: [user, { login: 'b', kind: 'user' }] })?.maintainers).toBe(2);
  expect(facts({ ...crate, users: [user, { login: 'x:y:z', kind: 'team' }] })?.maintainers).toBeUndefined();
});

test.for([
  '',
  '{',
  '[]',
  'null',
  '{"a":1}',
  '{"versions":[]}',
  '{"info":{}}',
  '{"__proto__":{"name":"x","versions":{}}}',
])('%j is none of them: a problem, and no guess', (text) => {
  const { facts: found, problems } = readRegistry(text, 'x.json');
  expect(found).toBeUndefined();
  expect(problems.some(({ lost }) => lost)).toBe(true);
});

test('odd values are left out, not thrown at', () => {
  expect(
    facts({
      name: 'x',
      versions: { '1.0.0': null, __proto__: 3 },
      time: 5,
      'dist-tags': { latest: 7 },
      maintainers: 'me',
    }),
  ).toMatchObject({ name: 'x', releases: [{ version: '1.0.0' }] });
});

const address = (
  name: string,
  sources: Partial<Parameters<typeof registryAddress>[2]>,
  ecosystem: 'npm' | 'PyPI' | 'Go' = 'npm',
) => registryAddress(ecosystem, name, { given: undefined, env: {}, npmrc: [], resolved: [], ...sources });

test('an address comes from what people configured, and from nowhere else', () => {
  expect(address('left', {})).toBeUndefined();
  expect(address('left', {}, 'PyPI')).toBeUndefined();
  expect(address('@a/left', { given: 'https://user:secret@r.invalid/npm/?x=1' })).toEqual({
    url: 'https://r.invalid/npm/@a%2Fleft',
    host: 'r.invalid',
    because: '--registry',
  });
  expect(address('left', { env: { npm_config_registry: 'https://env.invalid/' } })?.host).toBe('env.invalid');
  const npmrc = [
    {
      path: '.npmrc',
      text: '; note\nregistry = https://file.invalid/\n@a:registry="https://scope.invalid"\n//x/:_authToken=${T}',
    },
  ];
  expect(address('left', { npmrc })?.url).toBe('https://file.invalid/left');
  expect(address('@a/left', { npmrc, env: { npm_config_registry: 'https://env.invalid/' } })?.host).toBe(
    'scope.invalid',
  );
  const resolved = [{ name: 'b', source: 'https://lock.invalid/npm/b/-/b-1.0.0.tgz' }];
  expect(address('left', { resolved })).toEqual({
    url: 'https://lock.invalid/npm/left',
    host: 'lock.invalid',
    because: 'the lockfile',
  });
  expect(address('left', { env: { PIP_INDEX_URL: 'https://py.invalid/simple/' } }, 'PyPI')?.url).toBe(
    'https://py.invalid/pypi/left/json',
  );
  expect(address('left', { given: 'file:///etc/passwd' })).toBeUndefined();
});

test('PyPI: people with a role, each once; why a release was withdrawn', () => {
  const yanked = { upload_time_iso_8601: '2024-01-01T00:00:00Z', yanked: true, yanked_reason: 'broken' };
  expect(
    facts({
      info: { name: 'left', version: '1.0' },
      ownership: {
        organization: null,
        roles: [
          { role: 'Owner', user: 'jo' },
          { role: 'Maintainer', user: 'jo' },
          { role: 'Maintainer', user: 'al' },
        ],
      },
      releases: { '1.0': [yanked] },
    }),
  ).toMatchObject({
    maintainers: 2,
    releases: [{ version: '1.0', withdrawn: true, withdrawnFor: 'broken' }],
  });
});

test('crates.io: why a version was withdrawn', () => {
  expect(
    facts({
      crate: { name: 'left' },
      versions: [{ num: '1.0.0', yanked: true, yank_message: 'unsound' }],
    }),
  ).toMatchObject({ releases: [{ version: '1.0.0', withdrawn: true, withdrawnFor: 'unsound' }] });
});
