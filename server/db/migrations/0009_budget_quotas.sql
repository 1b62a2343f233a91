ALTER TABLE "partners" ADD COLUMN "monthly_quota" bigint;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "one_time_quota" bigint;--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_quotas" CHECK ("partners"."monthly_quota" >= 0 and "partners"."one_time_quota" >= 0);