import type { Requirement } from '../model';
import { SECTIONS_2_TO_5 } from './sections-2-to-5';
import { SECTIONS_6_TO_11 } from './sections-6-to-11';

/** Every requirement of a provider, in the order of the contract. */
export const REQUIREMENTS: readonly Requirement[] = [...SECTIONS_2_TO_5, ...SECTIONS_6_TO_11].map(([id, level, title]) => ({ id, level, title }));
