/** The words of one company: goodwill, merges, imports, keys, those who leave, stories, praise, notes. */
export const company = {
  title: 'Stories',
};
