import type { DisclosureRule } from '../../../model/disclosure.ts';
import { internalHost } from './hosts.ts';
import { privateAddress } from './private-ranges.ts';

/** Addresses that only mean something inside a network: private ranges and host names of internal domains. */
export const addressRules: readonly DisclosureRule[] = [privateAddress, internalHost];
