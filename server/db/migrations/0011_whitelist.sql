-- The first form of these tables was never used.
ALTER TABLE "coupon_whitelist" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "coupon_whitelists" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP TABLE "coupon_whitelist" CASCADE;--> statement-breakpoint
DROP TABLE "coupon_whitelists" CASCADE;--> statement-breakpoint
ALTER TABLE "cloud_accounts" ADD COLUMN "company" text;--> statement-breakpoint
ALTER TABLE "cloud_accounts" ADD COLUMN "company_key" text GENERATED ALWAYS AS (lower(normalize(company, NFKC))) STORED;--> statement-breakpoint
ALTER TABLE "cloud_accounts" ADD COLUMN "master_id" uuid;--> statement-breakpoint
CREATE INDEX "cloud_accounts_company" ON "cloud_accounts" USING btree ("company_key");--> statement-breakpoint
CREATE INDEX "cloud_accounts_master" ON "cloud_accounts" USING btree ("master_id");--> statement-breakpoint
ALTER TABLE "cloud_accounts" ADD CONSTRAINT "cloud_accounts_member" CHECK ("cloud_accounts"."master_id" <> "cloud_accounts"."id");
--> statement-breakpoint
CREATE TABLE "coupon_whitelist" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_name" text NOT NULL,
	"account_key" text GENERATED ALWAYS AS (lower(normalize(account_name, NFKC))) STORED NOT NULL,
	"name" text NOT NULL,
	"name_key" text GENERATED ALWAYS AS (lower(normalize(name, NFKC))) STORED NOT NULL,
	"master_account_name" text,
	"version" integer NOT NULL,
	"place" integer NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "coupon_whitelist_partner_id_id_pk" PRIMARY KEY("partner_id","id")
);
--> statement-breakpoint
CREATE TABLE "coupon_whitelists" (
	"partner_id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"revision" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"member_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "whitelist_previews" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "whitelist_previews_partner_id_id_pk" PRIMARY KEY("partner_id","id")
);
--> statement-breakpoint
ALTER TABLE "coupon_whitelist" ADD CONSTRAINT "coupon_whitelist_partner_id_coupon_whitelists_partner_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."coupon_whitelists"("partner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "coupon_whitelist_account" ON "coupon_whitelist" USING btree ("partner_id","account_key");--> statement-breakpoint
CREATE INDEX "coupon_whitelist_added" ON "coupon_whitelist" USING btree ("partner_id","added_at","place","id");--> statement-breakpoint
CREATE UNIQUE INDEX "whitelist_previews_member" ON "whitelist_previews" USING btree ("partner_id","member_id");
--> statement-breakpoint
grant select, insert, update on coupon_whitelists to app;
--> statement-breakpoint
grant select, insert, delete on coupon_whitelist, whitelist_previews to app;
--> statement-breakpoint
do $$
declare tenant text;
begin
  foreach tenant in array array['coupon_whitelists','coupon_whitelist','whitelist_previews'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format($f$create policy tenant on %I
      using (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))
      with check (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))$f$, tenant);
  end loop;
end $$;
