/** 同一家公司的文字：额度、合并、导入、密钥、交接、故事、称赞、私下的话。 */
import type { company as english } from './company-en.ts';

export const company: typeof english = {
  title: '故事',
};
