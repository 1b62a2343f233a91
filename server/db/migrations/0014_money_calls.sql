-- What every request and every movement of money runs. A statement of many parts is set up anew at each run, and one that takes a list is planned anew at
-- each run because nobody can say how long the list is. In here each part is a plain statement about one row found by its key: planned once per connection,
-- and the same way whatever the tables hold. The decisions are those of the server; docs/decisions/0059 says what it saves.

-- As before, in a language that keeps its plan. The texts stay the same, so every chain that was written stays valid.
create or replace function log_entry_text(e log_entries) returns text language plpgsql immutable as $$
begin
  return concat_ws(chr(31), e.partner_id::text, e.seq::text, e.id::text, (extract(epoch from e.at) * 1000)::bigint::text, coalesce(e.operator_id::text, '-'), coalesce(e.operator_name, '-'),
    e.operation, coalesce(e.object_kind, '-'), coalesce(e.object_number, '-'), coalesce(e.customer_id::text, '-'), coalesce(e.amount::text, '-'),
    e.result, e.confirmed_by, e.source, e.request_id, e.address, e.agent, e.details::text);
end $$;
--> statement-breakpoint

-- As before; custom roles are looked for only where a member has some.
create or replace function open_session(hash text) returns table (
  id uuid, member_id uuid, started_at timestamptz, seen_at timestamptz, partner_id uuid, account text, partner_name text, type text, partner_state text, verification_on boolean, required_operations text[], time_zone text,
  login text, name text, roles text[], custom_roles jsonb, language text, extra_permissions text[], removed_permissions text[], state text
) language plpgsql as $$
#variable_conflict use_column
declare
  called sessions%rowtype;
  fence text;
begin
  select * into called from sessions s where s.token_hash = hash;
  if not found then return; end if;
  fence := set_config('app.partner_ids', '{' || called.partner_id || '}', true);
  return query select called.id, called.member_id, called.started_at, called.seen_at, p.id, p.account, p.name, p.type, p.state, p.verification_on, p.required_operations, p.time_zone,
      m.login, m.name, m.roles, case when cardinality(m.custom_role_ids) = 0 then '[]'::jsonb else member_custom_roles(m.partner_id, m.custom_role_ids) end,
      m.language, m.extra_permissions, m.removed_permissions, m.state
    from members m join partners p on p.id = m.partner_id where m.partner_id = called.partner_id and m.id = called.member_id;
end $$;
--> statement-breakpoint

-- Locks customers to the end of the transaction, in the order they are named, and reads behind each lock what was allocated to the customer.
-- `managers`: only customers of these account managers; null: anybody's. Who is not found is left out.
create function lock_customers(partner uuid, ids uuid[], managers uuid[]) returns table (
  id uuid, number text, name text, is_resale boolean, is_frozen boolean, held bigint, unsettled bigint, arrears bigint, mobile text, email text, language text,
  account_id uuid, currency text, balance bigint, overdraft bigint
) language plpgsql as $$
#variable_conflict use_column
declare wanted uuid;
begin
  foreach wanted in array ids loop
    select c.id, c.number, c.name, c.association_type = 'RESALE', c.state <> 'NORMAL', c.held, c.unsettled, c.arrears, c.mobile, c.email, c.language, c.account_id
      into id, number, name, is_resale, is_frozen, held, unsettled, arrears, mobile, email, language, account_id
      from customers c where c.partner_id = partner and c.id = wanted and (managers is null or c.manager_id = any (managers)) for no key update;
    continue when not found;
    select a.currency, a.balance, a.overdraft into currency, balance, overdraft from accounts a where a.partner_id = partner and a.id = account_id;
    return next;
  end loop;
end $$;
--> statement-breakpoint

-- The lots that taking these amounts may touch, see server/ledger/lots.ts.
create function lots_to_reclaim(partner uuid, customers uuid[], amounts bigint[], named uuid[]) returns table (id uuid, number text, account_id uuid, source text, source_account_id uuid, remaining bigint, seq bigint)
language plpgsql as $$
#variable_conflict use_column
declare
  account uuid;
  needed bigint;
