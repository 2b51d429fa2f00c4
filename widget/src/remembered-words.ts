/** What is said of what is remembered of a visitor; English here, every other language in a chunk of its own. `{0}` is a name or a date. */
export const en = {
  why: 'Kept so that you need not say things twice. What you remove is gone for everybody here.',
  empty: 'Nothing is noted of you here.',
  unsent:
    'What you type is read by nobody before you send it. Until then we see at most that you are writing.',
  noted: 'Noted by {0}, {1}',
  remove: 'Remove',
  removed: 'Removed.',
  notRemoved: 'It could not be removed just now. Try again in a moment.',
  offline: 'No connection just now, so this cannot be shown. Try again in a moment.',
  reading: 'One moment…',
  back: 'Back to the conversation',
  keptNoted: 'Noted by us',
  keptSaid: 'What you told us',
  keptName: 'Name',
  keptEmail: 'E-mail',
  keptPhone: 'Telephone',
  keptByYou: 'From you, {0}',
  keptYours: 'From you',
  keptMail: 'No letter from this chat goes to an address that you have removed.',
  keptPage: 'What this website told us',
  keptPageNote: 'The website may tell it again when you come back.',
  keptDone: 'What happened on its pages',
  keptDevice: 'Your browser',
  keptLanguage: 'Language',
  keptWhere: 'Last pages',
  keptDeviceNote:
    'The page you are on is noted anew when you go on. The language stays: we answer you in it.',
  keptTold: 'Devices that tell you of answers',
  keptToldAny: 'A device of yours',
  keptToldSince: 'Since {0}',
  keptToldNote: 'A device that you remove tells you nothing any more.',
  keptCall: 'Planned for you',
  keptChat: 'Here in the chat',
  keptTelephone: 'By telephone: {0}',
  keptTakeBack: 'Take back',
  keptStays: 'What stays',
  keptProven: 'Confirmed by this website',
  keptAsk:
    'The conversation itself, promises that are still open, and what this website has confirmed cannot be removed here. If you want them removed, ask {0}.',
  keptAskUs:
    'The conversation itself, promises that are still open, and what this website has confirmed cannot be removed here. If you want them removed, write to us in this chat.',
};

export type Kept = { readonly [Key in keyof typeof en]: string };
