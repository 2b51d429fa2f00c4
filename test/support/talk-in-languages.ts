/** One small conversation in every language of the chat. */
import type { WidgetLocale } from '@fullname/shared/locale';

export type Talk = {
  readonly ask: string;
  readonly answer: string;
  readonly thanks: string;
  /** Written without a line. */
  readonly offline: string;
  readonly likes: string;
  readonly promises: readonly string[];
  readonly offer: string;
  readonly options: string[];
  readonly farewell: string;
  /** Said on the page, before anybody has asked. */
  readonly hello: string;
  /** What comes while the visitor reads further up. */
  readonly news: readonly string[];
  /** By telephone and by e-mail. */
  readonly ways: readonly [string, string];
};

export const TALK: Record<WidgetLocale, Talk> = {
  en: {
    ask: 'Hello, has the second watering can left you yet?',
    answer: 'Good morning, Megan Kajitani here. It left us at eight: https://example.com/track?id=204',
    thanks: 'Oh good, thank you! I am at home from three.',
    offline: 'Is there room for a card?',
    likes: 'Deliveries after three',
    promises: [
      'a call about the vase',
      'a card in the parcel',
      'a word when the courier has been, whatever happens',
    ],
    offer: 'You have waited twice. What may we put beside the can?',
    options: ['A bag of seed compost', 'Free delivery until the summer'],
    farewell: 'It was good to talk to you. The can is with you by four.',
    hello: 'The peonies are in. Shall I put some aside for you?',
    news: [
      'The courier has just told me that both parcels are in his van, and that yours is the second stop.',
      'He rings twice, and waits.',
    ],
    ways: ['Call the shop', 'Write to the shop'],
  },
  'zh-Hans': {
    ask: '您好，第二个洒水壶寄出了吗？',
    answer: '您好，我是 Megan Kajitani。八点已经寄出：https://example.com/track?id=204',
    thanks: '太好了，谢谢！我三点以后在家。',
    offline: '可以放一张卡片吗？',
    likes: '三点以后送货',
    promises: ['就花瓶给您打电话', '在包裹里放一张卡片', '快递到过之后，无论结果如何都告诉您一声'],
    offer: '让您等了两次。随壶再送您一样什么好呢？',
    options: ['一袋育苗土', '夏天以前免运费'],
    farewell: '很高兴和您聊天。洒水壶四点前送到。',
    hello: '芍药到了。要不要给您留几枝？',
    news: ['快递刚告诉我，两个包裹都在车上，您是第二站。', '他会按两次门铃，等您开门。'],
    ways: ['给花店打电话', '给花店写邮件'],
  },
  'zh-Hant': {
    ask: '您好，第二個澆水壺寄出了嗎？',
    answer: '您好，我是 Megan Kajitani。八點已經寄出：https://example.com/track?id=204',
    thanks: '太好了，謝謝！我三點以後在家。',
    offline: '可以放一張卡片嗎？',
    likes: '三點以後送貨',
    promises: ['就花瓶打電話給您', '在包裹裡放一張卡片', '快遞到過之後，無論結果如何都通知您一聲'],
    offer: '讓您等了兩次。隨壺再送您一樣什麼好呢？',
    options: ['一袋育苗土', '夏天以前免運費'],
    farewell: '很高興和您聊天。澆水壺四點前送到。',
    hello: '芍藥到了。要不要替您留幾枝？',
    news: ['快遞剛剛告訴我，兩個包裹都在車上，您是第二站。', '他會按兩次門鈴，等您開門。'],
    ways: ['打電話到花店', '寫電子郵件給花店'],
  },
  es: {
    ask: 'Hola, ¿ha salido ya la segunda regadera?',
    answer: 'Buenos días, soy Megan Kajitani. Salió a las ocho: https://example.com/track?id=204',
    thanks: '¡Qué bien, gracias! Estoy en casa desde las tres.',
    offline: '¿Cabe una tarjeta?',
    likes: 'Entregas después de las tres',
    promises: [
      'una llamada sobre el jarrón',
      'una tarjeta en el paquete',
      'un aviso cuando haya pasado el mensajero, pase lo que pase',
    ],
    offer: 'Ha esperado dos veces. ¿Qué podemos poner junto a la regadera?',
    options: ['Una bolsa de sustrato', 'Envíos gratis hasta el verano'],
    farewell: 'Ha sido un gusto hablar con usted. La regadera llega antes de las cuatro.',
    hello: 'Han llegado las peonías. ¿Le aparto unas cuantas?',
    news: [
      'El mensajero me acaba de decir que los dos paquetes van en su furgoneta y que usted es la segunda parada.',
      'Llama dos veces y espera.',
    ],
    ways: ['Llamar a la tienda', 'Escribir a la tienda'],
  },
  fr: {
    ask: 'Bonjour, le deuxième arrosoir est-il parti ?',
    answer: 'Bonjour, ici Megan Kajitani. Il est parti à huit heures : https://example.com/track?id=204',
    thanks: 'Parfait, merci ! Je suis chez moi à partir de trois heures.',
    offline: 'Y a-t-il la place pour une carte ?',
    likes: 'Livraisons après trois heures',
    promises: [
      'un appel au sujet du vase',
      'une carte dans le colis',
      'un mot quand le livreur sera passé, quoi qu’il arrive',
    ],
    offer: 'Vous avez attendu deux fois. Que pouvons-nous joindre à l’arrosoir ?',
    options: ['Un sac de terreau', 'La livraison offerte jusqu’à l’été'],
    farewell: 'Merci pour cet échange. L’arrosoir est chez vous avant quatre heures.',
    hello: 'Les pivoines sont arrivées. Je vous en mets de côté ?',
    news: [
      'Le livreur vient de me dire que les deux colis sont dans sa camionnette, et que vous êtes le deuxième arrêt.',
      'Il sonne deux fois, et il attend.',
    ],
    ways: ['Appeler la boutique', 'Écrire à la boutique'],
  },
  de: {
    ask: 'Guten Tag, ist die zweite Gießkanne schon unterwegs?',
    answer:
      'Guten Morgen, hier ist Megan Kajitani. Sie ging um acht Uhr weg: https://example.com/track?id=204',
    thanks: 'Sehr schön, danke! Ich bin ab drei Uhr zu Hause.',
    offline: 'Passt noch eine Karte dazu?',
    likes: 'Lieferungen nach drei Uhr',
    promises: [
      'ein Anruf wegen der Vase',
      'eine Karte im Paket',
      'eine Nachricht, sobald die Lieferung da war, was auch geschieht',
    ],
    offer: 'Sie haben zweimal gewartet. Was dürfen wir zur Gießkanne legen?',
    options: ['Einen Sack Aussaaterde', 'Freie Lieferung bis zum Sommer'],
    farewell: 'Es war schön, mit Ihnen zu sprechen. Die Kanne ist bis vier Uhr bei Ihnen.',
    hello: 'Die Pfingstrosen sind da. Soll ich Ihnen welche zurücklegen?',
    news: [
      'Der Fahrer hat mir eben gesagt, dass beide Pakete im Wagen liegen und dass er als Zweites zu Ihnen kommt.',
      'Er klingelt zweimal und wartet.',
    ],
    ways: ['Im Blumenladen anrufen', 'Dem Blumenladen schreiben'],
  },
  ja: {
    ask: 'こんにちは。二つ目のじょうろは発送されましたか。',
    answer: 'おはようございます、Megan Kajitani です。八時に発送しました：https://example.com/track?id=204',
    thanks: 'よかったです、ありがとうございます。三時から家にいます。',
    offline: 'カードを入れられますか。',
    likes: '配達は三時以降',
    promises: [
      '花瓶の件でお電話します',
      '荷物にカードを入れます',
      '配達のあと、結果にかかわらずご連絡します',
    ],
    offer: '二度お待たせしました。じょうろに何をお付けしましょうか。',
    options: ['種まき用の土を一袋', '夏まで送料無料'],
    farewell: 'お話しできてよかったです。じょうろは四時までに届きます。',
    hello: '芍薬が入りました。お取り置きしましょうか。',
    news: [
      '配達員から、二つの荷物とも車に載せてあり、お客様は二軒目だと連絡がありました。',
      '呼び鈴を二度鳴らして、お待ちします。',
    ],
    ways: ['お店に電話する', 'お店にメールする'],
  },
  ar: {
    ask: 'مرحبًا، هل أُرسلت المرشّة الثانية؟',
    answer: 'صباح الخير، أنا Megan Kajitani. أُرسلت في الثامنة: https://example.com/track?id=204',
    thanks: 'جميل، شكرًا! أنا في البيت بعد الثالثة.',
    offline: 'هل يمكن إضافة بطاقة؟',
    likes: 'التسليم بعد الثالثة',
    promises: ['مكالمة بشأن المزهرية', 'بطاقة في الطرد', 'خبر بعد مرور المندوب، مهما حدث'],
    offer: 'انتظرتم مرتين. ماذا نضع مع المرشّة؟',
    options: ['كيس تربة للبذور', 'توصيل مجاني حتى الصيف'],
    farewell: 'سعدت بالحديث معكم. تصل المرشّة قبل الرابعة.',
    hello: 'وصلت أزهار الفاوانيا. هل أحتفظ لكم ببعضها؟',
    news: ['أخبرني المندوب الآن أن الطردين في سيارته وأنكم المحطة الثانية.', 'سيقرع الجرس مرتين وينتظر.'],
    ways: ['اتصلوا بالمحل', 'راسلوا المحل'],
  },
};
