/** What the owner of the site has set that is not as usual: data that the relay left in this document. */
import type { FrameSettings } from '@fullname/shared/page-settings';

export const said: Partial<FrameSettings> = JSON.parse(
  document.getElementById('settings')?.textContent || '{}',
);
