import { useTranslation } from '#src/i18n/use-translation.ts'
import type { getMyPartner } from '#contract/acceptance.ts'
import { documentsFor } from '#contract/documents.ts'
import type { Answer } from '#contract/endpoint.ts'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { formatCustomerNumber, formatDay, formatFull, formatMobile, formatMoney } from '#src/lib/format.ts'
import { MyBills } from './MyBills.tsx'
import { MyCoupons } from './MyCoupons.tsx'
import { MyNotices } from './MyNotices.tsx'

type Partner = NonNullable<Answer<typeof getMyPartner>['partner']>
const tones = { NORMAL: 'success', ACCOUNT_FROZEN: 'warning', RESOURCES_FROZEN: 'danger' } as const

/** Who the partner is, how the account stands, whom to ask, and what was agreed when. */
export function PartnerFacts({ partner }: { partner: Partner }) {
  const { t } = useTranslation()
  return (
    <>
      <section className="my-section" aria-labelledby="my-partner">
        <h2 id="my-partner">{partner.name}</h2>
        <p className="second">{t(`invite_page.type.${partner.associationType}`)}{t('common.colon')}{t(`my.type_note.${partner.associationType}`)}</p>
        <dl className="my-facts">
          <div><dt>{t('my.state')}</dt><dd><StatusTag tone={tones[partner.state]} isPlain={partner.state === 'NORMAL'}>{t(`my.states.${partner.state}`)}</StatusTag><p className="caption">{t(`my.state_note.${partner.state}`)}</p></dd></div>
          {partner.balance !== null && <div><dt>{t('my.balance')}</dt><dd><span className="my-balance">{formatMoney(partner.balance)} <small>{t('my.unit')}</small></span><p className="caption">{t('my.balance_note')}</p></dd></div>}
          <div><dt>{t('my.since')}</dt><dd><time dateTime={partner.since} title={formatFull(partner.since)}>{formatDay(partner.since)}</time></dd></div>
          <div><dt>{t('my.number')}</dt><dd>{formatCustomerNumber(partner.number)}</dd></div>
        </dl>
      </section>
      <Contacts partner={partner} />
      <MyCoupons />
      <MyNotices />
      {partner.billsShown && <MyBills />}
      <Agreed partner={partner} />
      <p className="caption my-ending">{t('my.ending')}</p>
    </>
  )
}

/** Whom to ask: the own account manager, and whom the partner names to all its customers. */
function Contacts({ partner: { contact, contacts } }: { partner: Partner }) {
  const { t } = useTranslation()
  return (
    <section className="my-section" aria-labelledby="my-contact">
      <h2 id="my-contact">{t('my.contact')}</h2>
      {!contact && contacts.length === 0 && <p className="second">{t('my.no_contact')}</p>}
      {contact && <><h3 className="my-kind">{t('my.manager')}</h3><ul className="my-contacts"><Person person={contact} /></ul></>}
      {contacts.length > 0 && <>{contact && <h3 className="my-kind">{t('my.contacts')}</h3>}<ul className="my-contacts">{contacts.map((person, place) => <Person key={place} person={person} />)}</ul></>}
    </section>
  )
}

function Person({ person: { name, mobile, email, remark } }: { person: NonNullable<Partner['contact']> & { remark?: string } }) {
  return (
    <li>
      <b>{name}</b>
      {remark && <span className="caption">{remark}</span>}
      {mobile && <a href={`tel:${mobile}`}>{formatMobile(mobile)}</a>}
      {email && <a href={`mailto:${email}`}>{email}</a>}
    </li>
  )
}

function Agreed({ partner: { agreements, associationType } }: { partner: Partner }) {
  const { t } = useTranslation()
  const now = documentsFor(associationType)
  return (
    <section className="my-section" aria-labelledby="my-agreed">
      <h2 id="my-agreed">{t('my.agreed')}</h2>
      {agreements.length === 0 && <p className="second">{t('my.no_agreements')}</p>}
      <ul className="my-agreed">
        {agreements.map(({ document, version, acceptedAt }) => (
          <li key={`${document} ${version} ${acceptedAt}`}>
            <b>{document === 'notice' ? t(`documents.notice.${associationType}.name`) : t(`documents.${document}.name`)}</b>
            <span className="caption">{t('my.version', { version })} · {t('my.agreed_at', { time: formatFull(acceptedAt) })}</span>
            {version !== now[document] && <span className="caption">{t('my.other_version', { version: now[document] })}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
