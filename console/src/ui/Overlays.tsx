import { useDesk } from '../context.ts';
import { overlay } from '../view.ts';
import { CompanyOverlays } from './company/CompanyOverlays.tsx';
import { Farewell } from './desk/Farewell.tsx';
import { HandOver } from './desk/HandOver.tsx';
import { GiveDialog } from './giving/GiveDialog.tsx';
import { OfferExtras } from './giving/OfferExtras.tsx';
import { useGoodwillNews } from './giving/own-asked.ts';
import { AskForHelp } from './help/AskForHelp.tsx';
import { KeysHelp } from './KeysHelp.tsx';
import { Palette } from './Palette.tsx';

/** The dialogs that a key can open from anywhere. */
export function Overlays() {
  useGoodwillNews();
  const open = useDesk().inbox.open.value;
  const thread = open.state === 'ready' ? open.thread : null;
  const close = () => {
    overlay.value = null;
  };
  if (overlay.value === 'keys') return <KeysHelp onClose={close} />;
  if (overlay.value === 'palette') return <Palette onClose={close} />;
  if (overlay.value === 'hand-over' && thread) return <HandOver thread={thread} onClose={close} />;
  if (overlay.value === 'ask-help' && thread) return <AskForHelp thread={thread} onClose={close} />;
  if (overlay.value === 'give' && thread) return <GiveDialog thread={thread} onClose={close} />;
  if (overlay.value === 'extras' && thread) return <OfferExtras thread={thread} onClose={close} />;
  if (overlay.value === 'farewell' && thread) return <Farewell thread={thread} onClose={close} />;
  return thread && <CompanyOverlays thread={thread} onClose={close} />;
}
