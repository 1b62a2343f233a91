import { certificateUploadPath, confirmTestPayment, getBusiness, submitBusiness, testPaymentAttempts, type BusinessInput, type BusinessState } from '#contract/business.ts'
import { toMinor } from '#contract/money.ts'
import { writeLog } from '#server/audit/write.ts'
import type { MountFeature } from '#server/http/app.ts'
import type { Context, Operation } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { isCreditCode } from '#server/licences/credit-code.ts'
import { isMask } from '#server/masking/mask.ts'
import { normalizeMobile } from '#server/messages/contact.ts'
import { lockBusiness, readBusiness } from '#server/operations/business.ts'
import { takeDocument } from '#server/operations/document-type.ts'
import { keepFile, readFile } from '#server/operations/documents.ts'
import { resumeFailed, stepLog } from '#server/operations/payment-steps.ts'
import { tellOfPayout } from '#server/operations/payout-notices.ts'
import { mountUpload } from '#server/operations/upload.ts'
import { presentBusiness } from './present.ts'
import { digitsOf, faultsOf, maskedPaths, toBasisPoints } from './rules.ts'
import { guessTestAmount, handIn, readLast, type LastSubmission, type NewSubmission } from './store.ts'

/** States in which the partner may hand something in; in the others the vendor decides, or the amount that arrived is to be typed. */
const open: readonly BusinessState[] = ['NOT_SUBMITTED', 'FAILED', 'CERTIFIED']
const sentences: Partial<Record<BusinessState, string>> = { UNDER_REVIEW: 'business_under_review', TEST_PAYMENT: 'business_test_waits', LOCKED: 'business_locked' }

type Handed = { given: NewSubmission; from: BusinessState; changed: string[]; newCertificate: string | undefined }

const submit: Operation<typeof submitBusiness, Handed> = {
  permission: 'profile.business', refused: 'business.submitted',
  async prepare({ body }, context) {
    const { tx, actor: { partner } } = context
    const masked = maskedPaths(body, isMask)
    if (masked.length > 0) throw new Refusal('masked_value', { fields: masked.map((path) => ({ path, code: 'invalid', message: '' })) })
    await lockBusiness(tx, partner.id, 'change')
    const { state, company } = await readBusiness(tx, partner.id)
    if (company.creditCode === '') throw new Refusal('conflict', { sentence: 'company_missing' })
    if (!open.includes(state)) throw new Refusal('conflict', { sentence: sentences[state] ?? 'conflict' })
    const last = await readLast(tx, partner.id)
    const faults = faultsOf(body, { company, last }, { isCreditCode, isMobile: (number) => normalizeMobile(number) !== undefined })
    if (faults.length > 0) throw new Refusal('invalid_input', { fields: faults.map((fault) => ({ ...fault, message: '' })) })
    const newCertificate = body.tax?.certificateId
    if (newCertificate !== undefined) await demandCertificate(context, newCertificate)
    const given = toSubmission(body, company.name, last)
    const changed = changedFields(last, given)
    if (changed.length === 0 && state === 'CERTIFIED') throw new Refusal('conflict', { sentence: 'unchanged' })
    return { given, from: state, changed, newCertificate }
  },
  async apply({ given, from, newCertificate }, _input, { tx, now, actor }) {
    const { partner, member } = actor
    if (newCertificate !== undefined && !await keepFile(tx, partner.id, newCertificate)) throw new Refusal('not_found', { sentence: 'certificate_gone' })
    if (!await handIn(tx, now, partner.id, member.id, given, [from])) throw new Refusal('conflict', { sentence: 'business_under_review' })
    return presentBusiness(await readBusiness(tx, partner.id), true)
  },
  log: ({ id }, { changed, from }) => ({ operation: 'business.submitted', objectKind: 'business', ...(id !== null && { objectNumber: id }), details: { changed: changed.join(', '), before: from, after: 'UNDER_REVIEW' } }),
}

/** A certificate is handed in by whoever uploaded it, once. */
async function demandCertificate({ tx, actor: { partner, member } }: Context, id: string): Promise<void> {
  const file = await readFile(tx, partner.id, id)
  if (!file || file.kind !== 'certificate' || file.byId !== member.id || file.isKept) throw new Refusal('not_found', { sentence: 'certificate_gone' })
}

