CREATE SEQUENCE "public"."payment_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "business_submissions" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"company_name" text NOT NULL,
	"credit_code" text NOT NULL,
	"address" text NOT NULL,
	"contact_name" text NOT NULL,
	"contact_mobile" text NOT NULL,
	"account_name" text NOT NULL,
	"bank_sealed" "bytea" NOT NULL,
	"bank_masked" text NOT NULL,
	"bank_name" text NOT NULL,
	"branch" text NOT NULL,
	"taxpayer_status" text NOT NULL,
	"rate_basis_points" integer NOT NULL,
	"certificate_id" uuid NOT NULL,
	"by_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"reason" text,
	CONSTRAINT "business_submissions_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "business_submissions_tax" CHECK ("business_submissions"."taxpayer_status" in ('GENERAL','SMALL') and "business_submissions"."rate_basis_points" between 0 and 9999),
	CONSTRAINT "business_submissions_code" CHECK ("business_submissions"."credit_code" ~ '^[0-9A-Z]{18}$')
);
--> statement-breakpoint
CREATE TABLE "businesses" (
	"partner_id" uuid PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"submission_id" uuid NOT NULL,
	"certified_id" uuid,
	"certified_at" timestamp with time zone,
	"test_amount" bigint,
	"test_sent_at" timestamp with time zone,
	"test_attempts" integer NOT NULL,
	CONSTRAINT "businesses_state" CHECK ("businesses"."state" in ('UNDER_REVIEW','TEST_PAYMENT','CERTIFIED','FAILED','LOCKED') and ("businesses"."state" <> 'CERTIFIED' or "businesses"."certified_id" = "businesses"."submission_id") and ("businesses"."certified_id" is null) = ("businesses"."certified_at" is null)),
	CONSTRAINT "businesses_test" CHECK (("businesses"."state" in ('TEST_PAYMENT','LOCKED')) = ("businesses"."test_amount" is not null) and ("businesses"."test_amount" is null) = ("businesses"."test_sent_at" is null) and "businesses"."test_amount" > 0 and "businesses"."test_attempts" between 0 and 3 and ("businesses"."state" <> 'TEST_PAYMENT' or "businesses"."test_attempts" < 3))
);
--> statement-breakpoint
CREATE TABLE "incentive_invoices" (
	"partner_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"number" text NOT NULL,
	"code" text NOT NULL,
	"day" date NOT NULL,
	"net" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"total" bigint NOT NULL,
	"carrier" text NOT NULL,
	"tracking_number" text NOT NULL,
	"file_id" uuid,
	"by_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "incentive_invoices_partner_id_request_id_pk" PRIMARY KEY("partner_id","request_id"),
	CONSTRAINT "incentive_invoices_kind" CHECK ("incentive_invoices"."kind" in ('SPECIAL','ELECTRONIC_SPECIAL') and ("incentive_invoices"."kind" = 'ELECTRONIC_SPECIAL') = ("incentive_invoices"."file_id" is not null) and ("incentive_invoices"."kind" = 'SPECIAL') = ("incentive_invoices"."code" <> '') and ("incentive_invoices"."kind" = 'SPECIAL') = ("incentive_invoices"."tracking_number" <> '')),
	CONSTRAINT "incentive_invoices_sum" CHECK ("incentive_invoices"."net" + "incentive_invoices"."tax" = "incentive_invoices"."total" and "incentive_invoices"."net" > 0 and "incentive_invoices"."tax" >= 0)
);
--> statement-breakpoint
CREATE TABLE "invoice_numbers" (
	"partner_id" uuid NOT NULL,
	"code" text NOT NULL,
	"number" text NOT NULL,
	"request_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "invoice_numbers_partner_id_code_number_pk" PRIMARY KEY("partner_id","code","number")
);
--> statement-breakpoint
CREATE TABLE "payment_items" (
	"partner_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"statement_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"is_open" boolean NOT NULL,
	CONSTRAINT "payment_items_partner_id_request_id_statement_id_pk" PRIMARY KEY("partner_id","request_id","statement_id"),
	CONSTRAINT "payment_items_amount" CHECK ("payment_items"."amount" <> 0)
);
--> statement-breakpoint
CREATE TABLE "payment_requests" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"state_at" timestamp with time zone NOT NULL,
	"option" text NOT NULL,
	"quarter" text,
	"total" bigint NOT NULL,
	"payout" bigint NOT NULL,
	"period_from" date NOT NULL,
	"period_to" date NOT NULL,
	"operator_id" uuid,
	"reason" text,
	"business_id" uuid NOT NULL,
	"paid_to_id" uuid,
	"is_countersigned" boolean NOT NULL,
	"is_invoice_owed" boolean NOT NULL,
	"list_published_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"arrived_as" text,
	CONSTRAINT "payment_requests_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "payment_requests_number" UNIQUE("partner_id","number"),
	CONSTRAINT "payment_requests_state" CHECK ("payment_requests"."state" in ('SUBMITTED','UNDER_REVIEW','REJECTED','AWAITING_INVOICE','INVOICE_REVIEW','INVOICE_REJECTED','PAYING','COMPLETED','PAYMENT_FAILED') and ("payment_requests"."state" in ('REJECTED','INVOICE_REJECTED','PAYMENT_FAILED')) = ("payment_requests"."reason" is not null)),
	CONSTRAINT "payment_requests_option" CHECK ("payment_requests"."option" in ('BANK_TRANSFER','TOP_UP','VOUCHER_QUOTA') and ("payment_requests"."option" <> 'VOUCHER_QUOTA' or "payment_requests"."state" in ('SUBMITTED','UNDER_REVIEW','REJECTED','COMPLETED'))),
	CONSTRAINT "payment_requests_amounts" CHECK ("payment_requests"."total" > 0 and "payment_requests"."payout" > 0)
);
--> statement-breakpoint
CREATE TABLE "payment_steps" (
	"partner_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"state" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"reason" text,
	"by" text NOT NULL,
	"member_id" uuid,
	CONSTRAINT "payment_steps_partner_id_request_id_seq_pk" PRIMARY KEY("partner_id","request_id","seq"),
	CONSTRAINT "payment_steps_by" CHECK ("payment_steps"."by" in ('member','vendor','system') and ("payment_steps"."by" = 'member') = ("payment_steps"."member_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "payout_settings" (
	"partner_id" uuid PRIMARY KEY NOT NULL,
	"unpaid_since" timestamp with time zone,
	"left_at" timestamp with time zone,
	"automatic_option" text,
	"automatic_since" timestamp with time zone,
	"changed_at" timestamp with time zone,
	"changed_by_id" uuid,
	"version" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "payout_settings_option" CHECK ("payout_settings"."automatic_option" in ('BANK_TRANSFER','TOP_UP','VOUCHER_QUOTA') and ("payout_settings"."automatic_since" is null or "payout_settings"."automatic_option" is not null))
);
--> statement-breakpoint
ALTER TABLE "files" DROP CONSTRAINT "files_kind";--> statement-breakpoint
ALTER TABLE "files" DROP CONSTRAINT "files_type";--> statement-breakpoint
ALTER TABLE "business_submissions" ADD CONSTRAINT "business_submissions_partner_id_by_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","by_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "business_submissions" ADD CONSTRAINT "business_submissions_partner_id_certificate_id_files_partner_id_id_fk" FOREIGN KEY ("partner_id","certificate_id") REFERENCES "public"."files"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "businesses" ADD CONSTRAINT "businesses_partner_id_submission_id_business_submissions_partner_id_id_fk" FOREIGN KEY ("partner_id","submission_id") REFERENCES "public"."business_submissions"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "businesses" ADD CONSTRAINT "businesses_partner_id_certified_id_business_submissions_partner_id_id_fk" FOREIGN KEY ("partner_id","certified_id") REFERENCES "public"."business_submissions"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_invoices" ADD CONSTRAINT "incentive_invoices_partner_id_request_id_payment_requests_partner_id_id_fk" FOREIGN KEY ("partner_id","request_id") REFERENCES "public"."payment_requests"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_invoices" ADD CONSTRAINT "incentive_invoices_partner_id_file_id_files_partner_id_id_fk" FOREIGN KEY ("partner_id","file_id") REFERENCES "public"."files"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_invoices" ADD CONSTRAINT "incentive_invoices_partner_id_by_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","by_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_numbers" ADD CONSTRAINT "invoice_numbers_partner_id_request_id_payment_requests_partner_id_id_fk" FOREIGN KEY ("partner_id","request_id") REFERENCES "public"."payment_requests"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_items" ADD CONSTRAINT "payment_items_partner_id_request_id_payment_requests_partner_id_id_fk" FOREIGN KEY ("partner_id","request_id") REFERENCES "public"."payment_requests"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_items" ADD CONSTRAINT "payment_items_partner_id_statement_id_incentive_statements_partner_id_id_fk" FOREIGN KEY ("partner_id","statement_id") REFERENCES "public"."incentive_statements"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_requests" ADD CONSTRAINT "payment_requests_partner_id_operator_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","operator_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_requests" ADD CONSTRAINT "payment_requests_partner_id_paid_to_id_business_submissions_partner_id_id_fk" FOREIGN KEY ("partner_id","paid_to_id") REFERENCES "public"."business_submissions"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_requests" ADD CONSTRAINT "payment_requests_partner_id_business_id_business_submissions_partner_id_id_fk" FOREIGN KEY ("partner_id","business_id") REFERENCES "public"."business_submissions"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_steps" ADD CONSTRAINT "payment_steps_partner_id_request_id_payment_requests_partner_id_id_fk" FOREIGN KEY ("partner_id","request_id") REFERENCES "public"."payment_requests"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_steps" ADD CONSTRAINT "payment_steps_partner_id_member_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","member_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_settings" ADD CONSTRAINT "payout_settings_partner_id_changed_by_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","changed_by_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "incentive_invoices_number" ON "incentive_invoices" USING btree ("partner_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_items_open" ON "payment_items" USING btree ("partner_id","statement_id") WHERE is_open;--> statement-breakpoint
CREATE INDEX "payment_items_statement" ON "payment_items" USING btree ("partner_id","statement_id");--> statement-breakpoint
CREATE INDEX "payment_requests_at" ON "payment_requests" USING btree ("partner_id","at","id");--> statement-breakpoint
CREATE INDEX "payment_requests_state" ON "payment_requests" USING btree ("partner_id","state","at");--> statement-breakpoint
CREATE INDEX "payment_requests_moving" ON "payment_requests" USING btree ("state_at") WHERE state in ('SUBMITTED','UNDER_REVIEW');--> statement-breakpoint
CREATE UNIQUE INDEX "payment_requests_quarter" ON "payment_requests" USING btree ("partner_id","quarter") WHERE state not in ('REJECTED','COMPLETED');--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_kind" CHECK ("files"."kind" in ('licence','case','agreement','certificate','invoice'));--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_type" CHECK ("files"."type" in ('image/png','image/jpeg','application/pdf','application/ofd'));
--> statement-breakpoint
grant select, insert, update on businesses, payout_settings, payment_requests, incentive_invoices to app;
--> statement-breakpoint
grant select, insert on business_submissions, payment_steps, invoice_numbers to app;
--> statement-breakpoint
-- What was handed in stays as it was handed in.
grant update (decided_at, reason) on business_submissions to app;
--> statement-breakpoint
grant select, insert, update, delete on payment_items to app;
--> statement-breakpoint
grant usage, select on sequence payment_numbers to app;
--> statement-breakpoint
do $$
declare tenant text;
begin
  foreach tenant in array array['business_submissions','businesses','payout_settings','payment_requests','payment_items','payment_steps','incentive_invoices','invoice_numbers']
  loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format($f$create policy tenant on %I
      using (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))
      with check (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))$f$, tenant);
  end loop;
