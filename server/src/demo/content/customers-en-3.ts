import { type DemoCustomer, ingrid, megan, visitor, yijun } from '../script.ts';

export const englishThree: readonly DemoCustomer[] = [
  {
    key: 'grace-nakamura-bell',
    name: 'Grace Nakamura-Bell',
    locale: 'en',
    since: 8.1,
    ally: 'megan',
    device: 'Safari · Mac',
    yearly: 7,
    likes: ['bouquet', 'peonies', 'roses', 'vase'],
    talks: [
      {
        begun: { daysAgo: 66, at: '11:27' },
        page: 'home',
        log: [
          visitor(
            'Could you send the same bouquet as last year on the 19th? I can’t remember what was in it, only that she kept the ribbon.',
          ),
          megan.joins(),
          megan.hello(
            'Hello Grace, Megan Kajitani. I have it here: garden roses, astrantia, a little smoke bush, and a grey linen ribbon. Shall it be the very same, or a cousin of it?',
          ),
          visitor('A cousin! With the same ribbon.'),
          megan.learns(
            'Every year on the 19th flowers for her wife, with the grey linen ribbon.',
            'She kept the ribbon.',
          ),
          megan.says(
            'A cousin with the same ribbon, on the 19th before ten. The card as last year, “Still you. G.”?',
          ),
          visitor('You even have the card. Yes.'),
          megan.bye('Then all that is left for you is to look surprised. A happy anniversary to you both.'),
        ],
      },
    ],
  },
  {
    key: 'yusuf-demir',
    name: 'Yusuf Demir',
    locale: 'en',
    since: 1.3,
    ally: 'megan',
    device: 'Chrome · Android',
    yearly: 5,
    likes: ['compost', 'clay-pots', 'herbs'],
    talks: [
      {
        begun: { minutesAgo: 37 },
        page: 'orders',
        status: 'open',
        log: [
          visitor('Of the three clay pots one is missing, the big one. The box was open at the side.'),
          megan.joins(),
          megan.hello(
            'Hello Yusuf, I am Megan Kajitani. A box that is open at the side and two pots of three: I am sorry, that should not have left the van like that.',
          ),
          megan.logs({
            what: 'The largest of three clay pots was missing from an open box.',
            product: 'Clay pots, set of three',
            element: 'product',
            stage: 'noticed',
            owed: 'To find out with him what he needs: the pot, and by when.',
            category: 'Delivery',
            severity: 'felt',
            quotes: ['the big one'],
            load: 0.9,
            onShift: ['megan', 'yijun'],
          }),
          megan.asks('tomas', {
            what: 'Is there a 22 cm clay pot in the store, and can it stand at Yusuf’s door before Sunday?',
            wishedInMinutes: 90,
          }),
          megan.says('Are the other two whole? And when did you want to plant?'),
          visitor('They are whole. I wanted to plant the fig on Sunday with my son, he counts the days.'),
        ],
      },
    ],
  },
  {
    key: 'chloe-marchand',
    name: 'Chloé Marchand',
    locale: 'en',
    since: 2.5,
    ally: 'yijun',
    device: 'Safari · iPhone',
    yearly: 6,
    likes: ['bouquet', 'vase', 'orchid'],
    talks: [
      {
        begun: { daysAgo: 27, at: '13:05' },
        page: 'orders',
        log: [
          visitor(
            'We moved! New flat from the 1st, Rue des Tanneurs 8, third door in the courtyard. Please change it for the monthly bouquet.',
          ),
          yijun.joins(),
          yijun.hello(
            'Congratulations on the new flat, Chloé, this is 林怡君. It is changed: Rue des Tanneurs 8, third door in the courtyard, from the 1st on.',
          ),
          visitor('The courtyard gate needs a code, I’d rather not write it here.'),
          yijun.says(
            'Please don’t write it anywhere. Tomás Echeverría rings when he stands at the gate, and if you are out he waits with the neighbour you name.',
          ),
          yijun.learns(
            'Ring at the courtyard gate; the code is never written down.',
            'I’d rather not write it here.',
          ),
          visitor('Madame Oudin on the ground floor, she loves flowers anyway.'),
          yijun.bye('Madame Oudin it is, and she will get a stem for her trouble. Settle in well, Chloé.'),
        ],
      },
    ],
  },
  {
    key: 'helen-papadakis',
    name: 'Helen Papadakis',
    locale: 'en',
    since: 6.0,
    ally: 'yijun',
    device: 'Firefox · Windows',
    yearly: 5,
    likes: ['roses', 'herbs', 'lavender', 'peonies'],
    known: [
      {
        text: 'Uses a screen reader: describe in words, send no pictures.',
        quote: 'I choose with my nose and my fingers.',
        by: 'yijun',
        daysAgo: 510,
      },
      { text: 'Chooses by scent first, then by the feel of the leaf.', by: 'yijun', daysAgo: 340 },
    ],
    talks: [
      {
        begun: { daysAgo: 58, at: '10:50' },
        page: 'home',
        log: [
          visitor(
            'Hello. I want a climbing rose for the wall by the bench. I do not care what colour it is.',
          ),
          yijun.joins(),
          yijun.hello(
            'Good morning Helen, it is 林怡君. For the nose by the bench then: Gertrude Jekyll, which is old rose and a little pepper. The thorns sit low, so keep it on the side away from your hand.',
          ),
          visitor('What does the leaf feel like?'),
          yijun.says(
            'Matt and slightly rough, like good paper. There is a softer one, but it smells of nothing at all.',
          ),
          visitor('Paper I can live with. The peppery one please.'),
          yijun.bye(
            'It comes in November as a bare root, and Tomás Echeverría will plant it with you if you like. Until then, Helen.',
          ),
        ],
      },
    ],
  },
  {
    key: 'samuel-osei-bonsu',
    name: 'Samuel Osei-Bonsu',
    locale: 'en',
    since: 3.1,
    ally: 'ingrid',
    device: 'Chrome · Windows',
    yearly: 9,
    likes: ['bouquet', 'orchid', 'olive'],
    talks: [
      {
        begun: { daysAgo: 4, at: '08:05' },
        page: 'orders',
        log: [
          visitor(
            'The lobby flowers came at 9:40 today. Our guests arrive at nine, that is the point of lobby flowers.',
          ),
          ingrid.joins(),
          ingrid.hello(
            'Good morning Mr Osei-Bonsu, Ingrid Solheim. Your guests walked past an empty table, and I am sorry. What hour makes you quite easy in your mind?',
          ),
          visitor('Eight. Every Monday.'),
          ingrid.logs({
            what: 'The lobby flowers came at 9:40, forty minutes after the guests.',
            product: 'Bouquet of the week',
            element: 'time',
            stage: 'followed-up',
            putRight:
              'His hotel is now the first stop on Mondays, at half past seven. That Monday was not charged.',
            owed: 'Ingrid Solheim visits the lobby on a Monday at eight and sees for herself.',
            owedInDays: -3,
            category: 'Delivery',
            severity: 'serious',
            place: 'Hotel lobby',
            quotes: ['that is the point of lobby flowers', 'Eight. Every Monday'],
            wants: 'Eight. Every Monday.',
            restored: true,
            noExtra: 'He wants flowers at eight, not presents; the Monday was not charged.',
            level: 'restored',
            cost: 52,
            disputed: 52,
            cause: 'process',
            causeNote: 'Mondays were driven by distance, not by the hour that was promised.',
            fixed: { hoursAfter: 5 },
            asked: { said: 'The new Monday sheet is what he asked for. He offers coffee.', hoursAfter: 22 },
            flag: {
              lines: [
                'The lobby flowers came after the guests: an empty table at nine.',
                'His hotel is the first stop on Mondays now, at half past seven.',
                'Plain words. He would rather hear “no” on Friday than “soon” on Monday.',
              ],
              checks: ['First stop on the Monday sheet'],
            },
            load: 0.97,
            onShift: ['ingrid', 'megan', 'tomas'],
          }),
          ingrid.says(
            'From next Monday you are the first stop, at half past seven. I will come by one Monday and look with my own eyes.',
          ),
          ingrid.promises({ text: 'A visit to your lobby at eight, before the guests', due: { days: -3 } }),
          visitor('Then the coffee is on the house.'),
          ingrid.bye('I take it black. Thank you for being plain with me.'),
        ],
      },
    ],
  },
  {
    key: 'nora-kavanagh',
    name: 'Nora Kavanagh',
    locale: 'en',
    since: 0.6,
    ally: 'yijun',
    device: 'Safari · iPhone',
    yearly: 4,
    likes: ['tulips', 'bouquet'],
    linkedBy: 'yijun',
    talks: [
      {
        begun: { daysAgo: 18, at: '21:15' },
        page: 'home',
        log: [
          visitor(
            'hiya, I ordered last spring as Nora from the tea room, can you see what tulips they were? the frilly ones',
          ),
          yijun.joins(),
          yijun.hello(
            'Good evening Nora, I am 林怡君. Before I look: could you tell me the street the tea room is in, and roughly when they came?',
          ),
          visitor('Mill Lane, a week before Mother’s Day, in a green crate'),
          yijun.links(),
          yijun.says(
            'Thank you, that fits. They were Queen of Night with Black Parrot between them: the frilly ones are the parrots. Shall I put ten bunches aside for next spring?',
          ),
          visitor('yes!! the ladies still talk about them'),
          yijun.promises({
            text: 'Ten bunches of Black Parrot put aside for the tea room',
            due: { days: 12 },
          }),
          yijun.bye('Ten bunches with your name on the crate. My regards to the ladies.'),
        ],
      },
    ],
  },
  {
    key: 'viktor-hansen',
    name: 'Viktor Hansen',
    locale: 'en',
    since: 10.4,
    ally: 'megan',
    device: 'Edge · Windows',
    yearly: 3,
    likes: ['secateurs', 'compost', 'roses'],
    talks: [
      {
        begun: { daysAgo: 31, at: '07:30' },
        page: 'orders',
        log: [
          visitor('My secateurs came back from sharpening with another man’s initials on the handle.'),
          megan.joins(),
          megan.hello(
            'Good morning Viktor, Megan Kajitani. Ten years in your hand and we send you a stranger’s. I am sorry. What are the initials?',
          ),
          visitor('R.T. Mine say V.H. 2016.'),
          megan.says(
            'R.T. rang an hour ago, he has yours. Tomás Echeverría drives to both of you this morning and swaps them at the door.',
          ),
          megan.logs({
            what: 'The secateurs came back from sharpening as somebody else’s.',
            product: 'Bypass secateurs No. 7',
            element: 'person',
            stage: 'closed',
            putRight:
              'Swapped at both doors the same morning. Every tool now carries a tag with a full name while it is on the bench.',
            extra: 'A new leather sheath with V.H. on it.',
            category: 'Workshop',
            severity: 'small',
            place: 'Sharpening bench',
            quotes: ['another man’s initials'],
            wants: 'My own secateurs, and the ones here back to their owner.',
            restored: true,
            level: 'beyond',
            cost: 22,
            cause: 'process',
            causeNote: 'Tools lay on the bench without names.',
            fixed: { hoursAfter: 4 },
            asked: { said: 'Sharp, and his own. He showed the sheath to his neighbour.' },
            load: 0.58,
            onShift: ['megan', 'tomas'],
          }),
          visitor('No harm done. His were sharper though.'),
          megan.bye(
            'Then Tomás Echeverría takes yours once more over the stone before he comes. Good day, Viktor.',
          ),
        ],
      },
    ],
  },
  {
    key: 'leila-farrokhzad',
    through: 'grace-nakamura-bell',
    name: 'Leila Farrokhzad',
    locale: 'en',
    since: 1.9,
    ally: 'megan',
    device: 'Chrome · Mac',
    yearly: 5,
    likes: ['herbs', 'roses', 'vase'],
    talks: [
      {
        begun: { daysAgo: 47, at: '15:33' },
        page: 'home',
        log: [
          visitor(
            'For Nowruz I need hyacinths in seven small pots, all in flower on the same day. Is that possible or am I dreaming?',
          ),
          megan.joins(),
          megan.hello(
            'Hello Leila, Megan Kajitani here. It is possible if we start ten of them and you take the seven that agree with each other. Which day exactly?',
          ),
          visitor('The 20th of March. You know Nowruz?'),
          megan.says(
            'A little; my neighbour sets the table by her window. I start ten pots eleven weeks before, and you come and choose on the 19th.',
          ),
          megan.promises({
            text: 'Ten hyacinth pots started, eleven weeks before the 20th of March',
            due: { days: 33 },
          }),
          megan.learns(
            'Celebrates Nowruz: seven hyacinths in flower on the 20th of March.',
            'All in flower on the same day.',
          ),
          visitor('You are wonderful, merci.'),
          megan.bye('See you on the 19th of March at the latest, Leila.'),
        ],
      },
    ],
  },
  {
    key: 'wren-calloway',
    name: 'Wren Calloway',
    locale: 'en',
    since: 0.3,
    ally: 'yijun',
    device: 'Chrome · Android',
    yearly: 6,
    likes: ['orchid', 'clay-pots'],
    known: [
      {
        text: 'Goes by they; the card says “Wren”, nothing else.',
        quote: 'Just Wren is lovely.',
        by: 'yijun',
        daysAgo: 60,
      },
    ],
    talks: [
      {
        begun: { minutesAgo: 31 },
        page: 'home',
        status: 'open',
        log: [
          visitor('is it normal that my orchid has roots growing OUT of the pot, like tentacles'),
          megan.joins(),
          megan.hello(
            'Hello Wren, Megan Kajitani here. I know roses; tentacles are best judged by 林怡君, who grows orchids herself. I am asking her in.',
          ),
          megan.notes('Air roots, I think, but Wren worries. Yours, please.'),
          megan.handsTo('yijun'),
          yijun.hello(
            'Hello Wren, I am 林怡君. Quite normal: they are air roots, and they mean it likes your room. Please don’t cut them.',
          ),
          visitor('ok phew. do they need water too?'),
          yijun.says(
            'A mist in the morning is enough. If they turn silver they are thirsty, green means content.',
          ),
          visitor('they’re silver. can I mist with tap water or is that bad'),
        ],
      },
    ],
  },
  {
    key: 'bridget-sandoval',
    name: 'Bridget Sandoval',
    locale: 'en',
    since: 4.9,
    ally: 'megan',
    device: 'Edge · Windows',
    yearly: 3,
    likes: ['lavender', 'roses', 'compost'],
    talks: [
      {
        begun: { daysAgo: 8, at: '09:58' },
        page: 'home',
        log: [
          visitor(
            'I want 60 lavenders by this Friday for a memorial garden at the school. I know it’s short.',
          ),
          megan.joins(),
          megan.hello(
            'Good morning Bridget, Megan Kajitani. For a memorial garden I very much want to say yes. Sixty of the same kind by Friday I cannot have; may I tell you what I can?',
          ),
          visitor('Please.'),
          megan.says(
            'Thirty-six Hidcote on Friday, so that the children can plant the front row, and the other twenty-four the Thursday after. Or sixty on Friday in two kinds, Hidcote and the paler Munstead.',
          ),
          visitor('Two kinds, on Friday. The children chose purple and pale, so it’s even better.'),
          megan.says('Then sixty on Friday at eight, at the school gate, with six trowels to keep.'),
          visitor('Thank you, Megan. They’ll be so proud.'),
          megan.bye('I am glad it is now and not later, Bridget. My thoughts are with the class.'),
        ],
      },
    ],
  },
  {
    key: 'emeka-okafor',
    name: 'Emeka Okafor',
    locale: 'en',
    since: 2.7,
    ally: 'ingrid',
    device: 'Safari · Mac',
    yearly: 4,
    likes: ['olive', 'bonsai', 'watering-can'],
    talks: [
      {
        begun: { daysAgo: 110, at: '18:18' },
        page: 'orders',
        log: [
          visitor(
            'Someone from your shop called and wanted the number of my card to “confirm” the olive tree. Was that you?',
          ),
          megan.joins(),
          megan.hello(
            'Mr Okafor, I am Megan Kajitani. That was not me, and I want the one person who sees every call of ours to answer you. One moment.',
          ),
          megan.handsTo('ingrid'),
          ingrid.hello(
            'Mr Okafor, Ingrid Solheim. No. We never ask for a card number, by telephone or here. Did you tell them anything?',
          ),
          visitor('No, it smelled wrong.'),
          ingrid.says(
            'Good nose. If you like, block the caller and tell your bank about the attempt. Your order with us is as it was, and paid.',
          ),
          ingrid.notes(
            'Somebody telephones customers and says they are from the shop. Everybody: we never ask for card numbers.',
          ),
          visitor('Thanks for answering so fast.'),
          ingrid.bye('Thank you for asking us instead of trusting them. The olive tree comes on Wednesday.'),
        ],
      },
    ],
  },
];
