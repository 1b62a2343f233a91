-- What tables alone cannot say: the application's role, the partner's fence, append-only rows, sums that must be zero,
-- the chain of the operation log, and the two aids of the customer list.

do $$
begin
  create role app nologin;
exception when duplicate_object or unique_violation then null;
end $$;
--> statement-breakpoint
grant usage on schema public to app;
--> statement-breakpoint
grant select on all tables in schema public to app;
--> statement-breakpoint
grant usage, select on all sequences in schema public to app;
--> statement-breakpoint
grant insert, update, delete on sessions, limits, preferences, views, export_tasks, export_chunks, request_keys, proofs, messages to app;
--> statement-breakpoint
grant insert, update on partners, logins, installation, members, verification_guards, customers, expenditures, accounts, lots to app;
--> statement-breakpoint
grant insert on transfers, entries, adjustments, lot_moves, log_entries to app;
--> statement-breakpoint
revoke update, delete, truncate on transfers, entries, adjustments, lot_moves, log_entries, log_heads from app;
--> statement-breakpoint

-- The second fence: a query that forgets its filter finds nothing.
do $$
declare tenant text;
begin
  foreach tenant in array array['members','verification_guards','preferences','customers','customer_grams','customer_totals','expenditures','views',
    'accounts','transfers','entries','lots','adjustments','lot_moves','proofs','request_keys','log_heads','log_entries','messages','export_tasks','export_chunks']
  loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format($f$create policy tenant on %I
      using (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))
      with check (partner_id = any (coalesce(nullif(current_setting('app.partner_ids', true), ''), '{}')::uuid[]))$f$, tenant);
  end loop;
end $$;
--> statement-breakpoint

-- Every request begins with it: who calls, in one round trip. The session says whose fence to raise; only behind it the member can be seen.
create function open_session(hash text) returns table (
  id uuid, member_id uuid, started_at timestamptz, seen_at timestamptz, partner_id uuid, account text, partner_name text, type text, partner_state text, verification_on boolean, time_zone text,
  login text, name text, role text, language text, extra_permissions text[], removed_permissions text[], state text
) language plpgsql as $$
#variable_conflict use_column
begin
  perform set_config('app.partner_ids', '{' || s.partner_id || '}', true) from sessions s where s.token_hash = hash;
  return query select s.id, s.member_id, s.started_at, s.seen_at, p.id, p.account, p.name, p.type, p.state, p.verification_on, p.time_zone,
      m.login, m.name, m.role, m.language, m.extra_permissions, m.removed_permissions, m.state
    from sessions s join partners p on p.id = s.partner_id join members m on m.partner_id = s.partner_id and m.id = s.member_id where s.token_hash = hash;
end $$;
--> statement-breakpoint

create function refuse_unbalanced() returns trigger language plpgsql as $$
begin
  if exists (select 1 from entries where partner_id = new.partner_id and transfer_id = new.transfer_id group by currency having sum(amount) <> 0) then
    raise exception 'transfer % does not sum to zero', new.transfer_id using errcode = 'check_violation', constraint = 'entries_zero_sum';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger entries_zero_sum after insert on entries deferrable initially deferred for each row execute function refuse_unbalanced();
--> statement-breakpoint

-- One text per row, the same here and for the verifier: every column that says something, parted by a sign no value holds.
create function log_entry_text(e log_entries) returns text language sql immutable as $$
  select concat_ws(chr(31), e.partner_id::text, e.seq::text, e.id::text, (extract(epoch from e.at) * 1000)::bigint::text, coalesce(e.operator_id::text, '-'), coalesce(e.operator_name, '-'),
    e.operation, coalesce(e.object_kind, '-'), coalesce(e.object_number, '-'), coalesce(e.customer_id::text, '-'), coalesce(e.amount::text, '-'),
    e.result, e.confirmed_by, e.source, e.request_id, e.address, e.agent, e.details::text)
$$;
--> statement-breakpoint
-- Runs as the owner: the application's role can append to the log but cannot touch the head of the chain.
create function chain_log_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare head log_heads%rowtype;
begin
  select * into head from log_heads where partner_id = new.partner_id for update;
  if not found then
    insert into log_heads (partner_id, seq, hash) values (new.partner_id, 0, sha256('partner'::bytea)) on conflict do nothing;
    select * into head from log_heads where partner_id = new.partner_id for update;
  end if;
  new.seq := head.seq + 1;
  new.previous_hash := head.hash;
  new.hash := sha256(head.hash || convert_to(log_entry_text(new), 'UTF8'));
  update log_heads set seq = new.seq, hash = new.hash where partner_id = new.partner_id;
  return new;
end $$;
--> statement-breakpoint
create trigger log_entries_chain before insert on log_entries for each row execute function chain_log_entry();
--> statement-breakpoint

create function refill_customer_grams() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from customer_grams where partner_id = old.partner_id and customer_id = old.id;
  insert into customer_grams (partner_id, gram, customer_id)
  select distinct new.partner_id, substr(k.key, i, 2), new.id
    from (values (new.name_key), (new.account_key)) k(key) cross join lateral generate_series(1, char_length(k.key) - 1) i;
  return null;
end $$;
--> statement-breakpoint
create trigger customers_renamed after update of name, account_name on customers for each row
  when (old.name <> new.name or old.account_name <> new.account_name) execute function refill_customer_grams();
--> statement-breakpoint
create function fill_customer_grams_on_insert() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into customer_grams (partner_id, gram, customer_id)
  select distinct a.partner_id, substr(k.key, i, 2), a.id
    from after_rows a cross join lateral (values (a.name_key), (a.account_key)) k(key) cross join lateral generate_series(1, char_length(k.key) - 1) i;
  insert into customer_totals as t (partner_id, total) select partner_id, count(*)::int from after_rows group by partner_id
  on conflict (partner_id) do update set total = t.total + excluded.total;
  return null;
end $$;
--> statement-breakpoint
create trigger customers_inserted after insert on customers referencing new table as after_rows for each statement execute function fill_customer_grams_on_insert();
