import type { Reporter } from '../model/result.ts';
import { cyclonedx } from './cyclonedx/index.ts';
import { json } from './json/index.ts';
import { markdown } from './markdown/index.ts';
import { openvex } from './openvex/index.ts';
import { sarif } from './sarif/index.ts';
import { spdx } from './spdx/index.ts';

/** Every format that a scan can be written in, the terminal's aside. A new one is a folder and a line here. */
export const reporters: readonly Reporter[] = [json, sarif, cyclonedx, spdx, openvex, markdown];

export { cyclonedxReport } from './cyclonedx/index.ts';
export { openvexReport } from './openvex/index.ts';
export { spdxReport } from './spdx/index.ts';
