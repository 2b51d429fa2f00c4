CREATE UNLOGGED TABLE "relays" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"people" uuid[] NOT NULL
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "visitor_sockets" (
	"relay_id" uuid NOT NULL,
	"visitor_id" uuid NOT NULL,
	CONSTRAINT "visitor_sockets_relay_id_visitor_id_pk" PRIMARY KEY("relay_id","visitor_id")
);
--> statement-breakpoint
CREATE INDEX "visitor_sockets_visitor" ON "visitor_sockets" USING btree ("visitor_id");