import { expect, test } from 'vitest';
import { extractorContract } from '../contract.ts';
import { cargoToml } from './cargo-toml.ts';

const sample = `[package]
name = "app"
version = "0.1.0"

[dependencies]
log = "0.4"
exact = "=1.2.3"
renamed = { package = "real", version = "2" }
near = { path = "../near" }
far = { git = "https://git.example.invalid/far", rev = "abc" }
maybe = { version = "1", optional = true }

[dev-dependencies]
log = "0.4"

[target."cfg(windows)".build-dependencies]
cc = "1.0"
`;
extractorContract(cargoToml, 'app/Cargo.toml', sample);

const listed = (path: string, files: Record<string, string>) => {
  const { components, edges } = cargoToml.extract({ path, text: files[path]! }, (wanted) => files[wanted]);
  return edges.map(({ to, kind }) => {
    const { name, version, requested, line, origin } = components[to]!;
    return `${name}@${version || `(${requested ?? ''})`}:${line} ${kind} ${origin}`;
  });
};

test('requirements, renames, paths, git and targets', () => {
  expect(listed('app/Cargo.toml', { 'app/Cargo.toml': sample })).toEqual([
    'log@(0.4):6 prod registry',
    'exact@1.2.3:7 prod registry',
    'real@(2):8 prod registry',
    'near@():9 prod workspace',
    'far@():10 prod git',
    'maybe@(1):11 optional registry',
    'log@(0.4):6 dev registry',
    'cc@(1.0):17 build registry',
  ]);
});

test('what is inherited is looked up in the folders above', () => {
  const files = {
    'crates/app/Cargo.toml':
      '[package]\nname = "app"\nversion.workspace = true\n[dependencies]\nx.workspace = true\n',
    'Cargo.toml':
      '[workspace]\nmembers = ["crates/*"]\n[workspace.package]\nversion = "9.0.0"\n[workspace.dependencies]\nx = { package = "real-x", version = "3.1" }\n',
  };
  expect(cargoToml.companions!({ path: 'crates/app/Cargo.toml', text: '' }, 'crates/app/Cargo.toml')).toEqual(
    ['crates/Cargo.toml', 'Cargo.toml'],
  );
  expect(listed('crates/app/Cargo.toml', files)).toEqual(['real-x@(3.1):5 prod registry']);
  expect(
    cargoToml.extract(
      { path: 'crates/app/Cargo.toml', text: files['crates/app/Cargo.toml'] },
      (p) => files[p as keyof typeof files],
    ).components[0]!.version,
  ).toBe('9.0.0');
});

test('a virtual manifest has no components of its own', () => {
  expect(
    cargoToml.extract({ path: 'Cargo.toml', text: '[workspace]\nmembers = ["a"]\n' }, () => undefined)
      .components,
  ).toEqual([]);
});
