import type { Kept } from './remembered-words.ts';

export const kept: Kept = {
  why: 'Lo guardamos para que no tenga que decirlo dos veces. Lo que borre desaparece para todos aquí.',
  empty: 'Aquí no hay nada anotado sobre usted.',
  noted: 'Anotado por {0}, {1}',
  remove: 'Borrar',
  removed: 'Borrado.',
  notRemoved: 'No se ha podido borrar ahora. Inténtelo de nuevo en un momento.',
  offline: 'Ahora no hay conexión y esto no se puede mostrar. Inténtelo de nuevo en un momento.',
  reading: 'Un momento…',
  back: 'Volver a la conversación',
  keptNoted: 'Anotado por nosotros',
  keptSaid: 'Lo que nos ha dicho',
  keptName: 'Nombre',
  keptEmail: 'Correo',
  keptPhone: 'Teléfono',
  keptByYou: 'De usted, {0}',
  keptYours: 'De usted',
  keptMail: 'A una dirección que haya borrado ya no llega ninguna carta de este chat.',
  keptPage: 'Lo que nos ha dicho este sitio',
  keptPageNote: 'El sitio puede volver a decirlo cuando usted regrese.',
  keptDone: 'Lo que pasó en sus páginas',
  keptDevice: 'Su navegador',
  keptLanguage: 'Idioma',
  keptWhere: 'Últimas páginas',
  keptDeviceNote:
    'La página en la que está se anota de nuevo cuando siga adelante. El idioma se queda: en él le respondemos.',
  keptCall: 'Previsto para usted',
  keptChat: 'Aquí en el chat',
  keptTelephone: 'Por teléfono: {0}',
  keptTakeBack: 'Retirar',
  keptStays: 'Lo que se queda',
  keptProven: 'Confirmado por este sitio',
  keptAsk:
    'La conversación misma, las promesas pendientes y lo que este sitio ha confirmado no se pueden borrar aquí. Si quiere que se borren, pídaselo a {0}.',
  keptAskUs:
    'La conversación misma, las promesas pendientes y lo que este sitio ha confirmado no se pueden borrar aquí. Si quiere que se borren, escríbanos en este chat.',
};
