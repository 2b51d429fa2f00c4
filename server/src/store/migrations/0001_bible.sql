CREATE TABLE "book_acknowledged" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "book_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"target" uuid,
	"body" jsonb,
	"before" jsonb,
	"locale" text NOT NULL,
	"example" text,
	"state" text DEFAULT 'open' NOT NULL,
	"by_id" uuid,
	"decided_by" uuid,
	"why" text,
	"version" integer,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "book_comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"change_id" uuid NOT NULL,
	"by_id" uuid NOT NULL,
	"text" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "book_settings" (
	"id" integer PRIMARY KEY NOT NULL,
	"refusal" text DEFAULT 'ask' NOT NULL,
	"contacts" text[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "book_versions" (
	"version" integer PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by_id" uuid,
	"note" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "book_votes" (
	"change_id" uuid NOT NULL,
	"by_id" uuid NOT NULL,
	"vote" integer NOT NULL,
	CONSTRAINT "book_votes_change_id_by_id_pk" PRIMARY KEY("change_id","by_id")
);
--> statement-breakpoint
CREATE TABLE "first_reports" (
	"id" integer PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"report" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "phrase_uses" (
	"conversation_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"phrase_id" uuid NOT NULL,
	"situation" text NOT NULL,
	"edited" boolean NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "phrase_uses_conversation_id_message_id_phrase_id_pk" PRIMARY KEY("conversation_id","message_id","phrase_id")
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"conversation_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"locale" text NOT NULL,
	"asked" text NOT NULL,
	"outcome" text NOT NULL,
	"offered" text[] DEFAULT '{}' NOT NULL,
	"reason" text,
	"terms" "tsvector" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "requests_conversation_id_message_id_pk" PRIMARY KEY("conversation_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "rule_outcomes" (
	"conversation_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"rule_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rule_outcomes_conversation_id_message_id_place_pk" PRIMARY KEY("conversation_id","message_id","place")
);
--> statement-breakpoint
CREATE TABLE "rules" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"key" text,
	"locale" text NOT NULL,
	"body" jsonb NOT NULL,
	"status" text DEFAULT 'published' NOT NULL,
	"quiet_since" timestamp with time zone,
	"counts_from" timestamp with time zone DEFAULT now() NOT NULL,
	"by_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "book_acknowledged" ADD CONSTRAINT "book_acknowledged_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book_changes" ADD CONSTRAINT "book_changes_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book_changes" ADD CONSTRAINT "book_changes_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book_comments" ADD CONSTRAINT "book_comments_change_id_book_changes_id_fk" FOREIGN KEY ("change_id") REFERENCES "public"."book_changes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book_comments" ADD CONSTRAINT "book_comments_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book_versions" ADD CONSTRAINT "book_versions_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book_votes" ADD CONSTRAINT "book_votes_change_id_book_changes_id_fk" FOREIGN KEY ("change_id") REFERENCES "public"."book_changes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book_votes" ADD CONSTRAINT "book_votes_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phrase_uses" ADD CONSTRAINT "phrase_uses_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phrase_uses" ADD CONSTRAINT "phrase_uses_phrase_id_phrases_id_fk" FOREIGN KEY ("phrase_id") REFERENCES "public"."phrases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_outcomes" ADD CONSTRAINT "rule_outcomes_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_outcomes" ADD CONSTRAINT "rule_outcomes_rule_id_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."rules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rules" ADD CONSTRAINT "rules_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "book_changes_pending" ON "book_changes" USING btree ("locale") WHERE state in ('open', 'accepted');--> statement-breakpoint
CREATE INDEX "book_changes_version" ON "book_changes" USING btree ("version");--> statement-breakpoint
CREATE INDEX "book_comments_change" ON "book_comments" USING btree ("change_id");--> statement-breakpoint
CREATE INDEX "phrase_uses_phrase" ON "phrase_uses" USING btree ("phrase_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_terms" ON "requests" USING gin ("terms");--> statement-breakpoint
CREATE INDEX "rule_outcomes_rule" ON "rule_outcomes" USING btree ("rule_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "rules_locale" ON "rules" USING btree ("locale");--> statement-breakpoint
CREATE UNIQUE INDEX "rules_key" ON "rules" USING btree ("locale","key");--> statement-breakpoint
-- What was proposed becomes a change that is talked over; the numbers of before become revisions, and the book as it stands its first version.
INSERT INTO "book_changes" ("id", "kind", "body", "locale", "by_id", "at", "changed_at")
SELECT "id", 'phrase', jsonb_build_object('locale', "locale", 'situation', "situation", 'text', "text", 'reason', "reason", 'notWhen', "not_when", 'tags', to_jsonb("tags")), "locale", "by_id", "created_at", "changed_at"
FROM "phrases" WHERE "status" = 'proposed';--> statement-breakpoint
DELETE FROM "phrases" WHERE "status" = 'proposed';--> statement-breakpoint
UPDATE "facts" SET "key" = 'book-revision' WHERE "key" = 'book-version';--> statement-breakpoint
INSERT INTO "book_versions" ("version") SELECT 1 WHERE EXISTS (SELECT FROM "phrases");--> statement-breakpoint
INSERT INTO "facts" ("key", "value") SELECT 'book-version', 1 WHERE EXISTS (SELECT FROM "phrases");
