import type { DemoCustomer } from '../script.ts';
import { englishOne } from './customers-en-1.ts';
import { englishTwo } from './customers-en-2.ts';
import { englishThree } from './customers-en-3.ts';
import { simplified } from './customers-hans.ts';
import { traditional } from './customers-hant.ts';

export const demoCustomers: readonly DemoCustomer[] = [
  ...englishOne,
  ...englishTwo,
  ...englishThree,
  ...simplified,
  ...traditional,
];
