CREATE TABLE "vendor_references" (
	"partner_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"command" text NOT NULL,
	"digest" text NOT NULL,
	"said" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "vendor_references_partner_id_reference_pk" PRIMARY KEY("partner_id","reference")
);
--> statement-breakpoint
CREATE INDEX "coupons_done" ON "coupons" USING btree ("partner_id","kind","valid_until","id") WHERE state in ('USED','RECLAIMED');--> statement-breakpoint
grant select, insert, update (said) on vendor_references to app;
--> statement-breakpoint
alter table vendor_references enable row level security;
--> statement-breakpoint
alter table vendor_references force row level security;
--> statement-breakpoint
create policy tenant on vendor_references
  using (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))
  with check (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]));
