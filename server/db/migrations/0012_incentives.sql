CREATE SEQUENCE "public"."statement_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "incentive_adjustments" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"amount" bigint NOT NULL,
	"reason" text NOT NULL,
	"operator" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "incentive_adjustments_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "incentive_adjustments_seq" UNIQUE("partner_id","line_id","seq"),
	CONSTRAINT "incentive_adjustments_amount" CHECK ("incentive_adjustments"."amount" <> 0)
);
--> statement-breakpoint
CREATE TABLE "incentive_feedbacks" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"statement_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"opinion" text NOT NULL,
	"state" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"answer" text,
	"answered_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	CONSTRAINT "incentive_feedbacks_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "incentive_feedbacks_state" CHECK ("incentive_feedbacks"."state" in ('OPEN','ANSWERED','CLOSED') and ("incentive_feedbacks"."answer" is null) = ("incentive_feedbacks"."answered_at" is null) and ("incentive_feedbacks"."state" <> 'ANSWERED' or "incentive_feedbacks"."answer" is not null) and ("incentive_feedbacks"."state" = 'CLOSED') = ("incentive_feedbacks"."closed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "incentive_freezes" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"statement_id" uuid NOT NULL,
	"cause" text NOT NULL,
	"explanation" text NOT NULL,
	"customer_id" uuid,
	"lines" integer NOT NULL,
	"amount" bigint NOT NULL,
	"frozen_at" timestamp with time zone NOT NULL,
	"releases_on" date,
	"released_at" timestamp with time zone,
	CONSTRAINT "incentive_freezes_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "incentive_freezes_cause" CHECK ("incentive_freezes"."cause" in ('UNPAID_EXPENDITURE','VENDOR_DECISION') and ("incentive_freezes"."cause" = 'UNPAID_EXPENDITURE') = ("incentive_freezes"."customer_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "incentive_frozen_lines" (
	"partner_id" uuid NOT NULL,
	"freeze_id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	CONSTRAINT "incentive_frozen_lines_partner_id_freeze_id_line_id_pk" PRIMARY KEY("partner_id","freeze_id","line_id")
);
--> statement-breakpoint
CREATE TABLE "incentive_line_groups" (
	"partner_id" uuid NOT NULL,
	"statement_id" uuid NOT NULL,
	"product_type" text NOT NULL,
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
	CONSTRAINT "incentive_line_groups_pk" PRIMARY KEY("partner_id","statement_id","product_type","billing_mode","association_type","is_excluded","is_taxed","adjustments","freezes","payout_round","feedback")
);
--> statement-breakpoint
CREATE TABLE "incentive_lines" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"statement_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"number" text NOT NULL,
	"is_negative" boolean NOT NULL,
	"customer_id" uuid,
	"no_customer" text,
	"order_number" text,
	"data_number" text NOT NULL,
	"product_type" text NOT NULL,
	"billing_mode" text NOT NULL,
	"association_type" text NOT NULL,
	"base_amount" bigint NOT NULL,
	"rate" integer NOT NULL,
	"incentive" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"reseller" text,
	"reseller_key" text GENERATED ALWAYS AS (lower(normalize(reseller, NFKC))) STORED,
	"is_excluded" boolean DEFAULT false NOT NULL,
	"exclusion_reason" text,
	"adjusted" bigint DEFAULT 0 NOT NULL,
	"adjustments" integer DEFAULT 0 NOT NULL,
	"freezes" smallint DEFAULT 0 NOT NULL,
	"payout_round" smallint DEFAULT 1 NOT NULL,
	"feedback_state" text,
	"net" bigint GENERATED ALWAYS AS (case when is_excluded then 0 else incentive - tax + adjusted end) STORED NOT NULL,
	CONSTRAINT "incentive_lines_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "incentive_lines_seq" UNIQUE("partner_id","statement_id","seq"),
	CONSTRAINT "incentive_lines_data" UNIQUE("partner_id","statement_id","data_number"),
	CONSTRAINT "incentive_lines_customer" CHECK (("incentive_lines"."customer_id" is null) = ("incentive_lines"."no_customer" is not null) and "incentive_lines"."no_customer" in ('DISASSOCIATED','PARTNER_LEVEL','NOT_NAMED')),
	CONSTRAINT "incentive_lines_kinds" CHECK ("incentive_lines"."billing_mode" in ('PAY_PER_USE','YEARLY_MONTHLY','ONE_TIME') and "incentive_lines"."association_type" in ('RESALE','REFERRAL') and "incentive_lines"."feedback_state" in ('OPEN','ANSWERED','CLOSED')),
	CONSTRAINT "incentive_lines_sums" CHECK ("incentive_lines"."rate" >= 0 and "incentive_lines"."freezes" >= 0 and case when "incentive_lines"."is_negative" then "incentive_lines"."incentive" <= 0 and "incentive_lines"."tax" = 0 and "incentive_lines"."net" <= 0 and "incentive_lines"."freezes" = 0 else "incentive_lines"."incentive" >= 0 and "incentive_lines"."tax" between 0 and "incentive_lines"."incentive" and "incentive_lines"."net" >= 0 end),
	CONSTRAINT "incentive_lines_exclusion" CHECK ("incentive_lines"."is_excluded" = ("incentive_lines"."exclusion_reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "incentive_programs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"kind" text NOT NULL,
	"association_type" text,
	"on_deadline" text NOT NULL,
	"working_days" integer NOT NULL,
	"payout_options" text[] NOT NULL,
	"tax_basis_points" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "incentive_programs_code_unique" UNIQUE("code"),
	CONSTRAINT "incentive_programs_kind" CHECK ("incentive_programs"."kind" in ('sales','project','delivery','marketplace','procurement')),
	CONSTRAINT "incentive_programs_type" CHECK ("incentive_programs"."association_type" in ('RESALE','REFERRAL')),
	CONSTRAINT "incentive_programs_deadline" CHECK ("incentive_programs"."on_deadline" in ('LAPSE','AUTO_CONFIRM') and "incentive_programs"."working_days" between 1 and 250),
	CONSTRAINT "incentive_programs_tax" CHECK ("incentive_programs"."tax_basis_points" between 0 and 10000),
	CONSTRAINT "incentive_programs_options" CHECK (cardinality("incentive_programs"."payout_options") > 0 and "incentive_programs"."payout_options" <@ array['BANK_TRANSFER','TOP_UP','VOUCHER_QUOTA'])
);
--> statement-breakpoint
CREATE TABLE "incentive_reminders" (
	"partner_id" uuid NOT NULL,
	"statement_id" uuid NOT NULL,
	"days_left" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"is_sent" boolean NOT NULL,
	CONSTRAINT "incentive_reminders_partner_id_statement_id_days_left_pk" PRIMARY KEY("partner_id","statement_id","days_left")
);
--> statement-breakpoint
CREATE TABLE "incentive_statements" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"program_id" uuid NOT NULL,
	"period" date NOT NULL,
	"is_negative" boolean NOT NULL,
	"state" text NOT NULL,
	"lines" integer DEFAULT 0 NOT NULL,
	"performance" bigint DEFAULT 0 NOT NULL,
	"excluded" bigint DEFAULT 0 NOT NULL,
	"tax" bigint DEFAULT 0 NOT NULL,
	"adjusted" bigint DEFAULT 0 NOT NULL,
	"frozen" bigint DEFAULT 0 NOT NULL,
	"net" bigint GENERATED ALWAYS AS (performance - excluded - tax + adjusted) STORED NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"published_at" timestamp with time zone,
	"confirm_day" date,
	"confirm_until" timestamp with time zone,
	"is_provisional" boolean DEFAULT false NOT NULL,
	"confirmed_at" timestamp with time zone,
	"confirmed_by_id" uuid,
	"confirmed_amount" bigint,
	"lapsed_at" timestamp with time zone,
	"payment_request_id" uuid,
	"requested" bigint DEFAULT 0 NOT NULL,
	"paid" bigint DEFAULT 0 NOT NULL,
	"paid_at" timestamp with time zone,
	"payout_round" smallint DEFAULT 1 NOT NULL,
	CONSTRAINT "incentive_statements_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "incentive_statements_number" UNIQUE("partner_id","number"),
	CONSTRAINT "incentive_statements_sign" UNIQUE("partner_id","id","is_negative"),
	CONSTRAINT "incentive_statements_state" CHECK ("incentive_statements"."state" in ('ESTIMATED','PENDING_CONFIRMATION','CONFIRMED','ISSUING','ISSUED','LAPSED')),
	CONSTRAINT "incentive_statements_month" CHECK (extract(day from "incentive_statements"."period") = 1),
	CONSTRAINT "incentive_statements_published" CHECK (("incentive_statements"."state" = 'ESTIMATED') = ("incentive_statements"."published_at" is null) and ("incentive_statements"."published_at" is null) = ("incentive_statements"."confirm_until" is null) and ("incentive_statements"."confirm_until" is null) = ("incentive_statements"."confirm_day" is null)),
	CONSTRAINT "incentive_statements_confirmed" CHECK (("incentive_statements"."state" in ('CONFIRMED','ISSUING','ISSUED')) = ("incentive_statements"."confirmed_at" is not null) and ("incentive_statements"."confirmed_at" is null) = ("incentive_statements"."confirmed_amount" is null) and ("incentive_statements"."state" = 'LAPSED') = ("incentive_statements"."lapsed_at" is not null) and ("incentive_statements"."confirmed_by_id" is null or "incentive_statements"."confirmed_at" is not null)),
	CONSTRAINT "incentive_statements_sums" CHECK ("incentive_statements"."lines" >= 0 and case when "incentive_statements"."is_negative" then "incentive_statements"."performance" <= 0 and "incentive_statements"."net" <= 0 and "incentive_statements"."frozen" = 0 and "incentive_statements"."requested" <= 0 and "incentive_statements"."paid" <= 0 and "incentive_statements"."requested" + "incentive_statements"."paid" >= "incentive_statements"."net" else "incentive_statements"."performance" >= 0 and "incentive_statements"."tax" >= 0 and "incentive_statements"."frozen" >= 0 and "incentive_statements"."requested" >= 0 and "incentive_statements"."paid" >= 0 and "incentive_statements"."frozen" + "incentive_statements"."requested" + "incentive_statements"."paid" <= "incentive_statements"."net" end),
	CONSTRAINT "incentive_statements_request" CHECK (("incentive_statements"."requested" <> 0) = ("incentive_statements"."payment_request_id" is not null) and case when "incentive_statements"."state" = 'LAPSED' then "incentive_statements"."is_negative" or "incentive_statements"."requested" = 0 else ("incentive_statements"."state" = 'ISSUING') = ("incentive_statements"."requested" <> 0) end and ("incentive_statements"."state" <> 'ISSUED' or "incentive_statements"."frozen" = 0 and "incentive_statements"."paid" = "incentive_statements"."net") and ("incentive_statements"."state" <> 'ISSUING' or "incentive_statements"."frozen" + "incentive_statements"."requested" + "incentive_statements"."paid" = "incentive_statements"."net")),
	CONSTRAINT "incentive_statements_paid" CHECK (("incentive_statements"."paid" <> 0) = ("incentive_statements"."paid_at" is not null) and "incentive_statements"."payout_round" >= 1)
);
--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "opportunity_incentive" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "incentive_adjustments" ADD CONSTRAINT "incentive_adjustments_partner_id_line_id_incentive_lines_partner_id_id_fk" FOREIGN KEY ("partner_id","line_id") REFERENCES "public"."incentive_lines"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_feedbacks" ADD CONSTRAINT "incentive_feedbacks_partner_id_line_id_incentive_lines_partner_id_id_fk" FOREIGN KEY ("partner_id","line_id") REFERENCES "public"."incentive_lines"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_feedbacks" ADD CONSTRAINT "incentive_feedbacks_partner_id_member_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","member_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_freezes" ADD CONSTRAINT "incentive_freezes_partner_id_statement_id_incentive_statements_partner_id_id_fk" FOREIGN KEY ("partner_id","statement_id") REFERENCES "public"."incentive_statements"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_freezes" ADD CONSTRAINT "incentive_freezes_partner_id_customer_id_customers_partner_id_id_fk" FOREIGN KEY ("partner_id","customer_id") REFERENCES "public"."customers"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_frozen_lines" ADD CONSTRAINT "incentive_frozen_lines_partner_id_freeze_id_incentive_freezes_partner_id_id_fk" FOREIGN KEY ("partner_id","freeze_id") REFERENCES "public"."incentive_freezes"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_frozen_lines" ADD CONSTRAINT "incentive_frozen_lines_partner_id_line_id_incentive_lines_partner_id_id_fk" FOREIGN KEY ("partner_id","line_id") REFERENCES "public"."incentive_lines"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_line_groups" ADD CONSTRAINT "incentive_line_groups_statement" FOREIGN KEY ("partner_id","statement_id") REFERENCES "public"."incentive_statements"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_lines" ADD CONSTRAINT "incentive_lines_partner_id_statement_id_is_negative_incentive_statements_partner_id_id_is_negative_fk" FOREIGN KEY ("partner_id","statement_id","is_negative") REFERENCES "public"."incentive_statements"("partner_id","id","is_negative") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_lines" ADD CONSTRAINT "incentive_lines_partner_id_customer_id_customers_partner_id_id_fk" FOREIGN KEY ("partner_id","customer_id") REFERENCES "public"."customers"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_reminders" ADD CONSTRAINT "incentive_reminders_partner_id_statement_id_incentive_statements_partner_id_id_fk" FOREIGN KEY ("partner_id","statement_id") REFERENCES "public"."incentive_statements"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_statements" ADD CONSTRAINT "incentive_statements_program_id_incentive_programs_id_fk" FOREIGN KEY ("program_id") REFERENCES "public"."incentive_programs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_statements" ADD CONSTRAINT "incentive_statements_partner_id_confirmed_by_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","confirmed_by_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "incentive_feedbacks_line" ON "incentive_feedbacks" USING btree ("partner_id","line_id","at");--> statement-breakpoint
CREATE INDEX "incentive_feedbacks_statement" ON "incentive_feedbacks" USING btree ("partner_id","statement_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "incentive_feedbacks_open" ON "incentive_feedbacks" USING btree ("partner_id","line_id") WHERE state = 'OPEN';--> statement-breakpoint
CREATE INDEX "incentive_freezes_at" ON "incentive_freezes" USING btree ("partner_id","frozen_at","id");--> statement-breakpoint
CREATE INDEX "incentive_freezes_due" ON "incentive_freezes" USING btree ("releases_on") WHERE released_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "incentive_freezes_unpaid" ON "incentive_freezes" USING btree ("partner_id","statement_id","customer_id") WHERE released_at is null and customer_id is not null;--> statement-breakpoint
CREATE INDEX "incentive_lines_incentive" ON "incentive_lines" USING btree ("partner_id","statement_id","incentive","id");--> statement-breakpoint
CREATE INDEX "incentive_lines_all" ON "incentive_lines" USING btree ("partner_id","incentive","id");--> statement-breakpoint
CREATE INDEX "incentive_lines_customer" ON "incentive_lines" USING btree ("partner_id","customer_id","statement_id");--> statement-breakpoint
CREATE INDEX "incentive_lines_order" ON "incentive_lines" USING btree ("partner_id","order_number");--> statement-breakpoint
CREATE INDEX "incentive_lines_number" ON "incentive_lines" USING btree ("partner_id","data_number");--> statement-breakpoint
CREATE INDEX "incentive_lines_product" ON "incentive_lines" USING btree ("partner_id","product_type","statement_id","incentive","id");--> statement-breakpoint
CREATE INDEX "incentive_lines_feedback" ON "incentive_lines" USING btree ("partner_id","statement_id","feedback_state","incentive","id") WHERE feedback_state is not null;--> statement-breakpoint
CREATE INDEX "incentive_lines_excluded" ON "incentive_lines" USING btree ("partner_id","statement_id","incentive","id") WHERE is_excluded;--> statement-breakpoint
CREATE INDEX "incentive_lines_adjusted" ON "incentive_lines" USING btree ("partner_id","statement_id","incentive","id") WHERE adjustments > 0;--> statement-breakpoint
CREATE INDEX "incentive_lines_frozen" ON "incentive_lines" USING btree ("partner_id","statement_id","incentive","id") WHERE freezes > 0;--> statement-breakpoint
CREATE INDEX "incentive_statements_period" ON "incentive_statements" USING btree ("partner_id","period","id");--> statement-breakpoint
CREATE INDEX "incentive_statements_amount" ON "incentive_statements" USING btree ("partner_id","net","id");--> statement-breakpoint
CREATE INDEX "incentive_statements_until" ON "incentive_statements" USING btree ("partner_id","confirm_until","id");--> statement-breakpoint
CREATE INDEX "incentive_statements_due" ON "incentive_statements" USING btree ("confirm_until") WHERE state = 'PENDING_CONFIRMATION';--> statement-breakpoint
CREATE INDEX "incentive_statements_request" ON "incentive_statements" USING btree ("partner_id","payment_request_id");
--> statement-breakpoint
grant select on incentive_programs to app;
--> statement-breakpoint
grant insert on incentive_programs to app;
--> statement-breakpoint
grant select, insert, update on incentive_statements, incentive_line_groups, incentive_freezes, incentive_feedbacks to app;
--> statement-breakpoint
grant select, insert on incentive_lines, incentive_adjustments, incentive_frozen_lines, incentive_reminders to app;
--> statement-breakpoint
-- What the vendor entered stays as it was entered.
grant update (is_excluded, exclusion_reason, adjusted, adjustments, freezes, payout_round, feedback_state) on incentive_lines to app;
--> statement-breakpoint
grant usage, select on sequence statement_numbers to app;
--> statement-breakpoint
do $$
declare tenant text;
begin
  foreach tenant in array array['incentive_statements','incentive_line_groups','incentive_lines','incentive_adjustments','incentive_freezes','incentive_frozen_lines','incentive_feedbacks','incentive_reminders']
  loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format($f$create policy tenant on %I
      using (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))
      with check (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))$f$, tenant);
  end loop;
end $$;
--> statement-breakpoint
-- The sums of a statement, of whose lines only the changed ones are looked at.
create function sum_incentive_lines() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update incentive_statements s set lines = s.lines + c.lines, performance = s.performance + c.performance, excluded = s.excluded + c.excluded, tax = s.tax + c.tax, adjusted = s.adjusted + c.adjusted, frozen = s.frozen + c.frozen
      from (select partner_id, statement_id, count(*)::int as lines, sum(incentive) as performance, coalesce(sum(incentive) filter (where is_excluded), 0) as excluded, coalesce(sum(tax) filter (where not is_excluded), 0) as tax,
              coalesce(sum(adjusted) filter (where not is_excluded), 0) as adjusted, coalesce(sum(net) filter (where freezes > 0), 0) as frozen from after_rows group by partner_id, statement_id) c
     where s.partner_id = c.partner_id and s.id = c.statement_id;
  else
    update incentive_statements s set excluded = s.excluded + c.excluded, tax = s.tax + c.tax, adjusted = s.adjusted + c.adjusted, frozen = s.frozen + c.frozen
      from (select partner_id, statement_id, coalesce(sum(sign * incentive) filter (where is_excluded), 0) as excluded, coalesce(sum(sign * tax) filter (where not is_excluded), 0) as tax,
              coalesce(sum(sign * adjusted) filter (where not is_excluded), 0) as adjusted, coalesce(sum(sign * net) filter (where freezes > 0), 0) as frozen
              from (select 1 as sign, a.* from after_rows a union all select -1, b.* from before_rows b) both_rows group by partner_id, statement_id) c
     where s.partner_id = c.partner_id and s.id = c.statement_id and (c.excluded, c.tax, c.adjusted, c.frozen) <> (0, 0, 0, 0);
  end if;
  return null;
end $$;
--> statement-breakpoint
-- The sums of lines that are alike: what they were is taken from their group, what they are is added to it. Whoever changes lines holds their statement first, so that two
-- never wait for each other's groups.
create function group_incentive_lines() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into incentive_line_groups as g (partner_id, statement_id, product_type, billing_mode, association_type, is_excluded, is_taxed, adjustments, freezes, payout_round, feedback, lines, incentive, tax, adjusted, net)
      select partner_id, statement_id, product_type, billing_mode, association_type, is_excluded, tax <> 0, least(adjustments, 1), least(freezes, 1), payout_round, coalesce(feedback_state, ''), count(*), sum(incentive), sum(tax), sum(adjusted), sum(net)
        from after_rows group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
      on conflict (partner_id, statement_id, product_type, billing_mode, association_type, is_excluded, is_taxed, adjustments, freezes, payout_round, feedback)
      do update set lines = g.lines + excluded.lines, incentive = g.incentive + excluded.incentive, tax = g.tax + excluded.tax, adjusted = g.adjusted + excluded.adjusted, net = g.net + excluded.net;
  else
    insert into incentive_line_groups as g (partner_id, statement_id, product_type, billing_mode, association_type, is_excluded, is_taxed, adjustments, freezes, payout_round, feedback, lines, incentive, tax, adjusted, net)
      select partner_id, statement_id, product_type, billing_mode, association_type, is_excluded, tax <> 0, least(adjustments, 1), least(freezes, 1), payout_round, coalesce(feedback_state, ''), sum(sign), sum(sign * incentive), sum(sign * tax), sum(sign * adjusted), sum(sign * net)
        from (select 1 as sign, a.* from after_rows a union all select -1, b.* from before_rows b) both_rows group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
      having (sum(sign), sum(sign * incentive), sum(sign * tax), sum(sign * adjusted), sum(sign * net)) <> (0, 0, 0, 0, 0)
      on conflict (partner_id, statement_id, product_type, billing_mode, association_type, is_excluded, is_taxed, adjustments, freezes, payout_round, feedback)
      do update set lines = g.lines + excluded.lines, incentive = g.incentive + excluded.incentive, tax = g.tax + excluded.tax, adjusted = g.adjusted + excluded.adjusted, net = g.net + excluded.net;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger incentive_lines_inserted after insert on incentive_lines referencing new table as after_rows for each statement execute function sum_incentive_lines();
--> statement-breakpoint
create trigger incentive_lines_updated after update on incentive_lines referencing old table as before_rows new table as after_rows for each statement execute function sum_incentive_lines();
--> statement-breakpoint
create trigger incentive_lines_inserted_groups after insert on incentive_lines referencing new table as after_rows for each statement execute function group_incentive_lines();
--> statement-breakpoint
create trigger incentive_lines_updated_groups after update on incentive_lines referencing old table as before_rows new table as after_rows for each statement execute function group_incentive_lines();
--> statement-breakpoint
create function refuse_statement_state() returns trigger language plpgsql as $$
begin
  if not (case old.state when 'ESTIMATED' then new.state = 'PENDING_CONFIRMATION' when 'PENDING_CONFIRMATION' then new.state in ('CONFIRMED', 'LAPSED') when 'CONFIRMED' then new.state = 'ISSUING'
      when 'ISSUING' then new.state in ('ISSUED', 'CONFIRMED') else false end) then
    raise exception 'statement % cannot go from % to %', old.number, old.state, new.state using errcode = 'check_violation', constraint = 'incentive_statements_states';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger incentive_statements_states before update on incentive_statements for each row when (old.state <> new.state) execute function refuse_statement_state();
