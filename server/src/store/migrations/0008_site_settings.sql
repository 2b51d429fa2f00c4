ALTER TABLE "sites" ADD COLUMN "settings" jsonb DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "identity_keys" jsonb DEFAULT '[]' NOT NULL;