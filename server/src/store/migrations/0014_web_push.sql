CREATE TABLE "push_devices" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"visitor_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"endpoint" text NOT NULL,
	"p256dh" "bytea" NOT NULL,
	"auth" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "push_grants" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"hash" "bytea" NOT NULL,
	"visitor_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "push_grants_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "reply_pushes" (
	"conversation_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"from_seq" integer NOT NULL,
	"up_to" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"failed" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "push_devices" ADD CONSTRAINT "push_devices_visitor_id_visitors_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."visitors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_grants" ADD CONSTRAINT "push_grants_visitor_id_visitors_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."visitors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_pushes" ADD CONSTRAINT "reply_pushes_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "push_devices_visitor" ON "push_devices" USING btree ("visitor_id");--> statement-breakpoint
CREATE INDEX "push_devices_token" ON "push_devices" USING btree ("token_hash");