import { prepareSymbols } from './huffman';
import { KEY_BYTES, KNOWN_BYTES } from './known-runs';
import { AREAS_END } from './layout';
import { prepareSpread } from './pack-delta';
import { prepareFilter } from './search';

prepareSymbols();
prepareSpread();
prepareFilter();

export { applyDelta, emitWhole, hasNul, setOutput } from './dirty-lines';
export { deltaTargetSize } from './pack-delta';
export { applyTreeDelta } from './tree-delta';
export { remember } from './known-runs';
export { inflate } from './inflate';
export { search } from './search';
export { sift } from './sift';
/** Where the compiler's own constants end: a test keeps it below the module's fixed areas. */
export const dataEnd: usize = __heap_base;
export const areasEnd: usize = AREAS_END;
export const knownBytes: usize = KNOWN_BYTES;
export const keyBytes: usize = KEY_BYTES;
