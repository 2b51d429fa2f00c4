CREATE TABLE "coaching_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by_id" uuid NOT NULL,
	"to_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"text" text NOT NULL,
	"shown_at" timestamp with time zone,
	"read_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "praises" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by_id" uuid NOT NULL,
	"to_id" uuid NOT NULL,
	"text" text NOT NULL,
	"conversation_id" uuid,
	"read_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stories" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"what" text NOT NULL,
	"why" text NOT NULL,
	"cost" double precision,
	"cost_currency" text,
	"may_tell" text NOT NULL,
	"by_id" uuid NOT NULL,
	"about_id" uuid,
	"conversation_id" uuid
);
--> statement-breakpoint
CREATE TABLE "value_guesses" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"amount" double precision NOT NULL,
	"currency" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "extras_offers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"failure_id" uuid,
	"text" text NOT NULL,
	"options" text[] NOT NULL,
	"choice" text,
	"chosen_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "failure_edits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"failure_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by_id" uuid NOT NULL,
	"stage" text,
	"revision" integer NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "goodwill" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by_id" uuid NOT NULL,
	"customer_id" uuid,
	"conversation_id" uuid,
	"failure_id" uuid,
	"amount" double precision NOT NULL,
	"currency" text NOT NULL,
	"what" text NOT NULL,
	"state" text NOT NULL,
	"colleague_id" uuid,
	"instead" text,
	"decided_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "internal_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"conversation_id" uuid NOT NULL,
	"customer_id" uuid,
	"failure_id" uuid,
	"what" text NOT NULL,
	"asker_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"state" text DEFAULT 'asked' NOT NULL,
	"wished_by" timestamp with time zone,
	"due" timestamp with time zone,
	"promised_at" timestamp with time zone,
	"answer" text,
	"instead" text,
	"reason" text,
	"ended_at" timestamp with time zone,
	"rating" text
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"due" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"what" text NOT NULL,
	"customer_id" uuid,
	"conversation_id" uuid,
	"failure_id" uuid,
	"promise_id" uuid,
	"request_id" uuid,
	"goodwill_id" uuid,
	"wrap_up" text,
	"mail_id" uuid,
	"reminded_at" timestamp with time zone,
	"seen_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	"why" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "preferences" ALTER COLUMN "customer_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "referrer_id" uuid;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "place" text;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "channel" text DEFAULT 'chat' NOT NULL;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "category" text;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "severity" text;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "quotes" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "irreplaceable" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "wants" text;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "restored" boolean;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "no_extra" text;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "level" text;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "cause" text;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "cause_note" text;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "cost" double precision;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "cost_currency" text;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "disputed" double precision;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "disputed_currency" text;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "flag_lines" text[];--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "checks" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "flag_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "reopened" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "fixed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "failures" ADD COLUMN "closed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "goodwill_budget" double precision;--> statement-breakpoint
