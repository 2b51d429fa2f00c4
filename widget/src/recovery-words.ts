/** What is said of promises and extras; English here, every other language in a chunk of its own. `{0}` stands for a full name. */
export const en = {
  'promise-made': '{0} promised: {1}, by {2}.',
  'promise-moved': '{0} needs a little longer and promises a new time: {1}, by {2}.',
  'promise-kept': '{0} has kept this promise: {1}.',
  'promise-slipping': '{0} is still on it: {1}. It may take a little longer than {2}.',
  'ally-changed': '{0} is your person here from now on. {1} has handed over by name.',
  'extras-offered': '{0} offers: {1} ({2})',
  promised: 'Promised to you',
  promisedBy: '{0} promised',
  by: 'by {0}',
  late: 'later than {0}',
  moreOf: '{0} more',
  fewer: 'Show fewer',
  /** A time today, said alone. */
  at: '{0}',
  /** A time today, yesterday or tomorrow: `{0}` is the day, `{1}` the time. */
  near: '{1} {0}',
  far: '{1} on {0}',
  choose: '{0} lets you choose',
  else: 'Something else',
  elseLabel: 'What would you like instead?',
};

export type Said = { readonly [Key in keyof typeof en]: string };
