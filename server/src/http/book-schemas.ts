/** What the bodies of the book's routes must look like; strict, as the others. */
import { LOCALES } from '@fullname/shared/locale';
import { z } from 'zod';

const locale = z.enum(LOCALES);

export const bookQuery = z.object({ locale: locale.exactOptional() });
