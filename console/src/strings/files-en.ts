/** The words of files that are sent. */
export const files = {
  attach: (most: string) => `Send a file, up to ${most}`,
  tooLarge: (most: string) =>
    `Larger than ${most}, the most that can be sent here. Send a smaller one, or a part of it.`,
  label: 'Files on their way',
  sending: (name: string) => `Sending ${name}`,
  /** After some tries by itself. */
  stopped: 'Not sent: the line was lost. Try again when it is back.',
  cancel: 'Cancel',
  retry: 'Try again',
  drop: 'Discard',
};
