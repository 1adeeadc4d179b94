export { generic } from './generic.ts';
export { npm } from './npm.ts';
