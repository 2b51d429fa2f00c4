/** The polite plural, which has no gender, for the reader; nouns instead of verbs for colleagues, whose gender nobody should have to guess. Minutes are shortened: their plural would need `Intl` before the first drawing. */
import type { Strings } from './strings.ts';
import type { Words } from './words.ts';

export const strings: Strings = isolated({
  title: 'التحدث إلى شخص',
  close: 'إغلاق المحادثة',
  more: 'المزيد',
  intro: 'يقرأ رسالتكم شخص حقيقي، ويرد عليكم باسمه الكامل.',
  or: '{0} أو {1}',
  comma: '، ',
  gap: ' ',
  likely: 'من قد يرد عليكم',
  here: 'هنا الآن',
  away: 'خارج المكتب الآن',
  backAt: 'العودة الساعة {0}',
  backOn: 'العودة يوم {0}',
  within: 'يصل الرد عادةً خلال {0} إلى {1} د.',
  under: 'يصل الرد عادةً في أقل من {0} د.',
  soon: 'يوجد من يرد عليكم في أقرب وقت.',
  nobody: 'لا يوجد أحد الآن.',
  nobodyUntil: 'لا يوجد أحد الآن؛ نعود الساعة {0}.',
  nobodyUntilDay: 'لا يوجد أحد الآن؛ نعود يوم {0}.',
  allTheSame: 'اكتبوا لنا مع ذلك: سيقرأ رسالتكم شخص ويرد عليها.',
  ask: 'اطلبوا شخصًا باسمه',
  write: 'اكتبوا رسالة…',
  writeTo: 'اكتبوا إلى {0}…',
  message: 'الرسالة',
  send: 'إرسال',
  lost: 'لا يوجد اتصال الآن. تابعوا الكتابة، وستُرسل رسالتكم عند عودته.',
});

export const words: Words = isolated({
  thread: 'المحادثة',
  taken: 'رسالتكم محفوظة، وسيرد عليها شخص.',
  likelyWho: 'الأرجح أن يأتيكم الرد من {0}.',
  emailAsk: 'اتركوا عنوان بريد إلكتروني لنتمكن من الرد عليكم هناك أيضًا.',
  emailLabel: 'بريدكم الإلكتروني',
  emailGive: 'حفظ العنوان',
  emailGiven: 'يمكننا الرد عليكم أيضًا على {0}.',
  speaking: 'أنتم تتحدثون الآن مع {0}',
  handedOver: 'بطلب من {0} ستكون مساعدتكم مع {1}. وجهة التواصل معكم تبقى {2}.',
  asked: 'طلبتم {0}.',
  introduced: 'ما ذكرتموه عن أنفسكم: {0}',
  byPage: 'تحية على الصفحة',
  typing: 'رسالة من {0} قيد الكتابة…',
  reopen: 'اكتبوا من جديد متى شئتم: المحادثة مستمرة.',
  transcript: 'تنزيل هذه المحادثة',
  welcomeBack: 'أهلًا بعودتكم.',
  welcomeBackName: 'أهلًا بعودتكم، {0}.',
  isHere: '{0} هنا الآن.',
  isAway: '{0} خارج المكتب الآن.',
  isBackAt: 'عودة {0} الساعة {1}.',
  isBackOn: 'عودة {0} يوم {1}.',
  older: 'رسائل أقدم',
  you: 'أنتم',
  says: 'من {0}: ',
  sending: 'قيد الإرسال',
  sent: 'أُرسلت',
  delivered: 'وصلت',
  read: 'قُرئت',
  failed: 'لم تُرسل',
  edit: 'تعديل',
  retry: 'إعادة المحاولة',
  discard: 'حذف',
  newBelow: 'رسائل جديدة',
  latest: 'إلى الأحدث',
  memory: 'لا يحفظ هذا المتصفح شيئًا لهذه الصفحة: تبقى المحادثة هنا إلى أن تغادروها.',
  masked: 'حرصًا على سلامتكم لا نرسل من رقم البطاقة إلا آخر أربعة أرقام.',
  today: 'اليوم',
  yesterday: 'أمس',
  language: 'اللغة',
  remembered: 'ما نتذكره عنكم',
  attach: 'إرسال ملف',
  sounds: 'الأصوات',
  TOO_LONG:
    'الرسالة أطول من اللازم. احذفوا منها {0} {one:حرف|two:حرفين|few:أحرف|many:حرفًا|other:حرف} أو أرسلوها على أجزاء.',
  UNREADABLE: 'لا يمكن حفظ بعض الرموز. احذفوا الرموز غير المعتادة وأرسلوا الرسالة من جديد.',
  CONFLICT: 'أُرسل شيء آخر بهذا الرقم. أرسلوها من جديد كرسالة جديدة.',
  BLOCKED: 'لا تُقبل هنا رسائل من هذا المتصفح. راسلوا الشركة بطريقة أخرى.',
  BAD_EMAIL: 'لا يبدو هذا العنوان صحيحًا. راجعوه وحاولوا من جديد.',
  BAD_IDENTITY: 'لم تتمكن الصفحة من إثبات هويتكم. يمكنكم الكتابة مع ذلك.',
  IDENTITY_REQUIRED: 'الكتابة هنا بعد تسجيل الدخول. سجّلوا دخولكم في الصفحة ثم أرسلوا الرسالة من جديد.',
  UNKNOWN_SITE: 'هذه المحادثة غير معدّة لهذه الصفحة. يمكن لصاحب الصفحة مراجعة الوسم.',
  OLD_PROTOCOL: 'جُدّدت هذه المحادثة. أعيدوا تحميل الصفحة؛ ما كتبتموه محفوظ.',
  BAD_ORIGIN: 'لا يُسمح لهذه الصفحة بفتح المحادثة. يمكن لصاحبها إضافتها إلى الصفحات المسموح بها.',
  INVALID_PAYLOAD: 'لم يُفهم الطلب. أعيدوا تحميل الصفحة وحاولوا من جديد.',
});

/**
 * Texts of a language that is read from right to left, with every place in isolation (U+2068 and U+2069): a name in Latin letters, a
 * time or an address keeps its own order there, and does not carry the words around it along.
 */
export function isolated<Table extends Readonly<Record<string, string>>>(table: Table): Table {
  const places = (text: string): string => text.replace(/\{\d\}/g, '\u2068$&\u2069');
  return Object.fromEntries(Object.entries(table).map(([key, text]) => [key, places(text)])) as Table;
}
