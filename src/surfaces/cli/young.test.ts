import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Objects that live for a while, as finds do: V8 doubles the space for young ones again and again. Prints its size in MiB. */
const PROGRAM = `
  import { getHeapSpaceStatistics } from 'node:v8';
  const [packBytes, isAsked] = JSON.parse(process.env['YOUNG']);
  const { tuneForHistory } = await import(${JSON.stringify(join(import.meta.dirname, 'tuning.ts'))});
  const size = () =>
    getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space').space_size / 2 ** 20;
  let kept;
  const fill = (step) => {
    for (let round = 0; round < 40; round++) {
      kept = Array.from({ length: 200_000 }, (_, i) => ({ i, round }));
      step();
    }
  };
  const young = tuneForHistory({ packBytes, objects: 1 });
  fill(isAsked ? young.step : () => {});
  const bound = size();
  young.end();
  fill(() => {});
  console.log(JSON.stringify([bound, size()]));
`;

/** Sizes at the end of reading, and after as much again. Flags are those of a whole process, so each has its own. */
function sizes(packBytes: number, isAsked: boolean): readonly number[] {
  const out = execFileSync(
    process.execPath,
    ['--max-semi-space-size=128', '--input-type=module', '-e', PROGRAM],
    {
      encoding: 'utf8',
      env: { YOUNG: JSON.stringify([packBytes, isAsked]) },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  return JSON.parse(out) as readonly number[];
}

const MIB = 2 ** 20;

test.skipIf(Number.parseInt(process.versions.node, 10) > 24)(
  'the space for young objects stays at 32 MiB while a small history is read, and grows behind it',
  () => {
    const [bound, after] = sizes(10 * MIB, true);
    expect(bound).toBe(32);
    expect(after).toBeGreaterThan(32);
  },
);

test('nobody asked: it grows', () => {
  expect(sizes(10 * MIB, false)[0]).toBeGreaterThan(32);
});

test.skipIf(Number.parseInt(process.versions.node, 10) > 24)(
  'while a large history is read it does not grow, and does behind it',
  () => {
    const [bound, after] = sizes(512 * MIB, true);
    expect(bound).toBeLessThan(32);
    expect(after).toBeGreaterThan(32);
  },
);
