CREATE SEQUENCE "public"."handover_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "assignments" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"manager_id" uuid NOT NULL,
	"assigned_at" timestamp with time zone NOT NULL,
	"counts_from" date NOT NULL,
	"ended_at" timestamp with time zone,
	"counts_to" date,
	"how" text NOT NULL,
	"ended_how" text,
	"by_id" uuid,
	"ended_by_id" uuid,
	CONSTRAINT "assignments_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "assignments_end" CHECK (("assignments"."ended_at" is null) = ("assignments"."counts_to" is null) and ("assignments"."ended_at" is null) = ("assignments"."ended_how" is null)),
	CONSTRAINT "assignments_how" CHECK ("assignments"."how" in ('assigned','changed','invitation','handed_over','vendor') and "assignments"."ended_how" in ('changed','reclaimed','handed_over','disassociated','vendor'))
);
--> statement-breakpoint
CREATE TABLE "expenditure_days" (
	"partner_id" uuid NOT NULL,
	"day" date NOT NULL,
	"customer_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "expenditure_days_partner_id_customer_id_day_pk" PRIMARY KEY("partner_id","customer_id","day")
);
--> statement-breakpoint
CREATE TABLE "handover_customers" (
	"partner_id" uuid NOT NULL,
	"handover_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "handover_customers_partner_id_handover_id_customer_id_pk" PRIMARY KEY("partner_id","handover_id","customer_id"),
	CONSTRAINT "handover_customers_state" CHECK ("handover_customers"."state" in ('PLANNED','MOVED','LEFT','CANCELLED'))
);
--> statement-breakpoint
CREATE TABLE "handovers" (
	"partner_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"from_id" uuid NOT NULL,
	"to_id" uuid NOT NULL,
	"day" date NOT NULL,
	"tells_customers" boolean NOT NULL,
	"state" text NOT NULL,
	"is_whole" boolean NOT NULL,
	"customers" integer NOT NULL,
	"moved" integer NOT NULL,
	"kept" integer NOT NULL,
	"operator_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "handovers_partner_id_id_pk" PRIMARY KEY("partner_id","id"),
	CONSTRAINT "handovers_number" UNIQUE("partner_id","number"),
	CONSTRAINT "handovers_state" CHECK ("handovers"."state" in ('PLANNED','RUNNING','DONE','CANCELLED')),
	CONSTRAINT "handovers_people" CHECK ("handovers"."from_id" <> "handovers"."to_id")
);
--> statement-breakpoint
CREATE TABLE "openings" (
	"partner_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"change" text NOT NULL,
	"open_until" timestamp with time zone NOT NULL,
	"sealed_value" "bytea",
	CONSTRAINT "openings_partner_id_member_id_session_id_change_pk" PRIMARY KEY("partner_id","member_id","session_id","change"),
	CONSTRAINT "openings_change" CHECK ("openings"."change" in ('mobile','email','password'))
);
--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_partner_id_customer_id_customers_partner_id_id_fk" FOREIGN KEY ("partner_id","customer_id") REFERENCES "public"."customers"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_partner_id_manager_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","manager_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handover_customers" ADD CONSTRAINT "handover_customers_partner_id_handover_id_handovers_partner_id_id_fk" FOREIGN KEY ("partner_id","handover_id") REFERENCES "public"."handovers"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_partner_id_from_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","from_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_partner_id_to_id_members_partner_id_id_fk" FOREIGN KEY ("partner_id","to_id") REFERENCES "public"."members"("partner_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_present" ON "assignments" USING btree ("partner_id","customer_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "assignments_manager" ON "assignments" USING btree ("partner_id","manager_id","assigned_at");--> statement-breakpoint
CREATE INDEX "assignments_customer" ON "assignments" USING btree ("partner_id","customer_id","assigned_at");--> statement-breakpoint
CREATE INDEX "assignments_at" ON "assignments" USING btree ("partner_id","assigned_at","id");--> statement-breakpoint
CREATE INDEX "expenditure_days_day" ON "expenditure_days" USING btree ("partner_id","day");--> statement-breakpoint
CREATE UNIQUE INDEX "handover_customers_open" ON "handover_customers" USING btree ("partner_id","customer_id") WHERE state = 'PLANNED';--> statement-breakpoint
CREATE INDEX "log_entries_sign_ins" ON "log_entries" USING btree ("partner_id","operator_id","at") WHERE operation = 'session.signed_in';--> statement-breakpoint
CREATE INDEX "handovers_created" ON "handovers" USING btree ("partner_id","created_at","id");--> statement-breakpoint
CREATE INDEX "handovers_due" ON "handovers" USING btree ("state","day");
--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "awaits_password" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "last_sign_in_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "set_ups" ADD COLUMN "proves_email" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
-- When people signed in last stood in the log alone.
update members m set last_sign_in_at = l.at from (select partner_id, operator_id, max(at) as at from log_entries where operation = 'session.signed_in' group by 1, 2) l where l.partner_id = m.partner_id and l.operator_id = m.id;
--> statement-breakpoint
grant select on expenditure_days, assignments, handovers, handover_customers, openings to app;
--> statement-breakpoint
grant insert, update on expenditure_days, assignments, handovers, handover_customers, openings to app;
--> statement-breakpoint
grant delete on openings to app;
--> statement-breakpoint
grant usage, select on sequence handover_numbers to app;
--> statement-breakpoint
do $$
declare tenant text;
begin
  foreach tenant in array array['expenditure_days','assignments','handovers','handover_customers','openings']
  loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format($f$create policy tenant on %I
      using (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))
      with check (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))$f$, tenant);
  end loop;
