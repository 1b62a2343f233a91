import { getCompany, queryCompanyChanges, submitCompanyChange, withdrawCompanyChange, type CompanyChange, type CompanyData } from '#contract/company.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Context, Operation } from '#server/http/context.ts'
import type { MountFeature } from '#server/http/app.ts'
import { Refusal } from '#server/http/refusal.ts'
import { keepFile, readFile, type FileRow } from '#server/operations/documents.ts'
import { mountDocumentFile } from './documents.ts'
import { dataOf, presentChange } from './present.ts'
import { changedFields, whyRefused } from './rules.ts'
import { insertChange, isUnderReview, lockCompany, readChange, readChanges, readCompany, withdraw } from './store.ts'
import { mountLicenceUpload } from './upload.ts'

type Handed = { before: CompanyData; licence: FileRow | undefined }

const submit: Operation<typeof submitCompanyChange, Handed> = {
  permission: 'partner.settings', refused: 'company.submitted',
  async prepare({ body: { data, fileId } }, context) {
    const { tx, actor: { partner } } = context
    if (!await lockCompany(tx, partner.id)) throw new Refusal('conflict', { sentence: 'company_missing' })
    if (await isUnderReview(tx, partner.id)) throw new Refusal('conflict', { sentence: 'company_under_review' })
    const { creditCode, ...kept } = await readCompany(tx, partner.id)
    const before = dataOf(kept)
    const licence = fileId === undefined ? undefined : await findLicence(context, fileId)
    const why = whyRefused({ before, after: data, creditCode, licence: licence && { creditCode: licence.facts['creditCode'] ?? null } })
    if (why === 'licence_for_name') throw new Refusal('invalid_input', { sentence: why, fields: [{ path: 'fileId', code: why, message: '' }] })
    if (why) throw new Refusal('conflict', { sentence: why })
    return { before, licence }
  },
  async apply({ before, licence }, { body: { data } }, { tx, now, actor: { partner, member } }) {
    const id = await insertChange(tx, now, partner.id, { before, after: data, licenceId: licence?.id ?? null, byId: member.id })
    if (id === undefined) throw new Refusal('conflict', { sentence: 'company_under_review' })
    if (licence && !await keepFile(tx, partner.id, licence.id)) throw new Refusal('not_found')
    return await changeOf(tx, partner.id, id)
  },
  log: ({ id }, { before, licence }, { body: { data } }) => ({ operation: 'company.submitted', objectKind: 'company', objectNumber: id, details: { changed: changedFields(before, data).join(' '), licence: licence !== undefined } }),
}

/** Everything that a partner tells about its company: what counts, changes by review, the licence, and the files. */
export const mountCompany: MountFeature = (mount, app, deps) => {
  mount.read(getCompany, {
    permission: 'signed_in',
    async run(_input, { tx, actor: { partner, permissions } }) {
      const row = await readCompany(tx, partner.id)
      const [newest] = (await readChanges(tx, partner.id, { offset: 0, limit: 1 })).rows
      const state = newest?.state === 'UNDER_REVIEW' || newest?.state === 'REJECTED' ? newest.state : 'CURRENT' as const
      return {
        data: dataOf(row), creditCode: row.creditCode, contractingEntity: row.contractingEntity, type: partner.type,
        ecosystemManager: row.ecosystemName === null ? null : { name: row.ecosystemName, mobile: row.ecosystemMobile, email: row.ecosystemEmail },
        licence: row.licenceId, state, change: newest && state !== 'CURRENT' ? presentChange(newest) : null,
        mayEdit: permissions.has('partner.settings') && row.creditCode !== '',
      }
    },
  })

  mount.read(queryCompanyChanges, {
    permission: 'signed_in',
    async run({ body: { page, pageSize } }, { tx, actor: { partner } }) {
      const { total, rows } = await readChanges(tx, partner.id, { offset: (page - 1) * pageSize, limit: pageSize })
      return { items: rows.map(presentChange), total }
    },
  })

  mount.perform(submitCompanyChange, submit)

  mount.perform(withdrawCompanyChange, {
    permission: 'partner.settings',
    async prepare({ params: { id } }, { tx, actor: { partner } }) {
      await lockCompany(tx, partner.id)
      const change = await readChange(tx, partner.id, id)
      if (!change) throw new Refusal('not_found')
      if (change.state !== 'UNDER_REVIEW') throw new Refusal('conflict', { sentence: 'company_decided' })
      return change
    },
    async apply(change, { params: { id } }, { tx, now, actor: { partner } }) {
      if (!await withdraw(tx, now, partner.id, change)) throw new Refusal('conflict', { sentence: 'company_decided' })
      return await changeOf(tx, partner.id, id)
    },
    log: ({ id }) => ({ operation: 'company.withdrawn', objectKind: 'company', objectNumber: id }),
  })

  mountLicenceUpload(app, deps)
  mountDocumentFile(app, deps)
}

/** A licence is handed in by whoever uploaded it, once. */
async function findLicence({ tx, actor: { partner, member } }: Context, id: string): Promise<FileRow> {
  const file = await readFile(tx, partner.id, id)
  if (!file || file.kind !== 'licence' || file.byId !== member.id || file.isKept) throw new Refusal('not_found', { sentence: 'licence_gone' })
  return file
}

async function changeOf(tx: Tx, partnerId: string, id: string): Promise<CompanyChange> {
  const row = await readChange(tx, partnerId, id)
  if (!row) throw new Error('a change that was just written')
  return presentChange(row)
}
