export const moments = {
  lead: 'How conversations begin and end: people remember that longest. These are figures of the company; nobody who answers is counted here.',
  none: 'No visitor began a conversation in this time.',
  partial: (most: string) => `Only the latest ${most} conversations are counted.`,
  period: {
    label: 'Time',
    days: (days: number) => `The last ${days} days`,
    site: 'Site',
    everySite: 'All sites',
  },
  table: {
    what: 'What',
    share: 'Share',
    of: (hits: string, of: string) => `${hits} of ${of}`,
    /** Where the share lies 95 times in 100. */
    range: (from: string, to: string) => `${from} to ${to}`,
    nothing: 'none yet',
  },
  hello: {
    title: 'Hello',
    rule: (seconds: number) =>
      `Good is a person’s own hello within ${seconds} seconds of the visitor’s first words, with the person’s full name in it. Beside each share stands where it lies 95 times in 100.`,
    good: 'Good hello',
    lacking: 'Late, or without the full name',
    none: 'No hello',
    late: (_count: number, said: string) => `${said} late`,
    unnamed: (_count: number, said: string) => `${said} without the full name`,
    median: 'until the first hello, half the time or sooner',
    nineOfTen: (time: string) => `Nine of ten came within ${time}.`,
    timesOf: (count: number, said: string) => `(${said} ${count === 1 ? 'hello' : 'hellos'})`,
    answered: (answered: string, begun: string) =>
      `A person has answered ${answered} of the ${begun} conversations that visitors began.`,
    whileNobody: (count: number, said: string) =>
      count === 1
        ? 'One of them began while nobody was here, and its hello is not judged.'
        : `${said} of them began while nobody was here, and their hellos are not judged.`,
    counts:
      'What is taken up again after a goodbye counts again; whether somebody was here is not noted then, and it counts as if somebody was.',
  },
  goodbye: {
    title: 'Goodbye',
    rule: 'Good is a goodbye that thanks, calls the customer by name where the name is known, and says what happens next. It is judged as it is while a goodbye is written: by its words.',
    good: 'Good goodbye',
    lacking: 'Something was missing',
    without: 'Closed without a goodbye',
    lacks: {
      thanks: (said: string) => `${said} without thanks`,
      'customer-name': (said: string) => `${said} without the name`,
      'next-step': (said: string) => `${said} without what happens next`,
    },
    neverSilent:
      'Nothing closes by itself, and nobody can close a conversation without a goodbye. What was put aside as no real request is not counted.',
    otherLanguage: (count: number, said: string) =>
      `${said} more ${count === 1 ? 'was' : 'were'} closed in other languages than English and Chinese, and ${count === 1 ? 'is' : 'are'} not judged.`,
  },
  feedback: {
    title: 'What was said afterwards',
    lead: 'After a goodbye the chat asks two open questions, without a score. Here stands how many answered, and in how many of those answers something that went wrong is named.',
    none: 'Nobody was asked in this time.',
    asked: 'Asked',
    answered: 'Answered',
    troubled: 'Something wrong named',
    all: 'All that were asked',
    helloGood: 'After a good hello',
    helloOther: 'After another hello, or none',
    goodbyeGood: 'After a good goodbye',
    goodbyeOther: 'After another goodbye',
    tooFew: (from: number) => `too few to compare: under ${from}`,
    noCause:
      'This shows what goes together, not what causes what: on a hard day hellos are late and answers are cross, and neither makes the other. Whose hello or goodbye is not judged stands in the first line alone.',
  },
  answers: {
    questions: { how: 'How was it?', hope: 'What do you hope for next time?' },
    none: 'Nobody has answered in this time.',
    count: (count: number, said: string) =>
      count === 1
        ? 'One answer. Names, addresses and numbers are left out.'
        : `${said} answers; those that say the same stand together, most first. Names, addresses and numbers are left out.`,
    partial: (most: string) => `Only the latest ${most} are here.`,
    alike: (_count: number, said: string) => `said ${said} times`,
    once: 'Said once',
    conversation: 'Conversation of',
    more: (rest: string) => `Show more (${rest})`,
  },
};

export type MomentWords = typeof moments;