end $$;
--> statement-breakpoint
create function refuse_payment_state() returns trigger language plpgsql as $$
begin
  if not (case old.state when 'SUBMITTED' then new.state = 'UNDER_REVIEW' when 'UNDER_REVIEW' then new.state = case new.option when 'VOUCHER_QUOTA' then 'COMPLETED' else 'AWAITING_INVOICE' end or new.state = 'REJECTED'
      when 'REJECTED' then new.state = 'SUBMITTED' when 'AWAITING_INVOICE' then new.state = 'INVOICE_REVIEW' when 'INVOICE_REVIEW' then new.state in ('INVOICE_REJECTED', 'PAYING') when 'INVOICE_REJECTED' then new.state = 'INVOICE_REVIEW'
      when 'PAYING' then new.state in ('COMPLETED', 'PAYMENT_FAILED') when 'PAYMENT_FAILED' then new.state = 'PAYING' else false end) then
    raise exception 'payment request % cannot go from % to %', old.number, old.state, new.state using errcode = 'check_violation', constraint = 'payment_requests_states';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger payment_requests_states before update on payment_requests for each row when (old.state <> new.state) execute function refuse_payment_state();
--> statement-breakpoint
create function refuse_business_state() returns trigger language plpgsql as $$
begin
  if not (case old.state when 'UNDER_REVIEW' then new.state in ('TEST_PAYMENT', 'FAILED') when 'TEST_PAYMENT' then new.state in ('CERTIFIED', 'LOCKED') when 'CERTIFIED' then new.state = 'UNDER_REVIEW'
      when 'FAILED' then new.state = 'UNDER_REVIEW' when 'LOCKED' then new.state = 'TEST_PAYMENT' else false end) then
    raise exception 'business information cannot go from % to %', old.state, new.state using errcode = 'check_violation', constraint = 'businesses_states';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger businesses_states before update on businesses for each row when (old.state <> new.state) execute function refuse_business_state();
