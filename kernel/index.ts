import { prepareSymbols } from './huffman';

prepareSymbols();

export { applyDelta, deltaTargetSize, emitWhole, hasNul, setOutput } from './dirty-lines';
export { inflate } from './inflate';
export { search } from './search';
/** Where the compiler's own constants end: a test keeps it below the module's fixed areas. */
export const dataEnd: usize = __heap_base;
