ALTER TABLE "conversations" ADD COLUMN "visitor_delivered" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "agent_delivered" integer DEFAULT 0 NOT NULL;