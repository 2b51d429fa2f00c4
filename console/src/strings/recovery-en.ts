/** The words of service recovery beside the conversation: failures, stages, quotes, value, extras. */
export const recovery = {
  title: 'What went wrong',
};