begin
  for place in 1 .. cardinality(customers) loop
    select c.account_id into account from customers c where c.partner_id = partner and c.id = customers[place];
    continue when not found;
    if named[place] is null then
      needed := amounts[place];
      for id, number, account_id, source, source_account_id, remaining, seq in
        select l.id, l.number, l.account_id, l.source, l.source_account_id, l.remaining, l.seq from lots l where l.partner_id = partner and l.account_id = account and l.remaining > 0 order by l.seq desc
      loop
        return next;
        needed := needed - remaining;
        exit when needed <= 0;
      end loop;
    else
      select l.id, l.number, l.account_id, l.source, l.source_account_id, l.remaining, l.seq into id, number, account_id, source, source_account_id, remaining, seq
        from lots l where l.partner_id = partner and l.id = named[place] and l.account_id = account;
      if found then return next; end if;
    end if;
  end loop;
end $$;
--> statement-breakpoint

-- What somebody has settled about messages to these customers, see server/messages/choices.ts. Mostly nobody has.
create function settled_notices(partner uuid, customers uuid[]) returns table (id uuid, template jsonb) language plpgsql as $$
#variable_conflict use_column
begin
  if not exists (select 1 from customer_notices t where t.partner_id = partner and t.is_taken_over) and not exists (select 1 from notice_choices o where o.partner_id = partner) then return; end if;
  return query select c.id, coalesce(case when c.association_type = 'RESALE' and t.is_taken_over then t.template end, o.template)
    from customers c left join customer_notices t on t.partner_id = c.partner_id left join notice_choices o on o.partner_id = c.partner_id and o.customer_id = c.id
   where c.partner_id = partner and c.id = any (customers) and (t.is_taken_over or o.template is not null);
end $$;
--> statement-breakpoint

-- Writes one transfer with everything that belongs to it, for server/ledger/post.ts, which says what the lists mean. The changes come in the order of the
-- accounts' ids, and so the rows are locked. Numbers that were drawn before may be given, the transfer's last; and balances that were foreseen, which must
-- come out. Refuses with PC002 what would take an account below its bound, and says what it holds and what was needed.
create function post_transfer(
  partner uuid, transfer uuid, kind text, is_batch boolean, actor uuid, proof uuid, key_hash text, request text, confirmed_by text, reason text, at timestamptz, day text,
  account_ids uuid[], changes bigint[],
  line_ids uuid[], line_customers uuid[], line_accounts uuid[], line_kinds text[], line_sources text[], line_amounts bigint[], line_later bigint[],
  lot_ids uuid[], lot_customers uuid[], lot_accounts uuid[], lot_source_accounts uuid[], lot_sources text[], lot_amounts bigint[],
  taken_lots uuid[], taken_amounts bigint[], taken_as text[],
  moved_lines uuid[], moved_lots uuid[], moved_amounts bigint[],
  given_numbers text[], foreseen_afters bigint[]
) returns table (transfer_number text, line_id uuid, line_number text, customer_id uuid, source text, amount bigint, balance_after bigint)
language plpgsql as $$
#variable_conflict use_column
declare
  currencies text[] := '{}';
  balances bigint[] := '{}';
  numbers text[] := '{}';
  afters bigint[] := '{}';
  its_currency text;
  its_balance bigint;
