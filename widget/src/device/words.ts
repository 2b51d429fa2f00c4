/** What the page of a device says. `{0}` is the name of the site, which its owner has given. */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { DeviceWord } from '@fullname/shared/page-settings';

export type DeviceWords = { readonly [Word in DeviceWord]: string };

export const DEVICE_WORDS: Readonly<Record<WidgetLocale, DeviceWords>> = {
  en: {
    deviceTitle: 'Tell me on this device',
    deviceLead:
      'When {0} has answered you and you have not seen it in the chat, this device tells you. You need not stay on the page.',
    deviceShown: 'It shows the full name of whoever has answered, and {0}. What was written is never shown.',
    deviceOthers:
      'A press on it opens the conversation. On a device that others use as well, they could open it too.',
    deviceToStop:
      'To stop it, choose “Tell me on this device” in the chat again, or turn off notifications for this address in your browser.',
    deviceYes: 'Tell me here',
    deviceWait: 'One moment…',
    deviceOn: 'Done: this device tells you when {0} has answered. You can close this page.',
    deviceAlready: 'This device tells you when {0} has answered.',
    deviceElsewhere:
      'This device already tells you of another conversation with {0}. It can tell you of only one: choose it here, and it is this one from now on.',
    deviceStop: 'No longer on this device',
    deviceStopped: 'This device tells you nothing any more. You can close this page.',
    deviceRefused:
      'Your browser does not allow this address to show notifications. Allow it in the settings of the browser, then try again; or leave your e-mail address in the chat.',
    deviceCannot: 'This browser cannot tell you. Leave your e-mail address in the chat instead.',
    deviceNoService:
      'Your browser did not reach the service that brings it notifications. Try again later, or leave your e-mail address in the chat.',
    deviceOver: 'This page holds no more. Go back to the chat and choose “Tell me on this device” there.',
    deviceLost: 'No connection just now. Try again in a moment.',
    deviceAgain: 'Try again',
  },
  'zh-Hans': {
    deviceTitle: '在这台设备上通知我',
    deviceLead: '{0} 回复了您、而您还没有在对话中看到时，这台设备会通知您。您不必一直停在网页上。',
    deviceShown: '通知上只有回复者的全名和 {0}，从不显示写了什么。',
    deviceOthers: '点开通知就会打开对话。如果这台设备还有别人在用，别人也能打开。',
    deviceToStop: '不想再收到时，请在对话中再选一次“在这台设备上通知我”，或在浏览器中关闭此网址的通知。',
    deviceYes: '在这里通知我',
    deviceWait: '请稍等…',
    deviceOn: '好了：{0} 回复时，这台设备会通知您。您可以关闭此页。',
    deviceAlready: '{0} 回复时，这台设备会通知您。',
    deviceElsewhere: '这台设备正在通知您与 {0} 的另一段对话。它只能通知一段：在这里选择后，就改为这一段。',
    deviceStop: '不再在这台设备上通知',
    deviceStopped: '这台设备不会再通知您。您可以关闭此页。',
    deviceRefused:
      '您的浏览器不允许此网址显示通知。请在浏览器设置中允许，然后再试一次；也可以在对话中留下电子邮箱。',
    deviceCannot: '这个浏览器无法通知您。请在对话中留下电子邮箱。',
    deviceNoService: '您的浏览器没能连上传送通知的服务。请稍后再试，或在对话中留下电子邮箱。',
    deviceOver: '此页已失效。请回到对话，在那里选“在这台设备上通知我”。',
    deviceLost: '现在连接不上。请稍后再试。',
    deviceAgain: '再试一次',
  },
  'zh-Hant': {
    deviceTitle: '在這個裝置上通知我',
    deviceLead: '{0} 回覆了您、而您還沒有在對話中看到時，這個裝置會通知您。您不必一直停留在網頁上。',
    deviceShown: '通知上只有回覆者的全名和 {0}，從不顯示寫了什麼。',
    deviceOthers: '點開通知就會開啟對話。如果這個裝置還有別人在用，別人也能開啟。',
    deviceToStop: '不想再收到時，請在對話中再選一次「在這個裝置上通知我」，或在瀏覽器中關閉這個網址的通知。',
    deviceYes: '在這裡通知我',
    deviceWait: '請稍候…',
    deviceOn: '好了：{0} 回覆時，這個裝置會通知您。您可以關閉此頁。',
    deviceAlready: '{0} 回覆時，這個裝置會通知您。',
    deviceElsewhere: '這個裝置正在通知您與 {0} 的另一段對話。它只能通知一段：在這裡選擇後，就改為這一段。',
    deviceStop: '不再在這個裝置上通知',
    deviceStopped: '這個裝置不會再通知您。您可以關閉此頁。',
    deviceRefused:
      '您的瀏覽器不允許這個網址顯示通知。請在瀏覽器設定中允許，然後再試一次；也可以在對話中留下電子郵件。',
    deviceCannot: '這個瀏覽器無法通知您。請在對話中留下電子郵件。',
    deviceNoService: '您的瀏覽器沒能連上傳送通知的服務。請稍後再試，或在對話中留下電子郵件。',
    deviceOver: '此頁已失效。請回到對話，在那裡選「在這個裝置上通知我」。',
    deviceLost: '目前無法連線。請稍後再試。',
    deviceAgain: '再試一次',
  },
  es: {
    deviceTitle: 'Avisarme en este dispositivo',
    deviceLead:
      'Cuando {0} le haya respondido y usted no lo haya visto en el chat, este dispositivo le avisará. No hace falta que se quede en la página.',
    deviceShown:
      'Muestra el nombre completo de quien ha respondido y {0}. Lo que se escribió no se muestra nunca.',
    deviceOthers:
      'Al pulsarlo se abre la conversación. En un dispositivo que usan otras personas, también ellas podrían abrirla.',
    deviceToStop:
      'Para que deje de hacerlo, elija otra vez en el chat «Avisarme en este dispositivo» o desactive en su navegador las notificaciones de esta dirección.',
    deviceYes: 'Avisarme aquí',
    deviceWait: 'Un momento…',
    deviceOn: 'Listo: este dispositivo le avisará cuando {0} haya respondido. Puede cerrar esta página.',
    deviceAlready: 'Este dispositivo le avisa cuando {0} ha respondido.',
    deviceElsewhere:
      'Este dispositivo ya le avisa de otra conversación con {0}. Solo puede avisar de una: si lo elige aquí, será de esta a partir de ahora.',
    deviceStop: 'Ya no en este dispositivo',
    deviceStopped: 'Este dispositivo ya no le avisará. Puede cerrar esta página.',
    deviceRefused:
      'Su navegador no permite que esta dirección muestre notificaciones. Permítalo en los ajustes del navegador e inténtelo de nuevo, o deje su correo electrónico en el chat.',
    deviceCannot: 'Este navegador no puede avisarle. Deje su correo electrónico en el chat.',
    deviceNoService:
      'Su navegador no ha podido llegar al servicio que le trae las notificaciones. Inténtelo más tarde o deje su correo electrónico en el chat.',
    deviceOver: 'Esta página ya no es válida. Vuelva al chat y elija allí «Avisarme en este dispositivo».',
    deviceLost: 'Ahora mismo no hay conexión. Inténtelo de nuevo en un momento.',
    deviceAgain: 'Intentar de nuevo',
  },
  fr: {
    deviceTitle: 'Me prévenir sur cet appareil',
    deviceLead:
      'Quand {0} vous aura répondu et que vous ne l’aurez pas vu dans le chat, cet appareil vous préviendra. Vous n’avez pas besoin de rester sur la page.',
    deviceShown:
      'Il affiche le nom complet de la personne qui a répondu, et {0}. Ce qui a été écrit n’est jamais affiché.',
    deviceOthers:
      'Un appui dessus ouvre la conversation. Sur un appareil partagé, les autres personnes pourraient aussi l’ouvrir.',
    deviceToStop:
      'Pour arrêter, choisissez de nouveau «\u00a0Me prévenir sur cet appareil\u00a0» dans le chat, ou désactivez les notifications de cette adresse dans votre navigateur.',
    deviceYes: 'Me prévenir ici',
    deviceWait: 'Un instant…',
    deviceOn:
      'C’est fait\u00a0: cet appareil vous préviendra quand {0} aura répondu. Vous pouvez fermer cette page.',
    deviceAlready: 'Cet appareil vous prévient quand {0} a répondu.',
    deviceElsewhere:
      'Cet appareil vous prévient déjà pour une autre conversation avec {0}. Il ne peut le faire que pour une seule\u00a0: si vous le choisissez ici, ce sera désormais celle-ci.',
    deviceStop: 'Plus sur cet appareil',
    deviceStopped: 'Cet appareil ne vous préviendra plus. Vous pouvez fermer cette page.',
    deviceRefused:
      'Votre navigateur n’autorise pas cette adresse à afficher des notifications. Autorisez-la dans les réglages du navigateur, puis réessayez\u00a0; ou laissez votre adresse e-mail dans le chat.',
    deviceCannot:
      'Ce navigateur ne peut pas vous prévenir. Laissez plutôt votre adresse e-mail dans le chat.',
    deviceNoService:
      'Votre navigateur n’a pas pu joindre le service qui lui apporte les notifications. Réessayez plus tard, ou laissez votre adresse e-mail dans le chat.',
    deviceOver:
      'Cette page n’est plus valable. Retournez au chat et choisissez-y «\u00a0Me prévenir sur cet appareil\u00a0».',
    deviceLost: 'Pas de connexion pour l’instant. Réessayez dans un moment.',
    deviceAgain: 'Réessayer',
  },
  de: {
    deviceTitle: 'Auf diesem Gerät Bescheid geben',
    deviceLead:
      'Wenn {0} geantwortet hat und Sie es im Chat noch nicht gesehen haben, gibt Ihnen dieses Gerät Bescheid. Sie müssen nicht auf der Seite bleiben.',
    deviceShown:
      'Es zeigt den vollen Namen der Person, die geantwortet hat, und {0}. Was geschrieben wurde, zeigt es nie.',
    deviceOthers:
      'Ein Druck darauf öffnet das Gespräch. Auf einem Gerät, das auch andere nutzen, könnten auch sie es öffnen.',
    deviceToStop:
      'Damit es aufhört, wählen Sie im Chat noch einmal „Auf diesem Gerät Bescheid geben“ oder schalten Sie im Browser die Mitteilungen dieser Adresse aus.',
    deviceYes: 'Hier Bescheid geben',
    deviceWait: 'Einen Moment…',
    deviceOn:
      'Fertig: Dieses Gerät gibt Ihnen Bescheid, wenn {0} geantwortet hat. Sie können diese Seite schließen.',
    deviceAlready: 'Dieses Gerät gibt Ihnen Bescheid, wenn {0} geantwortet hat.',
    deviceElsewhere:
      'Dieses Gerät gibt Ihnen schon zu einem anderen Gespräch mit {0} Bescheid. Es kann das nur für eines: Wenn Sie es hier wählen, ist es ab jetzt dieses.',
    deviceStop: 'Nicht mehr auf diesem Gerät',
    deviceStopped: 'Dieses Gerät gibt Ihnen nicht mehr Bescheid. Sie können diese Seite schließen.',
    deviceRefused:
      'Ihr Browser erlaubt dieser Adresse keine Mitteilungen. Erlauben Sie sie in den Einstellungen des Browsers und versuchen Sie es noch einmal, oder hinterlassen Sie im Chat Ihre E-Mail-Adresse.',
    deviceCannot:
      'Dieser Browser kann Ihnen nicht Bescheid geben. Hinterlassen Sie im Chat Ihre E-Mail-Adresse.',
    deviceNoService:
      'Ihr Browser hat den Dienst nicht erreicht, der ihm Mitteilungen bringt. Versuchen Sie es später noch einmal, oder hinterlassen Sie im Chat Ihre E-Mail-Adresse.',
    deviceOver:
      'Diese Seite gilt nicht mehr. Gehen Sie zum Chat zurück und wählen Sie dort „Auf diesem Gerät Bescheid geben“.',
    deviceLost: 'Gerade keine Verbindung. Versuchen Sie es gleich noch einmal.',
    deviceAgain: 'Noch einmal versuchen',
  },
  ja: {
    deviceTitle: 'この端末に知らせる',
    deviceLead:
      '{0}からお返事があり、チャットでまだご覧になっていないときに、この端末がお知らせします。ページを開いたままにする必要はありません。',
    deviceShown: '表示されるのは、お返事した者の氏名と{0}だけです。お返事の内容は表示されません。',
    deviceOthers: 'お知らせを押すと会話が開きます。ほかの方も使う端末では、その方も開くことができます。',
    deviceToStop:
      'やめるときは、チャットでもう一度「この端末に知らせる」を選ぶか、ブラウザーでこのアドレスの通知をオフにしてください。',
    deviceYes: 'ここに知らせる',
    deviceWait: '少々お待ちください…',
    deviceOn:
      '完了しました。{0}からお返事があると、この端末がお知らせします。このページは閉じてかまいません。',
    deviceAlready: '{0}からお返事があると、この端末がお知らせします。',
    deviceElsewhere:
      'この端末は、{0}との別の会話についてお知らせしています。お知らせできる会話は一つだけです。ここで選ぶと、これからはこの会話になります。',
    deviceStop: 'この端末には知らせない',
    deviceStopped: 'この端末にはもうお知らせしません。このページは閉じてかまいません。',
    deviceRefused:
      'ブラウザーが、このアドレスの通知を許可していません。ブラウザーの設定で許可してからもう一度お試しいただくか、チャットにメールアドレスをお残しください。',
    deviceCannot: 'このブラウザーではお知らせできません。チャットにメールアドレスをお残しください。',
    deviceNoService:
      'ブラウザーが、通知を届けるサービスにつながりませんでした。後でもう一度お試しいただくか、チャットにメールアドレスをお残しください。',
    deviceOver: 'このページはもう使えません。チャットに戻り、そこで「この端末に知らせる」を選んでください。',
    deviceLost: 'ただいまつながりません。少ししてからもう一度お試しください。',
    deviceAgain: 'もう一度試す',
  },
  ar: {
    deviceTitle: 'أخبروني على هذا الجهاز',
    deviceLead:
      'عندما يصلكم ردّ من {0} ولم تروه في المحادثة بعد، يخبركم هذا الجهاز. لا حاجة إلى البقاء في الصفحة.',
    deviceShown: 'يظهر الاسم الكامل لمن ردّ عليكم، و{0}. ولا يظهر أبدًا ما كُتب.',
    deviceOthers: 'الضغط عليه يفتح المحادثة. وإن كان غيركم يستخدم هذا الجهاز فبإمكانه أن يفتحها أيضًا.',
    deviceToStop:
      'لإيقاف ذلك، اختاروا «أخبروني على هذا الجهاز» في المحادثة مرة أخرى، أو أوقفوا إشعارات هذا العنوان في متصفحكم.',
    deviceYes: 'أخبروني هنا',
    deviceWait: 'لحظة من فضلكم…',
    deviceOn: 'تمّ: سيخبركم هذا الجهاز عندما يصلكم ردّ من {0}. يمكنكم إغلاق هذه الصفحة.',
    deviceAlready: 'يخبركم هذا الجهاز عندما يصلكم ردّ من {0}.',
    deviceElsewhere:
      'يخبركم هذا الجهاز حاليًا عن محادثة أخرى مع {0}. ولا يمكنه أن يخبر إلا عن واحدة: إذا اخترتم ذلك هنا فستكون هذه المحادثة من الآن.',
    deviceStop: 'ليس على هذا الجهاز بعد الآن',
    deviceStopped: 'لن يخبركم هذا الجهاز بعد الآن. يمكنكم إغلاق هذه الصفحة.',
    deviceRefused:
      'متصفحكم لا يسمح لهذا العنوان بعرض الإشعارات. اسمحوا بذلك في إعدادات المتصفح ثم حاولوا مرة أخرى، أو اتركوا بريدكم الإلكتروني في المحادثة.',
    deviceCannot: 'هذا المتصفح لا يستطيع إخباركم. اتركوا بريدكم الإلكتروني في المحادثة بدلًا من ذلك.',
    deviceNoService:
      'لم يصل متصفحكم إلى الخدمة التي تحمل إليه الإشعارات. حاولوا لاحقًا، أو اتركوا بريدكم الإلكتروني في المحادثة.',
    deviceOver: 'لم تعد هذه الصفحة صالحة. ارجعوا إلى المحادثة واختاروا هناك «أخبروني على هذا الجهاز».',
    deviceLost: 'لا يوجد اتصال الآن. حاولوا مرة أخرى بعد قليل.',
    deviceAgain: 'إعادة المحاولة',
  },
};
