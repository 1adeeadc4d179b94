import { expect, test } from 'vitest';
import type { VersionScheme } from '../../model/ecosystem.ts';
import { schemeContract } from './contract.ts';
import * as versions from './index.ts';

/** Ascending versions of each order, the tricky neighbours of its own documentation among them. */
const published: readonly (readonly [VersionScheme, string])[] = [
  [
    versions.cargo,
    '0.0.1-alpha 0.0.1 0.1.0 1.0.0-1 1.0.0-a 1.0.0-a.1 1.0.0 1.9.0 1.10.0 18446744073709551616.0.0',
  ],
  [
    versions.go,
    'v0.0.0-20190101000000-abcdefabcdef v0.0.0-20200101000000-abcdefabcdef v0.1.0 1.2.3-pre v1.2.3-pre.0.20200101000000-abcdefabcdef v1.2.3 v1.2.4-0.20200101000000-abcdefabcdef v1.2.4 go1.21rc1 go1.21.0 v2.0.0+incompatible v10.0.0',
  ],
  [
    versions.pep440,
    '0.9 1.dev0 1.0.dev456 1.0a1 1.0a2.dev456 1.0a12.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0b2.post345.dev456 1.0b2.post345 1.0rc1.dev456 1.0rc1 1.0 1.0+abc.5 1.0+abc.7 1.0+5 1.0.post456.dev34 1.0.post456 1.1.dev1 1.1 1.10 2024.1 1!0.5',
  ],
  [
    versions.maven,
    '1-alpha-1 1-alpha2 1.0.0.beta1 1-m3 1.0-RC1 1-cr2 1-SNAPSHOT 1 1-sp 1-abc 1-jre 1-1 1-2 1.0.1 1.1-SNAPSHOT 1.1 1.1.1 1.2 1.10 2.0-M1 2.0.0.Final 20230101',
  ],
  [
    versions.rubygems,
    '0.9 1.0.0.a 1.0.0.a.1 1.0.0.a.2 1.0.0.b1 1.0.0-1 1.0.0.pre.2 1.0.0.rc1 1.0.0 1.0.1 1.9.9 1.10 2.0.0.beta 2',
  ],
  [
    versions.packagist,
    'dev-feature dev-main 0.9 1.0-dev 1.0.0-alpha1 1.0-beta 1.0.0beta2 1.0-RC1 v1.0 1.0.0-patch1 1.0.0.1 1.0.1 1.x-dev 2.0-dev 2.0.0 2.1.x-dev 10.0 2010.01.02',
  ],
  [
    versions.nuget,
    '0.9.9.1 1.0.0--1 1.0.0-5 1.0.0-alpha 1.0.0-BETA 1.0.0-beta.1 1.0.0-beta2 1.0.0-rc 1.0 1.0.0.1-alpha 1.0.0.1 1.0.1 1.10 2147483647.0',
  ],
  [versions.pub, '0.9.9 1.0.0-dev 1.0.0-dev.1 1.0.0-dev.1+1 1.0.0 1.0.0+1 1.0.0+2 1.0.0+10 1.0.0+a 1.0.1'],
  [versions.hex, '0.1.0-dev 0.1.0 1.0.0-rc.0 1.0.0-rc.1 1.0.0 1.10.0'],
  [versions.swift, '0.9.0 1.0.0-beta.1 1.0.0 v1.0.1 1.1 2'],
  [versions.githubActions, 'v1 v1.0.1 v2-beta v2 2.1.0 v4.1.2 v4.2.0 v10'],
  [versions.terraform, '0.9 1.0.0-beta1 1.0.0 1.0.1 1.2 1.10.0'],
  [versions.helm, '0.1.0 1.0.0-0 1.0.0-alpha 1.0.0 v1.2.0'],
  [
    versions.deb,
    '0~~ 0~~a 0~ 0 0.1 1.0~beta1~svn1245 1.0~beta1 1.0 1.0-1 1.0-1+b1 1.0-1.1 1.0-2 1.0a 1.0+b 1.0.1 1.10 1:0.5 2:0.1',
  ],
  [
    versions.rpm,
    '0.9 1.0~rc1 1.0~rc1^git1 1.0 1.0-1 1.0-2.el8 1.0^20210501 1.0^20210501.1 1.0a 1.0.1 1.10 1:0.1',
  ],
  [
    versions.apk,
    '0.1.0_alpha 0.1.0_alpha2 0.1.0_beta 0.1.0_pre1 0.1.0_rc1 0.1.0 0.1.0-r1 0.1.0-r10 0.1.0_p1 0.1.0b 0.1.0.1 0.1.01 0.1.1 1.0',
  ],
  [versions.alpm, '1.0a 1.0alpha 1.0b 1.0beta 1.0rc 1.0 1.0-2 1.0.a 1.0.1 1:0.5'],
  [versions.gentoo, '1 1.0_alpha1 1.0_beta1 1.0_pre2 1.0_rc3 1.0 1.0-r1 1.0_p2 1.0b 1.0.0 1.01 1.1 1.10 5'],
  [versions.conan, '1.0.2 1.1-alpha.3 1.1-alpha.22 1.1 1.1+b1 1.1+b2 1.1.1 1.1.a 1.2 1.10'],
  [
    versions.openssl,
    '0.9.8 0.9.8ztl 1.0.2-beta1 1.0.2 1.0.2a 1.0.2z 1.0.2za 1.1.1ag 3.0.0-alpha1 3.0.0 3.1.0',
  ],
  [
    versions.datetime,
    '2023-12-31T22:00:00Z 2024-01-01T00:00:00+01:00 2024-01-01T00:00:00Z 2024-01-01T00:00:00.090Z 2024-01-01T00:00:00.123Z',
  ],
  [versions.lexicographic, '1.0 10 2 A a aa \u00e9 \uffee \ud83d\ude00'],
];

