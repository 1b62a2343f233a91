CREATE SEQUENCE "public"."coupon_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."quota_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "coupon_quotas" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"kind" text NOT NULL,
	"source" text NOT NULL,
	"granted" bigint NOT NULL,
	"withdrawn" bigint NOT NULL,
	"issued" bigint NOT NULL,
	"returned" bigint NOT NULL,
	"left_over" bigint NOT NULL,
	"account_id" uuid NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_to" timestamp with time zone NOT NULL,
	"products" text[] DEFAULT '{}' NOT NULL,
	"order_types" text[] DEFAULT '{}' NOT NULL,
	"customer_numbers" text[] DEFAULT '{}' NOT NULL,
	"association_type" text,
	"invoice_recipient" text NOT NULL,
	"only_customer_id" uuid,
	"starts_inactive" boolean DEFAULT false NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"parent_partner_id" uuid,
	"parent_quota_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"reminded_at" timestamp with time zone,
	CONSTRAINT "coupon_quotas_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "coupon_quotas_number" UNIQUE("partner_id","number"),
	CONSTRAINT "coupon_quotas_kind" CHECK ("coupon_quotas"."kind" in ('VOUCHER','CASH','DELIVERY')),
	CONSTRAINT "coupon_quotas_source" CHECK ("coupon_quotas"."source" in ('vendor','distributor','incentive') and ("coupon_quotas"."source" = 'distributor') = ("coupon_quotas"."parent_partner_id" is not null) and ("coupon_quotas"."parent_partner_id" is null) = ("coupon_quotas"."parent_quota_id" is null)),
	CONSTRAINT "coupon_quotas_sum" CHECK ("coupon_quotas"."granted" > 0 and "coupon_quotas"."withdrawn" >= 0 and "coupon_quotas"."issued" >= 0 and "coupon_quotas"."returned" between 0 and "coupon_quotas"."issued" and "coupon_quotas"."left_over" >= 0 and "coupon_quotas"."left_over" = "coupon_quotas"."granted" - "coupon_quotas"."withdrawn" - "coupon_quotas"."issued" + "coupon_quotas"."returned"),
	CONSTRAINT "coupon_quotas_validity" CHECK ("coupon_quotas"."valid_from" < "coupon_quotas"."valid_to"),
	CONSTRAINT "coupon_quotas_withdrawn" CHECK ("coupon_quotas"."withdrawn" = 0 or "coupon_quotas"."withdrawn_at" is not null),
	CONSTRAINT "coupon_quotas_types" CHECK ("coupon_quotas"."order_types" <@ array['NEW','RENEWAL','CHANGE'] and "coupon_quotas"."invoice_recipient" in ('PARTNER','USER') and "coupon_quotas"."association_type" in ('RESALE','REFERRAL'))
);
--> statement-breakpoint
CREATE TABLE "coupon_records" (
	"partner_id" uuid NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "coupon_records_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"operation" text NOT NULL,
	"kind" text NOT NULL,
	"transfer_id" uuid NOT NULL,
	"coupon_id" uuid,
	"quota_id" uuid,
	"number" text NOT NULL,
	"customer_id" uuid,
	"reseller_id" uuid,
	"reseller_name" text,
	"amount" bigint NOT NULL,
	"actual" bigint NOT NULL,
	"quota_change" bigint NOT NULL,
	"quota_left" bigint,
	"operator_id" uuid,
	"initiator" text NOT NULL,
	"remark" text NOT NULL,
	CONSTRAINT "coupon_records_partner_id_seq_pk" PRIMARY KEY("partner_id","seq"),
	CONSTRAINT "coupon_records_operation" CHECK ("coupon_records"."operation" in ('quota_granted','quota_withdrawn','issued','reclaimed','returned_expiry','returned_disassociation','returned_withdrawal','lapsed','quota_issued','quota_reclaimed')),
	CONSTRAINT "coupon_records_initiator" CHECK ("coupon_records"."initiator" in ('member','system','vendor','distributor') and ("coupon_records"."initiator" = 'member') = ("coupon_records"."operator_id" is not null)),
	CONSTRAINT "coupon_records_amount" CHECK ("coupon_records"."amount" > 0 and "coupon_records"."actual" >= 0 and "coupon_records"."actual" <= "coupon_records"."amount")
);
--> statement-breakpoint
CREATE TABLE "coupon_redemptions" (
	"partner_id" uuid NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "coupon_redemptions_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"coupon_id" uuid NOT NULL,
	"transfer_id" uuid NOT NULL,
	"order_number" text NOT NULL,
	"amount" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "coupon_redemptions_partner_id_seq_pk" PRIMARY KEY("partner_id","seq"),
	CONSTRAINT "coupon_redemptions_amount" CHECK ("coupon_redemptions"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "coupon_totals" (
	"partner_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"quota_id" uuid NOT NULL,
	"state" text NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	"total" integer NOT NULL,
	"face_value" bigint NOT NULL,
	"balance" bigint NOT NULL,
	CONSTRAINT "coupon_totals_partner_id_kind_quota_id_state_valid_until_pk" PRIMARY KEY("partner_id","kind","quota_id","state","valid_until")
);
--> statement-breakpoint
CREATE TABLE "coupon_whitelist" (
	"partner_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"number" text NOT NULL,
	"account_name" text NOT NULL,
	"name" text NOT NULL,
	"master_number" text,
	"added_at" timestamp with time zone NOT NULL,
	"is_removed" boolean DEFAULT false NOT NULL,
	CONSTRAINT "coupon_whitelist_partner_id_version_number_pk" PRIMARY KEY("partner_id","version","number")
);
--> statement-breakpoint
CREATE TABLE "coupon_whitelists" (
	"partner_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"member_id" uuid NOT NULL,
	"rows" integer NOT NULL,
	CONSTRAINT "coupon_whitelists_partner_id_version_pk" PRIMARY KEY("partner_id","version")
);
--> statement-breakpoint
CREATE TABLE "coupons" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"kind" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"quota_id" uuid,
	"issuer_name" text,
	"face_value" bigint NOT NULL,
	"balance" bigint NOT NULL,
	"used" bigint NOT NULL,
	"returned" bigint NOT NULL,
	"lapsed" bigint NOT NULL,
	"min_order" bigint NOT NULL,
	"max_share" integer,
	"products" text[] DEFAULT '{}' NOT NULL,
	"order_types" text[] DEFAULT '{}' NOT NULL,
	"state" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"issuer_id" uuid,
	"remark" text NOT NULL,
	"reminded_at" timestamp with time zone,
	CONSTRAINT "coupons_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "coupons_number" UNIQUE("partner_id","number"),
	CONSTRAINT "coupons_kind" CHECK ("coupons"."kind" in ('VOUCHER','CASH','DELIVERY') and ("coupons"."kind" = 'DELIVERY') = ("coupons"."max_share" is not null) and "coupons"."max_share" between 1 and 100),
	CONSTRAINT "coupons_state" CHECK ("coupons"."state" in ('INACTIVE','ACTIVE','USED','EXPIRED','RECLAIMED') and ("coupons"."state" in ('INACTIVE','ACTIVE')) = ("coupons"."ended_at" is null) and ("coupons"."state" in ('INACTIVE','ACTIVE')) = ("coupons"."balance" > 0)),
	CONSTRAINT "coupons_sum" CHECK ("coupons"."face_value" > 0 and "coupons"."balance" >= 0 and "coupons"."used" >= 0 and "coupons"."returned" >= 0 and "coupons"."lapsed" >= 0 and "coupons"."min_order" >= 0 and "coupons"."face_value" = "coupons"."balance" + "coupons"."used" + "coupons"."returned" + "coupons"."lapsed"),
	CONSTRAINT "coupons_origin" CHECK (("coupons"."quota_id" is null) = ("coupons"."issuer_name" is not null)),
	CONSTRAINT "coupons_remark" CHECK (char_length("coupons"."remark") <= 200)
);
--> statement-breakpoint
ALTER TABLE "accounts" DROP CONSTRAINT "accounts_kinds";--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "contracting_entity" text;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "distributor_id" uuid;--> statement-breakpoint
ALTER TABLE "coupon_quotas" ADD CONSTRAINT "coupon_quotas_partner_id_account_id_accounts_partner_id_id_fk" FOREIGN KEY ("partner_id","account_id") REFERENCES "public"."accounts"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coupon_records" ADD CONSTRAINT "coupon_records_partner_id_transfer_id_transfers_partner_id_id_fk" FOREIGN KEY ("partner_id","transfer_id") REFERENCES "public"."transfers"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coupon_redemptions" ADD CONSTRAINT "coupon_redemptions_partner_id_coupon_id_coupons_partner_id_id_fk" FOREIGN KEY ("partner_id","coupon_id") REFERENCES "public"."coupons"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coupon_redemptions" ADD CONSTRAINT "coupon_redemptions_partner_id_transfer_id_transfers_partner_id_id_fk" FOREIGN KEY ("partner_id","transfer_id") REFERENCES "public"."transfers"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coupon_whitelist" ADD CONSTRAINT "coupon_whitelist_partner_id_version_coupon_whitelists_partner_id_version_fk" FOREIGN KEY ("partner_id","version") REFERENCES "public"."coupon_whitelists"("partner_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coupons" ADD CONSTRAINT "coupons_partner_id_customer_id_customers_partner_id_id_fk" FOREIGN KEY ("partner_id","customer_id") REFERENCES "public"."customers"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coupons" ADD CONSTRAINT "coupons_partner_id_account_id_accounts_partner_id_id_fk" FOREIGN KEY ("partner_id","account_id") REFERENCES "public"."accounts"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coupons" ADD CONSTRAINT "coupons_partner_id_quota_id_coupon_quotas_partner_id_id_fk" FOREIGN KEY ("partner_id","quota_id") REFERENCES "public"."coupon_quotas"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "coupon_quotas_account" ON "coupon_quotas" USING btree ("partner_id","account_id");--> statement-breakpoint
CREATE INDEX "coupon_quotas_valid" ON "coupon_quotas" USING btree ("partner_id","valid_to","id");--> statement-breakpoint
CREATE INDEX "coupon_quotas_left" ON "coupon_quotas" USING btree ("partner_id","left_over","id");--> statement-breakpoint
CREATE INDEX "coupon_quotas_granted" ON "coupon_quotas" USING btree ("partner_id","granted","id");--> statement-breakpoint
CREATE INDEX "coupon_quotas_parent" ON "coupon_quotas" USING btree ("parent_partner_id","parent_quota_id");--> statement-breakpoint
CREATE UNIQUE INDEX "coupon_records_id" ON "coupon_records" USING btree ("partner_id","id");--> statement-breakpoint
CREATE INDEX "coupon_records_kind" ON "coupon_records" USING btree ("partner_id","kind","seq");--> statement-breakpoint
CREATE INDEX "coupon_records_customer" ON "coupon_records" USING btree ("partner_id","customer_id","seq");--> statement-breakpoint
CREATE INDEX "coupon_records_quota" ON "coupon_records" USING btree ("partner_id","quota_id","seq");--> statement-breakpoint
CREATE INDEX "coupon_records_coupon" ON "coupon_records" USING btree ("partner_id","coupon_id","seq");--> statement-breakpoint
CREATE INDEX "coupon_records_number" ON "coupon_records" USING btree ("partner_id","number");--> statement-breakpoint
CREATE INDEX "coupon_records_operator" ON "coupon_records" USING btree ("partner_id","operator_id","seq");--> statement-breakpoint
CREATE INDEX "coupon_redemptions_coupon" ON "coupon_redemptions" USING btree ("partner_id","coupon_id","seq");--> statement-breakpoint
CREATE INDEX "coupon_redemptions_order" ON "coupon_redemptions" USING btree ("partner_id","order_number");--> statement-breakpoint
CREATE INDEX "coupon_whitelist_account" ON "coupon_whitelist" USING btree ("partner_id","version",lower("account_name"));--> statement-breakpoint
CREATE INDEX "coupon_whitelist_added" ON "coupon_whitelist" USING btree ("partner_id","version","added_at","number");--> statement-breakpoint
CREATE UNIQUE INDEX "coupons_account" ON "coupons" USING btree ("partner_id","account_id");--> statement-breakpoint
CREATE INDEX "coupons_issued" ON "coupons" USING btree ("partner_id","kind","issued_at","id");--> statement-breakpoint
CREATE INDEX "coupons_valid" ON "coupons" USING btree ("partner_id","kind","valid_until","id");--> statement-breakpoint
CREATE INDEX "coupons_balance" ON "coupons" USING btree ("partner_id","kind","balance","id");--> statement-breakpoint
CREATE INDEX "coupons_customer" ON "coupons" USING btree ("partner_id","customer_id","issued_at");--> statement-breakpoint
CREATE INDEX "coupons_quota" ON "coupons" USING btree ("partner_id","quota_id","issued_at");--> statement-breakpoint
CREATE INDEX "coupons_state" ON "coupons" USING btree ("partner_id","kind","state","issued_at","id");--> statement-breakpoint
CREATE INDEX "coupons_open" ON "coupons" USING btree ("partner_id","valid_until") WHERE state in ('INACTIVE','ACTIVE');--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_kinds" CHECK ("accounts"."kind" in ('outside','top-up','credit','rebate','customer','own','coupon-outside','quota','coupon'));
--> statement-breakpoint
grant usage, select on sequence quota_numbers, coupon_numbers, coupon_redemptions_seq_seq, coupon_records_seq_seq to app;
--> statement-breakpoint
grant select, insert, update on coupon_quotas, coupons, coupon_whitelists, coupon_whitelist to app;
--> statement-breakpoint
grant select on coupon_totals to app;
--> statement-breakpoint
grant select, insert on coupon_redemptions, coupon_records to app;
--> statement-breakpoint
do $$
declare tenant text;
begin
  foreach tenant in array array['coupon_quotas','coupons','coupon_redemptions','coupon_records','coupon_whitelists','coupon_whitelist','coupon_totals'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format($f$create policy tenant on %I
      using (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))
      with check (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))$f$, tenant);
  end loop;
end $$;
--> statement-breakpoint
-- A distributor reads, and only reads, the quotas that its resellers have from it.
create policy distributor on coupon_quotas for select
  using (parent_partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]));
