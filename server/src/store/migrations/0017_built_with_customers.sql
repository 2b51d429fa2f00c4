CREATE TABLE "build_wishes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"build_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"words" text NOT NULL,
	"credit" text,
	"by_id" uuid NOT NULL,
	"told_by" uuid,
	"told_at" timestamp with time zone,
	CONSTRAINT "build_wishes_once" UNIQUE("build_id","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "builds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"what" text NOT NULL,
	"state" text DEFAULT 'wished' NOT NULL,
	"why" text,
	"by_id" uuid NOT NULL,
	"builder_id" uuid
);
--> statement-breakpoint
ALTER TABLE "build_wishes" ADD CONSTRAINT "build_wishes_build_id_builds_id_fk" FOREIGN KEY ("build_id") REFERENCES "public"."builds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "build_wishes" ADD CONSTRAINT "build_wishes_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "build_wishes" ADD CONSTRAINT "build_wishes_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "build_wishes" ADD CONSTRAINT "build_wishes_told_by_people_id_fk" FOREIGN KEY ("told_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "builds" ADD CONSTRAINT "builds_by_id_people_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "builds" ADD CONSTRAINT "builds_builder_id_people_id_fk" FOREIGN KEY ("builder_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "build_wishes_conversation" ON "build_wishes" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "build_wishes_told" ON "build_wishes" USING btree ("told_at");--> statement-breakpoint
CREATE INDEX "builds_at" ON "builds" USING btree ("at" DESC NULLS LAST,"id");