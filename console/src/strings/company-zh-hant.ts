/** 同一家公司的文字：額度、合併、匯入、金鑰、交接、故事、稱讚、私下的話。 */
import type { company as english } from './company-en.ts';

export const company: typeof english = {
  title: '故事',
};
