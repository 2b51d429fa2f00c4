import type { Said } from './recovery-words.ts';
import { isolated } from './speech-ar.ts';

export const said: Said = isolated({
  'promise-made': 'وعد من {0}: {1} (الموعد: {2}).',
  'promise-moved': 'يحتاج الأمر لدى {0} وقتًا أطول قليلًا، والوعد الجديد: {1} (الموعد: {2}).',
  'promise-kept': 'تم الوفاء بوعد {0}: {1}.',
  'promise-slipping': 'العمل مستمر لدى {0}: {1}. قد يتأخر قليلًا عن الموعد: {2}.',
  'ally-changed': 'من الآن جهة تواصلكم هنا هي {0}، بتسليم شخصي من {1}.',
  'extras-offered': 'عرض من {0}: {1} ({2})',
  promised: 'ما وُعدتم به',
  promisedBy: 'وعد من {0}',
  by: 'الموعد: {0}',
  late: 'مضى الموعد: {0}',
  moreOf: '{0} أخرى',
  fewer: 'عرض أقل',
  at: 'الساعة {0}',
  near: '{0} الساعة {1}',
  far: '{0} الساعة {1}',
  choose: 'اختيار لكم من {0}',
  else: 'شيء آخر',
  elseLabel: 'ما الذي تفضلونه؟',
});
