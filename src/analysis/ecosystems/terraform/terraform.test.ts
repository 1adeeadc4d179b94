import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { terraformConfiguration } from './configuration.ts';
import { readHcl } from './hcl.ts';
import { terraformLock } from './lock.ts';

const lock = (text: string) => terraformLock.extract({ path: '.terraform.lock.hcl', text }, () => undefined);
const configuration = (text: string) =>
  terraformConfiguration.extract({ path: 'infra/main.tf', text }, () => undefined);
const told = (text: string) =>
  configuration(text).components.map((c) =>
    [c.ecosystem ?? '', c.name, c.version, c.requested ?? '', c.origin, c.line].join('|'),
  );

const lockText = `# This file is maintained automatically by "terraform init".

provider "registry.terraform.io/hashicorp/aws" {
  version     = "6.36.0"
  constraints = "~> 6.36.0"
  hashes = [
    "h1:NsGSj9=",
    "zh:0eb448",
  ]
}

provider "registry.example.invalid/a/b" {
  version = "0.1.0"
  hashes = ["h1:x="]
}
`;

const tf = `terraform {
  required_version = ">= 1.5, < 2"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
      configuration_aliases = [aws.a, aws.b]
    }
    random = "3.5.1"
    other = { source = "a/b", version = ">= 1" }
  }
  backend "s3" {}
}

/* module "no" { source = "a/b/c" } */
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.1.2"
  tags    = { for k, v in var.tags : k => "\${v}-{" }
}
module "range" {
  source  = "registry.example.invalid/a/b/c//sub"
  version = "~> 1.2"
}
module "git" { source = "git::https://host.example/a/b.git//folder?ref=v1.2.0&depth=1" }
module "hub" { source = "github.com/a/b" }
module "ssh" { source = "git@github.com:a/b.git?ref=main" }
module "here" { source = "../modules/x" }
module "zip" { source = "https://host.example/m.zip" }
locals {
  text = <<-EOT
    module "nor this" { source = "a/b/c" }
  EOT
  y = "module \${var.x ? "a" : "b"} {"
}
`;

extractorContract(terraformLock, 'envs/prod/.terraform.lock.hcl', lockText);
extractorContract(terraformConfiguration, 'main.tf', tf);

test('a lock gives providers with their hashes', () => {
  expect(lock(lockText)).toMatchObject({
    components: [
      {
        name: 'hashicorp/aws',
        version: '6.36.0',
        origin: 'registry',
        line: 3,
        integrity: 'h1:NsGSj9= zh:0eb448',
      },
      { name: 'registry.example.invalid/a/b', version: '0.1.0', line: 12, integrity: 'h1:x=' },
    ],
    observations: [],
    problems: [],
  });
});

test('providers without hashes are an observation', () => {
  expect(lock('provider "registry.opentofu.org/a/b" {\n  version = "1.0.0"\n}\n').observations).toMatchObject(
    [{ rule: 'lockfile/no-integrity', names: ['a/b'] }],
  );
});

test.for([
  ['a block that is no provider', 'modul "x" {\n}\n', [['terraform/unknown-block', 1]]],
  ['a provider without version', 'provider "a/b" {\n  hashes = ["h"]\n}\n', [['terraform/no-version', 1]]],
  ['a missing brace', 'provider "a/b" {\n  version = "1"\n', [['file/truncated', 1]]],
  [
    'an open string',
    'provider "a/b" {\n  version = "1\n}\n',
    [
      ['file/truncated', 2],
      ['terraform/no-version', 1],
    ],
  ],
  ['a brace too many', '}\nprovider "a/b" {}\n', [['file/truncated', 1]]],
  ['a merge conflict', '<<<<<<< HEAD\n', [['file/merge-marker', 1]]],
] as const)('problem: %s', ([, text, expected]) =>
  expect(lock(text).problems.map((problem) => [problem.code, problem.at?.line])).toEqual(expected),
);

test('a configuration gives modules, provider constraints and the runtime', () => {
  expect(configuration(tf).problems).toEqual([]);
  expect(told(tf)).toEqual([
    'Runtime|terraform||>= 1.5, < 2|registry|2',
    '|hashicorp/random||3.5.1|registry|9',
    '|hashicorp/aws||~> 5.0|registry|4',
    '|a/b||>= 1|registry|10',
    '|terraform-aws-modules/vpc/aws|5.1.2||registry|17',
    '|registry.example.invalid/a/b/c||~> 1.2|registry|22',
    '|host.example/a/b|v1.2.0||git|25',
    '|github.com/a/b||*|git|26',
    '|github.com/a/b||main|git|27',
    '|../modules/x|||file|28',
    '|host.example/m.zip||*|url|29',
  ]);
});

test('HCL: attributes are plain strings and lists of them, everything else is stepped over', () => {
  const { blocks, brokenAt } = readHcl(
    'a "b" c {\n  x = "1"\n  y = x.z\n  z = ["p", "q"]\n  w = [x]\n  v = "a" == "b"\n  u {\n    t = "s"\n  }\n  f = g(\n    "h"\n  )\n  e = "k"\n}\n',
  );
  expect(brokenAt).toBeUndefined();
  expect(blocks).toHaveLength(1);
  expect([blocks[0]!.type, ...blocks[0]!.labels]).toEqual(['a', 'b', 'c']);
  expect([...blocks[0]!.attributes].map(([name, { line, values }]) => [name, line, ...values])).toEqual([
    ['x', 2, '1'],
    ['z', 4, 'p', 'q'],
    ['e', 13, 'k'],
  ]);
  expect(blocks[0]!.blocks.map((block) => [block.type, block.line])).toEqual([['u', 7]]);
});

test('deep and broken HCL ends', () => {
  for (const piece of ['a {\n', '{', '[', '"', '${', '<<A\n', '/*', 'a = ', ',', '}', 'a "b" '])
    expect(readHcl(piece.repeat(50_000)).blocks.length).toBeGreaterThanOrEqual(0);
});

test('passwords in addresses are not kept', () => {
  expect(
    JSON.stringify(
      configuration('module "a" {\n  source = "git::https://me:word@host.example/a.git?ref=v1"\n}\n'),
    ),
  ).not.toContain('word');
});

test.for([
  ['a page of HTML', '<!DOCTYPE html>\n', 1],
  ['a number', '42\n', 1],
  ['comments alone', '# x\n\n// y\n', 0],
  ['nothing', '', 0],
] as const)('a lock that is %s', ([, text, lost]) =>
  expect(
    terraformLock
      .extract({ path: '.terraform.lock.hcl', text }, () => undefined)
      .problems.filter((problem) => problem.lost === true),
  ).toHaveLength(lost),
);

test('a merge conflict in a configuration is a loss with its line', () => {
  const text = 'module "a" {\n<<<<<<< HEAD\n  source = "b"\n}\n';
  expect(terraformConfiguration.extract({ path: 'main.tf', text }, () => undefined).problems).toMatchObject([
    { code: 'file/merge-marker', at: { line: 2 }, lost: true },
  ]);
});
