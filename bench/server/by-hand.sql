-- The measure for allocating and reclaiming: the same rows as the product writes, by functions that were written for nothing else. No session, no
-- permission, no input to check, nothing masked: only what has to be in the tables afterwards. An operation is one call; or two, as in the product,
-- where a person sees what was frozen before confirming it, and so two commits.
create function by_hand_log(p_partner uuid, p_member uuid, p_operation text, p_kind text, p_number text, p_customer uuid, p_amount bigint, p_confirmed text, p_details jsonb, p_now timestamptz) returns void language sql as $$
  insert into log_entries (partner_id, id, at, operator_id, operator_name, operation, object_kind, object_number, customer_id, amount, result, confirmed_by, source, request_id, address, agent, details)
  values (p_partner, gen_random_uuid(), p_now, p_member, '顾**', p_operation, p_kind, p_number, p_customer, p_amount, 'success', p_confirmed, 'console', gen_random_uuid()::text, '127.0.0.1', '', p_details)
$$;

create function by_hand_proof(p_partner uuid, p_member uuid, p_session uuid, p_operation text, p_customer uuid, p_amount bigint) returns uuid language plpgsql as $$
declare proof uuid := gen_random_uuid(); p_now timestamptz := now();
begin
  insert into proofs (partner_id, id, member_id, session_id, operation, needs, state, summary, input_digest, digest, created_at, expires_at, guesses, sends)
  values (p_partner, proof, p_member, p_session, p_operation, 'click', 'open',
    jsonb_build_object('operation', p_operation, 'total', (p_amount / 100.0)::text, 'count', 1, 'largest', (p_amount / 100.0)::text, 'facts', '[{"kind":"text","label":"source","text":"top-up"}]'::jsonb,
      'items', '[{"nameMasked":"青屿***公司","idTail":"0001","amount":"1.00"}]'::jsonb, 'notes', '[]'::jsonb),
    encode(sha256(convert_to(proof::text, 'UTF8')), 'hex'), encode(sha256(convert_to(p_customer::text || proof, 'UTF8')), 'hex'), p_now, p_now + interval '30 minutes', 0, 0);
  return proof;
end $$;

create function by_hand_freeze(p_partner uuid, p_member uuid, p_session uuid, p_operation text, p_customer uuid, p_amount bigint) returns uuid language plpgsql as $$
declare proof uuid := by_hand_proof(p_partner, p_member, p_session, p_operation, p_customer, p_amount);
begin
  perform by_hand_log(p_partner, p_member, 'proof.frozen', 'proof', proof::text, null, null, 'none', jsonb_build_object('operation', p_operation, 'count', 1, 'needs', 'click'), now());
  return proof;
end $$;

create function by_hand_end(p_partner uuid, p_member uuid, p_operation text, p_kind text, p_customer uuid, p_amount bigint, p_key text, p_proof uuid, p_transfer uuid, p_adjustment uuid, p_number text, p_after bigint, p_now timestamptz, p_is_one_call boolean) returns void language plpgsql as $$
begin
  insert into messages (partner_id, id, kind, channel, to_masked, sealed, state, attempts, at, due_at)
  select p_partner, gen_random_uuid(), p_kind, channel, '100****0001', decode(repeat('5a', 260), 'hex'), 'queued', 0, p_now, p_now + interval '1 year' from (values ('sms'), ('email')) c(channel);
  insert into request_keys (partner_id, member_id, endpoint, key, input_digest, status, body, at)
  values (p_partner, p_member, 'POST /api/funds/' || p_operation, p_key, encode(sha256(convert_to(p_key, 'UTF8')), 'hex'), 200,
    json_build_object('transferId', p_transfer, 'batchNumber', null, 'total', '1.00', 'count', 1, 'adjustments', json_build_array(json_build_object('id', p_adjustment, 'number', p_number, 'customerId', p_customer, 'amount', '1.00', 'balance', p_after::text))), p_now);
  if p_is_one_call then
    perform by_hand_log(p_partner, p_member, 'proof.frozen', 'proof', p_proof::text, null, null, 'none', jsonb_build_object('operation', p_operation, 'count', 1, 'needs', 'click'), p_now);
  end if;
  perform by_hand_log(p_partner, p_member, p_operation, 'adjustment', p_number, p_customer, p_amount, 'click', jsonb_build_object('source', 'top-up', 'balance', p_after), p_now);
end $$;

create function by_hand_allocate(p_partner uuid, p_member uuid, p_session uuid, p_customer uuid, p_account uuid, p_source uuid, p_amount bigint, p_key text, p_frozen uuid) returns text language plpgsql as $$
declare
  now_ timestamptz := now();
  proof uuid := coalesce(p_frozen, by_hand_proof(p_partner, p_member, p_session, 'funds.allocate', p_customer, p_amount));
  transfer uuid := gen_random_uuid();
  adjustment uuid := gen_random_uuid();
  lot uuid := gen_random_uuid();
  day text := to_char(now_, 'YYMMDD');
  number_ text := 'TX' || day || to_char(nextval('transaction_numbers'), 'FM999999000000');
  source_after bigint;
  after_ bigint;
