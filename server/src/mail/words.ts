/** What mail to visitors says, in the chat's eight languages. `{0}` stands for a name, a file or an address. */
import type { WidgetLocale } from '@fullname/shared/locale';

const en = {
  wrote: '{0} wrote:',
  file: '{0} sent a file: {1}',
  go: 'Read on and answer here:',
  life: 'The link opens this conversation for 30 days. Whoever has it can read along, so please keep it to yourself.',
  why: 'You get this because you left this address in the chat of {0} and have not seen the answer there yet.',
  stop: 'No more mail of this kind:',
  stopTitle: 'No more such mail',
  stopAsk: 'Shall answers from the chat no longer be sent to {0}?',
  stopYes: 'No more such mail',
  stopped: 'Done. Answers from the chat are no longer sent to {0}.',
  stopOver: 'This link is not whole. Open it from the mail again.',
};

export type MailWords = { readonly [Key in keyof typeof en]: string };

const zhHans: MailWords = {
  wrote: '{0}写道：',
  file: '{0}发来一个文件：{1}',
  go: '在这里继续阅读并回复：',
  life: '这个链接在30天内可打开这段对话。拿到链接的人都能看到内容，请不要转给别人。',
  why: '您收到这封邮件，是因为您在{0}的聊天中留下了这个邮箱，而那里的回复您还没有看到。',
  stop: '不再接收这类邮件：',
  stopTitle: '不再接收这类邮件',
  stopAsk: '不再把聊天的回复发到{0}吗？',
  stopYes: '不再接收这类邮件',
  stopped: '好了。聊天的回复不再发到{0}。',
  stopOver: '这个链接不完整。请从邮件里重新打开。',
};

const zhHant: MailWords = {
  wrote: '{0}寫道：',
  file: '{0}傳來一個檔案：{1}',
  go: '在這裡繼續閱讀並回覆：',
  life: '這個連結在30天內可開啟這段對話。拿到連結的人都能看到內容，請不要轉給別人。',
  why: '您收到這封郵件，是因為您在{0}的聊天中留下了這個電子郵件，而那裡的回覆您還沒有看到。',
  stop: '不再接收這類郵件：',
  stopTitle: '不再接收這類郵件',
  stopAsk: '不再把聊天的回覆寄到{0}嗎？',
  stopYes: '不再接收這類郵件',
  stopped: '好了。聊天的回覆不再寄到{0}。',
  stopOver: '這個連結不完整。請從郵件裡重新開啟。',
};

const es: MailWords = {
  wrote: '{0} escribió:',
  file: '{0} envió un archivo: {1}',
  go: 'Siga leyendo y responda aquí:',
  life: 'El enlace abre esta conversación durante 30 días. Quien lo tenga puede leerla: guárdelo para usted.',
  why: 'Recibe esto porque dejó esta dirección en el chat de {0} y aún no ha visto allí la respuesta.',
  stop: 'No recibir más correos como este:',
  stopTitle: 'No recibir más correos como este',
  stopAsk: '¿Dejar de enviar las respuestas del chat a {0}?',
  stopYes: 'No recibir más correos como este',
  stopped: 'Hecho. Las respuestas del chat ya no se envían a {0}.',
  stopOver: 'Este enlace no está completo. Ábralo de nuevo desde el correo.',
};

const fr: MailWords = {
  wrote: '{0} a écrit :',
  file: '{0} a envoyé un fichier : {1}',
  go: 'Lisez la suite et répondez ici :',
  life: 'Le lien ouvre cette conversation pendant 30 jours. Quiconque l’a peut la lire : gardez-le pour vous.',
  why: 'Vous recevez ceci parce que vous avez laissé cette adresse dans le chat de {0} et n’y avez pas encore vu la réponse.',
  stop: 'Ne plus recevoir ces e-mails :',
  stopTitle: 'Ne plus recevoir ces e-mails',
  stopAsk: 'Ne plus envoyer les réponses du chat à {0} ?',
  stopYes: 'Ne plus recevoir ces e-mails',
  stopped: 'C’est fait. Les réponses du chat ne sont plus envoyées à {0}.',
  stopOver: 'Ce lien n’est pas entier. Ouvrez-le de nouveau depuis l’e-mail.',
};

const de: MailWords = {
  wrote: '{0} schrieb:',
  file: '{0} hat eine Datei geschickt: {1}',
  go: 'Hier können Sie weiterlesen und antworten:',
  life: 'Der Link öffnet dieses Gespräch 30 Tage lang. Wer ihn hat, kann mitlesen: Geben Sie ihn bitte nicht weiter.',
  why: 'Sie erhalten dies, weil Sie diese Adresse im Chat von {0} hinterlassen und die Antwort dort noch nicht gesehen haben.',
  stop: 'Keine solchen Mails mehr:',
  stopTitle: 'Keine solchen Mails mehr',
  stopAsk: 'Sollen Antworten aus dem Chat nicht mehr an {0} gesendet werden?',
  stopYes: 'Keine solchen Mails mehr',
  stopped: 'Erledigt. Antworten aus dem Chat gehen nicht mehr an {0}.',
  stopOver: 'Dieser Link ist nicht vollständig. Öffnen Sie ihn noch einmal aus der E-Mail.',
};

const ja: MailWords = {
  wrote: '{0}：',
  file: '{0}がファイルを送りました：{1}',
  go: '続きのご確認とお返事はこちらから：',
  life: 'このリンクは30日間、この会話を開きます。お持ちの方はどなたでも読めますので、ほかの方には渡さないでください。',
  why: '{0}のチャットでこのアドレスをお知らせいただき、まだお返事をご覧になっていないため、お送りしています。',
  stop: 'このようなメールを停止する：',
  stopTitle: 'このようなメールを停止する',
  stopAsk: 'チャットのお返事を{0}に送るのを停止しますか。',
  stopYes: 'このようなメールを停止する',
  stopped: '停止しました。チャットのお返事は今後{0}に送られません。',
  stopOver: 'このリンクは完全ではありません。メールからもう一度開いてください。',
};

const ar: MailWords = {
  wrote: 'كتب {0}:',
  file: 'أرسل {0} ملفًا: {1}',
  go: 'تابعوا القراءة وأجيبوا هنا:',
  life: 'يفتح الرابط هذه المحادثة لمدة 30 يومًا. ومن يملكه يستطيع قراءتها، فاحتفظوا به لأنفسكم من فضلكم.',
  why: 'تصلكم هذه الرسالة لأنكم تركتم هذا العنوان في محادثة {0} ولم تروا الرد هناك بعد.',
  stop: 'إيقاف هذا النوع من الرسائل:',
  stopTitle: 'إيقاف هذا النوع من الرسائل',
  stopAsk: 'هل تريدون ألا تُرسل ردود المحادثة إلى {0} بعد الآن؟',
  stopYes: 'إيقاف هذا النوع من الرسائل',
  stopped: 'تم. لن تُرسل ردود المحادثة إلى {0} بعد الآن.',
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

/** Puts names and numbers into a text, in one pass: a name that looks like a place stays a name. */
export function put(text: string, ...parts: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (_, index) => parts[Number(index)] ?? '');
}