--> statement-breakpoint
-- What was issued stays as it was issued: value, scope, validity and customer never change.
create function refuse_coupon_change() returns trigger language plpgsql as $$
begin
  raise exception 'coupon % is fixed since its issue', old.number using errcode = 'check_violation', constraint = 'coupons_fixed';
end $$;
--> statement-breakpoint
create trigger coupons_fixed before update on coupons for each row
  when ((old.number, old.kind, old.customer_id, old.account_id, old.quota_id, old.issuer_name, old.face_value, old.min_order, old.max_share, old.products, old.order_types, old.issued_at, old.valid_until, old.remark)
    is distinct from (new.number, new.kind, new.customer_id, new.account_id, new.quota_id, new.issuer_name, new.face_value, new.min_order, new.max_share, new.products, new.order_types, new.issued_at, new.valid_until, new.remark)
    or old.state in ('USED','EXPIRED','RECLAIMED') or old.state = 'INACTIVE' and new.state in ('USED','RECLAIMED') or old.state = 'ACTIVE' and new.state = 'INACTIVE')
  execute function refuse_coupon_change();
--> statement-breakpoint
-- Rows are taken in the order of their keys, so that two changes queue instead of deadlocking.
create function count_new_coupons() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into coupon_totals as t (partner_id, kind, quota_id, state, valid_until, total, face_value, balance)
  select partner_id, kind, coalesce(quota_id, '00000000-0000-0000-0000-000000000000'), state, valid_until, count(*)::int, sum(face_value), sum(balance) from after_rows group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
  on conflict (partner_id, kind, quota_id, state, valid_until) do update set total = t.total + excluded.total, face_value = t.face_value + excluded.face_value, balance = t.balance + excluded.balance;
  return null;
