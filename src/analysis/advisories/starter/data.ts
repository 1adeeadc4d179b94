import type { StarterFact } from './fact.ts';
import { NPM } from './npm.ts';
import { OTHERS } from './others.ts';

/**
 * A few dozen advisories that everybody has heard of, so that a machine without any data still shows the real thing.
 * Not a database: it says nothing of what it does not list, and an ecosystem is not "checked" by it.
 * Written by hand; identifiers, versions and vectors as published by GitHub, PyPA, the Go project, RustSec, RubySec and FriendsOfPHP.
 */
export const STARTER: readonly StarterFact[] = [...NPM, ...OTHERS];
