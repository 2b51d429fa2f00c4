/**
 * What mail to visitors says, and the page that stops it, in the chat's eight languages; owners may write it anew. `{0}` stands for a
 * name, a file or an address.
 */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { LetterWord, RelayWords, SlipWord, StopWord } from '@fullname/shared/relay-words';
import type { SiteSettings } from '@fullname/shared/site-settings';
import { oneLine } from '../people/names.ts';
import { wordsOf } from '../site/own-words.ts';

export type MailWords = RelayWords<Exclude<LetterWord, SlipWord> | StopWord>;

const en: MailWords = {
  /** Also a notice on a device, which is seen by others as well: no more than the name. */
  answeredYou: '{0} has answered you',
  /** Who writes, and of which company. */
  letterFrom: '{0} at {1}',
  letterWrote: '{0} wrote:',
  letterFile: '{0} sent a file: {1}',
  letterGo: 'Read on and answer here:',
  letterLife:
    'The link opens this conversation for 30 days. Whoever has it can read along, so please keep it to yourself.',
  letterWhy:
    'You get this because you left this address in the chat of {0} and have not seen the answer there yet.',
  letterStop: 'No more mail of this kind:',
  stopTitle: 'No more such mail',
  stopAsk: 'Shall answers from the chat no longer be sent to {0}?',
  stopYes: 'No more such mail',
  stopDone: 'Done. Answers from the chat are no longer sent to {0}.',
  stopBack: 'Send them again',
  stopAgain: 'Answers from the chat are sent to {0} again.',
  stopOver: 'This link is not whole. Open it from the mail again.',
};

const zhHans: MailWords = {
  answeredYou: '{0} 回复了您',
  letterFrom: '{1} {0}',
  letterWrote: '{0} 写道：',
  letterFile: '{0} 发来一个文件：{1}',
  letterGo: '在这里继续阅读并回复：',
  letterLife: '这个链接在30天内可打开这段对话。拿到链接的人都能看到内容，请不要转给别人。',
  letterWhy: '您收到这封邮件，是因为您在 {0} 的聊天中留下了这个邮箱，而那里的回复您还没有看到。',
  letterStop: '不再接收这类邮件：',
  stopTitle: '不再接收这类邮件',
  stopAsk: '不再把聊天的回复发到 {0} 吗？',
  stopYes: '不再接收这类邮件',
  stopDone: '好了。聊天的回复不再发到 {0}。',
  stopBack: '重新发送',
  stopAgain: '聊天的回复会再发到 {0}。',
  stopOver: '这个链接不完整。请从邮件里重新打开。',
};

const zhHant: MailWords = {
  answeredYou: '{0} 回覆了您',
  letterFrom: '{1} {0}',
  letterWrote: '{0} 寫道：',
  letterFile: '{0} 傳來一個檔案：{1}',
  letterGo: '在這裡繼續閱讀並回覆：',
  letterLife: '這個連結在30天內可開啟這段對話。拿到連結的人都能看到內容，請不要轉給別人。',
  letterWhy: '您收到這封郵件，是因為您在 {0} 的聊天中留下了這個電子郵件，而那裡的回覆您還沒有看到。',
  letterStop: '不再接收這類郵件：',
  stopTitle: '不再接收這類郵件',
  stopAsk: '不再把聊天的回覆寄到 {0} 嗎？',
  stopYes: '不再接收這類郵件',
  stopDone: '好了。聊天的回覆不再寄到 {0}。',
  stopBack: '重新寄送',
  stopAgain: '聊天的回覆會再寄到 {0}。',
  stopOver: '這個連結不完整。請從郵件裡重新開啟。',
};

const es: MailWords = {
  answeredYou: '{0} le ha respondido',
  letterFrom: '{0} · {1}',
  letterWrote: '{0} escribió:',
  letterFile: '{0} envió un archivo: {1}',
  letterGo: 'Siga leyendo y responda aquí:',
  letterLife:
    'El enlace abre esta conversación durante 30 días. Quien lo tenga puede leerla: guárdelo para usted.',
  letterWhy: 'Recibe esto porque dejó esta dirección en el chat de {0} y aún no ha visto allí la respuesta.',
  letterStop: 'No recibir más correos como este:',
  stopTitle: 'No recibir más correos como este',
  stopAsk: '¿Dejar de enviar las respuestas del chat a {0}?',
  stopYes: 'No recibir más correos como este',
  stopDone: 'Hecho. Las respuestas del chat ya no se envían a {0}.',
  stopBack: 'Enviarlas de nuevo',
  stopAgain: 'Las respuestas del chat vuelven a enviarse a {0}.',
  stopOver: 'Este enlace no está completo. Ábralo de nuevo desde el correo.',
};

