import type { Cost } from '../../model/cost.ts';
import { withCopies } from './copies.ts';
import { costBars } from '../pictures/cost-bars.ts';
import { MARGIN } from '../pictures/svg.ts';

/** The bars of the largest manifest, or of the only one that was asked for, `width` pixels wide; `undefined` when there is none. */
export function costSvg({ manifests }: Cost, width: number): string | undefined {
  const files = withCopies(manifests);
  const { manifest } = files.find((one) => one.manifest.edgesKnown) ?? files[0] ?? {};
  if (manifest === undefined) return undefined;
  return `${costBars(manifest, { prefix: 'cost', width: width - 2 * MARGIN }).svg}\n`;
}
