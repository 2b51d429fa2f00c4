/** All that the owner of the site has set, for the parts that are loaded later: the first drawing asks `said` itself, in fewer bytes. */
import { type FrameSettings, USUAL_IN_FRAME } from '@fullname/shared/page-settings';
import { said } from './said.ts';

let muted = false;

/** The page's wish, for as long as it is open: known before there is a sound, a conversation or anything kept. */
export function setMuted(on: boolean): void {
  muted = on;
}

export function isMuted(): boolean {
  return muted;
}

export function pageSettings(): FrameSettings {
  return { ...USUAL_IN_FRAME, ...said };
}