for (const [scheme, ascending] of published) schemeContract(scheme, ascending.split(' '));

test('every order is published under its own name', () => {
  expect(new Set(versions.schemes.map(({ id }) => id)).size).toBe(versions.schemes.length);
  for (const scheme of versions.schemes) expect(versions.schemeOfVers(scheme.id)).toBe(scheme);
  expect(versions.schemeOfVers('constructor')).toBeUndefined();
});

test.for([
  [versions.pep440, '1.0-alpha_1', '1a1'],
  [versions.pep440, '1.0', 'v1.0.0'],
  [versions.pep440, '1.0.post', '1.0-0'],
  [versions.pep440, '1.0+ubuntu-1', '1.0+UBUNTU.1'],
  [versions.maven, '1', '1.0.0'],
  [versions.maven, '1.ga', '1-final'],
  [versions.maven, '1.0.Final', '1'],
  [versions.maven, '1-a1', '1-alpha-1'],
  [versions.maven, '1-cr1', '1-RC-1'],
  [versions.maven, '1.0.RELEASE', '1.0'],
  [versions.rubygems, '1.0.a', '1.a'],
  [versions.rubygems, '1-1', '1.pre.1'],
  [versions.packagist, 'v1.0', '1.0.0.0'],
  [versions.packagist, '1.0-p1', '1.0.0-patch1'],
  [versions.packagist, '1.0+build', '1.0'],
  [versions.packagist, 'master', 'dev-master'],
  [versions.nuget, '1.0.0-BETA', '1.0-beta+meta'],
  [versions.deb, '1.0', '0:1.0-0'],
  [versions.rpm, '1.0', '1_0'],
  [versions.go, 'v1.2.3', '1.2.3'],
  [versions.go, 'v2.0.0+incompatible', '2.0.0'],
  [versions.hex, '1.0.0+a', '1.0.0+b'],
  [versions.datetime, '2024-01-01T00:00:00Z', '2023-12-31T19:00:00.000-05:00'],
] as const)('the same: %#', ([scheme, a, b]) =>
  expect([scheme.id, a, b, scheme.compare(a, b)]).toEqual([scheme.id, a, b, 0]),
);

test('the releases that PEP 440 forgot keep the order that setuptools gave them', () => {
  const ascending = ['foo', '1.0-x-y', '2004d', '2004g', '2005d', '0.0.dev0'];
  for (let i = 1; i < ascending.length; i++)
    expect(versions.pep440.compare(ascending[i - 1]!, ascending[i]!)).toBeLessThan(0);
});

test('commits are no tags, even when they begin with digits', () => {
  const commit = '11bd71901bbe5b1630ceea73d27597364c9af683';
  expect(versions.githubActions.isValid(commit)).toBe(false);
  expect(versions.githubActions.compare(commit, 'v0.0.1')).toBeLessThan(0);
  expect(versions.githubActions.isValid('main')).toBe(false);
  expect(versions.githubActions.isValid('v4')).toBe(true);
});

test.for([
  [versions.npm, '1.0.0-rc.1', true],
  [versions.npm, '1.0.0+build-1', false],
  [versions.go, 'v0.0.0-20190101000000-abcdefabcdef', true],
  [versions.go, 'go1.21rc1', true],
  [versions.pep440, '1.0.dev1', true],
  [versions.pep440, '1.0.post1', false],
  [versions.maven, '1.0-SNAPSHOT', true],
  [versions.maven, '1.0-M1', true],
  [versions.maven, '31.1-jre', false],
  [versions.maven, '1.0.Final', false],
  [versions.rubygems, '1.0.rc1', true],
  [versions.rubygems, '1.0.0', false],
  [versions.packagist, '1.0-RC1', true],
  [versions.packagist, '1.0-patch1', false],
  [versions.packagist, 'dev-main', true],
  [versions.nuget, '1.0.0-preview', true],
  [versions.generic, '3.13.0rc2', true],
  [versions.generic, '22.11.0', false],
] as const)('prerelease: %#', ([scheme, version, expected]) =>
  expect([version, scheme.isPrerelease(version)]).toEqual([version, expected]),
);