ALTER TABLE "preferences" ADD COLUMN "conversation_id" uuid;--> statement-breakpoint
ALTER TABLE "preferences" ADD COLUMN "idea" text;--> statement-breakpoint
ALTER TABLE "preferences" ADD COLUMN "idea_done_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "preferences" ADD COLUMN "idea_done_by" uuid;--> statement-breakpoint
ALTER TABLE "preferences" ADD COLUMN "removed_by" uuid;--> statement-breakpoint
ALTER TABLE "promises" ADD COLUMN "keeper_id" uuid;--> statement-breakpoint
ALTER TABLE "promises" ADD COLUMN "first_due" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "promises" ADD COLUMN "warned_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "promises" ADD COLUMN "told_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "coaching_notes" ADD CONSTRAINT "coaching_notes_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coaching_notes" ADD CONSTRAINT "coaching_notes_to_id_people_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coaching_notes" ADD CONSTRAINT "coaching_notes_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "praises" ADD CONSTRAINT "praises_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "praises" ADD CONSTRAINT "praises_to_id_people_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "praises" ADD CONSTRAINT "praises_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_about_id_people_id_fk" FOREIGN KEY ("about_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "value_guesses" ADD CONSTRAINT "value_guesses_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extras_offers" ADD CONSTRAINT "extras_offers_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extras_offers" ADD CONSTRAINT "extras_offers_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extras_offers" ADD CONSTRAINT "extras_offers_failure_id_failures_id_fk" FOREIGN KEY ("failure_id") REFERENCES "public"."failures"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_edits" ADD CONSTRAINT "failure_edits_failure_id_failures_id_fk" FOREIGN KEY ("failure_id") REFERENCES "public"."failures"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "failure_edits" ADD CONSTRAINT "failure_edits_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goodwill" ADD CONSTRAINT "goodwill_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goodwill" ADD CONSTRAINT "goodwill_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goodwill" ADD CONSTRAINT "goodwill_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goodwill" ADD CONSTRAINT "goodwill_failure_id_failures_id_fk" FOREIGN KEY ("failure_id") REFERENCES "public"."failures"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goodwill" ADD CONSTRAINT "goodwill_colleague_id_people_id_fk" FOREIGN KEY ("colleague_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "internal_requests" ADD CONSTRAINT "internal_requests_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "internal_requests" ADD CONSTRAINT "internal_requests_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "internal_requests" ADD CONSTRAINT "internal_requests_failure_id_failures_id_fk" FOREIGN KEY ("failure_id") REFERENCES "public"."failures"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "internal_requests" ADD CONSTRAINT "internal_requests_asker_id_people_id_fk" FOREIGN KEY ("asker_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "internal_requests" ADD CONSTRAINT "internal_requests_provider_id_people_id_fk" FOREIGN KEY ("provider_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_failure_id_failures_id_fk" FOREIGN KEY ("failure_id") REFERENCES "public"."failures"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_promise_id_promises_id_fk" FOREIGN KEY ("promise_id") REFERENCES "public"."promises"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_request_id_internal_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."internal_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_goodwill_id_goodwill_id_fk" FOREIGN KEY ("goodwill_id") REFERENCES "public"."goodwill"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_mail_id_mails_id_fk" FOREIGN KEY ("mail_id") REFERENCES "public"."mails"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_ended_by_people_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "coaching_notes_to" ON "coaching_notes" USING btree ("to_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "coaching_notes_by" ON "coaching_notes" USING btree ("by_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "coaching_notes_conversation" ON "coaching_notes" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "praises_at" ON "praises" USING btree ("at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "praises_to" ON "praises" USING btree ("to_id");--> statement-breakpoint
CREATE INDEX "stories_at" ON "stories" USING btree ("at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "extras_offers_conversation" ON "extras_offers" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "failure_edits_failure" ON "failure_edits" USING btree ("failure_id","revision");--> statement-breakpoint
CREATE INDEX "goodwill_by" ON "goodwill" USING btree ("by_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "goodwill_customer" ON "goodwill" USING btree ("customer_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "goodwill_conversation" ON "goodwill" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "goodwill_asked" ON "goodwill" USING btree ("colleague_id") WHERE state = 'asked';--> statement-breakpoint
CREATE INDEX "requests_provider" ON "internal_requests" USING btree ("provider_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_asker" ON "internal_requests" USING btree ("asker_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_conversation" ON "internal_requests" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "requests_customer" ON "internal_requests" USING btree ("customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_once" ON "tasks" USING btree ("key");--> statement-breakpoint
CREATE INDEX "tasks_owner_open" ON "tasks" USING btree ("owner_id","due","id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "tasks_owner_ended" ON "tasks" USING btree ("owner_id","ended_at" DESC NULLS LAST,"id") WHERE state <> 'open';--> statement-breakpoint
CREATE INDEX "tasks_open" ON "tasks" USING btree ("due","id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "tasks_ended" ON "tasks" USING btree ("ended_at" DESC NULLS LAST,"id") WHERE state <> 'open';--> statement-breakpoint
CREATE INDEX "tasks_customer" ON "tasks" USING btree ("customer_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "tasks_failure" ON "tasks" USING btree ("failure_id");--> statement-breakpoint
CREATE INDEX "tasks_conversation" ON "tasks" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "tasks_promise" ON "tasks" USING btree ("promise_id") WHERE promise_id is not null;--> statement-breakpoint
CREATE INDEX "tasks_request" ON "tasks" USING btree ("request_id") WHERE request_id is not null;--> statement-breakpoint
CREATE INDEX "tasks_goodwill" ON "tasks" USING btree ("goodwill_id") WHERE goodwill_id is not null;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_referrer_id_customers_id_fk" FOREIGN KEY ("referrer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preferences" ADD CONSTRAINT "preferences_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preferences" ADD CONSTRAINT "preferences_idea_done_by_people_id_fk" FOREIGN KEY ("idea_done_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preferences" ADD CONSTRAINT "preferences_removed_by_people_id_fk" FOREIGN KEY ("removed_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promises" ADD CONSTRAINT "promises_keeper_id_people_id_fk" FOREIGN KEY ("keeper_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customers_ally" ON "customers" USING btree ("ally_id");--> statement-breakpoint
CREATE INDEX "customers_referrer" ON "customers" USING btree ("referrer_id") WHERE referrer_id is not null;--> statement-breakpoint
CREATE INDEX "failures_open" ON "failures" USING btree ("customer_id","at" DESC NULLS LAST) WHERE stage <> 'closed' or owed is not null;--> statement-breakpoint
CREATE INDEX "failures_flagged" ON "failures" USING btree ("customer_id","flag_until") WHERE flag_until is not null;--> statement-breakpoint
CREATE INDEX "preferences_conversation" ON "preferences" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "promises_keeper" ON "promises" USING btree (coalesce(keeper_id, by_id),"kept_at" DESC NULLS FIRST);