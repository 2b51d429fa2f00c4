import type { Said } from './recovery-words.ts';

export const said: Said = {
  'promise-made': '{0} hat versprochen: {1}, bis {2}.',
  'promise-moved': '{0} braucht etwas länger und verspricht einen neuen Termin: {1}, bis {2}.',
  'promise-kept': '{0} hat dieses Versprechen gehalten: {1}.',
  'promise-slipping': '{0} ist noch dabei: {1}. Es kann etwas später werden als {2}.',
  'ally-changed': '{0} ist hier ab jetzt für Sie da. {1} hat persönlich übergeben.',
  'extras-offered': '{0} bietet an: {1} ({2})',
  promised: 'Ihnen versprochen',
  promisedBy: '{0} hat versprochen',
  by: 'bis {0}',
  late: 'später als {0}',
  moreOf: '{0} weitere',
  fewer: 'Weniger zeigen',
  at: '{0}',
  near: '{0} um {1}',
  far: '{0}, {1}',
  choose: '{0} lässt Sie wählen',
  else: 'Etwas anderes',
  elseLabel: 'Was möchten Sie stattdessen?',
};
