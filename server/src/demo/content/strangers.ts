import { type DemoStranger, email, megan, visitor, yijun } from '../script.ts';

/** People whom nobody has linked to a customer: a name or an address here is their own word for it. */
export const strangers: readonly DemoStranger[] = [
  {
    claims: { name: 'Marcus', email: null },
    locale: 'en',
    device: 'Chrome · Windows',
    talk: {
      begun: { minutesAgo: 4 },
      page: 'home',
      status: 'waiting',
      log: [
        visitor(
          'Hi, Marcus here. Do you deliver to the hospital on Hill Road, ward 6? My wife just had twins.',
        ),
      ],
    },
  },
  {
    claims: { name: null, email: 'pauline.r@mailbox.example' },
    locale: 'en',
    device: 'Firefox · Linux',
    talk: {
      begun: { daysAgo: 3, at: '22:47' },
      page: 'home',
      log: [
        visitor('Is anybody there at this hour? I need to know whether peonies are dangerous for a rabbit.'),
        email('pauline.r@mailbox.example'),
        megan.joins(),
        megan.hello(
          'Good morning, I am Megan Kajitani. You wrote late, so quickly: yes, peonies can upset a rabbit’s stomach. If it has nibbled, call your vet today.',
        ),
        visitor('It only sniffed. I moved the vase. Thank you for writing back so early.'),
        megan.bye('A sniff is fine. Snapdragons and roses are safe, should you both want flowers.'),
      ],
    },
  },
  {
    claims: { name: '小周', email: null },
    locale: 'zh-Hans',
    device: 'Chrome · Android',
    talk: {
      begun: { minutesAgo: 52 },
      page: 'home',
      status: 'open',
      log: [
        visitor('你好，想给新开的咖啡馆买几盆不用怎么管的植物，朝北，光线一般。'),
        yijun.joins(),
        yijun.hello(
          '您好，我是林怡君。朝北也有合适的：绿萝、一叶兰、龟背竹都耐阴，一周浇一次水就好。店里大概多大？',
        ),
        visitor('六十平左右，有一面空墙想挂点什么。'),
        yijun.says('空墙可以用三个壁挂盆种绿萝，垂下来两个月就有样子。门口放一盆一叶兰，客人碰到也不怕。'),
        visitor('这个好。能不能先送一盆来看看再决定？'),
      ],
    },
  },
];
