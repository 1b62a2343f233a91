CREATE TABLE "coupon_changes" (
	"partner_id" uuid NOT NULL,
	"xid" "xid8" NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "coupon_changes_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"way" integer NOT NULL,
	"kind" text NOT NULL,
	"quota_id" uuid,
	"customer_id" uuid NOT NULL,
	"state" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	"face_value" bigint NOT NULL,
	"balance" bigint NOT NULL,
	CONSTRAINT "coupon_changes_partner_id_xid_seq_pk" PRIMARY KEY("partner_id","xid","seq")
);
--> statement-breakpoint
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
CREATE INDEX "coupon_changes_at" ON "coupon_changes" USING btree ("partner_id","at");--> statement-breakpoint
CREATE INDEX "coupons_done" ON "coupons" USING btree ("partner_id","kind","valid_until","id") WHERE state in ('USED','RECLAIMED');--> statement-breakpoint
grant select, insert, update (said) on vendor_references to app;
--> statement-breakpoint
grant select, delete on coupon_changes to app;
--> statement-breakpoint
grant usage, select on sequence coupon_changes_seq_seq to app;
--> statement-breakpoint
do $$
declare tenant text;
begin
  foreach tenant in array array['vendor_references','coupon_changes'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format($f$create policy tenant on %I
      using (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))
      with check (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))$f$, tenant);
  end loop;
end $$;
--> statement-breakpoint
-- Only ever added to, so that nobody waits here for anybody.
create function note_new_coupons() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into coupon_changes (partner_id, xid, at, way, kind, quota_id, customer_id, state, issued_at, valid_until, face_value, balance)
  select partner_id, pg_current_xact_id(), now(), 1, kind, quota_id, customer_id, state, issued_at, valid_until, face_value, balance from after_rows;
  return null;
end $$;
--> statement-breakpoint
create trigger coupons_noted after insert on coupons referencing new table as after_rows for each statement execute function note_new_coupons();
--> statement-breakpoint
create function note_changed_coupons() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into coupon_changes (partner_id, xid, at, way, kind, quota_id, customer_id, state, issued_at, valid_until, face_value, balance)
  select c.partner_id, pg_current_xact_id(), now(), c.way, c.kind, c.quota_id, c.customer_id, c.state, c.issued_at, c.valid_until, c.face_value, c.balance
    from after_rows a join before_rows b on b.partner_id = a.partner_id and b.id = a.id and (b.state, b.balance) is distinct from (a.state, a.balance)
    cross join lateral (values
      (-1, b.partner_id, b.kind, b.quota_id, b.customer_id, b.state, b.issued_at, b.valid_until, b.face_value, b.balance),
      (1, a.partner_id, a.kind, a.quota_id, a.customer_id, a.state, a.issued_at, a.valid_until, a.face_value, a.balance)) c(way, partner_id, kind, quota_id, customer_id, state, issued_at, valid_until, face_value, balance);
  return null;
end $$;
--> statement-breakpoint
create trigger coupons_renoted after update on coupons referencing old table as before_rows new table as after_rows for each statement execute function note_changed_coupons();
