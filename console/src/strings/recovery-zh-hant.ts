/** 服務補救的文字：失誤、步驟、引述、價值、額外心意。 */
import type { recovery as english } from './recovery-en.ts';

export const recovery: typeof english = {
  title: '出了什麼問題',
};
