/** The reader over the shoulder, in English: a colleague who says it once and lets you decide. */
export const reader = {
  label: 'A remark on your words',
  weights: { quiet: 'A thought', ask: 'Look once more', hold: 'Held' },
  position: (at: number, count: number) => `${at} of ${count}`,
  next: 'Next remark',
  previous: 'Remark before',
  instead: 'Say instead',
  leaveOut: 'Leave it out',
  mask: 'Keep the last four digits',
  dismiss: 'Dismiss',
  notHere: 'Not here',
  notHereHint: 'Says no more about these words in this conversation',
  propose: 'Propose better words…',
  proposeSelected: 'Propose for the book…',
  count: (count: number) => (count === 1 ? '1 remark on your words.' : `${count} remarks on your words.`),
  none: 'No remarks left.',
  stopped: {
    ask: 'Not sent yet. Send again, and it goes as it is.',
    hold: 'Not sent. Change these words first.',
  },
  sendAsItIs: 'Send as it is',
  lookAgain: 'Look again',
  hurry: 'In a hurry: be quick.',
  recites: 'Many of your last replies were phrases word for word. Only you see this.',
  stepInstead: 'Use this step instead',
  asked: (wish: string) => `They asked: “${wish}”`,
  alternativeFrom: { past: 'worked before', book: 'from the book' },
  reasonsTitle: 'Or it is a plain no, for',
  reasons: {
    safety: 'safety',
    security: 'security',
    privacy: 'privacy',
    health: 'health',
    ethics: 'ethics',
  },
  firm: 'Kind and firm',
  secrets: {
    asks: {
      password: {
        title: 'This asks for a password',
        why: 'None of us ever needs it. Somebody we ask for it may give it to a thief the next time.',
      },
      card: {
        title: 'This asks for a card number',
        why: 'It does not belong in a chat. The payment page takes it.',
      },
      code: {
        title: 'This asks for a one-time code',
        why: 'Whoever has the code has the account. It stays with the customer.',
      },
    },
    tells: {
      email: {
        title: 'An e-mail address that is not theirs',
        why: 'It may be another person’s. Only what belongs to this customer leaves here.',
      },
      phone: {
        title: 'A phone number that is not theirs',
        why: 'It may be another person’s. Only what belongs to this customer leaves here.',
      },
      card: { title: 'A full card number', why: 'The last four digits are enough to know it by.' },
      data: { title: 'Another person’s data', why: 'Only what belongs to this customer leaves here.' },
    },
  },
  refusal: {
    title: 'Is there another way?',
    why: 'A no is remembered longer than its reason. Offer one or two things you can do, with a time or a place.',
  },
  promise: {
    title: 'A promise',
    why: 'Recorded with its time, it is not forgotten, whoever is here then.',
    keep: (due: string) => `Keep as a promise, due ${due}`,
    due: 'Due',
    kept: (due: string) => `Recorded when you send this: due ${due}`,
    drop: 'Do not record it',
  },
  card: { title: 'A card number', why: 'It is masked before it is sent: only the last four digits stay.' },
  missing: {
    title: 'Something is missing',
    why: (manners: string) =>
      `Not there yet: ${manners}. The first and the last words are remembered longest.`,
  },
  manners: {
    greeting: 'a greeting',
    'full-name': 'your full name',
    thanks: 'thanks',
    'customer-name': 'their name',
    'next-step': 'what happens next',
  },
  repeat: {
    title: 'The same words as before',
    why: 'This customer has had this phrase from us already, just as it stands. Make it yours with a word of your own.',
  },
  keys: {
    take: 'Take the first words that a remark offers',
    dismiss: 'Dismiss the remark',
    notHere: 'Dismiss it for this conversation',
    walk: 'Next remark, remark before',
  },
};

export const proposing = {
  title: 'Propose for the book',
  lead: 'Colleagues can comment and vote; an owner decides. Nothing changes until then.',
  what: 'What it is',
  kinds: {
    phrase: 'Something good to say',
    rule: 'Something better not said',
    better: 'Better words for this remark',
  },
  phrase: 'What we say',
  notSay: 'Better not said',
  instead: 'Say instead',
  reason: 'Why',
  example: 'The real sentence',
  exampleHint: 'Colleagues read it. Take out names and addresses.',
  submit: 'Propose it',
  done: 'Proposed. It is in the book, to be talked over.',
};
