/** 待办、承诺、同事协助的文字。 */
import type { work as english } from './work-en.ts';

export const work: typeof english = {
  title: '待办',
};