function toSubmission({ company, bank, tax }: BusinessInput, companyName: string, last: LastSubmission | undefined): NewSubmission {
  const known = <T>(given: T | undefined, kept: T | undefined): T => {
    const value = given ?? kept
    if (value === undefined) throw new Error('a part is missing that the rules asked for')
    return value
  }
  return {
    companyName, creditCode: known(company?.creditCode, last?.creditCode), address: known(company?.address, last?.address), contactName: known(company?.contactName, last?.contactName),
    contactMobile: known(company?.contactMobile === undefined ? undefined : normalizeMobile(company.contactMobile), last?.contactMobile),
    accountName: known(bank?.accountName, last?.accountName), bankNumber: known(bank?.number === undefined ? undefined : digitsOf(bank.number), last?.bankNumber), bankName: known(bank?.bankName, last?.bankName), branch: known(bank?.branch, last?.branch),
    taxpayerStatus: known(tax?.status, last?.taxpayerStatus), rateBasisPoints: known(tax === undefined ? undefined : toBasisPoints(tax.rate), last?.rateBasisPoints), certificateId: known(tax?.certificateId, last?.certificateId),
  }
}

const fields = ['companyName', 'creditCode', 'address', 'contactName', 'contactMobile', 'accountName', 'bankNumber', 'bankName', 'branch', 'taxpayerStatus', 'rateBasisPoints', 'certificateId'] as const satisfies readonly (keyof NewSubmission)[]
const changedFields = (last: LastSubmission | undefined, given: NewSubmission): string[] => fields.filter((field) => last?.[field] !== given[field])

/** An attempt stands with its answer: nothing is thrown once it was counted. */
const confirm = (deps: Deps): Operation<typeof confirmTestPayment, undefined> => ({
  permission: 'profile.business',
  async prepare() {
    return undefined
  },
  async apply(_prepared, { body: { amount } }, context) {
    const { tx, now, actor: { partner } } = context
    const guessed = await guessTestAmount(tx, now, partner.id, toMinor(amount))
    if (!guessed) throw new Refusal('conflict', { sentence: sentences[(await readBusiness(tx, partner.id)).state] === 'business_locked' ? 'business_locked' : 'business_no_test' })
    if (guessed.state === 'CERTIFIED') await payOn(context, deps)
    if (guessed.state !== 'TEST_PAYMENT') await tellOfPayout(tx, now, { partner, publicUrl: deps.settings.publicUrl }, 'IC-12', { state: guessed.state })
    return {
      outcome: guessed.state === 'CERTIFIED' ? 'certified' as const : guessed.state === 'LOCKED' ? 'locked' as const : 'wrong' as const,
      attemptsLeft: testPaymentAttempts - guessed.attempts, business: presentBusiness(await readBusiness(tx, partner.id), true),
    }
  },
  log: ({ outcome, attemptsLeft, business: { id } }) => ({
    operation: 'business.test_payment', objectKind: 'business', ...(id !== null && { objectNumber: id }), result: outcome === 'certified' ? 'success' : 'failed', details: { after: outcome, attemptsLeft },
  }),
})

/** Bank transfers that failed go on with the new bank data. */
async function payOn({ tx, now, actor: { partner }, request }: Context, { settings: { publicUrl } }: Deps): Promise<void> {
  const resumed = await resumeFailed(tx, now, { partner, publicUrl })
  await writeLog(tx, now, { partnerId: partner.id, memberId: null, name: null, source: 'system' }, request, resumed.map((row) => stepLog(row, 'PAYING')))
}

/** Business information certification: what is handed in, the test payment, and the certificate. */
export const mountBusiness: MountFeature = (mount, app, deps) => {
  mount.read(getBusiness, {
    permission: 'profile.business',
    run: async (_input, { tx, actor: { partner } }) => presentBusiness(await readBusiness(tx, partner.id), true),
  })
  mount.perform(submitBusiness, submit)
  mount.perform(confirmTestPayment, confirm(deps))
  mountUpload(app, deps, { path: certificateUploadPath, permission: 'profile.business', limit: 'upload.certificate', kind: 'certificate', otherwise: 'certificate', take: takeDocument })
}
