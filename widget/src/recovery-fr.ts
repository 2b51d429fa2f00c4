import type { Said } from './recovery-words.ts';

export const said: Said = {
  'promise-made': '{0} vous a promis\u00a0: {1}, pour {2}.',
  'promise-moved':
    '{0} a besoin d’un peu plus de temps et promet une nouvelle échéance\u00a0: {1}, pour {2}.',
  'promise-kept': '{0} a tenu cette promesse\u00a0: {1}.',
  'promise-slipping':
    '{0} s’en occupe toujours\u00a0: {1}. Cela peut prendre un peu plus de temps que prévu ({2}).',
  'ally-changed': 'Désormais, {0} est votre contact ici. {1} lui a confié la suite en personne.',
  'extras-offered': '{0} vous propose\u00a0: {1} ({2})',
  promised: 'Ce qui vous est promis',
  promisedBy: '{0} a promis',
  by: 'pour {0}',
  late: 'en retard, prévu pour {0}',
  moreOf: 'encore {0}',
  fewer: 'Afficher moins',
  at: '{0}',
  near: '{0} à {1}',
  far: 'le {0} à {1}',
  choose: '{0} vous laisse choisir',
  else: 'Autre chose',
  elseLabel: 'Que préférez-vous à la place\u202f?',
};
