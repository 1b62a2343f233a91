CREATE TABLE "manager_days" (
	"partner_id" uuid NOT NULL,
	"manager_id" uuid NOT NULL,
	"day" date NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "manager_days_partner_id_day_manager_id_pk" PRIMARY KEY("partner_id","day","manager_id")
);
--> statement-breakpoint
CREATE TABLE "manager_totals" (
	"partner_id" uuid NOT NULL,
	"manager_id" uuid NOT NULL,
	"customers" integer NOT NULL,
	"month_expenditure" bigint NOT NULL,
	CONSTRAINT "manager_totals_partner_id_manager_id_pk" PRIMARY KEY("partner_id","manager_id")
);
--> statement-breakpoint
grant select on manager_totals, manager_days to app;
--> statement-breakpoint
do $$
declare tenant text;
begin
  foreach tenant in array array['manager_totals','manager_days']
  loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format($f$create policy tenant on %I
      using (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))
      with check (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))$f$, tenant);
  end loop;
end $$;
--> statement-breakpoint
-- Rows are written in the order of their managers, so that of two who move customers between the same managers one waits and neither is stuck.
create function add_manager_totals() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into manager_totals as t (partner_id, manager_id, customers, month_expenditure)
  select partner_id, coalesce(manager_id, '00000000-0000-0000-0000-000000000000'::uuid), count(*)::int, sum(month_expenditure)::bigint from after_rows group by 1, 2 order by 1, 2
  on conflict (partner_id, manager_id) do update set customers = t.customers + excluded.customers, month_expenditure = t.month_expenditure + excluded.month_expenditure;
  return null;
end $$;
--> statement-breakpoint
create trigger customers_counted after insert on customers referencing new table as after_rows for each statement execute function add_manager_totals();
--> statement-breakpoint
create function shift_manager_totals() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into manager_totals as t (partner_id, manager_id, customers, month_expenditure)
  select x.partner_id, x.manager, sum(x.sign)::int, sum(x.sign * x.month_expenditure)::bigint from (
    select partner_id, coalesce(manager_id, '00000000-0000-0000-0000-000000000000'::uuid) as manager, 1 as sign, month_expenditure from after_rows
    union all select partner_id, coalesce(manager_id, '00000000-0000-0000-0000-000000000000'::uuid), -1, month_expenditure from before_rows) x
  group by 1, 2 having sum(x.sign) <> 0 or sum(x.sign * x.month_expenditure) <> 0 order by 1, 2
  on conflict (partner_id, manager_id) do update set customers = t.customers + excluded.customers, month_expenditure = t.month_expenditure + excluded.month_expenditure;
  return null;
end $$;
--> statement-breakpoint
create trigger customers_recounted after update on customers referencing old table as before_rows new table as after_rows for each statement execute function shift_manager_totals();
--> statement-breakpoint
create function add_manager_days() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into manager_days as t (partner_id, manager_id, day, amount)
  select d.partner_id, coalesce(a.manager_id, '00000000-0000-0000-0000-000000000000'::uuid), d.day, sum(d.amount)::bigint from after_rows d
    left join assignments a on a.partner_id = d.partner_id and a.customer_id = d.customer_id and a.counts_from <= d.day and (a.counts_to is null or a.counts_to >= d.day)
  group by 1, 2, 3 order by 1, 3, 2
  on conflict (partner_id, day, manager_id) do update set amount = t.amount + excluded.amount;
  return null;
end $$;
--> statement-breakpoint
create trigger expenditure_days_counted after insert on expenditure_days referencing new table as after_rows for each statement execute function add_manager_days();
--> statement-breakpoint
create function shift_manager_days() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into manager_days as t (partner_id, manager_id, day, amount)
  select d.partner_id, coalesce(a.manager_id, '00000000-0000-0000-0000-000000000000'::uuid), d.day, sum(d.sign * d.amount)::bigint
    from (select partner_id, customer_id, day, amount, 1 as sign from after_rows union all select partner_id, customer_id, day, amount, -1 from before_rows) d
    left join assignments a on a.partner_id = d.partner_id and a.customer_id = d.customer_id and a.counts_from <= d.day and (a.counts_to is null or a.counts_to >= d.day)
  group by 1, 2, 3 having sum(d.sign * d.amount) <> 0 order by 1, 3, 2
  on conflict (partner_id, day, manager_id) do update set amount = t.amount + excluded.amount;
  return null;
end $$;
--> statement-breakpoint
create trigger expenditure_days_recounted after update on expenditure_days referencing old table as before_rows new table as after_rows for each statement execute function shift_manager_days();
--> statement-breakpoint
-- A stretch of time that begins, ends or changes hands takes the days it holds along; days that are nobody's else stand under the nil id.
create function add_assigned_days() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into manager_days as t (partner_id, manager_id, day, amount)
  select a.partner_id, v.manager, d.day, sum(v.amount)::bigint from after_rows a
    join expenditure_days d on d.partner_id = a.partner_id and d.customer_id = a.customer_id and d.day >= a.counts_from and (a.counts_to is null or d.day <= a.counts_to)
    cross join lateral (values (a.manager_id, d.amount), ('00000000-0000-0000-0000-000000000000'::uuid, -d.amount)) v(manager, amount)
  group by 1, 2, 3 having sum(v.amount) <> 0 order by 1, 3, 2
  on conflict (partner_id, day, manager_id) do update set amount = t.amount + excluded.amount;
  return null;
end $$;
--> statement-breakpoint
create trigger assignments_counted after insert on assignments referencing new table as after_rows for each statement execute function add_assigned_days();
--> statement-breakpoint
create function shift_assigned_days() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into manager_days as t (partner_id, manager_id, day, amount)
  select a.partner_id, v.manager, d.day, sum(v.amount)::bigint
    from (select partner_id, customer_id, manager_id, counts_from, counts_to, 1 as sign from after_rows union all select partner_id, customer_id, manager_id, counts_from, counts_to, -1 from before_rows) a
    join expenditure_days d on d.partner_id = a.partner_id and d.customer_id = a.customer_id and d.day >= a.counts_from and (a.counts_to is null or d.day <= a.counts_to)
    cross join lateral (values (a.manager_id, a.sign * d.amount), ('00000000-0000-0000-0000-000000000000'::uuid, -a.sign * d.amount)) v(manager, amount)
  group by 1, 2, 3 having sum(v.amount) <> 0 order by 1, 3, 2
  on conflict (partner_id, day, manager_id) do update set amount = t.amount + excluded.amount;
  return null;
end $$;
--> statement-breakpoint
create trigger assignments_recounted after update on assignments referencing old table as before_rows new table as after_rows for each statement execute function shift_assigned_days();
--> statement-breakpoint
-- What follows reads and writes every partner's rows, and the owner of the tables is fenced like everybody.
select set_config('app.partner_ids', coalesce((select array_agg(id)::text from partners), '{}'), true);
--> statement-breakpoint
insert into manager_totals (partner_id, manager_id, customers, month_expenditure)
select partner_id, coalesce(manager_id, '00000000-0000-0000-0000-000000000000'::uuid), count(*)::int, sum(month_expenditure)::bigint from customers group by 1, 2;
--> statement-breakpoint
insert into manager_days (partner_id, manager_id, day, amount)
select d.partner_id, coalesce(a.manager_id, '00000000-0000-0000-0000-000000000000'::uuid), d.day, sum(d.amount)::bigint from expenditure_days d
  left join assignments a on a.partner_id = d.partner_id and a.customer_id = d.customer_id and a.counts_from <= d.day and (a.counts_to is null or a.counts_to >= d.day)
group by 1, 2, 3;