end $$;
--> statement-breakpoint

-- A customer who comes with a manager has been that manager's since the association.
create function begin_assignments() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into assignments (partner_id, id, customer_id, manager_id, assigned_at, counts_from, how)
  select partner_id, gen_random_uuid(), id, manager_id, associated_at, (associated_at at time zone 'Asia/Shanghai')::date + 1, 'vendor' from after_rows where manager_id is not null;
  return null;
end $$;
--> statement-breakpoint
create trigger customers_assigned after insert on customers referencing new table as after_rows for each statement execute function begin_assignments();
--> statement-breakpoint
-- Whose customer it is and the history of it cannot part, whoever changes one of them.
create function compare_assignment() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare wanted uuid; found uuid; customer uuid := case when tg_table_name = 'customers' then (to_jsonb(new) ->> 'id')::uuid else (to_jsonb(new) ->> 'customer_id')::uuid end;
begin
  select manager_id into wanted from customers where partner_id = new.partner_id and id = customer;
  select manager_id into found from assignments where partner_id = new.partner_id and customer_id = customer and ended_at is null;
  if wanted is distinct from found then
    raise exception 'customer % and its assignment differ', customer using errcode = 'check_violation', constraint = 'assignments_present';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger customers_assignment after update of manager_id on customers deferrable initially deferred for each row execute function compare_assignment();
--> statement-breakpoint
create constraint trigger assignments_customer after insert or update on assignments deferrable initially deferred for each row execute function compare_assignment();
--> statement-breakpoint
-- What follows reads and writes every partner's rows, and the owner of the tables is fenced like everybody.
select set_config('app.partner_ids', coalesce((select array_agg(id)::text from partners), '{}'), true);
--> statement-breakpoint
insert into assignments (partner_id, id, customer_id, manager_id, assigned_at, counts_from, how)
select partner_id, gen_random_uuid(), id, manager_id, associated_at, (associated_at at time zone 'Asia/Shanghai')::date + 1, 'vendor' from customers where manager_id is not null;
--> statement-breakpoint
-- Days were not kept before: what a month had cost stands on its first day.
insert into expenditure_days (partner_id, customer_id, day, amount) select partner_id, customer_id, month, amount from expenditures;
