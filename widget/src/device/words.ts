/** What the page of a device says. `{0}` is the name of the site, which its owner has given. */
import type { WidgetLocale } from '@fullname/shared/locale';

export type DeviceWords = Readonly<
  Record<
    | 'title'
    | 'lead'
    | 'shown'
    | 'others'
    | 'toStop'
    | 'yes'
    | 'wait'
    | 'on'
    | 'stop'
    | 'stopped'
    | 'refused'
    | 'cannot'
    | 'noService'
    | 'over'
    | 'lost'
    | 'again',
    string
  >
>;

export const WORDS: Readonly<Record<WidgetLocale, DeviceWords>> = {
  en: {
    title: 'Tell me on this device',
    lead: 'When {0} has answered you and you have not seen it in the chat, this device tells you. You need not stay on the page.',
    shown: 'It shows the full name of whoever has answered, and {0}. What was written is never shown.',
    others:
      'A press on it opens the conversation. On a device that others use as well, they could open it too.',
    toStop:
      'To stop it, choose “Tell me on this device” in the chat again, or turn off notifications for this address in your browser.',
    yes: 'Tell me here',
    wait: 'One moment…',
    on: 'Done: this device tells you when {0} has answered. You can close this page.',
    stop: 'No longer on this device',
    stopped: 'This device tells you nothing any more. You can close this page.',
    refused:
      'Your browser does not allow this address to show notifications. Allow it in the settings of the browser, then try again; or leave your e-mail address in the chat.',
    cannot: 'This browser cannot tell you. Leave your e-mail address in the chat instead.',
    noService:
      'Your browser did not reach the service that brings it notifications. Try again later, or leave your e-mail address in the chat.',
    over: 'This page holds no more. Go back to the chat and choose “Tell me on this device” there.',
    lost: 'No connection just now. Try again in a moment.',
    again: 'Try again',
  },
  'zh-Hans': {
    title: '在这台设备上通知我',
    lead: '{0} 回复了您、而您还没有在对话中看到时，这台设备会通知您。您不必一直停在网页上。',
    shown: '通知上只有回复者的全名和 {0}，从不显示写了什么。',
    others: '点开通知就会打开对话。如果这台设备还有别人在用，别人也能打开。',
    toStop: '不想再收到时，请在对话中再选一次“在这台设备上通知我”，或在浏览器中关闭此网址的通知。',
    yes: '在这里通知我',
    wait: '请稍等…',
    on: '好了：{0} 回复时，这台设备会通知您。您可以关闭此页。',
    stop: '不再在这台设备上通知',
    stopped: '这台设备不会再通知您。您可以关闭此页。',
    refused:
      '您的浏览器不允许此网址显示通知。请在浏览器设置中允许，然后再试一次；也可以在对话中留下电子邮箱。',
    cannot: '这个浏览器无法通知您。请在对话中留下电子邮箱。',
    noService: '您的浏览器没能连上传送通知的服务。请稍后再试，或在对话中留下电子邮箱。',
    over: '此页已失效。请回到对话，在那里选“在这台设备上通知我”。',
    lost: '现在连接不上。请稍后再试。',
    again: '再试一次',
  },
  'zh-Hant': {
    title: '在這個裝置上通知我',
    lead: '{0} 回覆了您、而您還沒有在對話中看到時，這個裝置會通知您。您不必一直停留在網頁上。',
    shown: '通知上只有回覆者的全名和 {0}，從不顯示寫了什麼。',
    others: '點開通知就會開啟對話。如果這個裝置還有別人在用，別人也能開啟。',
    toStop: '不想再收到時，請在對話中再選一次「在這個裝置上通知我」，或在瀏覽器中關閉這個網址的通知。',
    yes: '在這裡通知我',
    wait: '請稍候…',
    on: '好了：{0} 回覆時，這個裝置會通知您。您可以關閉此頁。',
    stop: '不再在這個裝置上通知',
    stopped: '這個裝置不會再通知您。您可以關閉此頁。',
    refused:
      '您的瀏覽器不允許這個網址顯示通知。請在瀏覽器設定中允許，然後再試一次；也可以在對話中留下電子郵件。',
    cannot: '這個瀏覽器無法通知您。請在對話中留下電子郵件。',
    noService: '您的瀏覽器沒能連上傳送通知的服務。請稍後再試，或在對話中留下電子郵件。',
    over: '此頁已失效。請回到對話，在那裡選「在這個裝置上通知我」。',
    lost: '目前無法連線。請稍後再試。',
    again: '再試一次',
  },
  es: {
    title: 'Avisarme en este dispositivo',
    lead: 'Cuando {0} le haya respondido y usted no lo haya visto en el chat, este dispositivo le avisará. No hace falta que se quede en la página.',
    shown: 'Muestra el nombre completo de quien ha respondido y {0}. Lo que se escribió no se muestra nunca.',
    others:
      'Al pulsarlo se abre la conversación. En un dispositivo que usan otras personas, también ellas podrían abrirla.',
    toStop:
      'Para que deje de hacerlo, elija otra vez en el chat «Avisarme en este dispositivo» o desactive en su navegador las notificaciones de esta dirección.',
    yes: 'Avisarme aquí',
    wait: 'Un momento…',
    on: 'Listo: este dispositivo le avisará cuando {0} haya respondido. Puede cerrar esta página.',
    stop: 'Ya no en este dispositivo',
    stopped: 'Este dispositivo ya no le avisará. Puede cerrar esta página.',
    refused:
      'Su navegador no permite que esta dirección muestre notificaciones. Permítalo en los ajustes del navegador e inténtelo de nuevo, o deje su correo electrónico en el chat.',
    cannot: 'Este navegador no puede avisarle. Deje su correo electrónico en el chat.',
    noService:
      'Su navegador no ha podido llegar al servicio que le trae las notificaciones. Inténtelo más tarde o deje su correo electrónico en el chat.',
    over: 'Esta página ya no es válida. Vuelva al chat y elija allí «Avisarme en este dispositivo».',
    lost: 'Ahora mismo no hay conexión. Inténtelo de nuevo en un momento.',
    again: 'Intentar de nuevo',
  },
  fr: {
    title: 'Me prévenir sur cet appareil',
    lead: 'Quand {0} vous aura répondu et que vous ne l’aurez pas vu dans le chat, cet appareil vous préviendra. Vous n’avez pas besoin de rester sur la page.',
    shown:
      'Il affiche le nom complet de la personne qui a répondu, et {0}. Ce qui a été écrit n’est jamais affiché.',
    others:
      'Un appui dessus ouvre la conversation. Sur un appareil partagé, les autres personnes pourraient aussi l’ouvrir.',
    toStop:
      'Pour arrêter, choisissez de nouveau «\u00a0Me prévenir sur cet appareil\u00a0» dans le chat, ou désactivez les notifications de cette adresse dans votre navigateur.',
    yes: 'Me prévenir ici',
    wait: 'Un instant…',
    on: 'C’est fait\u00a0: cet appareil vous préviendra quand {0} aura répondu. Vous pouvez fermer cette page.',
    stop: 'Plus sur cet appareil',
    stopped: 'Cet appareil ne vous préviendra plus. Vous pouvez fermer cette page.',
    refused:
      'Votre navigateur n’autorise pas cette adresse à afficher des notifications. Autorisez-la dans les réglages du navigateur, puis réessayez\u00a0; ou laissez votre adresse e-mail dans le chat.',
    cannot: 'Ce navigateur ne peut pas vous prévenir. Laissez plutôt votre adresse e-mail dans le chat.',
    noService:
      'Votre navigateur n’a pas pu joindre le service qui lui apporte les notifications. Réessayez plus tard, ou laissez votre adresse e-mail dans le chat.',
    over: 'Cette page n’est plus valable. Retournez au chat et choisissez-y «\u00a0Me prévenir sur cet appareil\u00a0».',
    lost: 'Pas de connexion pour l’instant. Réessayez dans un moment.',
    again: 'Réessayer',
  },
  de: {
    title: 'Auf diesem Gerät Bescheid geben',
    lead: 'Wenn {0} geantwortet hat und Sie es im Chat noch nicht gesehen haben, gibt Ihnen dieses Gerät Bescheid. Sie müssen nicht auf der Seite bleiben.',
    shown:
      'Es zeigt den vollen Namen der Person, die geantwortet hat, und {0}. Was geschrieben wurde, zeigt es nie.',
    others:
      'Ein Druck darauf öffnet das Gespräch. Auf einem Gerät, das auch andere nutzen, könnten auch sie es öffnen.',
    toStop:
      'Damit es aufhört, wählen Sie im Chat noch einmal „Auf diesem Gerät Bescheid geben“ oder schalten Sie im Browser die Mitteilungen dieser Adresse aus.',
    yes: 'Hier Bescheid geben',
    wait: 'Einen Moment…',
    on: 'Fertig: Dieses Gerät gibt Ihnen Bescheid, wenn {0} geantwortet hat. Sie können diese Seite schließen.',
    stop: 'Nicht mehr auf diesem Gerät',
    stopped: 'Dieses Gerät gibt Ihnen nicht mehr Bescheid. Sie können diese Seite schließen.',
    refused:
      'Ihr Browser erlaubt dieser Adresse keine Mitteilungen. Erlauben Sie sie in den Einstellungen des Browsers und versuchen Sie es noch einmal, oder hinterlassen Sie im Chat Ihre E-Mail-Adresse.',
    cannot: 'Dieser Browser kann Ihnen nicht Bescheid geben. Hinterlassen Sie im Chat Ihre E-Mail-Adresse.',
    noService:
      'Ihr Browser hat den Dienst nicht erreicht, der ihm Mitteilungen bringt. Versuchen Sie es später noch einmal, oder hinterlassen Sie im Chat Ihre E-Mail-Adresse.',
    over: 'Diese Seite gilt nicht mehr. Gehen Sie zum Chat zurück und wählen Sie dort „Auf diesem Gerät Bescheid geben“.',
    lost: 'Gerade keine Verbindung. Versuchen Sie es gleich noch einmal.',
    again: 'Noch einmal versuchen',
  },
  ja: {
    title: 'この端末に知らせる',
    lead: '{0}からお返事があり、チャットでまだご覧になっていないときに、この端末がお知らせします。ページを開いたままにする必要はありません。',
    shown: '表示されるのは、お返事した者の氏名と{0}だけです。お返事の内容は表示されません。',
    others: 'お知らせを押すと会話が開きます。ほかの方も使う端末では、その方も開くことができます。',
    toStop:
      'やめるときは、チャットでもう一度「この端末に知らせる」を選ぶか、ブラウザーでこのアドレスの通知をオフにしてください。',
    yes: 'ここに知らせる',
    wait: '少々お待ちください…',
    on: '完了しました。{0}からお返事があると、この端末がお知らせします。このページは閉じてかまいません。',
    stop: 'この端末には知らせない',
    stopped: 'この端末にはもうお知らせしません。このページは閉じてかまいません。',
    refused:
      'ブラウザーが、このアドレスの通知を許可していません。ブラウザーの設定で許可してからもう一度お試しいただくか、チャットにメールアドレスをお残しください。',
    cannot: 'このブラウザーではお知らせできません。チャットにメールアドレスをお残しください。',
    noService:
      'ブラウザーが、通知を届けるサービスにつながりませんでした。後でもう一度お試しいただくか、チャットにメールアドレスをお残しください。',
    over: 'このページはもう使えません。チャットに戻り、そこで「この端末に知らせる」を選んでください。',
    lost: 'ただいまつながりません。少ししてからもう一度お試しください。',
    again: 'もう一度試す',
  },
  ar: {
    title: 'أخبرني على هذا الجهاز',
    lead: 'عندما يصلك ردّ من {0} ولم تره في المحادثة بعد، يخبرك هذا الجهاز. لا حاجة إلى البقاء في الصفحة.',
    shown: 'يظهر الاسم الكامل لمن ردّ عليك، و{0}. ولا يظهر أبدًا ما كُتب.',
    others: 'الضغط عليه يفتح المحادثة. وإن كان غيرك يستخدم هذا الجهاز فبإمكانه أن يفتحها أيضًا.',
    toStop:
      'لإيقاف ذلك، اختر «أخبرني على هذا الجهاز» في المحادثة مرة أخرى، أو أوقف إشعارات هذا العنوان في متصفحك.',
    yes: 'أخبرني هنا',
    wait: 'لحظة من فضلك…',
    on: 'تمّ: سيخبرك هذا الجهاز عندما يصلك ردّ من {0}. يمكنك إغلاق هذه الصفحة.',
    stop: 'ليس على هذا الجهاز بعد الآن',
    stopped: 'لن يخبرك هذا الجهاز بعد الآن. يمكنك إغلاق هذه الصفحة.',
    refused:
      'متصفحك لا يسمح لهذا العنوان بعرض الإشعارات. اسمح بذلك في إعدادات المتصفح ثم حاول مرة أخرى، أو اترك بريدك الإلكتروني في المحادثة.',
    cannot: 'هذا المتصفح لا يستطيع إخبارك. اترك بريدك الإلكتروني في المحادثة بدلًا من ذلك.',
    noService:
      'لم يصل متصفحك إلى الخدمة التي تحمل إليه الإشعارات. حاول لاحقًا، أو اترك بريدك الإلكتروني في المحادثة.',
    over: 'لم تعد هذه الصفحة صالحة. ارجع إلى المحادثة واختر هناك «أخبرني على هذا الجهاز».',
    lost: 'لا يوجد اتصال الآن. حاول مرة أخرى بعد قليل.',
    again: 'حاول مرة أخرى',
  },
};
