-- Pairs of letters, and single ones beyond ASCII, where a letter may be a name: a name is found by any part of it, in any script, and without an extension that a rented PostgreSQL may lack.
CREATE FUNCTION "fullname_grams"(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select array(
    select substr(words, i, 2) from generate_series(1, length(words) - 1) i
    union all
    select unnest(string_to_array(regexp_replace(words, '[ -~]+', '', 'g'), null)))
$$;
--> statement-breakpoint
-- blocks: whoever is linked or named waits while it is built, some seconds for a hundred thousand customers
CREATE INDEX "customers_grams" ON "customers" USING gin (fullname_grams(lower(name || ' ' || coalesce(email, ''))));
--> statement-breakpoint
-- blocks: new visitors wait while it is built, which takes as long, for those who gave a name or an address
CREATE INDEX "visitors_grams" ON "visitors" USING gin (fullname_grams(lower(coalesce(claimed_name, '') || ' ' || coalesce(claimed_email, '')))) WHERE claimed_name is not null or claimed_email is not null;