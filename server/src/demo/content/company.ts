/** What colleagues tell of each other: stories, praise, a supervisor's note. `of` is a customer's conversation, by its place in their list. */
import type { Story } from '@fullname/shared/recovery';
import type { PersonKey } from '../script.ts';

type Told = {
  readonly daysAgo: number;
  readonly by: PersonKey;
  readonly of: { readonly customer: string; readonly talk: number };
};

export type DemoStory = Told &
  Pick<Story, 'kind' | 'what' | 'why' | 'mayTell'> & {
    readonly about: PersonKey;
    readonly cost: number | null;
  };

export const demoStories: readonly DemoStory[] = [
  {
    ...{ daysAgo: 150, by: 'ingrid', about: 'tomas', of: { customer: 'siobhan-orourke', talk: 0 } },
    kind: 'recovery',
    what: 'The wreath for a funeral stood at the wrong door, an hour before the Mass. Megan Kajitani did nothing else that hour. A second wreath was tied while Tomás Echeverría drove to the first, and he carried it into St Brigid’s himself, twenty minutes before the bell.',
    why: 'Nobody asked whose fault it was until the church was full of flowers.',
    cost: 75,
    mayTell: 'company',
  },
  {
    ...{ daysAgo: 1, by: 'megan', about: 'yijun', of: { customer: 'zhou-guifang', talk: 1 } },
    kind: 'out-of-nothing',
    what: '一位独居的老顾客第二天又来了，不买东西，只想说说话。林怡君陪她聊薄荷怎么掐尖，聊了一刻钟，没有一句提到订单。',
    why: '她说女儿在国外，好久没人这么跟她说话了。有些事不写在任何表格里。',
    cost: null,
    mayTell: 'everybody',
  },
];

export type DemoPraise = Told & { readonly to: PersonKey; readonly text: string; readonly isRead: boolean };

export const demoPraises: readonly DemoPraise[] = [
  {
    ...{ daysAgo: 2, by: 'yijun', to: 'tomas', of: { customer: 'ngozi-adeyemi', talk: 1 } },
    text: 'You tapped three vases until one rang, and stood at her door at ten past five with ranunculus I had only mentioned once. She was ready to be angry, and wrote to thank you.',
    isRead: false,
  },
  {
    ...{ daysAgo: 8, by: 'ingrid', to: 'megan', of: { customer: 'anna-lindqvist', talk: 1 } },
    text: 'You asked Anna what would help before you offered anything, and told her the true reason, though it was ours. That is why she is still here.',
    isRead: true,
  },
];

export type DemoCoaching = Told & { readonly to: PersonKey; readonly text: string };

export const demoCoaching: readonly DemoCoaching[] = [
  {
    ...{ daysAgo: 4, by: 'ingrid', to: 'megan', of: { customer: 'elena-petrova', talk: 0 } },
    text: 'You offered the new flowers before Elena had told you what would put it right, and she had to hold you back: “I tell her first.” Ask, wait, and then offer. The apology itself was just right.',
  },
];

export type DemoBuild = {
  readonly what: string;
  readonly builder: PersonKey;
  readonly wishes: readonly (Told & { readonly words: string; readonly credit: string | null })[];
};

/** The first wish is the one it began with. */
export const demoBuilds: readonly DemoBuild[] = [
  {
    what: 'A photograph of the parcel at its door',
    builder: 'tomas',
    wishes: [
      {
        ...{ daysAgo: 8, by: 'megan', of: { customer: 'anna-lindqvist', talk: 1 } },
        words: 'If I could see where he has put it, I would not have to ask you every time.',
        credit: 'Anna Lindqvist',
      },
      {
        ...{ daysAgo: 2, by: 'yijun', of: { customer: 'ngozi-adeyemi', talk: 1 } },
        words: 'A picture before the van leaves would have saved us both the worry.',
        credit: null,
      },
    ],
  },
];
