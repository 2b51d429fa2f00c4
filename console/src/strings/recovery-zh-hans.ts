/** 服务补救的文字：失误、步骤、引述、价值、额外心意。 */
import type { recovery as english } from './recovery-en.ts';

export const recovery: typeof english = {
  title: '出了什么问题',
};
