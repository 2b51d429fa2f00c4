import type { Kept } from './remembered-words.ts';

export const kept: Kept = {
  why: 'Behalten, damit Sie nichts zweimal sagen müssen. Was Sie entfernen, ist hier für alle weg.',
  empty: 'Über Sie ist hier nichts notiert.',
  noted: 'Notiert von {0}, {1}',
  remove: 'Entfernen',
  removed: 'Entfernt.',
  notRemoved: 'Es ließ sich gerade nicht entfernen. Versuchen Sie es gleich noch einmal.',
  offline: 'Gerade keine Verbindung, daher lässt sich das nicht zeigen. Versuchen Sie es gleich noch einmal.',
  reading: 'Einen Moment…',
  back: 'Zurück zum Gespräch',
  keptNoted: 'Von uns notiert',
  keptSaid: 'Was Sie uns gesagt haben',
  keptName: 'Name',
  keptEmail: 'E-Mail',
  keptPhone: 'Telefon',
  keptByYou: 'Von Ihnen, {0}',
  keptYours: 'Von Ihnen',
  keptMail: 'An eine Adresse, die Sie entfernt haben, geht aus diesem Chat kein Brief mehr.',
  keptPage: 'Was uns diese Website gesagt hat',
  keptPageNote: 'Die Website kann es wieder sagen, wenn Sie zurückkommen.',
  keptDone: 'Was auf ihren Seiten geschah',
  keptDevice: 'Ihr Browser',
  keptLanguage: 'Sprache',
  keptWhere: 'Letzte Seiten',
  keptDeviceNote:
    'Die Seite, auf der Sie sind, wird neu notiert, wenn Sie weitergehen. Die Sprache bleibt: In ihr antworten wir.',
  keptCall: 'Für Sie geplant',
  keptChat: 'Hier im Chat',
  keptTelephone: 'Per Telefon: {0}',
  keptTakeBack: 'Zurücknehmen',
  keptStays: 'Was bleibt',
  keptProven: 'Von dieser Website bestätigt',
  keptAsk:
    'Das Gespräch selbst, offene Versprechen und was diese Website bestätigt hat, lassen sich hier nicht entfernen. Wenn Sie das wünschen, fragen Sie {0}.',
  keptAskUs:
    'Das Gespräch selbst, offene Versprechen und was diese Website bestätigt hat, lassen sich hier nicht entfernen. Wenn Sie das wünschen, schreiben Sie uns in diesem Chat.',
};
