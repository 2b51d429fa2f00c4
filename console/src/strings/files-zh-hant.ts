/** 傳送檔案的文字。 */
import type { files as english } from './files-en.ts';

export const files: typeof english = {
  attach: (most: string) => `傳送檔案，最大 ${most}`,
  tooLarge: (most: string) => `超過了 ${most}，這裡最大只能傳這麼大。請傳一個小一些的，或只傳其中一部分。`,
  label: '正在傳送的檔案',
  sending: (name: string) => `正在傳送 ${name}`,
  /** 自行重試幾次之後。 */
  stopped: '沒有傳出：連線中斷了。恢復後請重試。',
  cancel: '取消',
  retry: '重試',
  drop: '捨棄',
};
