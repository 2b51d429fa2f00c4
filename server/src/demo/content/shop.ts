/** The demo shop: its name, what it sells, and the pages a visitor may have been on. */
export const SHOP = {
  key: 'demoshop',
  name: 'Larkspur & Reed',
  currency: 'USD',
} as const;

export type Product = {
  readonly key: string;
  readonly name: string;
  readonly price: number;
  /** One line under the name in the shop. */
  readonly line: string;
  readonly note: string;
  /** Drawn in assets/KEY.svg and shown on the front page. */
  readonly shown: boolean;
};

export const products: readonly Product[] = [
  {
    key: 'tulips',
    name: 'Queen of Night tulips',
    price: 24,
    line: '25 bulbs, very dark maroon',
    note: 'Plant 15 cm deep before the first hard frost.',
    shown: true,
  },
  {
    key: 'peonies',
    name: 'Sarah Bernhardt peony',
    price: 32,
    line: 'Bare root, three to five eyes',
    note: 'Sent from October; flowers in its second year.',
    shown: true,
  },
  {
    key: 'watering-can',
    name: 'Long-reach watering can',
    price: 58,
    line: '5 litres, galvanised, brass rose',
    note: 'The rose comes off for cleaning.',
    shown: true,
  },
  {
    key: 'vase',
    name: 'Ridge stoneware vase',
    price: 46,
    line: '28 cm, handle on one side',
    note: 'Thrown by hand: each one leans its own way.',
    shown: true,
  },
  {
    key: 'secateurs',
    name: 'Bypass secateurs No. 7',
    price: 64,
    line: 'Forged steel, left or right hand',
    note: 'We sharpen them for as long as you have them.',
    shown: true,
  },
  {
    key: 'olive',
    name: 'Standard olive tree',
    price: 120,
    line: 'About 120 cm, in a 26 cm pot',
    note: 'Brought by our own van, carried to the door.',
    shown: true,
  },
  {
    key: 'orchid',
    name: 'White moth orchid',
    price: 38,
    line: 'Two stems, in a clay pot',
    note: 'Likes a north window and little water.',
    shown: true,
  },
  {
    key: 'bouquet',
    name: 'Bouquet of the week',
    price: 52,
    line: 'What is best in the field this week',
    note: 'Cut in the morning, brought the same day.',
    shown: true,
  },
  {
    key: 'herbs',
    name: 'Kitchen herbs, set of four',
    price: 22,
    line: 'Thyme, sage, chives, mint',
    note: 'In 9 cm pots.',
    shown: false,
  },
  {
    key: 'roses',
    name: 'Gertrude Jekyll climbing rose',
    price: 36,
    line: 'Bare root',
    note: 'Strongly scented.',
    shown: false,
  },
  {
    key: 'clay-pots',
    name: 'Clay pots, set of three',
    price: 34,
    line: '14, 18 and 22 cm',
    note: 'Frost-proof to −10 °C.',
    shown: false,
  },
  {
    key: 'compost',
    name: 'Peat-free compost, 40 l',
    price: 14,
    line: 'For pots and beds',
    note: 'By the bag.',
    shown: false,
  },
  {
    key: 'gloves',
    name: 'Goatskin gloves',
    price: 28,
    line: 'Sizes 6 to 11',
    note: 'Thorn-proof to the elbow.',
    shown: false,
  },
  {
    key: 'lavender',
    name: 'Hidcote lavender, tray of six',
    price: 26,
    line: 'In 9 cm pots',
    note: 'For a low hedge.',
    shown: false,
  },
  {
    key: 'wreath',
    name: 'Laurel wreath',
    price: 75,
    line: '40 cm, with a card',
    note: 'Tied on the day.',
    shown: false,
  },
  {
    key: 'bonsai',
    name: 'Juniper bonsai',
    price: 95,
    line: 'Eleven years old',
    note: 'Lives outdoors.',
    shown: false,
  },
];

export const pages = {
  home: { path: '/shop/', title: 'Larkspur & Reed' },
  orders: { path: '/shop/orders/', title: 'Your orders · Larkspur & Reed' },
} as const;
export type PageKey = keyof typeof pages;
