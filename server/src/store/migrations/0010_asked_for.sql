ALTER TABLE "conversations" ADD COLUMN "asked_for" uuid;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "begun_here" boolean;