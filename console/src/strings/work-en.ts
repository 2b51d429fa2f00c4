/** The words of what is to be done: tasks, promises, requests. */
export const work = {
  title: 'To do',
};