const fr: MailWords = {
  answeredYou: '{0} vous a répondu',
  letterFrom: '{0} · {1}',
  letterWrote: '{0} a écrit :',
  letterFile: '{0} a envoyé un fichier : {1}',
  letterGo: 'Lisez la suite et répondez ici :',
  letterLife:
    'Le lien ouvre cette conversation pendant 30 jours. Quiconque l’a peut la lire : gardez-le pour vous.',
  letterWhy:
    'Vous recevez ceci parce que vous avez laissé cette adresse dans le chat de {0} et n’y avez pas encore vu la réponse.',
  letterStop: 'Ne plus recevoir ces e-mails :',
  stopTitle: 'Ne plus recevoir ces e-mails',
  stopAsk: 'Ne plus envoyer les réponses du chat à {0} ?',
  stopYes: 'Ne plus recevoir ces e-mails',
  stopDone: 'C’est fait. Les réponses du chat ne sont plus envoyées à {0}.',
  stopBack: 'Les envoyer de nouveau',
  stopAgain: 'Les réponses du chat sont de nouveau envoyées à {0}.',
  stopOver: 'Ce lien n’est pas entier. Ouvrez-le de nouveau depuis l’e-mail.',
};

const de: MailWords = {
  answeredYou: '{0} hat Ihnen geantwortet',
  letterFrom: '{0} · {1}',
  letterWrote: '{0} schrieb:',
  letterFile: '{0} hat eine Datei geschickt: {1}',
  letterGo: 'Hier können Sie weiterlesen und antworten:',
  letterLife:
    'Der Link öffnet dieses Gespräch 30 Tage lang. Wer ihn hat, kann mitlesen: Geben Sie ihn bitte nicht weiter.',
  letterWhy:
    'Sie erhalten dies, weil Sie diese Adresse im Chat von {0} hinterlassen und die Antwort dort noch nicht gesehen haben.',
  letterStop: 'Keine solchen Mails mehr:',
  stopTitle: 'Keine solchen Mails mehr',
  stopAsk: 'Sollen Antworten aus dem Chat nicht mehr an {0} gesendet werden?',
  stopYes: 'Keine solchen Mails mehr',
  stopDone: 'Erledigt. Antworten aus dem Chat gehen nicht mehr an {0}.',
  stopBack: 'Wieder senden',
  stopAgain: 'Antworten aus dem Chat gehen wieder an {0}.',
  stopOver: 'Dieser Link ist nicht vollständig. Öffnen Sie ihn noch einmal aus der E-Mail.',
};

const ja: MailWords = {
  answeredYou: '{0}からお返事があります',
  letterFrom: '{1} {0}',
  letterWrote: '{0}：',
  letterFile: '{0}がファイルを送りました：{1}',
  letterGo: '続きのご確認とお返事はこちらから：',
  letterLife:
    'このリンクは30日間、この会話を開きます。お持ちの方はどなたでも読めますので、ほかの方には渡さないでください。',
  letterWhy:
    '{0}のチャットでこのアドレスをお知らせいただき、まだお返事をご覧になっていないため、お送りしています。',
  letterStop: 'このようなメールを停止する：',
  stopTitle: 'このようなメールを停止する',
  stopAsk: 'チャットのお返事を{0}に送るのを停止しますか。',
  stopYes: 'このようなメールを停止する',
  stopDone: '停止しました。チャットのお返事は今後{0}に送られません。',
  stopBack: 'また受け取る',
  stopAgain: 'チャットのお返事を再び{0}にお送りします。',
  stopOver: 'このリンクは完全ではありません。メールからもう一度開いてください。',
};

const ar: MailWords = {
  answeredYou: 'ردّ عليكم {0}',
  letterFrom: '{0} · {1}',
  letterWrote: 'كتب {0}:',
  letterFile: 'أرسل {0} ملفًا: {1}',
  letterGo: 'تابعوا القراءة وأجيبوا هنا:',
  letterLife:
    'يفتح الرابط هذه المحادثة لمدة 30 يومًا. ومن يملكه يستطيع قراءتها، فاحتفظوا به لأنفسكم من فضلكم.',
  letterWhy: 'تصلكم هذه الرسالة لأنكم تركتم هذا العنوان في محادثة {0} ولم تروا الرد هناك بعد.',
  letterStop: 'إيقاف هذا النوع من الرسائل:',
  stopTitle: 'إيقاف هذا النوع من الرسائل',
  stopAsk: 'هل تريدون ألا تُرسل ردود المحادثة إلى {0} بعد الآن؟',
  stopYes: 'إيقاف هذا النوع من الرسائل',
  stopDone: 'تم. لن تُرسل ردود المحادثة إلى {0} بعد الآن.',
  stopBack: 'إرسالها من جديد',
  stopAgain: 'ستُرسل ردود المحادثة إلى {0} من جديد.',
  stopOver: 'هذا الرابط غير كامل. افتحوه من الرسالة مرة أخرى.',
};

export const MAIL_WORDS: Record<WidgetLocale, MailWords> = {
  en,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
  es,
  fr,
  de,
  ja,
  ar,
};

/** Who has answered, in one line: the subject of a letter, and a notice on a device. */
export function answeredYou(settings: SiteSettings, locale: WidgetLocale, fullName: string): string {
  return oneLine(put(wordsOf(MAIL_WORDS, locale, settings).answeredYou, fullName));
}

/** Puts names and numbers into a text, in one pass: a name that looks like a place stays a name. */
export function put(text: string, ...parts: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (_, index) => parts[Number(index)] ?? '');
}
