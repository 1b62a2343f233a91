CREATE TABLE "incentive_customer_groups" (
	"partner_id" uuid NOT NULL,
	"statement_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"billing_mode" text NOT NULL,
	"association_type" text NOT NULL,
	"is_excluded" boolean NOT NULL,
	"is_taxed" boolean NOT NULL,
	"adjustments" smallint NOT NULL,
	"freezes" smallint NOT NULL,
	"payout_round" smallint NOT NULL,
	"feedback" text NOT NULL,
	"feedback_state" text GENERATED ALWAYS AS (nullif(feedback, '')) STORED,
	"lines" integer NOT NULL,
	"incentive" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"adjusted" bigint NOT NULL,
	"net" bigint NOT NULL,
	CONSTRAINT "incentive_customer_groups_pk" PRIMARY KEY("partner_id","statement_id","customer_id","billing_mode","association_type","is_excluded","is_taxed","adjustments","freezes","payout_round","feedback")
);
--> statement-breakpoint
ALTER TABLE "incentive_customer_groups" ADD CONSTRAINT "incentive_customer_groups_statement" FOREIGN KEY ("partner_id","statement_id") REFERENCES "public"."incentive_statements"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "incentive_customer_groups_customer" ON "incentive_customer_groups" USING btree ("partner_id","customer_id","statement_id");--> statement-breakpoint
CREATE INDEX "incentive_lines_kinds" ON "incentive_lines" USING btree ("partner_id","statement_id","billing_mode","association_type");
--> statement-breakpoint
grant select, insert, update on incentive_customer_groups to app;
--> statement-breakpoint
alter table incentive_customer_groups enable row level security;
--> statement-breakpoint
alter table incentive_customer_groups force row level security;
--> statement-breakpoint
create policy tenant on incentive_customer_groups
  using (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))
  with check (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]));
--> statement-breakpoint
-- The sums of a customer's lines that are alike, kept as those of all lines are: whoever changes lines holds their statement first.
create function group_customer_lines() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into incentive_customer_groups as g (partner_id, statement_id, customer_id, billing_mode, association_type, is_excluded, is_taxed, adjustments, freezes, payout_round, feedback, lines, incentive, tax, adjusted, net)
      select partner_id, statement_id, customer_id, billing_mode, association_type, is_excluded, tax <> 0, least(adjustments, 1), least(freezes, 1), payout_round, coalesce(feedback_state, ''), count(*), sum(incentive), sum(tax), sum(adjusted), sum(net)
        from after_rows where customer_id is not null group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
      on conflict (partner_id, statement_id, customer_id, billing_mode, association_type, is_excluded, is_taxed, adjustments, freezes, payout_round, feedback)
      do update set lines = g.lines + excluded.lines, incentive = g.incentive + excluded.incentive, tax = g.tax + excluded.tax, adjusted = g.adjusted + excluded.adjusted, net = g.net + excluded.net;
  else
    insert into incentive_customer_groups as g (partner_id, statement_id, customer_id, billing_mode, association_type, is_excluded, is_taxed, adjustments, freezes, payout_round, feedback, lines, incentive, tax, adjusted, net)
      select partner_id, statement_id, customer_id, billing_mode, association_type, is_excluded, tax <> 0, least(adjustments, 1), least(freezes, 1), payout_round, coalesce(feedback_state, ''), sum(sign), sum(sign * incentive), sum(sign * tax), sum(sign * adjusted), sum(sign * net)
        from (select 1 as sign, a.* from after_rows a union all select -1, b.* from before_rows b) both_rows where customer_id is not null group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
      having (sum(sign), sum(sign * incentive), sum(sign * tax), sum(sign * adjusted), sum(sign * net)) <> (0, 0, 0, 0, 0) order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
      on conflict (partner_id, statement_id, customer_id, billing_mode, association_type, is_excluded, is_taxed, adjustments, freezes, payout_round, feedback)
      do update set lines = g.lines + excluded.lines, incentive = g.incentive + excluded.incentive, tax = g.tax + excluded.tax, adjusted = g.adjusted + excluded.adjusted, net = g.net + excluded.net;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger incentive_lines_inserted_customers after insert on incentive_lines referencing new table as after_rows for each statement execute function group_customer_lines();
--> statement-breakpoint
create trigger incentive_lines_updated_customers after update on incentive_lines referencing old table as before_rows new table as after_rows for each statement execute function group_customer_lines();
--> statement-breakpoint
-- What follows reads and writes every partner's rows, and the owner of the tables is fenced like everybody.
select set_config('app.partner_ids', coalesce((select array_agg(id)::text from partners), '{}'), true);
--> statement-breakpoint
insert into incentive_customer_groups (partner_id, statement_id, customer_id, billing_mode, association_type, is_excluded, is_taxed, adjustments, freezes, payout_round, feedback, lines, incentive, tax, adjusted, net)
select partner_id, statement_id, customer_id, billing_mode, association_type, is_excluded, tax <> 0, least(adjustments, 1), least(freezes, 1), payout_round, coalesce(feedback_state, ''), count(*), sum(incentive), sum(tax), sum(adjusted), sum(net)
  from incentive_lines where customer_id is not null group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11;
--> statement-breakpoint
ALTER TABLE "payment_requests" DROP CONSTRAINT "payment_requests_state";--> statement-breakpoint
DROP INDEX "payment_requests_quarter";--> statement-breakpoint
CREATE UNIQUE INDEX "payment_requests_quarter" ON "payment_requests" USING btree ("partner_id","quarter") WHERE state not in ('REJECTED','COMPLETED','WITHDRAWN');--> statement-breakpoint
ALTER TABLE "payment_requests" ADD CONSTRAINT "payment_requests_state" CHECK ("payment_requests"."state" in ('SUBMITTED','UNDER_REVIEW','REJECTED','AWAITING_INVOICE','INVOICE_REVIEW','INVOICE_REJECTED','PAYING','COMPLETED','PAYMENT_FAILED','WITHDRAWN') and ("payment_requests"."state" in ('REJECTED','INVOICE_REJECTED','PAYMENT_FAILED')) = ("payment_requests"."reason" is not null));--> statement-breakpoint
-- A request whose payment failed is paid once more or given up for good.
create or replace function refuse_payment_state() returns trigger language plpgsql as $$
begin
  if not (case old.state when 'SUBMITTED' then new.state = 'UNDER_REVIEW' when 'UNDER_REVIEW' then new.state = case new.option when 'VOUCHER_QUOTA' then 'COMPLETED' else 'AWAITING_INVOICE' end or new.state = 'REJECTED'
      when 'REJECTED' then new.state = 'SUBMITTED' when 'AWAITING_INVOICE' then new.state = 'INVOICE_REVIEW' when 'INVOICE_REVIEW' then new.state in ('INVOICE_REJECTED', 'PAYING') when 'INVOICE_REJECTED' then new.state = 'INVOICE_REVIEW'
      when 'PAYING' then new.state in ('COMPLETED', 'PAYMENT_FAILED') when 'PAYMENT_FAILED' then new.state in ('PAYING', 'WITHDRAWN') else false end) then
    raise exception 'payment request % cannot go from % to %', old.number, old.state, new.state using errcode = 'check_violation', constraint = 'payment_requests_states';
  end if;
  return new;
end $$;
