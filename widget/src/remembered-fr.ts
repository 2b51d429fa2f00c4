import type { Kept } from './remembered-words.ts';

export const kept: Kept = {
  why: 'Conservé pour que vous n’ayez pas à le redire. Ce que vous supprimez disparaît pour tout le monde ici.',
  empty: 'Rien n’est noté à votre sujet ici.',
  noted: 'Noté par {0}, {1}',
  remove: 'Supprimer',
  removed: 'Supprimé.',
  notRemoved: 'Impossible de le supprimer pour le moment. Réessayez dans un instant.',
  offline: 'Pas de connexion pour le moment\u202f; impossible de l’afficher. Réessayez dans un instant.',
  reading: 'Un instant…',
  back: 'Revenir à la conversation',
  keptNoted: 'Noté par nous',
  keptSaid: 'Ce que vous nous avez dit',
  keptName: 'Nom',
  keptEmail: 'E-mail',
  keptPhone: 'Téléphone',
  keptByYou: 'De votre part, {0}',
  keptYours: 'De votre part',
  keptMail: 'Aucun courrier de ce chat ne part vers une adresse que vous avez supprimée.',
  keptPage: 'Ce que ce site nous a dit',
  keptPageNote: 'Le site peut le redire à votre retour.',
  keptDone: 'Ce qui s’est passé sur ses pages',
  keptDevice: 'Votre navigateur',
  keptLanguage: 'Langue',
  keptWhere: 'Dernières pages',
  keptDeviceNote:
    'La page où vous êtes est notée à nouveau quand vous poursuivez. La langue reste\u00a0: c’est en elle que nous répondons.',
  keptCall: 'Prévu pour vous',
  keptChat: 'Ici, dans le chat',
  keptTelephone: 'Par téléphone\u00a0: {0}',
  keptTakeBack: 'Annuler',
  keptStays: 'Ce qui reste',
  keptProven: 'Confirmé par ce site',
  keptAsk:
    'La conversation elle-même, les promesses encore ouvertes et ce que ce site a confirmé ne se suppriment pas ici. Pour les faire supprimer, demandez à {0}.',
  keptAskUs:
    'La conversation elle-même, les promesses encore ouvertes et ce que ce site a confirmé ne se suppriment pas ici. Pour les faire supprimer, écrivez-nous dans ce chat.',
};
