import { type DemoCustomer, ingrid, megan, visitor, yijun } from '../script.ts';

export const englishOne: readonly DemoCustomer[] = [
  {
    key: 'anna-lindqvist',
    name: 'Anna Lindqvist',
    locale: 'en',
    since: 7.2,
    ally: 'megan',
    device: 'Safari · Mac',
    yearly: 5,
    likes: ['peonies', 'watering-can', 'bouquet', 'tulips'],
    known: [
      { text: 'Prefers a written answer to a call before noon: she teaches.', by: 'megan', daysAgo: 41 },
    ],
    talks: [
      {
        begun: { daysAgo: 44, at: '16:05' },
        page: 'orders',
        log: [
          visitor('My peony roots were promised for the 4th and the bed has been dug since. Where are they?'),
          megan.joins(),
          megan.hello(
            'Hello Anna, I am Megan Kajitani. I am sorry – you planned your weekend around these. I am finding out now where the box is.',
          ),
          visitor('Thank you. The ground will freeze soon, that is my worry.'),
          megan.says(
            'I have the driver’s list here: your box went to the depot in Malmö by mistake and lay there over the weekend. It reaches you on Thursday, six days late. I have paid your shipping back just now.',
          ),
          megan.logs({
            what: 'The parcel with the peony roots came six days late.',
            product: 'Sarah Bernhardt peony',
            element: 'time',
            stage: 'closed',
            putRight:
              'Shipping refunded the same hour; Megan Kajitani asked on the Friday whether the roots were sound. They were.',
            extra: 'A bag of anemone corms, which Anna chose over a voucher.',
            category: 'Delivery',
            severity: 'felt',
            place: 'Depot in Malmö',
            quotes: ['promised for the 4th'],
            wants: 'To know where the box is, and the roots before the ground freezes.',
            restored: true,
            level: 'beyond',
            cost: 21.5,
            cause: 'logistics',
            causeNote:
              'The box went to the wrong depot and lay there over a weekend; nobody looks at the depot list on Saturdays.',
            asked: {
              said: 'The roots are sound and in the ground. She would rather have heard of the delay from us first.',
              hoursAfter: 60,
            },
            wrapUp: 'call',
            load: 0.92,
            onShift: ['megan', 'tomas'],
          }),
          visitor('That is fair of you. And will they survive six days in a box?'),
          megan.says(
            'Yes, if they are plump and not soft. Soak them for two hours and plant them with the eyes three centimetres down. I will write on Friday and ask how they looked.',
          ),
          megan.promises({
            text: 'A message on Friday, to hear whether the peony roots were sound',
            due: { days: -38 },
            keptDaysAgo: 38,
          }),
          visitor('Good. Then I will wait for Thursday.'),
          megan.bye(
            'Thank you for your patience, Anna, and for telling us at once. I hope the bed is full of pink in June.',
          ),
        ],
      },
      {
        begun: { daysAgo: 9, at: '10:42' },
        page: 'orders',
        log: [
          visitor(
            'Good morning. The watering can was to come last Wednesday. It is the second parcel in two months, and nobody has written to me.',
          ),
          megan.joins(),
          megan.hello(
            'Good morning, Anna. You have waited twice now, and this time without a word from us. That is our doing, and I am sorry.',
          ),
          visitor('That’s kind. It’s the second parcel, though.'),
          megan.says(
            'It is. Before I do anything: what would help you most – the can as soon as it can be had, or something else?',
          ),
          visitor('Just the can, before my seedlings give up. And I would like to know why it happens.'),
          megan.notes(
            'Both times Wednesday’s van was full and the box was put back. Tomás Echeverría is looking at how Wednesdays are packed.',
          ),
          megan.says(
            'Then a can leaves by courier within the hour and is with you tomorrow before noon; keep the late one too when it turns up, or send it back at our cost. The why: both boxes were left behind when the Wednesday van was full. Tomás Echeverría, who packs it, is changing that this week.',
          ),
          megan.logs({
            what: 'The watering can came six days late, the second late parcel in two months.',
            product: 'Long-reach watering can',
            element: 'time',
            stage: 'fixed',
            putRight: 'A second can went by courier the same day; shipping refunded for both orders.',
            owed: 'A call after four o’clock to hear whether the can arrived whole, and what changed on Wednesdays.',
            owedInDays: 2,
            category: 'Delivery',
            severity: 'felt',
            quotes: ['second parcel in two months', 'Just the can'],
            wants: 'Just the can, before my seedlings give up. And I would like to know why it happens.',
            restored: true,
            level: 'beyond',
            cost: 71,
            disputed: 58,
            cause: 'process',
            causeNote:
              'Wednesday’s van is full by noon and what does not fit is put back without a word to anybody. Since yesterday it goes out on Thursday at eight, and the customer is told.',
            fixed: { minutesAgo: 1290 },
            flag: {
              lines: [
                'Two late parcels in two months; of one nobody wrote.',
                'A can by courier, shipping paid back, and seedling trays.',
                'She teaches until half past three: call only after four.',
              ],
              checks: ['Not on Wednesday’s van', 'Told the day'],
            },
            given: { amount: 24, what: 'Seedling trays, set of three' },
            load: 1.0,
            onShift: ['megan', 'yijun', 'tomas'],
          }),
          megan.promises({
            text: 'A call after four: did the can arrive whole, and what has changed on Wednesdays',
            due: { days: 2 },
          }),
          megan.learns(
            'A call only after four in the afternoon.',
            'I teach until half past three, so ring me after four.',
            { idea: 'Ask how her class liked the peonies.' },
          ),
          megan.offers({
            text: 'You should have more from this than a can that came at last. What would you like with it?',
            options: [
              'Seedling trays, set of three',
              'A bag of seed compost',
              'Free delivery until the summer',
            ],
            taken: 0,
          }),
          visitor(
            'I teach until half past three, so ring me after four. Thank you for explaining it properly.',
          ),
          megan.bye('After four it is. Thank you for staying with us, Anna – I will not let it be three.'),
        ],
      },
    ],
  },
  {
    key: 'omar-haddad',
    name: 'Omar Haddad',
    locale: 'en',
    since: 3.4,
    ally: 'megan',
    device: 'Chrome · Android',
    yearly: 3,
    likes: ['olive', 'clay-pots', 'herbs'],
    talks: [
      {
        begun: { daysAgo: 6, at: '14:20' },
        page: 'home',
        log: [
          visitor(
            'I need two matching olive trees for either side of a restaurant door. Your page says one left.',
          ),
          megan.joins(),
          megan.hello(
            'Hello Omar, Megan Kajitani here. Two that match is worth getting right. How wide is the door, and does it get the wind?',
          ),
          visitor('1.6 m wide, on the corner of the square, so yes, wind. We open on the 1st.'),
          megan.says(
            'Then I would take two from the same row at the grower’s rather than the one here: same height, same stem. They come in a heavier pot that does not tip. I will ask for a pair today.',
          ),
          visitor('Perfect. I only need a yes or a no soon, the painter is asking me where to stop.'),
          megan.promises({
            text: 'The day on which the pair of olive trees can stand at your door',
            due: { minutes: 70 },
          }),
          megan.learns('Wants a date in one line, no brochure.', 'I only need a yes or a no soon.'),
          megan.says('You will have the day from me within the week, in one line.'),
          visitor('Great, thanks Megan.'),
          megan.bye('Good luck with the painting, Omar. I look forward to seeing that door.'),
        ],
      },
      {
        begun: { daysAgo: 301, at: '11:15' },
        page: 'orders',
        log: [
          visitor('The herbs are lovely but there are two pots of sage and no mint.'),
          yijun.joins(),
          yijun.hello(
            'Good morning Omar, this is 林怡君. Two sage and no mint is no mojito – I am sorry. Mint goes out with today’s van; please keep the second sage.',
          ),
          visitor('Ha, exactly. Thank you.'),
          yijun.bye('Enjoy the herbs, Omar. Mint likes its own pot, otherwise it eats the others.'),
        ],
      },
    ],
  },
  {
    key: 'ngozi-adeyemi',
    name: 'Ngozi Adeyemi',
    locale: 'en',
    since: 4.1,
    ally: 'yijun',
    device: 'Safari · iPhone',
    yearly: 4,
    likes: ['vase', 'bouquet', 'orchid'],
    talks: [
      {
        begun: { daysAgo: 4, at: '18:31' },
        page: 'orders',
        log: [
          visitor(
            'The vase arrived cracked, right where the handle joins. It was for my mother’s seventieth on Saturday.',
          ),
          yijun.joins(),
          yijun.hello(
            'Good evening Ngozi, I am 林怡君. On the handle side, so it cannot even be turned to the wall. I am truly sorry, and Saturday is close.',
          ),
          visitor('I can send a photo, but the packing was fine, I think it cracked before.'),
          yijun.says(
            'No photo needed. Would your mother rather have the same vase on Saturday, or do you want to choose another now that you have seen it?',
          ),
          visitor('The same one. She has wanted it for a year.'),
          yijun.notes(
            'Third Ridge vase from the same firing with a crack at the handle. The rest of that firing should be tapped before it is packed.',
          ),
          yijun.asks('tomas', {
            what: 'Is there a Ridge vase that rings when you tap it? It is for a seventieth birthday on Saturday.',
            promised: { afterMinutes: 0.2, byMinutes: 5 },
            answered: {
              afterMinutes: 0.25,
              text: 'I tapped three, one rings like a bell. I will bring it on Friday between five and six myself.',
              rating: 'kind-and-good',
            },
          }),
          yijun.says(
            'Tomás Echeverría, who packs and drives, has just tapped three vases for you, and one rings like a bell. That one is yours. He brings it himself on Friday between five and six.',
          ),
          visitor('By hand? Wow, okay. Friday works.'),
          yijun.logs({
            what: 'The vase for a seventieth birthday arrived cracked on the handle side.',
            product: 'Ridge stoneware vase',
            element: 'product',
            stage: 'followed-up',
            putRight:
              'Tomás Echeverría brought a sound one by hand on the Friday, a day before the birthday.',
            extra: 'Ranunculus in the colours of her mother’s scarf.',
            owed: 'A handwritten card to ask how the birthday was.',
            owedInDays: 5,
            category: 'Damage',
            severity: 'serious',
            place: 'Packing table',
            quotes: ['cracked, right where the handle joins', 'She has wanted it for a year'],
            wants: 'The same one. She has wanted it for a year.',
            restored: true,
            level: 'beyond',
            cost: 68,
            cause: 'supplier',
            causeNote:
              'Third vase of one firing with a crack at the handle. The potter taps each one now before it leaves the kiln.',
            fixed: { hoursAfter: 23 },
            asked: {
              said: 'The vase is on her mother’s table. “I was ready to be angry and you did not let me.”',
              hoursAfter: 18.5,
            },
            flag: {
              lines: [
                'The vase for her mother’s seventieth came cracked at the handle, two days before the day.',
                'Tomás Echeverría brought a sound one by hand, with ranunculus in rust and cream.',
                'She does not want to send photographs: believe her word.',
              ],
              checks: ['Tap the vase: it rings like a bell', 'Double carton for stoneware'],
            },
            given: { amount: 18, what: 'Ranunculus in rust and cream, brought with the vase' },
            load: 0.66,
            onShift: ['yijun', 'tomas'],
          }),
          yijun.bye('Until Friday then, Ngozi. If nobody is in, he waits.'),
        ],
      },
      {
        begun: { daysAgo: 2, at: '12:04' },
        page: 'home',
        newBrowser: true,
        log: [
          visitor('Just to say: the vase is on her table and she cried. Please tell the man who brought it.'),
          yijun.joins(),
          yijun.hello(
            'Thank you, Ngozi – I am reading this to Tomás Echeverría as I write. Was all of it as it should be, the vase and the way we handled it?',
          ),
          visitor('Yes. I was ready to be angry and you did not let me.'),
          yijun.learns('Her mother loves ranunculus in rust and cream.', null, {
            idea: 'Put the first rust ranunculus of spring aside for her mother.',
          }),
          yijun.bye('That is the nicest sentence of my week. Greetings to your mother from 林怡君.'),
        ],
      },
    ],
  },
  {
    key: 'pieter-van-der-meer',
    name: 'Pieter van der Meer',
    locale: 'en',
    since: 9.3,
    ally: 'megan',
    device: 'Firefox · Linux',
    yearly: 6,
    likes: ['tulips', 'compost', 'gloves', 'lavender'],
    talks: [
      {
        begun: { daysAgo: 203, at: '08:50' },
        page: 'orders',
        log: [
          visitor(
            'I planted 200 Queen of Night in autumn. They are in flower now and they are orange. All of them.',
          ),
          megan.joins(),
          megan.hello(
            'Good morning Pieter, Megan Kajitani here. Two hundred orange tulips where you wanted a black river: a whole spring is gone, and I cannot give you that back. I am sorry.',
          ),
          visitor('My wife says it looks like a road works sign.'),
          megan.says(
            'She is right, and I wish she were not. Let me ask before I offer: is the bed wanted dark for next spring, or has the orange spoiled the taste for it?',
          ),
          visitor('Dark, next spring. I am stubborn. But I plant only what I have seen with my own eyes.'),
          megan.logs({
            what: 'Two hundred tulips flowered orange instead of the dark Queen of Night.',
            product: 'Queen of Night tulips',
            element: 'product',
            stage: 'gone-over',
            putRight: 'The 200 bulbs were refunded in full.',
            owed: '200 Queen of Night bulbs from a lot that Megan Kajitani has seen in flower, sent before planting time at no charge.',
            owedInDays: 6,
            category: 'Wrong goods',
            severity: 'serious',
            quotes: ['they are orange', 'only what I have seen with my own eyes'],
            irreplaceable:
              'Drove to the grower and photographed the lot in flower: a spring cannot be given back, but the next one can be certain.',
            wants: 'Dark, next spring. But only from what has been seen in flower.',
            restored: false,
            disputed: 192,
            load: 0.4,
            onShift: ['megan'],
          }),
          megan.says(
            'Then I refund the 200 today, and in autumn you get 200 from a lot that I have seen in flower myself, with the photograph of it.',
          ),
          megan.learns(
            'Plants only from lots somebody has seen in flower.',
            'I plant only what I have seen with my own eyes.',
          ),
          megan.promises({
            text: '200 Queen of Night from a lot seen in flower, with its photograph',
            due: { days: 6 },
          }),
          visitor('With the photograph. That is a deal.'),
          megan.bye('It is a deal, Pieter. Until autumn – and my apologies to your wife for the road works.'),
        ],
      },
    ],
  },
  {
    key: 'carol-jones',
    name: 'Carol Jones',
    locale: 'en',
    since: 12.6,
    ally: 'megan',
    device: 'Edge · Windows',
    yearly: 11,
    likes: ['bouquet', 'roses', 'herbs', 'wreath'],
    known: [
      { text: 'Always asks for Megan Kajitani, and is glad to wait for her.', by: 'ingrid', daysAgo: 380 },
      {
        text: 'No lilies in the house: the cat.',
        quote: 'Biscuit eats everything, so never lilies.',
        idea: { idea: 'A pot of cat grass with the church flowers, for Biscuit.', done: true },
        by: 'megan',
        daysAgo: 700,
      },
    ],
    talks: [
      {
        begun: { daysAgo: 120, at: '09:12' },
        page: 'home',
        log: [
          visitor('Is Megan in today? I have not seen her for three weeks, is she well?'),
          ingrid.joins(),
          ingrid.hello(
            'Good morning Carol, Ingrid Solheim here. Megan Kajitani is well, she was in Hokkaido for her sister’s wedding and is back on Monday. Shall I pass something on, or can I help today?',
          ),
          visitor(
            'Oh lovely, tell her congratulations. It can wait until Monday, it’s only the bouquet for the church.',
          ),
          ingrid.promises({
            text: 'A message from Megan Kajitani on Monday morning',
            due: { days: -116 },
            keptDaysAgo: 116,
          }),
          ingrid.bye('She will write to you on Monday morning, Carol. It is good of you to ask after her.'),
        ],
      },
      {
        begun: { daysAgo: 116, at: '09:03' },
        page: 'home',
        log: [
          visitor('There you are!'),
          megan.joins(),
          megan.hello(
            'Here I am, Carol. Ingrid Solheim told me you asked, and it made me smile. White and green for the church, and nothing Biscuit could regret?',
          ),
          visitor('You remember the cat! Yes please, for Sunday, by ten.'),
          megan.says(
            'White stocks, eucalyptus, the last snapdragons, and no lilies. Tomás Echeverría has it at the vestry door at half past nine.',
          ),
          visitor('Bless you dear. Bye now.'),
          megan.bye('Have a good Sunday, Carol. Scratch Biscuit behind the ear from me.'),
        ],
      },
      {
        begun: { minutesAgo: 26 },
        page: 'home',
        status: 'open',
        log: [
          visitor(
            'Good morning dear. It’s that time again, the church flowers. But this year they’d like a bit of colour.',
          ),
          megan.joins(),
          megan.hello(
            'Good morning Carol, how nice to see your name. A bit of colour – warm, like dahlias, or soft, like sweet peas in spring?',
          ),
          visitor('Warm I should think. The new vicar is a cheerful man.'),
          megan.says(
            'Then bronze chrysanthemums, rose hips and some copper beech. They last two Sundays in a cold church.',
          ),
          visitor('Oh that sounds just right. Could it be two vases this time, for the font as well?'),
          megan.wouldGive(
            {
              amount: 140,
              what: 'The font’s vase as a gift of the house: twelve years of church flowers, and she has never asked for anything.',
            },
            'ingrid',
          ),
        ],
      },
    ],
  },
  {
    key: 'diego-ramirez',
    name: 'Diego Ramírez Ortiz',
    locale: 'en',
    since: 2.2,
    ally: 'megan',
    device: 'Chrome · Windows',
    yearly: 4,
    likes: ['secateurs', 'gloves', 'roses'],
    talks: [
      {
        begun: { daysAgo: 2, at: '19:22' },
        page: 'orders',
        log: [
          visitor(
            'The spring of my secateurs jumped out into a hedge after one week. I looked for it for an hour.',
          ),
          megan.joins(),
          megan.hello(
            'Good evening Diego, I am Megan Kajitani. An hour on your knees in a hedge – I am sorry. Are you left- or right-handed? The springs differ.',
          ),
          visitor('Left.'),
          megan.says(
            'Then I know what happened: the left-handed No. 7 was sent with the right-handed spring. Two springs of the right kind are in the post tonight, one to lose.',
          ),
          megan.logs({
            what: 'The left-handed secateurs were packed with a right-handed spring.',
            product: 'Bypass secateurs No. 7',
            element: 'product',
            stage: 'fixed',
            putRight: 'Two left-handed springs posted the same evening.',
            extra: 'The next sharpening, collected from his door.',
            owed: 'A word from Megan Kajitani: does the new spring hold?',
            owedInDays: -1,
            category: 'Wrong goods',
            severity: 'felt',
            quotes: ['jumped out into a hedge', 'One to lose'],
            wants: 'A spring that fits the left hand, and no more hours on my knees.',
            restored: true,
            level: 'beyond',
            cost: 9,
            disputed: 64,
            cause: 'supplier',
            causeNote: 'The maker ships left and right springs in one bag. We sort them on the bench now.',
            flag: {
              lines: [
                'The spring of his left-handed No. 7 jumped out after a week: it was a right-handed one.',
                'Two left-handed springs went by post the same evening; the next sharpening is collected from his door.',
                'Left-handed. Likes a joke about hedges, dislikes forms.',
              ],
              checks: ['Left-handed model, left-handed spring', 'One spare spring in the box'],
            },
            load: 0.5,
            onShift: ['megan', 'yijun'],
          }),
          visitor('One to lose, haha. You know me already.'),
          megan.promises({ text: 'A message to hear whether the new spring holds', due: { days: -1 } }),
          megan.bye('I will ask you in a while whether it still holds. Have a good evening, Diego.'),
        ],
      },
    ],
  },
  {
    key: 'fatima-bennani',
    through: 'anna-lindqvist',
    name: 'Fatima Zahra Bennani',
    locale: 'en',
    since: 1.1,
    ally: 'megan',
    device: 'Safari · iPhone',
    yearly: 5,
    likes: ['bouquet', 'orchid', 'vase'],
    talks: [
      {
        begun: { daysAgo: 34, at: '13:40' },
        page: 'home',
        log: [
          visitor(
            'My sister marries in eleven weeks, a small garden wedding, 40 guests. Do you do this or only bouquets?',
          ),
          megan.joins(),
          megan.hello(
            'Hello Fatima, I am Megan Kajitani, and yes, gladly. Tell me one thing first: what should people remember when they close their eyes – a colour, a scent?',
          ),
          visitor('Orange blossom. It was our grandmother’s courtyard in Fès.'),
          megan.learns(
            'Orange blossom means her grandmother’s courtyard in Fès.',
            'It was our grandmother’s courtyard in Fès.',
            { idea: 'One small orange tree for their grandmother’s place at the table.' },
          ),
          megan.says(
            'Then everything follows from that. Real orange blossom is hard to have in that week, so mock orange and jasmine for the scent, and small orange trees in pots that the guests may take home.',
          ),
          visitor('I have tears, my sister will too. How much does something like this cost?'),
          megan.says(
            'Between $1,400 and $1,900, depending on how many trees. You get a page with each table drawn, and you cross out what you do not want.',
          ),
          megan.promises({
            text: 'The drawn page for the wedding, table by table',
            due: { days: -20 },
            keptDaysAgo: 21,
          }),
          visitor('Please send it. Shukran.'),
          megan.bye('You have it within two weeks. Give your sister my best wishes, Fatima.'),
        ],
      },
      {
        begun: { minutesAgo: 48 },
        page: 'orders',
        status: 'open',
        log: [
          visitor(
            'Hello Megan, the page is beautiful. One question: can the trees come the evening before? The tent is up from six.',
          ),
          megan.joins(),
          megan.hello(
            'Hello again Fatima. The evening before is better for the trees too. I am asking Tomás Echeverría about the van at six.',
          ),
          megan.notes('Tomás Echeverría says half past six is possible if somebody opens the field gate.'),
          megan.asks('tomas', {
            what: 'Fatima’s wedding, the evening before: twelve orange trees into the tent at half past six. Does the tall van go through the field gate?',
            wishedInMinutes: 240,
            promised: { afterMinutes: 6, byMinutes: 225 },
          }),
          megan.says('Half past six, if somebody can open the field gate. Would that be you?'),
          visitor('My uncle Driss, he will be there with tea. How many trees is it now, twelve?'),
        ],
      },
    ],
  },
];
