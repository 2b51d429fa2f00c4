/** The language bible. */
import { Router } from 'express';
import { readBook } from '../bible/book.ts';
import { forMembers } from './answer.ts';
import { bookQuery } from './book-schemas.ts';
import type { HttpDeps } from './deps.ts';
import { parse } from './schemas.ts';

export function bookRoutes({ database: { db } }: HttpDeps): Router {
  const router = Router();

  router.get(
    '/book',
    forMembers(db, ({ request, session }) =>
      readBook(db, session.person, parse(bookQuery, request.query).locale),
    ),
  );
  return router;
}