end $$;
--> statement-breakpoint
create trigger coupons_counted after insert on coupons referencing new table as after_rows for each statement execute function count_new_coupons();
--> statement-breakpoint
create function count_changed_coupons() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into coupon_totals as t (partner_id, kind, quota_id, state, valid_until, total, face_value, balance)
  select partner_id, kind, quota, state, valid_until, sum(way)::int, sum(way * face_value), sum(way * balance) from (
    select -1 as way, partner_id, kind, coalesce(quota_id, '00000000-0000-0000-0000-000000000000') as quota, state, valid_until, face_value, balance from before_rows
    union all select 1, partner_id, kind, coalesce(quota_id, '00000000-0000-0000-0000-000000000000'), state, valid_until, face_value, balance from after_rows) c
   group by 2, 1, 3, 4, 5 having sum(way) <> 0 or sum(way * balance) <> 0 order by 1, 2, 3, 4, 5
  on conflict (partner_id, kind, quota_id, state, valid_until) do update set total = t.total + excluded.total, face_value = t.face_value + excluded.face_value, balance = t.balance + excluded.balance;
  return null;
end $$;
--> statement-breakpoint
create trigger coupons_recounted after update on coupons referencing old table as before_rows new table as after_rows for each statement execute function count_changed_coupons();
--> statement-breakpoint
select set_config('app.partner_ids', coalesce((select array_agg(id)::text from partners), '{}'), true);
--> statement-breakpoint
insert into accounts (partner_id, id, kind, owner_id, currency, balance, overdraft) select id, gen_random_uuid(), 'coupon-outside', null, 'CNY.coupon', 0, null from partners;
