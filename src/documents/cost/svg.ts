import type { Cost } from '../../model/cost.ts';
import { withCopies } from './copies.ts';
import { costBars } from '../pictures/cost-bars.ts';
import type { Canvas } from '../pictures/svg.ts';

/** The bars of the largest manifest, or of the only one that was asked for; `undefined` when there is none. */
export function costSvg({ manifests }: Cost, canvas: Canvas): string | undefined {
  const files = withCopies(manifests);
  const { manifest } = files.find((one) => one.manifest.edgesKnown) ?? files[0] ?? {};
  return manifest === undefined ? undefined : `${costBars(manifest, canvas).svg}\n`;
}
