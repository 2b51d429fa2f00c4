/** What comes after a refusal: a chunk of its own, since a same-site frame never needs it. */
export { openBrokered } from './brokered.ts';
export { openMemory } from './memory.ts';
