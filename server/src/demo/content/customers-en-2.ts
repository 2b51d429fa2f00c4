import { type DemoCustomer, email, ingrid, megan, pause, visitor, yijun } from '../script.ts';

export const englishTwo: readonly DemoCustomer[] = [
  {
    key: 'hiroshi-tanabe',
    name: 'Hiroshi Tanabe',
    locale: 'en',
    since: 6.5,
    ally: 'yijun',
    device: 'Firefox · Windows',
    yearly: 3,
    likes: ['bonsai', 'secateurs', 'clay-pots'],
    talks: [
      {
        begun: { daysAgo: 88, at: '07:55' },
        page: 'home',
        log: [
          visitor('Do you sharpen shears that were not bought from you? Mine are my father’s, from Sakai.'),
          yijun.joins(),
          yijun.hello(
            'Good morning Mr Tanabe, I am 林怡君. Yes. For a blade from Sakai we use water stones only, never a wheel. May I ask how old it is?',
          ),
          visitor('He bought them in 1961. I would not like them to travel by post.'),
          yijun.learns(
            'His father’s shears from Sakai (1961) never go by post.',
            'I would not like them to travel by post.',
          ),
          yijun.says(
            'Then they will not. Tomás Echeverría passes your street on Tuesdays: he takes them from your hand and gives them back into it a week later.',
          ),
          visitor('That is very thoughtful.'),
          yijun.promises({
            text: 'The Sakai shears back in your hand, sharpened on water stones',
            due: { days: -75 },
            keptDaysAgo: 76,
          }),
          yijun.bye('Until Tuesday, Mr Tanabe. Thank you for trusting us with them.'),
        ],
      },
    ],
  },
  {
    key: 'siobhan-orourke',
    through: 'carol-jones',
    name: 'Siobhán O’Rourke',
    locale: 'en',
    since: 5.0,
    ally: 'megan',
    device: 'Chrome · Windows',
    yearly: 2,
    likes: ['wreath', 'bouquet'],
    talks: [
      {
        begun: { daysAgo: 152, at: '09:35' },
        page: 'orders',
        log: [
          visitor(
            'The wreath for my father’s funeral is not here. The Mass is at eleven. Someone signed for it and it was not us.',
          ),
          megan.joins(),
          megan.hello(
            'Siobhán, I am Megan Kajitani and I am on this and nothing else. I am so sorry for your loss, and for this on such a morning. Which church?',
          ),
          visitor('St Brigid’s. The name on the slip is Keane, that’s number 14, we are 41.'),
          megan.says(
            'Tomás Echeverría is driving to number 14 now. If they do not open, the second wreath, which we are tying as I write, is in the church by twenty to eleven. One of the two will be there.',
          ),
          pause(24),
          megan.says('He has it. He is four minutes from St Brigid’s.'),
          visitor('It’s here. He carried it in himself.'),
          megan.logs({
            what: 'The funeral wreath was left at number 14 instead of 41, an hour before the Mass.',
            product: 'Laurel wreath',
            element: 'time',
            stage: 'closed',
            putRight:
              'Tomás Echeverría fetched it and carried it into the church twenty minutes before the Mass. The wreath was not charged.',
            extra:
              'Ingrid Solheim wrote a letter by hand. In her first year without him, a rose on his birthday.',
            category: 'Delivery',
            severity: 'serious',
            place: 'St Brigid’s',
            quotes: ['The Mass is at eleven', 'He carried it in himself'],
            irreplaceable:
              'Wrote to her by hand the same afternoon, and put his birthday into the diary: a rose each year.',
            wants: 'The wreath in the church before eleven.',
            restored: true,
            level: 'beyond',
            cost: 75,
            cause: 'process',
            causeNote:
              'Handwritten house numbers on the slip. Addresses for funerals are read aloud by two people now.',
            asked: {
              said: 'She asks for nothing. He lay under the flowers he liked, she said.',
              hoursAfter: 44,
            },
            flag: {
              lines: [
                'Her father’s wreath stood at the wrong door an hour before the funeral Mass.',
                'Tomás Echeverría carried it in with twenty minutes to spare; Ingrid Solheim wrote by hand.',
                'A rose on his birthday in the first year. Never mention the mix-up unless she does.',
              ],
              checks: ['Two people have read the address aloud'],
            },
            load: 0.75,
            onShift: ['megan', 'ingrid', 'tomas'],
          }),
          megan.bye(
            'Then I leave you to your family now, Siobhán. There is nothing you need to do. We are thinking of you.',
          ),
        ],
      },
      {
        begun: { daysAgo: 29, at: '15:10' },
        page: 'home',
        log: [
          visitor('A rose came this morning, on Daddy’s birthday. Was that you?'),
          megan.joins(),
          megan.hello('That was us, Siobhán. I hope it was not too much.'),
          visitor('It was exactly enough. Could I order a plant for the grave, something that minds itself?'),
          megan.says(
            'A white heather: it flowers when nothing else does, and asks for nothing. I can have it planted there on Thursday.',
          ),
          visitor('Yes please. Thank you Megan.'),
          megan.bye('I will see to it myself. Go easy on yourself today.'),
        ],
      },
    ],
  },
  {
    key: 'rajesh-iyer',
    name: 'Rajesh Iyer',
    locale: 'en',
    since: 2.8,
    ally: 'yijun',
    device: 'Chrome · Android',
    yearly: 6,
    likes: ['orchid', 'bouquet', 'herbs'],
    known: [
      {
        text: 'Nothing scented: his daughter has asthma.',
        quote: 'Her chest closes with hyacinths.',
        by: 'yijun',
        daysAgo: 260,
      },
    ],
    talks: [
      {
        begun: { daysAgo: 21, at: '17:48' },
        page: 'orders',
        log: [
          visitor(
            'The bouquet smells very strongly. I had asked for flowers without scent because of my daughter’s asthma. We had to put it outside.',
          ),
          yijun.joins(),
          yijun.hello('Mr Iyer, this is 林怡君. Is your daughter all right? That comes first.'),
          visitor('She is fine now, we opened the windows.'),
          yijun.says(
            'I am relieved, and I am sorry: you told us, we had written it down, and whoever tied the bouquet did not read it. That must not happen with somebody’s breath.',
          ),
          yijun.logs({
            what: 'The bouquet was strongly scented, although the order said no scent.',
            product: 'Bouquet of the week',
            element: 'person',
            stage: 'apologised',
            owed: 'To go over it with him: what would put it right, and how he can be sure of the next bouquet.',
            owedInDays: 1,
            category: 'Health',
            severity: 'serious',
            quotes: ['flowers without scent because of my daughter’s asthma'],
            load: 0.95,
            onShift: ['megan', 'yijun', 'ingrid'],
          }),
          visitor('I would like to think about whether we order bouquets again.'),
          yijun.says(
            'Of course. May I write to you in some days, not to sell you anything, but to tell you what we have changed?',
          ),
          visitor('Yes, that is okay.'),
          yijun.promises({
            text: 'A message on what has changed at the tying table about scent',
            due: { days: 1 },
          }),
          yijun.bye('Then I will. My best wishes to your daughter.'),
        ],
      },
    ],
  },
  {
    key: 'elena-petrova',
    through: 'siobhan-orourke',
    name: 'Elena Petrova',
    locale: 'en',
    since: 1.7,
    ally: 'megan',
    device: 'Safari · iPhone',
    yearly: 4,
    likes: ['bouquet', 'vase', 'peonies'],
    talks: [
      {
        begun: { daysAgo: 5, at: '20:14' },
        page: 'orders',
        log: [
          visitor(
            'On the card it says “Dear Svetlana”. My friend’s name is Snezhana. She thought the flowers were for somebody else and gave them to the neighbour!',
          ),
          megan.joins(),
          megan.hello(
            'Elena, I am Megan Kajitani. Your friend opened the door to flowers for a stranger. I am sorry, that is our hand that wrote it, not yours.',
          ),
          visitor('It was to say sorry to her, imagine. Now I must say sorry twice.'),
          megan.says(
            'Then let the second apology be ours: I would write to Snezhana and explain that the mistake was the shop’s, with new flowers. Would that help, or would you rather tell her yourself first?',
          ),
          visitor('I tell her first. Then I write you.'),
          megan.logs({
            what: 'The card was written to Svetlana instead of Snezhana.',
            product: 'Bouquet of the week',
            element: 'person',
            stage: 'apologised',
            owed: 'New flowers with the right name, once Elena has talked with her friend.',
            category: 'Card',
            severity: 'felt',
            quotes: ['My friend’s name is Snezhana', 'Now I must say sorry twice'],
            load: 0.83,
            onShift: ['megan', 'yijun'],
          }),
          megan.bye(
            'I am here whenever you have talked with her. Snezhana, with a z and an h – I have it in front of me.',
          ),
        ],
      },
      {
        begun: { minutesAgo: 11 },
        page: 'orders',
        status: 'waiting',
        log: [
          visitor('Hello, it’s about the card with the wrong name. I talked with Snezhana.'),
          visitor('She laughed at the end. So now please the flowers, but she says peonies, not roses.'),
        ],
      },
    ],
  },
  {
    key: 'kwame-mensah',
    through: 'carol-jones',
    name: 'Kwame Mensah',
    locale: 'en',
    since: 3.9,
    ally: 'megan',
    device: 'Chrome · Android',
    yearly: 5,
    likes: ['compost', 'gloves', 'lavender', 'secateurs'],
    talks: [
      {
        begun: { daysAgo: 75, at: '10:08' },
        page: 'orders',
        log: [
          visitor(
            '12 bags of compost left at the gate. It is 90 metres uphill to the beds and I have a bad back, which I wrote in the box.',
          ),
          megan.joins(),
          megan.hello(
            'Good morning Kwame, Megan Kajitani here. You wrote it, and we left them at the gate all the same. I am sorry. Please do not carry one of them.',
          ),
          megan.says(
            'Tomás Echeverría says it was him, he did not turn the sheet over. He is back at four with the barrow and puts each bag where you want it. Would that do, or do you need them sooner?',
          ),
          visitor('Honest man. Four is fine.'),
          megan.logs({
            what: 'Twelve bags of compost were left at the gate instead of at the beds.',
            product: 'Peat-free compost, 40 l',
            element: 'person',
            stage: 'closed',
            putRight: 'Tomás Echeverría came back the same day and spread the bags over the four beds.',
            extra: 'Two bags more than ordered.',
            category: 'Delivery',
            severity: 'felt',
            place: 'His gate',
            quotes: ['90 metres uphill'],
            wants: 'Four is fine. At the beds, not at the gate.',
            restored: true,
            level: 'beyond',
            cost: 28,
            cause: 'information',
            causeNote:
              'What is written in the box was printed on the back of the sheet. It stands at the top now.',
            fixed: { hoursAfter: 6 },
            asked: { said: '“He even swept the path. All good.”', hoursAfter: 19.5 },
            wrapUp: 'call',
            load: 0.6,
            onShift: ['megan', 'tomas'],
          }),
          megan.learns(
            'Heavy things go to the beds behind the house, never to the gate.',
            'It is 90 metres uphill and I have a bad back.',
          ),
          megan.bye('Four it is. Leave the bags where they lie, Kwame; I will ask you tomorrow how it went.'),
        ],
      },
      {
        begun: { daysAgo: 74, at: '11:40' },
        page: 'home',
        log: [
          visitor('All bags where they should be, thanks.'),
          megan.joins(),
          megan.hello(
            'I am glad to hear it, Kwame. Was it really all right in the end, the bags and the way we dealt with it?',
          ),
          visitor('He even swept the path. All good.'),
          megan.bye('I will tell Tomás Echeverría that the path was noticed. Good growing, Kwame.'),
        ],
      },
    ],
  },
  {
    key: 'maria-ferreira',
    name: 'Maria João Ferreira',
    locale: 'en',
    since: 4.6,
    ally: 'yijun',
    device: 'Safari · iPad',
    yearly: 3,
    likes: ['orchid', 'clay-pots'],
    talks: [
      {
        begun: { daysAgo: 51, at: '16:44' },
        page: 'home',
        log: [
          visitor('My orchid dropped all its buds two days after it came. Did I kill it?'),
          yijun.joins(),
          yijun.hello(
            'Hello Maria João, I am 林怡君. Almost certainly not. Where does it stand, and is there a fruit bowl near it?',
          ),
          visitor('Next to the bananas. Why?'),
          yijun.says(
            'Ripe bananas give off a gas that tells buds to fall. Move it to the north window, water it once a week, and it will set buds again by spring.',
          ),
          visitor('The bananas!! I would never have known.'),
          yijun.promises({
            text: 'A word in spring on the orchid’s buds; if there are none, another orchid',
            due: { days: 40 },
          }),
          yijun.bye('I will ask you in spring how it is. If it sulks, I bring you another.'),
        ],
      },
    ],
  },
  {
    key: 'tom-whitfield',
    name: 'Tom Whitfield',
    locale: 'en',
    since: 2.0,
    ally: null,
    device: 'Chrome · Mac',
    yearly: 2,
    likes: ['secateurs', 'gloves'],
    known: [{ text: 'In a hurry: the answer first, no small talk.', by: 'megan', daysAgo: 190 }],
    talks: [
      {
        begun: { daysAgo: 190, at: '12:31' },
        page: 'orders',
        log: [
          visitor('gloves too small. size 10 pls'),
          megan.joins(),
          megan.hello('Size 10 leaves today, there tomorrow. Keep or bin the small ones. – Megan Kajitani'),
          visitor('perfect'),
          megan.bye('Done. All the best, Tom.'),
        ],
      },
      {
        begun: { daysAgo: 2, at: '12:46' },
        page: 'orders',
        log: [
          visitor('need invoice w company name. Whitfield Landscaping Ltd. today'),
          megan.joins(),
          megan.hello('It is in your mailbox, Tom, made out to Whitfield Landscaping Ltd. – Megan Kajitani'),
          email('tom@whitfield-landscaping.example'),
          visitor('got it thx bye'),
          megan.bye('Quick as you like it. Bye, Tom.'),
        ],
      },
    ],
  },
  {
    key: 'aisha-rahman',
    through: 'anna-lindqvist',
    name: 'Aisha Rahman',
    locale: 'en',
    since: 0.9,
    ally: 'megan',
    device: 'Chrome · Windows',
    yearly: 4,
    likes: ['herbs', 'lavender', 'clay-pots'],
    talks: [
      {
        begun: { daysAgo: 14, at: '19:02' },
        page: 'home',
        log: [
          visitor('Fourth-floor balcony, sun from two o’clock, and I forget to water. What will survive me?'),
          megan.joins(),
          megan.hello(
            'Hello Aisha, Megan Kajitani here. I like honest gardeners. Lavender, thyme and sage: all three prefer to be forgotten.',
          ),
          visitor('Can I eat all three or is that weird'),
          megan.says(
            'You can; lavender in shortbread, a little. Take the big clay pot: the larger the pot, the more often you may forget.',
          ),
          visitor('Sold. Can you deliver on a Sunday? I work shifts at the hospital.'),
          megan.says(
            'Sunday the van rests. Saturday after seven in the evening, or in your neighbour’s hands on any weekday – which would suit you better?',
          ),
          megan.learns(
            'Works shifts at the hospital: deliveries after seven in the evening.',
            'I work shifts at the hospital.',
          ),
          visitor('Saturday after 7 is great'),
          megan.bye('Saturday after seven then. Sleep well after your shift, Aisha.'),
        ],
      },
    ],
  },
  {
    key: 'lukas-brandt',
    name: 'Lukas Brandt',
    locale: 'en',
    since: 5.8,
    ally: 'ingrid',
    device: 'Firefox · Linux',
    yearly: 8,
    likes: ['olive', 'lavender', 'clay-pots', 'compost'],
    talks: [
      {
        begun: { daysAgo: 37, at: '08:20' },
        page: 'orders',
        log: [
          visitor(
            'Charged twice for the lavender: $156 on the 2nd and $156 on the 3rd. The office wants it solved before the month ends.',
          ),
          ingrid.joins(),
          ingrid.hello(
            'Good morning Mr Brandt, Ingrid Solheim. You are right, I see both. I am sorry: money that is not ours should not be with us for a minute.',
          ),
          ingrid.says(
            'The second $156 went back at 8:26. Your bank shows it within two days. Is there a form your office needs from me?',
          ),
          visitor('One line on paper with the date would do.'),
          ingrid.logs({
            what: 'The lavender for the office garden was charged twice.',
            product: 'Hidcote lavender, tray of six',
            element: 'resolution',
            stage: 'closed',
            putRight:
              'The second payment went back within six minutes; a signed letter for his bookkeeper followed by post.',
            category: 'Invoice',
            severity: 'felt',
            quotes: ['Charged twice for the lavender', 'One line on paper'],
            wants: 'The money back before the month ends, and one line on paper with the date.',
            restored: true,
            noExtra: 'He asked for one line on paper and for nothing else; more would have cost him a form.',
            level: 'restored',
            cost: 0,
            disputed: 156,
            cause: 'billing',
            causeNote:
              'The terminal sent the payment again after a time-out. The bank’s second answer is compared with the first now.',
            asked: {
              said: 'The second payment is back, and the letter lies with his bookkeeper.',
              hoursAfter: 52,
            },
            load: 0.33,
            onShift: ['ingrid', 'yijun'],
          }),
          ingrid.promises({
            text: 'A signed line about the double charge, by post to your office',
            due: { days: -35 },
            keptDaysAgo: 34,
          }),
          visitor('Thank you, that was quick.'),
          ingrid.bye('The letter is in today’s post, signed by me. Good day, Mr Brandt.'),
        ],
      },
    ],
  },
];
