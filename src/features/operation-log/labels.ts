import type { LoggedOperation, LogResult } from '#contract/operation-log.ts'
import type { Tone } from '#src/components/StatusTag.tsx'
import type { Key } from '#src/i18n/i18n.ts'

/** The words of everything that is logged. A new operation of the contract does not compile until it has some. */
export const operationKey = {
  'session.signed_in': 'log.operation.session_signed_in', 'session.failed': 'log.operation.session_failed', 'session.signed_out': 'log.operation.session_signed_out',
  'session.ended': 'log.operation.session_ended', 'session.sign_in_locked': 'log.operation.session_sign_in_locked',
  'funds.allocate': 'log.operation.funds_allocate', 'funds.reclaim': 'log.operation.funds_reclaim', 'funds.top_up': 'log.operation.funds_top_up', 'funds.credit_limit': 'log.operation.funds_credit_limit',
  'funds.consume': 'log.operation.funds_consume', 'funds.arrears': 'log.operation.funds_arrears', 'funds.own_top_up': 'log.operation.funds_own_top_up', 'funds.rebate': 'log.operation.funds_rebate', 'funds.hold': 'log.operation.funds_hold',
  'proof.frozen': 'log.operation.proof_frozen', 'proof.sent': 'log.operation.proof_sent', 'proof.send_failed': 'log.operation.proof_send_failed', 'proof.passed': 'log.operation.proof_passed',
  'proof.wrong': 'log.operation.proof_wrong', 'proof.locked': 'log.operation.proof_locked', 'proof.void': 'log.operation.proof_void', 'proof.limit': 'log.operation.proof_limit',
  'verification.locked': 'log.operation.verification_locked', 'verification.unlocked': 'log.operation.verification_unlocked', 'verification.off': 'log.operation.verification_off', 'verification.on': 'log.operation.verification_on',
  'data.reveal': 'log.operation.data_reveal', 'data.reveal_limit': 'log.operation.data_reveal_limit', 'data.export': 'log.operation.data_export',
  'data.export_download': 'log.operation.data_export_download', 'data.export_delete': 'log.operation.data_export_delete', 'data.lookup_limit': 'log.operation.data_lookup_limit',
  'customer.tag': 'log.operation.customer_tag', 'customer.created': 'log.operation.customer_created', 'customer.changed': 'log.operation.customer_changed',
  'partner.created': 'log.operation.partner_created', 'partner.changed': 'log.operation.partner_changed', 'member.created': 'log.operation.member_created', 'member.changed': 'log.operation.member_changed',
  'access.refused': 'log.operation.access_refused', 'ledger.mismatch': 'log.operation.ledger_mismatch',
  'prospect.reported': 'log.operation.prospect_reported', 'prospect.refused': 'log.operation.prospect_refused',
  'prospect.reviewed': 'log.operation.prospect_reviewed', 'prospect.email': 'log.operation.prospect_email', 'prospect.expired': 'log.operation.prospect_expired',
  'invite.sent': 'log.operation.invite_sent', 'invite.resent': 'log.operation.invite_resent', 'invite.revoked': 'log.operation.invite_revoked',
  'invite.opened': 'log.operation.invite_opened', 'invite.failed': 'log.operation.invite_failed', 'link.created': 'log.operation.link_created',
  'link.replaced': 'log.operation.link_replaced', 'link.revoked': 'log.operation.link_revoked', 'link.shown': 'log.operation.link_shown',
  'customer.associated': 'log.operation.customer_associated', 'account.registered': 'log.operation.account_registered',
  'account.signed_in': 'log.operation.account_signed_in', 'account.sign_in_failed': 'log.operation.account_sign_in_failed',
  'account.code_sent': 'log.operation.account_code_sent', 'account.code_wrong': 'log.operation.account_code_wrong',
  'assignment.assigned': 'log.operation.assignment_assigned', 'assignment.changed': 'log.operation.assignment_changed',
  'assignment.reclaimed': 'log.operation.assignment_reclaimed', 'handover.planned': 'log.operation.handover_planned',
  'handover.cancelled': 'log.operation.handover_cancelled', 'handover.done': 'log.operation.handover_done',
  'profile.identity_code': 'log.operation.profile_identity_code', 'profile.identity_wrong': 'log.operation.profile_identity_wrong',
  'profile.opened': 'log.operation.profile_opened', 'profile.contact_code': 'log.operation.profile_contact_code',
  'profile.contact': 'log.operation.profile_contact', 'profile.password': 'log.operation.profile_password',
  'profile.reset_code': 'log.operation.profile_reset_code', 'profile.reset_wrong': 'log.operation.profile_reset_wrong',
  'profile.reset': 'log.operation.profile_reset', 'partner.time_zone': 'log.operation.partner_time_zone',
  'session.new_device': 'log.operation.session_new_device',
} as const satisfies Record<LoggedOperation, Key>

/** How a result looks: what went well is quiet. */
export const resultTone = {
  success: { tone: 'success', isPlain: true },
  refused: { tone: 'warning', isPlain: false },
  failed: { tone: 'danger', isPlain: false },
} as const satisfies Record<LogResult, { tone: Tone; isPlain: boolean }>