begin
  update proofs set state = 'used', used_at = now_ where partner_id = p_partner and id = proof;
  update accounts set balance = balance + p_amount where partner_id = p_partner and id = p_account returning balance into after_;
  update accounts set balance = balance - p_amount where partner_id = p_partner and id = p_source returning balance into source_after;
  insert into transfers (partner_id, id, number, kind, is_batch, actor_id, proof_id, key_hash, request_id, confirmed_by, reason, at)
  values (p_partner, transfer, number_, 'allocate', false, p_member, proof, encode(sha256(convert_to(p_key, 'UTF8')), 'hex'), gen_random_uuid()::text, 'click', '', now_);
  insert into entries (partner_id, transfer_id, account_id, currency, amount, balance_after, at)
  values (p_partner, transfer, p_source, 'CNY', -p_amount, source_after, now_), (p_partner, transfer, p_account, 'CNY', p_amount, after_, now_);
  insert into adjustments (partner_id, id, number, transfer_id, customer_id, kind, source, amount, balance_before, balance_after, operator_id, at)
  values (p_partner, adjustment, number_, transfer, p_customer, 'allocate', 'top-up', p_amount, after_ - p_amount, after_, p_member, now_);
  insert into lots (partner_id, id, number, customer_id, account_id, source_account_id, source, transfer_id, operator_id, granted, spent, reclaimed, remaining, at)
  values (p_partner, lot, 'LT' || day || to_char(nextval('lot_numbers'), 'FM999999000000'), p_customer, p_account, p_source, 'top-up', transfer, p_member, p_amount, 0, 0, p_amount, now_);
  insert into lot_moves (partner_id, adjustment_id, lot_id, amount) values (p_partner, adjustment, lot, p_amount);
  perform by_hand_end(p_partner, p_member, 'funds.allocate', 'FU-04', p_customer, p_amount, p_key, proof, transfer, adjustment, number_, after_, now_, p_frozen is null);
  return number_;
end $$;

create function by_hand_reclaim(p_partner uuid, p_member uuid, p_session uuid, p_customer uuid, p_account uuid, p_source uuid, p_amount bigint, p_key text, p_frozen uuid) returns text language plpgsql as $$
declare
  now_ timestamptz := now();
  proof uuid := coalesce(p_frozen, by_hand_proof(p_partner, p_member, p_session, 'funds.reclaim', p_customer, p_amount));
  transfer uuid := gen_random_uuid();
  adjustment uuid := gen_random_uuid();
  number_ text := 'TX' || to_char(now_, 'YYMMDD') || to_char(nextval('transaction_numbers'), 'FM999999000000');
  lot uuid;
  source_after bigint;
  after_ bigint;
begin
  update proofs set state = 'used', used_at = now_ where partner_id = p_partner and id = proof;
  update accounts set balance = balance - p_amount where partner_id = p_partner and id = p_account returning balance into after_;
  update lots set remaining = remaining - p_amount, reclaimed = reclaimed + p_amount where partner_id = p_partner and id = (
    select l.id from lots l where l.partner_id = p_partner and l.account_id = p_account and l.remaining > 0 order by l.seq desc limit 1) returning id into lot;
  update accounts set balance = balance + p_amount where partner_id = p_partner and id = p_source returning balance into source_after;
  insert into transfers (partner_id, id, number, kind, is_batch, actor_id, proof_id, key_hash, request_id, confirmed_by, reason, at)
  values (p_partner, transfer, number_, 'reclaim', false, p_member, proof, encode(sha256(convert_to(p_key, 'UTF8')), 'hex'), gen_random_uuid()::text, 'click', '', now_);
  insert into entries (partner_id, transfer_id, account_id, currency, amount, balance_after, at)
  values (p_partner, transfer, p_account, 'CNY', -p_amount, after_, now_), (p_partner, transfer, p_source, 'CNY', p_amount, source_after, now_);
  insert into adjustments (partner_id, id, number, transfer_id, customer_id, kind, source, amount, balance_before, balance_after, operator_id, at)
  values (p_partner, adjustment, number_, transfer, p_customer, 'reclaim', 'top-up', p_amount, after_ + p_amount, after_, p_member, now_);
  insert into lot_moves (partner_id, adjustment_id, lot_id, amount) values (p_partner, adjustment, lot, p_amount);
  perform by_hand_end(p_partner, p_member, 'funds.reclaim', 'FU-05', p_customer, p_amount, p_key, proof, transfer, adjustment, number_, after_, now_, p_frozen is null);
  return number_;
end $$;