begin
  for place in 1 .. cardinality(account_ids) loop
    update accounts a set balance = a.balance + changes[place]
     where a.partner_id = partner and a.id = account_ids[place] and (a.overdraft is null or a.balance + a.overdraft + changes[place] >= 0)
    returning a.currency, a.balance into its_currency, its_balance;
    if not found then
      select a.balance + a.overdraft into its_balance from accounts a where a.partner_id = partner and a.id = account_ids[place];
      if not found then raise exception 'account % is missing', account_ids[place]; end if;
      raise exception 'insufficient funds' using errcode = 'PC002', detail = its_balance || ' ' || -changes[place];
    end if;
    currencies[place] := its_currency;
    balances[place] := its_balance;
  end loop;
  for place in 1 .. cardinality(line_ids) loop
    numbers[place] := coalesce(given_numbers[place], 'TX' || day || to_char(nextval('transaction_numbers'), 'FM999999000000'));
    afters[place] := balances[array_position(account_ids, line_accounts[place])] + line_later[place];
  end loop;
  if cardinality(foreseen_afters) > 0 and foreseen_afters is distinct from afters then raise exception 'balances are not as they were foreseen' using errcode = 'PC003'; end if;
  if cardinality(given_numbers) > 0 then
    transfer_number := given_numbers[cardinality(given_numbers)];
  elsif is_batch then
    transfer_number := 'B' || day || to_char(nextval('batch_numbers'), 'FM999999000000');
  else
    transfer_number := coalesce(numbers[1], 'TX' || day || to_char(nextval('transaction_numbers'), 'FM999999000000'));
  end if;
  insert into transfers (partner_id, id, number, kind, is_batch, actor_id, proof_id, key_hash, request_id, confirmed_by, reason, at)
  values (partner, transfer, transfer_number, post_transfer.kind, post_transfer.is_batch, actor, proof, post_transfer.key_hash, request, post_transfer.confirmed_by, post_transfer.reason, post_transfer.at);
  insert into entries (partner_id, transfer_id, account_id, currency, amount, balance_after, at)
  select partner, transfer, u.account, u.currency, u.change, u.balance, post_transfer.at from unnest(account_ids, currencies, changes, balances) as u(account, currency, change, balance);
  if cardinality(line_ids) > 0 then
    insert into adjustments (partner_id, id, number, transfer_id, batch_number, customer_id, kind, source, amount, balance_before, balance_after, operator_id, at)
    select partner, u.id, u.number, transfer, case when post_transfer.is_batch then transfer_number end, u.customer, u.kind, u.source, u.amount,
        u.after - case when u.kind = 'allocate' then u.amount else -u.amount end, u.after, actor, post_transfer.at
      from unnest(line_ids, numbers, line_customers, line_kinds, line_sources, line_amounts, afters) as u(id, number, customer, kind, source, amount, after);
  end if;
  if cardinality(lot_ids) > 0 then
    insert into lots (partner_id, id, number, customer_id, account_id, source_account_id, source, transfer_id, operator_id, granted, spent, reclaimed, remaining, at)
    select partner, u.id, 'LT' || day || to_char(nextval('lot_numbers'), 'FM999999000000'), u.customer, u.account, u.source_account, u.source, transfer, actor, u.amount, 0, 0, u.amount, post_transfer.at
      from unnest(lot_ids, lot_customers, lot_accounts, lot_source_accounts, lot_sources, lot_amounts) as u(id, customer, account, source_account, source, amount);
  end if;
  for place in 1 .. cardinality(taken_lots) loop
    update lots l set remaining = l.remaining - taken_amounts[place],
        spent = l.spent + case when taken_as[place] = 'spent' then taken_amounts[place] else 0 end, reclaimed = l.reclaimed + case when taken_as[place] = 'reclaimed' then taken_amounts[place] else 0 end
     where l.partner_id = partner and l.id = taken_lots[place];
    if not found then raise exception 'lot % is missing', taken_lots[place]; end if;
  end loop;
  if cardinality(moved_lines) > 0 then
    insert into lot_moves (partner_id, adjustment_id, lot_id, amount) select partner, u.line, u.lot, u.amount from unnest(moved_lines, moved_lots, moved_amounts) as u(line, lot, amount);
  end if;
  for place in 1 .. greatest(cardinality(line_ids), 1) loop
    line_id := line_ids[place];
    line_number := numbers[place];
    customer_id := line_customers[place];
    source := line_sources[place];
    amount := line_amounts[place];
    balance_after := afters[place];
    return next;
  end loop;
end $$;
--> statement-breakpoint

-- Uses a proof up for exactly what it froze: of any number of parallel requests one gets it. How it was passed is compared with what is required now,
-- whatever was required when it was frozen. Returns how it was confirmed; null when it does not fit.
create function use_proof(partner uuid, proof uuid, member uuid, session uuid, its_operation text, its_digest text, needed text, wants_authenticator boolean, now_ timestamptz) returns text language plpgsql as $$
declare confirmed text;
begin
  update proofs p set state = 'used', used_at = now_, code_mac = null
   where p.partner_id = partner and p.id = proof and p.member_id = member and p.session_id = session and p.operation = its_operation and p.digest = its_digest
     and (p.passed_by in ('totp', 'passkey') or not wants_authenticator)
     and (p.state = 'passed' and p.passed_until > now_ or p.state = 'open' and p.needs = 'click' and needed = 'click' and p.expires_at > now_)
  returning case when p.needs = 'click' then 'click' else coalesce(p.passed_by, 'none') end into confirmed;
  return confirmed;
end $$;
--> statement-breakpoint

-- For what is sent with the commit, where nobody can look at the answer first: what does not hold undoes everything.
create function insist(holds boolean) returns void language plpgsql as $$
begin
  if holds is not true then raise exception 'it is not as it was foreseen' using errcode = 'PC003'; end if;
end $$;
