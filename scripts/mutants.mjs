// Breaks the code on purpose, one guard at a time, in a worktree of its own, and expects a test to fail each time.
// `npm run mutants` prints one line per guard and the number that no test noticed; that number must be 0.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** @type {{ guard: string, file: string, from: string, to: string, tests: string[] }[]} */
const mutants = [
  { guard: 'a mobile is masked', file: 'server/masking/mask.ts', from: '${mainland.slice(0, 3)}****${mainland.slice(-4)}', to: '${mainland}', tests: ['unit', 'server/masking'] },
  { guard: 'of proofs that are asked for at once three stay open', file: 'server/proofs/freeze.ts', from: '  tx.last(queueOf(actor))\n', to: '', tests: ['postgres', 'server/proofs/proofs.race'] },
  { guard: 'a new code outside the proof gives no guess back', file: 'server/proofs/public-codes.ts', from: "const until = guess && await", to: "const until = guess && name === 'code.guess.day' && await", tests: ['embedded', 'server/features/security'] },
  { guard: 'a password set behind a link is told to the person', file: 'server/auth/set-up.ts', from: 'if (person && !person.isFirst) await', to: 'if (person && false) await', tests: ['embedded', 'server/features/security/password'] },
  { guard: 'a reset code is bound to contacts and password', file: 'server/features/security/reset.ts', from: 'JSON.stringify([memberId, person?', to: 'JSON.stringify([memberId] || [person?', tests: ['embedded', 'server/features/security/password'] },
  { guard: 'a log that finds no space ends nothing', file: 'server/start.ts', from: "  destination.on('error', () => undefined)\n", to: '', tests: ['embedded', 'server/process.api'] },
  { guard: 'what is reclaimed at once stays one amount', file: 'server/features/coupons/reclaim.ts', from: '> amountMaxMinor) throw refuseField', to: '< 0n) throw refuseField', tests: ['embedded', 'server/features/coupons/reclaim'] },
  { guard: 'servers that start together queue', file: 'server/jobs/boss.ts', from: 'begin; select pg_advisory_xact_lock(7310041); grant', to: 'begin; grant', tests: ['postgres', 'server/db/migrate'] },
  { guard: 'sign-ins of one person queue', file: 'server/auth/customer-sessions.ts', from: '  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`sessions:${accountId}`}, 0))`)\n', to: '', tests: ['postgres', 'server/auth/sessions.race'] },
  { guard: 'whoever sends too slowly is let go', file: 'server/start.ts', from: ', connectionsCheckingInterval: 1000', to: '', tests: ['postgres', 'server/process.race'] },
  { guard: 'a commit whose connection ended is unknown', file: 'server/db/open.ts', from: 'throw wasEnding && broken ? asUnknown(error) : error', to: 'throw error', tests: ['postgres', 'server/db/commit'] },
  { guard: 'a guess is counted atomically', file: 'server/proofs/check.ts', from: 'and guesses < ${guessesPerProof} and expires_at', to: 'and expires_at', tests: ['postgres', 'server/proofs'] },
  { guard: 'the guesses of a person are counted over all proofs', file: 'server/proofs/check.ts', from: 'guesses: [...guard.guesses, now]', to: 'guesses: guard.guesses', tests: ['embedded', 'server/proofs'] },
  { guard: 'the digest of the repeat is compared', file: 'server/db/migrations/0014_money_calls.sql', from: ' and p.digest = its_digest', to: '', tests: ['embedded', 'server/proofs'] },
  { guard: 'a proof belongs to its session', file: 'server/db/migrations/0014_money_calls.sql', from: ' and p.session_id = session', to: '', tests: ['embedded', 'server/proofs'] },
  { guard: 'a proof is used once', file: 'server/db/migrations/0014_money_calls.sql', from: "set state = 'used', used_at = now_", to: 'set used_at = now_', tests: ['embedded', 'server/proofs'] },
  { guard: 'a checked proof is good for two minutes', file: 'server/limits.ts', from: 'passedLife = 120', to: 'passedLife = 1200', tests: ['embedded', 'server/proofs'] },
  { guard: 'a code ends after its life', file: 'server/proofs/check.ts', from: 'code_mac is not null and code_expires_at > ${now}::timestamptz`', to: 'code_mac is not null`', tests: ['embedded', 'server/proofs'] },
  { guard: 'a code of an app is taken once', file: 'server/proofs/authenticators.ts', from: 'and id = ${id} and last_step < ${step}::bigint`', to: 'and id = ${id}`', tests: ['embedded', 'server/proofs/authenticators'] },
  { guard: 'the clock of an app is off by one step at most', file: 'server/proofs/totp.ts', from: 'const drift = [0, -1, 1]', to: 'const drift = [0, -1, 1, -2, 2]', tests: ['unit', 'server/proofs/totp'] },
  { guard: 'a challenge is answered once', file: 'server/proofs/challenges.ts', from: 'delete from challenges where ${placeOf(actor, purpose)} returning sealed, expires_at > ${now}::timestamptz as lives', to: 'select sealed, expires_at > ${now}::timestamptz as lives from challenges where ${placeOf(actor, purpose)}', tests: ['embedded', 'server/proofs/authenticators'] },
  { guard: 'the counter of a passkey grows', file: 'server/proofs/authenticators.ts', from: 'and id = ${passkey.id} and (counter < ${counter}::bigint or counter = 0 and ${counter}::bigint = 0)`', to: 'and id = ${passkey.id}`', tests: ['postgres', 'server/proofs/authenticators'] },
  { guard: 'the user of a passkey is verified', file: 'server/proofs/passkeys.ts', from: 'requireUserVerification: true', to: 'requireUserVerification: false', tests: ['embedded', 'server/proofs/authenticators'] },
  { guard: 'a message opens no form for authenticators once there is one', file: 'server/features/security/identity.ts', from: "by !== 'totp' && by !== 'passkey' && await", to: 'false && await', tests: ['embedded', 'server/features/security/authenticators'] },
  { guard: 'how a proof was passed is compared with what is required', file: 'server/db/migrations/0014_money_calls.sql', from: "     and (p.passed_by in ('totp', 'passkey') or not wants_authenticator)\n", to: '', tests: ['embedded', 'server/features/security/required'] },
  { guard: 'requiring an authenticator voids what was asked without one', file: 'server/features/security/authenticators-store.ts', from: "and not needs_authenticator and operation = any", to: 'and false and operation = any', tests: ['embedded', 'server/features/security/required'] },
  { guard: 'the last authenticator of the administrators stays', file: 'server/features/security/own-authenticators.ts', from: 'if (isLast && required', to: 'if (false && required', tests: ['embedded', 'server/features/security/required'] },
  { guard: 'a send slot is taken exactly', file: 'server/db/limit.ts', from: '<= ${room}::int\n    returning', to: '<= 1000\n    returning', tests: ['postgres', 'server/proofs'] },
  { guard: 'the answer is kept under the request key', file: 'server/http/idempotency.ts', from: "set status = ${answer.status}, body = ${answer.body}", to: "set status = null, body = ${answer.body}", tests: ['embedded', 'server/proofs'] },
  { guard: 'a request key is refused for another body', file: 'server/http/idempotency.ts', from: "row.input_digest !== inputDigest", to: "row.input_digest === ''", tests: ['postgres', 'server/proofs'] },
  { guard: 'the partner’s fence is raised', file: 'server/db/migrations/0001_fences.sql', from: "execute format('alter table %I enable row level security', tenant);", to: '', tests: ['embedded', 'server/db'] },
  { guard: 'the transaction runs under the application’s role', file: 'server/db/transaction.ts', from: "set_config('role', 'app', true), ", to: '', tests: ['embedded', 'server/db'] },
  { guard: 'the log is chained', file: 'server/db/migrations/0001_fences.sql', from: 'new.hash := sha256(head.hash || convert_to(log_entry_text(new), \'UTF8\'));', to: "new.hash := sha256(head.hash);", tests: ['embedded', 'server/db'] },
  { guard: 'a swallowed error is not a success', file: 'server/db/open.ts', from: "if (last.answer.command !== 'COMMIT') throw", to: 'if (last.answer.command === undefined) throw', tests: ['postgres', 'server/db/fences'] },
  { guard: 'a change needs the CSRF value', file: 'server/http/mount.ts', from: "c.req.header('x-csrf') === actor.csrf", to: 'actor.csrf !== undefined', tests: ['embedded', 'server/auth'] },
  { guard: 'what was asked for somebody who has changed since is thrown away', file: 'server/http/mount.ts', from: 'signed.actor === caller ? asked : undefined', to: 'asked', tests: ['embedded', 'server/features/funds/foreseen'] },
  { guard: 'what is sent with the commit undoes everything when it does not hold', file: 'server/db/migrations/0014_money_calls.sql', from: 'if holds is not true then raise', to: 'if false then raise', tests: ['postgres', 'server/features/funds/foreseen'] },
  { guard: 'a change needs the console’s origin', file: 'server/http/request.ts', from: "if (!isOurs) throw new Refusal('csrf')", to: 'void isOurs', tests: ['embedded', 'server/auth'] },
  { guard: 'permissions are asked', file: 'server/http/mount.ts', from: '!may(actor, permission)) throw', to: 'false) throw', tests: ['embedded', 'server/http'] },
  { guard: 'failed sign-ins are counted', file: 'server/auth/sign-in.ts', from: "await takeLimit(tx, now, 'sign-in.account', subject, window, perAccount) ?? await", to: 'await', tests: ['embedded', 'server/auth'] },
  { guard: 'an unknown account costs a password check, too', file: 'server/auth/password.ts', from: '  const right = await verify', to: '  if (stored === undefined) return false\n  const right = await verify', tests: ['embedded', 'server/auth/sessions'] },
  { guard: 'a customer that cannot get a coupon is not ticked', file: 'src/components/Checkbox.tsx', from: 'if (!whyNotId) onChange', to: 'onChange', tests: ['component', 'src/features/coupons'] },
  { guard: 'nobody else goes on with a page', file: 'src/session/SignInForm.tsx', from: 'await onDone(await call(', to: 'void onDone(await call(', tests: ['component', 'src/dialogs'] },
  { guard: 'an answer about a unified ID counts once', file: 'server/auth/unified.ts', from: 'return await takeHandshake(tx, now, handshake) ? {', to: 'return takeHandshake !== undefined ? {', tests: ['embedded', 'server/auth/unified'] },
  { guard: 'an answer about a unified ID is for the browser that asked', file: 'server/auth/unified.ts', from: ' || !isAnswerTo(handshake, state)', to: '', tests: ['embedded', 'server/auth/unified'] },
  { guard: 'a handshake for a unified ID ends', file: 'server/auth/unified-handshake.ts', from: 'age <= handshakeLife * 1000', to: 'age <= Infinity', tests: ['embedded', 'server/auth/unified'] },
  { guard: 'who vouches for a unified ID has signed it', file: 'server/auth/unified-provider.ts', from: '[oidc.enableNonRepudiationChecks, ', to: '[', tests: ['embedded', 'server/auth/unified'] },
  { guard: 'signing in by a unified ID leads to pages of the console only', file: 'server/auth/unified-handshake.ts', from: '/^\\/[/\\\\]|^', to: '/^', tests: ['embedded', 'server/auth/unified'] },
  { guard: 'the end of a unified ID waits for who signs in by it', file: 'server/auth/unified.ts', from: ' and partner_id = ${partnerId}) for no key update`)', to: ' and partner_id = ${partnerId})`)', tests: ['postgres', 'server/auth/unified'] },
  { guard: 'a unified ID leaves no password', file: 'server/auth/sign-in.ts', from: ' || person.isUnified', to: '', tests: ['embedded', 'server/auth/unified'] },
  { guard: 'a forgotten password of a unified ID sends nothing', file: 'server/features/security/reset.ts', from: ' && !person.isUnified', to: '', tests: ['embedded', 'server/auth/unified'] },
  { guard: 'contacts of a unified ID are not changed here', file: 'server/features/security/identity.ts', from: "  if (change !== 'authenticator' && await", to: '  if (false && await', tests: ['embedded', 'server/auth/unified'] },
  { guard: 'the bars add up to the cent', file: 'src/features/incentives/waterfall.ts', from: 'sum += toMinor(amount)', to: 'sum += BigInt(Math.round(Number(amount) * 100))', tests: ['component', 'src/features/incentives'] },
  { guard: 'what is confirmed is what was shown', file: 'src/features/incentives/ConfirmDialog.tsx', from: 'statementIds: items.map((row) => row.id)', to: 'statementIds: [...ids]', tests: ['component', 'src/features/incentives'] },
  { guard: 'a session ends when idle', file: 'server/auth/sessions.ts', from: 'if (idleEnd(session.seen_at) <= now) return undefined', to: '', tests: ['embedded', 'server/auth'] },
  { guard: 'a manager sees assigned customers only', file: 'server/auth/actor.ts', from: 'return mine ? sql`c.manager_id ${mine}` : sql`true`', to: 'return mine && sql`true` || sql`true`', tests: ['embedded', 'server/features/customers'] },
  { guard: 'a custom role gives no more than it may', file: 'server/auth/permissions.ts', from: 'grantable.filter((permission) => permissions', to: 'Permission.options.filter((permission) => permissions', tests: ['embedded', 'server/features/roles'] },
  { guard: 'changes of roles queue', file: 'server/features/roles/routes.ts', from: "  await queueAs(tx, actor, 'org.role')\n  return", to: '  void queueAs\n  return', tests: ['postgres', 'server/features/roles'] },
  { guard: 'whoever was ahead in the queue may have taken the permission away', file: 'server/operations/members.ts', from: "if (!permissions.has(permission) || [...actor", to: 'if (false && [...actor', tests: ['postgres', 'server/features/members/members.race'] },
  { guard: 'whoever was shut out while a request waited does nothing', file: 'server/operations/members.ts', from: "and m.state = 'ACTIVE' and s.id = ", to: 'and s.id = ', tests: ['postgres', 'server/features/members/members.race'] },
  { guard: 'the last administrator keeps the permission to manage members', file: 'server/operations/members.ts', from: ' and ${toManage} <> all(removed_permissions)', to: '', tests: ['embedded', 'server/features/members/leaving'] },
  { guard: 'the memory of reading a licence is watched', file: 'server/confined/memory-watch.ts', from: 'rss() > residentMax', to: 'rss() < 0', tests: ['unit', 'server/licences/reader'] },
  { guard: 'a deleted member has no login', file: 'server/operations/member-delete.ts', from: 'sql`logins`, ', to: '', tests: ['embedded', 'server/features/members'] },
  { guard: 'a reveal is recorded', file: 'server/features/reveals/routes.ts', from: 'data.reveal', to: 'data.export', tests: ['embedded', 'server/features/reveals'] },
  { guard: 'an associated account is not taken over', file: 'server/features/acceptance/rules.ts', from: "[candidate.isAssociated, 'ALREADY_ASSOCIATED'],", to: '', tests: ['unit', 'server/features/acceptance'] },
  { guard: 'guesses at a customer’s code are counted', file: 'server/proofs/public-codes.ts', from: 'and guesses < ${guessesPerProof}::int and expires_at', to: 'and expires_at', tests: ['postgres', 'server/features/acceptance'] },
  { guard: 'a customer’s code is used once', file: 'server/proofs/public-codes.ts', from: "if (spent === 0) throw new Refusal('code_expired')", to: 'void spent', tests: ['postgres', 'server/features/acceptance'] },
  { guard: 'the reported number is compared', file: 'server/features/acceptance/rules.ts', from: "via === 'mail' && candidate.mobile !== offer.mobile", to: 'false', tests: ['unit', 'server/features/acceptance'] },
  { guard: 'a mail invitation ends', file: 'server/features/acceptance/rules.ts', from: 'expiresAt !== null && expiresAt <= now', to: 'expiresAt !== null && expiresAt < new Date(0)', tests: ['embedded', 'server/features/acceptance'] },
  { guard: 'looking at a link changes nothing', file: 'server/features/acceptance/routes.ts', from: '    return invite ? presentView', to: "    if (invite?.mail) await tx.run(sql`update invitations set state = 'OPENED' where partner_id = ${invite.partner.id} and id = ${invite.mail.id}`)\n    return invite ? presentView", tests: ['embedded', 'server/features/acceptance'] },
  { guard: 'custom links are counted', file: 'server/features/invites/links.ts', from: "if (link.kind === 'CUSTOM') await takeCustom(tx, now, actor)", to: 'void takeCustom', tests: ['postgres', 'server/features/acceptance'] },
  { guard: 'no address of a link is stored', file: 'server/http/perform.ts', from: 'operation.kept ? {', to: 'false ? {', tests: ['embedded', 'server/features/invites'] },
  { guard: 'contacts are saved from what was read', file: 'server/features/customer-contacts/routes.ts', from: ' and version = ${version}::int`', to: '`', tests: ['postgres', 'server/features/company'] },
  { guard: 'a change of the company is decided once', file: 'server/admin/company.ts', from: " and id = ${id}::uuid and state = 'UNDER_REVIEW' returning", to: ' and id = ${id}::uuid returning', tests: ['postgres', 'server/features/company'] },
  { guard: 'files of a partner count each other', file: 'server/operations/documents.ts', from: 'select 1 from partners where id = ${partnerId} for no key update', to: 'select 1 from partners where id = ${partnerId}', tests: ['postgres', 'server/features/company'] },
  { guard: 'nothing hides behind a picture’s end', file: 'server/operations/document-type.ts', from: ' && end === bytes.length ?', to: ' ?', tests: ['unit', 'server/operations'] },
  { guard: 'a licence is read without rights', file: 'server/confined/reader.ts', from: "'--permission', ", to: '', tests: ['unit', 'server/licences'] },
  { guard: 'a download of a file is shut in', file: 'server/http/app.ts', from: "'; sandbox'", to: "''", tests: ['embedded', 'server/features/company'] },
  { guard: 'a licence that is not handed in is its uploader’s', file: 'server/features/company/documents.ts', from: '? isKept || byId === member.id :', to: '? true :', tests: ['embedded', 'server/features/company'] },
  { guard: 'the template is in force while taken over', file: 'server/features/my/settings.ts', from: 'if (isOurs && (await readTakenOver(tx, own.partnerId)).isTakenOver) throw', to: 'if (false) throw', tests: ['embedded', 'server/features/customer-notices'] },
  { guard: 'bills are shown when the partner says so', file: 'server/features/my/settings.ts', from: '|| !areShown', to: '', tests: ['embedded', 'server/features/customer-notices'] },
  { guard: 'duplicate keys of a body are refused', file: 'server/http/json.ts', from: '  refuseDuplicateKeys(text)\n', to: '', tests: ['embedded', 'server/http'] },
  { guard: 'a wrong test amount is counted', file: 'server/features/business/store.ts', from: 'set test_attempts = j.used,', to: 'set test_attempts = b.test_attempts,', tests: ['embedded', 'server/features/business'] },
  { guard: 'the third wrong test amount locks', file: 'server/features/business/store.ts', from: "when j.used >= ${testPaymentAttempts}::int then 'LOCKED'", to: "when j.used >= 30 then 'LOCKED'", tests: ['embedded', 'server/features/business'] },
  { guard: 'the bank account carries the company’s name', file: 'server/features/business/rules.ts', from: 'plain(typed) === plain(name)', to: "plain(typed) !== '' && name !== ''", tests: ['embedded', 'server/features/business'] },
  { guard: 'the number of a bank account is sealed', file: 'server/features/business/store.ts', from: '${seal(given.bankNumber)}', to: '${Buffer.from(given.bankNumber)}', tests: ['embedded', 'server/features/business'] },
  { guard: 'a renamed company is certified anew', file: 'server/operations/business.ts', from: 'submission.companyName === company.name', to: "company.name !== ''", tests: ['embedded', 'server/features/business'] },
  { guard: 'nothing is requested without certification', file: 'server/operations/payments.ts', from: "if (blocks.includes('business')) throw notCertified(business)", to: '', tests: ['embedded', 'server/features/incentive-payments'] },
  { guard: 'a file is handed in once', file: 'server/operations/documents.ts', from: ' and not is_kept`', to: '`', tests: ['postgres', 'server/features/incentive-payments/payments.race'] },
  { guard: 'no voucher quota arrives while the books are closed', file: 'server/jobs/payouts.ts', from: 'if (await booksClosed(tx)) return', to: 'await booksClosed(tx)', tests: ['embedded', 'server/features/incentive-payments/payments.api'] },
  { guard: 'nobody issues to a master account outside the own scope', file: 'server/features/coupons/receivers.ts', from: '= any(${list(numbers)}::text[]) and ${customerScope(actor)}`', to: '= any(${list(numbers)}::text[])`', tests: ['embedded', 'server/features/coupons/masters'] },
  { guard: 'a quota names no customer of somebody else', file: 'server/features/coupons/quota-store.ts', from: 'c.number = any(${list(numbers)}::text[]) and ${customerScope(actor)}`', to: 'c.number = any(${list(numbers)}::text[])`', tests: ['embedded', 'server/features/coupons/lists'] },
  { guard: 'nothing is settled while a change is under review', file: 'server/operations/payment-steps.ts', from: "if (!isSettlementPossible(business)) return 'settlement'", to: '', tests: ['embedded', 'server/features/incentive-payments'] },
  { guard: 'a withdrawn request never goes on', file: 'server/db/migrations/0016_incentives.sql', from: "when 'PAYMENT_FAILED' then new.state in ('PAYING', 'WITHDRAWN') else false end", to: "when 'PAYMENT_FAILED' then new.state in ('PAYING', 'WITHDRAWN') else true end", tests: ['embedded', 'server/features/incentive-payments/quarters'] },
  { guard: 'a failed transfer goes on to an account certified since only', file: 'server/operations/payment-steps.ts', from: 'and b.certified_at > r.state_at', to: '', tests: ['embedded', 'server/features/incentive-payments/quarters'] },
  { guard: 'unpaid bills stop requests', file: 'server/operations/payments.ts', from: "(settings.unpaidSince === null ? [] : ['unpaid_bills' as const])", to: '[]', tests: ['embedded', 'server/features/incentive-payments'] },
  { guard: 'a partner that left redeems for one year', file: 'server/limits.ts', from: 'export const redeemYears = 1', to: 'export const redeemYears = 10', tests: ['embedded', 'server/features/incentive-payments'] },
  { guard: 'a request moves from the state it is in', file: 'server/operations/payment-steps.ts', from: ' and state = any(${list(from)}::text[])`)', to: ' and cardinality(${list(from)}::text[]) > 0`)', tests: ['postgres', 'server/features/incentive-payments'] },
  { guard: 'a rejected request gives its statements back', file: 'server/operations/payment-steps.ts', from: "to: 'REJECTED', by: { kind: 'vendor' }, reason })) return false\n  await returnFromPayment(tx, told.partner.id, row.id)", to: "to: 'REJECTED', by: { kind: 'vendor' }, reason })) return false", tests: ['embedded', 'server/features/incentive-payments'] },
  { guard: 'a voucher quota takes ten minutes', file: 'server/limits.ts', from: 'export const voucherQuotaWait = 600', to: 'export const voucherQuotaWait = 0', tests: ['embedded', 'server/features/incentive-payments'] },
  { guard: 'an automatic request asks for a statement once', file: 'server/operations/automatic-payment.ts', from: ' and not exists (select 1 from payment_items i where i.partner_id = s.partner_id and i.statement_id = s.id)', to: '', tests: ['embedded', 'server/features/incentive-payments'] },
  { guard: 'a quarter waits for its months', file: 'server/features/incentive-payments/rules.ts', from: "state === 'PENDING_CONFIRMATION') ? 'month_unconfirmed'", to: "state === 'NEVER') ? 'month_unconfirmed'", tests: ['unit', 'server/features/incentive-payments'] },
  { guard: 'an invoice is for exactly the amount', file: 'server/features/incentive-invoices/rules.ts', from: 'total !== toInvoice', to: 'total < 0n', tests: ['embedded', 'server/features/incentive-invoices'] },
  { guard: 'an invoice number is one request’s for good', file: 'server/features/incentive-invoices/store.ts', from: ' and number = ${number} and request_id = ${requestId}::uuid`', to: ' and number = ${number}`', tests: ['embedded', 'server/features/incentive-invoices'] },
  { guard: 'marketplace and procurement take paper only', file: 'server/features/incentive-invoices/rules.ts', from: "? ['SPECIAL'] :", to: "? ['SPECIAL', 'ELECTRONIC_SPECIAL'] :", tests: ['embedded', 'server/features/incentive-invoices'] },
  { guard: 'a name in an archive leads nowhere else', file: 'server/operations/invoice-file.ts', from: '!isPlainName(entry.name) || ', to: '', tests: ['unit', 'server/operations/invoice-file'] },
  { guard: 'a file that is not handed in is its uploader’s alone', file: 'server/features/company/documents.ts', from: '!file || isHidden(file, actor)', to: '!file || isHidden(file, actor) && false', tests: ['embedded', 'server/features/business'] },
  { guard: 'a statement is confirmed before its deadline only', file: 'server/features/incentives/confirm.ts', from: 'coalesce(s.confirm_until > ${now}::timestamptz, false) as', to: 'true as', tests: ['embedded', 'server/features/incentives/incentives'] },
  { guard: 'statements of a month are confirmed together', file: 'server/features/incentives/confirm.ts', from: 'if (missing.length > 0) throw', to: 'if (false) throw', tests: ['embedded', 'server/features/incentives/incentives'] },
  { guard: 'of many who confirm a statement one does', file: 'server/features/incentives/confirm.ts', from: 'lock ? sql`for no key update of s` : sql``', to: 'sql``', tests: ['postgres', 'server/features/incentives'] },
  { guard: 'the day of generation does not count', file: 'server/messages/working-days.ts', from: '    day = dayPlus(day, 1)\n    isProvisional ||= !isPublished(day)\n    if (isWorkingDay(day)) counted += 1', to: '    isProvisional ||= !isPublished(day)\n    if (isWorkingDay(day)) counted += 1\n    if (counted < days) day = dayPlus(day, 1)', tests: ['unit', 'server/messages/working-days'] },
  { guard: 'worked weekend days count', file: 'server/messages/working-days.ts', from: 'if (year?.worked.includes(day)) return true', to: '', tests: ['unit', 'server/messages/working-days'] },
  { guard: 'what has lapsed lapses by the clock alone', file: 'server/operations/incentive-payable.ts', from: 'and s.confirm_until <= ${now} then', to: 'and false then', tests: ['embedded', 'server/features/incentives/incentives'] },
  { guard: 'only the newest reminder is sent', file: 'server/operations/incentive-deadlines.ts', from: 'isSent: step === send', to: 'isSent: true', tests: ['embedded', 'server/jobs/incentives'] },
  { guard: 'a reminder is sent once', file: 'server/operations/incentive-deadlines.ts', from: 'const sent = due.filter(({ statement, step, isSent }) => isSent && taken.some(', to: 'const sent = due.filter(({ statement, step, isSent }) => isSent || taken.some(', tests: ['postgres', 'server/jobs/incentives'] },
  { guard: 'what is frozen cannot be requested', file: 'server/operations/incentive-payable.ts', from: 'then s.net - s.frozen - s.requested - s.paid else 0 end`', to: 'then s.net - s.requested - s.paid else 0 end`', tests: ['embedded', 'server/features/incentives/payable'] },
  { guard: 'negative incentives are part of every request', file: 'server/operations/incentive-payable.ts', from: ' or s.is_negative and ${payableAt(now)} <> 0`}) order', to: ' or false`}) order', tests: ['embedded', 'server/features/incentives/payable'] },
  { guard: 'what is being paid is not released', file: 'server/operations/incentive-freezes.ts', from: 'if (statement.state === \'ISSUING\') return \'in_payment\'', to: '', tests: ['embedded', 'server/jobs/incentives'] },
  { guard: 'a manager sees lines of the own customers only', file: 'server/features/incentives/scope.ts', from: '(seesWholePartner(actor) ? []\n', to: '(seesWholePartner(actor) || true ? []\n', tests: ['embedded', 'server/features/incentives/incentives'] },
  { guard: 'a line that changes leaves its group', file: 'server/db/migrations/0012_incentives.sql', from: 'select 1 as sign, a.* from after_rows a union all select -1, b.* from before_rows b) both_rows group by 1, 2', to: 'select 1 as sign, a.* from after_rows a) both_rows group by 1, 2', tests: ['embedded', 'server/features/incentives/payable'] },
  { guard: 'a line that changes leaves its customer’s group', file: 'server/db/migrations/0016_incentives.sql', from: 'select 1 as sign, a.* from after_rows a union all select -1, b.* from before_rows b) both_rows where', to: 'select 1 as sign, a.* from after_rows a) both_rows where', tests: ['embedded', 'server/features/incentives/payable'] },
  { guard: 'a person’s lines are counted in the own scope', file: 'server/features/incentives/line-store.ts', from: '...(seesWholePartner(actor) ? [] : [customerScope(actor)])', to: '', tests: ['embedded', 'server/features/incentives/payable'] },
  { guard: 'a confirmed amount is not corrected', file: 'server/operations/incentive-corrections.ts', from: 'if (held.state === \'CONFIRMED\') return \'confirmed\'', to: '', tests: ['embedded', 'server/admin/incentives'] },
  { guard: 'the quota of coupons is locked while coupons are issued from it', file: 'server/operations/coupon-quotas.ts', from: 'and q.id = any(${list(ids)}::uuid[]) order by q.id for no key update`', to: 'and q.id = any(${list(ids)}::uuid[]) order by q.id`', tests: ['postgres', 'server/features/coupons/coupons.race'] },
  { guard: 'no more coupons are issued than is left', file: 'server/features/coupons/issue.ts', from: 'if (total > quota.left) throw', to: 'if (total < 0n) throw', tests: ['embedded', 'server/features/coupons/issue'] },
  { guard: 'the database keeps the sums of a coupon', file: 'server/db/migrations/0010_coupons.sql', from: '"coupons"."face_value" = "coupons"."balance" + "coupons"."used" + "coupons"."returned" + "coupons"."lapsed"', to: 'true', tests: ['embedded', 'server/features/coupons/reclaim'] },
  { guard: 'a coupon is locked while it is taken back or used', file: 'server/operations/coupon-takings.ts', from: 'and k.id = any(${list(ids)}::uuid[]) order by k.id for no key update`', to: 'and k.id = any(${list(ids)}::uuid[]) order by k.id`', tests: ['postgres', 'server/features/coupons/coupons.race'] },
  { guard: 'a coupon is taken back once', file: 'server/features/coupons/rules.ts', from: "if (state === 'RECLAIMED') return [{ row, code: 'coupon_reclaimed' }]", to: '', tests: ['unit', 'server/features/coupons/rules'] },
  { guard: 'a subsidy partner issues coupons to its whitelist', file: 'server/features/coupons/rules.ts', from: "if (from.partnerType === 'SUBSIDY' && !receiver.isWhitelisted) return { reason: 'not_whitelisted' }", to: '', tests: ['embedded', 'server/features/coupons/issue'] },
  { guard: 'a coupon goes to whom its quota names', file: 'server/features/coupons/rules.ts', from: '!from.customerNumbers.includes(receiver.number)', to: 'false', tests: ['embedded', 'server/features/coupons/issue'] },
  { guard: 'a reclaimed coupon is no longer the customer’s', file: 'server/features/my/coupons.ts', from: "and k.state <> 'RECLAIMED' and", to: 'and', tests: ['embedded', 'server/features/coupons/reclaim'] },
  { guard: 'the remark of a coupon is the issuer’s', file: 'server/features/my/coupons.ts', from: 'select k.number, k.kind', to: 'select k.number || k.remark as number, k.kind', tests: ['embedded', 'server/features/coupons/reclaim'] },
  { guard: 'a coupon ends by the time behind the lock', file: 'server/db/moment.ts', from: 'now.getTime() + Number(row?.ms ?? 0)', to: 'now.getTime() + 0 * Number(row?.ms ?? 0)', tests: ['postgres', 'server/features/coupons/coupons.race'] },
  { guard: 'an ended coupon pays nothing', file: 'server/operations/coupon-takings.ts', from: "(state === 'ACTIVE' || state === 'INACTIVE') && at >= validUntil ?", to: 'at < new Date(0) ?', tests: ['embedded', 'server/features/coupons/returns'] },
  { guard: 'an issued coupon is fixed', file: 'server/db/migrations/0010_coupons.sql', from: "raise exception 'coupon % is fixed since its issue', old.number using errcode = 'check_violation', constraint = 'coupons_fixed';", to: 'return new;', tests: ['embedded', 'server/features/coupons/reclaim'] },
  { guard: 'sums of coupons are brought up to date', file: 'server/features/coupons/coupon-sums.ts', from: 'balance: known.balance + read.balance', to: 'balance: known.balance', tests: ['embedded', 'server/features/coupons/sums'] },
  { guard: 'sums of coupons end with the names they are of', file: 'server/features/coupons/coupon-sums.ts', from: '${names}, ${scope}]::text', to: 'null, ${scope}]::text', tests: ['embedded', 'server/features/coupons/sums'] },
  { guard: 'sums of coupons are of the customers that an account manager has now', file: 'server/features/coupons/coupon-sums.ts', from: '${names}, ${scope}]::text', to: '${names}, null]::text', tests: ['embedded', 'server/features/coupons/sums'] },
  { guard: 'sums of coupons follow the time', file: 'server/features/coupons/coupon-sums.ts', from: '(sum(t.total) filter (where t.valid_until <= ${border}))::text', to: 'null', tests: ['embedded', 'server/features/coupons/sums'] },
  { guard: 'sums of coupons see what commits later', file: 'server/features/coupons/coupon-sums.ts', from: 'k.xid >= pg_snapshot_xmin(${seen})', to: 'k.xid >= pg_snapshot_xmax(${seen})', tests: ['postgres', 'server/features/coupons/sums'] },
  { guard: 'sums of coupons show an earlier moment nothing of a later one', file: 'server/features/coupons/coupon-sums.ts', from: 'if (!read?.isUseful || ', to: 'if (!read || ', tests: ['postgres', 'server/features/coupons/sums'] },
  { guard: 'kept totals of coupons are compared with the coupons', file: 'server/ledger/invariants.ts', from: 'where (coalesce(t.total, 0), ', to: 'where false and (coalesce(t.total, 0), ', tests: ['embedded', 'server/features/coupons/sums'] },
  { guard: 'delivery coupons of referral customers are hidden', file: 'server/operations/coupon-sight.ts', from: "partner.type === 'CSP'", to: "partner.type === 'SUBSIDY'", tests: ['embedded', 'server/features/coupons/lists'] },
  { guard: 'a reference of the vendor posts once', file: 'server/admin/posting.ts', from: 'if (done !== undefined) return done', to: '', tests: ['embedded', 'server/admin/coupon'] },
  { guard: 'a reference of the vendor stands for one posting', file: 'server/admin/posting.ts', from: 'if (first?.digest !== digest) throw', to: 'if (!first) throw', tests: ['embedded', 'server/admin/coupon'] },
  { guard: 'no command of the vendor posts while the books are closed', file: 'server/admin/posting.ts', from: 'if (!whileClosed && await booksClosed(tx)) throw', to: 'if (false) throw', tests: ['embedded', 'server/admin/coupon'] },
  { guard: 'a workbook is inflated against what is left', file: 'server/spreadsheets/archive.ts', from: 'inflateRawSync(packed, { maxOutputLength: Math.max(1, left) })', to: 'inflateRawSync(packed)', tests: ['unit', 'server/spreadsheets'] },
  { guard: 'entities of a workbook are refused', file: 'server/spreadsheets/workbook.ts', from: "return { fault: 'sheet_entities' }", to: 'return undefined', tests: ['unit', 'server/spreadsheets'] },
  { guard: 'formulas of a workbook are refused', file: 'server/spreadsheets/workbook.ts', from: 'if (!found) return undefined', to: 'return undefined', tests: ['unit', 'server/spreadsheets'] },
  { guard: 'a preview is good for the list it was compared with', file: 'server/features/coupon-whitelist/store.ts', from: 'do update set revision = l.revision + 1,', to: 'do update set revision = l.revision,', tests: ['embedded', 'server/features/coupon-whitelist'] },
  { guard: 'of versions that are imported at once one counts', file: 'server/features/coupon-whitelist/store.ts', from: ' and revision = ${revision}::int returning version', to: ' returning version', tests: ['postgres', 'server/features/coupon-whitelist'] },
  { guard: 'a preview is its uploader’s', file: 'server/features/coupon-whitelist/preview.ts', from: ' and member_id = ${member.id} and expires_at', to: ' and expires_at', tests: ['embedded', 'server/features/coupon-whitelist'] },
  { guard: 'a file with a wrong row is not imported', file: 'server/features/coupon-whitelist/routes.ts', from: 'if (known.length < rows.length) throw', to: 'if (false) throw', tests: ['embedded', 'server/features/coupon-whitelist'] },
  { guard: 'guesses at the whitelist are counted', file: 'server/features/coupon-whitelist/routes.ts', from: ', afterwards: countLookUp', to: '', tests: ['embedded', 'server/features/coupon-whitelist'] },
  { guard: 'a distributor reaches its own resellers only', file: 'server/operations/resellers.ts', from: 'where distributor_id = ${distributorId} and id', to: 'where id', tests: ['embedded', 'server/features/reseller-quotas'] },
  { guard: 'a reseller’s quota is locked before it is taken back', file: 'server/features/reseller-quotas/store.ts', from: 'order by q.partner_id, q.id for no key update', to: 'order by q.partner_id, q.id', tests: ['postgres', 'server/features/reseller-quotas/quotas.race'] },
  { guard: 'the books of distributor and reseller are compared', file: 'server/operations/coupon-resellers.ts', from: 'amount, actual: amount, quotaChange: -amount', to: 'amount, actual: amount, quotaChange: -(amount + 1n)', tests: ['embedded', 'server/features/reseller-quotas'] },
  { guard: 'more than is left of a quota goes to no reseller', file: 'server/features/reseller-quotas/issue.ts', from: 'if (total > quota.left) throw', to: 'if (false) throw', tests: ['embedded', 'server/features/reseller-quotas'] },
]

