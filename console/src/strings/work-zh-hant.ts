/** 待辦、承諾、同事協助的文字。 */
import type { work as english } from './work-en.ts';

export const work: typeof english = {
  title: '待辦',
};
