import type { Said } from './recovery-words.ts';

export const said: Said = {
  'promise-made': '{0} ha prometido: {1}, para {2}.',
  'promise-moved': '{0} necesita un poco más de tiempo y promete un nuevo plazo: {1}, para {2}.',
  'promise-kept': '{0} ha cumplido esta promesa: {1}.',
  'promise-slipping': '{0} sigue en ello: {1}. Puede tardar algo más; estaba previsto para {2}.',
  'ally-changed': 'A partir de ahora su contacto aquí es {0}. {1} se lo ha encargado personalmente.',
  'extras-offered': '{0} le ofrece: {1} ({2})',
  promised: 'Lo que le hemos prometido',
  promisedBy: '{0} ha prometido',
  by: 'para {0}',
  late: 'con retraso, era para {0}',
  moreOf: '{0} más',
  fewer: 'Mostrar menos',
  at: 'las {0}',
  near: '{0} a las {1}',
  far: 'el {0} a las {1}',
  choose: '{0} le deja elegir',
  else: 'Otra cosa',
  elseLabel: '¿Qué prefiere en su lugar?',
};