const root = resolve(import.meta.dirname, '..')
const tree = mkdtempSync(join(tmpdir(), 'mutants-'))
const only = process.argv[2]
const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' })
git('worktree', 'add', '--detach', tree, 'HEAD')
symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
const report = join(tree, 'mutant.json')
/** @returns what the tests said: whether all passed, and the first that failed. */
function runTests([project, ...paths]) {
  rmSync(report, { force: true })
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project, '--reporter', 'json', '--outputFile', report, ...paths], { cwd: tree, encoding: 'utf8', timeout: 300_000 })
  const results = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : []
  const [failed] = results.flatMap(({ assertionResults }) => assertionResults.filter((one) => one.status === 'failed').map(({ title }) => title))
  return { passed: status === 0, failed }
}

/** Tests that fail anyway notice nothing. Asked once for each set of tests. */
const green = new Map()
function passUnbroken(tests) {
  const key = tests.join()
  if (!green.has(key)) green.set(key, runTests(tests).passed)
  return green.get(key)
}

/** @returns what to print of one guard; only a line that begins with `noticed` is a success. */
function tryMutant({ guard, file, from, to, tests }) {
  const path = join(tree, file)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(from)) return `GONE       ${guard}: ${file} no longer has the guarded text`
  if (!passUnbroken(tests)) return `RED        ${guard}: its tests fail also with the guard in place`
  writeFileSync(path, text.replace(from, () => to))
  const { passed, failed } = runTests(tests)
  writeFileSync(path, text)
  if (passed) return `UNNOTICED  ${guard}`
  return failed === undefined ? `NOT RUN    ${guard}: no test could say anything` : `noticed    ${guard} | ${failed}`
}

let unnoticed = 0
try {
  for (const mutant of mutants.filter((one) => !only || one.guard.includes(only))) {
    const line = tryMutant(mutant)
    if (!line.startsWith('noticed')) unnoticed += 1
    console.log(line)
  }
} finally {
  git('worktree', 'remove', '--force', tree)
  rmSync(tree, { recursive: true, force: true })
}
console.log(`${unnoticed} unnoticed`)
process.exitCode = unnoticed === 0 ? 0 : 1
