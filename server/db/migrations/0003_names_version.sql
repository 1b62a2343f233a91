-- Counts over all names of a partner are kept as long as this value stays. Random, not a number: one that was rolled back never comes again.
ALTER TABLE "customer_totals" ADD COLUMN "names_version" uuid DEFAULT gen_random_uuid() NOT NULL;
--> statement-breakpoint
create or replace function refill_customer_grams() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from customer_grams where partner_id = old.partner_id and customer_id = old.id;
  insert into customer_grams (partner_id, gram, customer_id)
  select distinct new.partner_id, substr(k.key, i, 2), new.id
    from (values (new.name_key), (new.account_key)) k(key) cross join lateral generate_series(1, char_length(k.key) - 1) i;
  update customer_totals set names_version = gen_random_uuid() where partner_id = new.partner_id;
  return null;
end $$;
--> statement-breakpoint
create or replace function fill_customer_grams_on_insert() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into customer_grams (partner_id, gram, customer_id)
  select distinct a.partner_id, substr(k.key, i, 2), a.id
    from after_rows a cross join lateral (values (a.name_key), (a.account_key)) k(key) cross join lateral generate_series(1, char_length(k.key) - 1) i;
  insert into customer_totals as t (partner_id, total) select partner_id, count(*)::int from after_rows group by partner_id
  on conflict (partner_id) do update set total = t.total + excluded.total, names_version = gen_random_uuid();
  return null;
end $$;
