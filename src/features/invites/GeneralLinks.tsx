import { useTranslation } from '#src/i18n/use-translation.ts'
import { AssociationType } from '#contract/customers.ts'
import type { Answer } from '#contract/endpoint.ts'
import type { getInviteDesk, InviteLink } from '#contract/invites.ts'
import { Button } from '#src/components/Button.tsx'
import type { OnOpen } from './open.ts'
import { QrMenu } from './QrMenu.tsx'
import { useCopyLink } from './use-copy-link.ts'
import { useMakeLink } from './use-make-link.ts'

type Desk = Answer<typeof getInviteDesk>

/** The person's own two links that never change unless they are replaced, one for each association type. */
export const GeneralLinks = ({ desk, blocked, onOpen }: { desk: Desk; blocked: string | undefined; onOpen: OnOpen }) => (
  <div className="link-cards">
    {AssociationType.options.map((type) => <Card key={type} type={type} isAllowed={desk.types.includes(type)} link={desk.general.find((one) => one.associationType === type)} blocked={blocked} onOpen={onOpen} />)}
  </div>
)

type CardProps = { type: AssociationType; isAllowed: boolean; link: InviteLink | undefined; blocked: string | undefined; onOpen: OnOpen }

function Card({ type, isAllowed, link, blocked, onOpen }: CardProps) {
  const { t } = useTranslation()
  const id = `general-${type}`
  return (
    <section className="panel panel-body link-card" aria-labelledby={id}>
      <div className="link-card-head">
        <h2 id={id}>{t(`invites.type.${type}`)}</h2>
        {(link || !isAllowed) && <span className="quiet">{t(link ? 'invites.link.forever' : 'invites.form.type_closed')}</span>}
      </div>
      {link ? <Made link={link} isAllowed={isAllowed} blocked={blocked} onOpen={onOpen} /> : isAllowed ? <Unmade type={type} blocked={blocked} onOpen={onOpen} /> : <p className="second">{t(`invites.link.no_type_${type}`)}</p>}
    </section>
  )
}

function Made({ link, isAllowed, blocked, onOpen }: { link: InviteLink; isAllowed: boolean; blocked: string | undefined; onOpen: OnOpen }) {
  const { t } = useTranslation()
  const copy = useCopyLink(onOpen)
  const closed = blocked ?? (isAllowed ? undefined : t(`invites.link.no_type_${link.associationType}`))
  return (
    <>
      <p className="second">{link.manager ? t('invites.link.sentence_manager', { name: link.manager.nameMasked }) : t('invites.link.sentence_none')}</p>
      <dl className="link-counts">
        {(['opened', 'registered', 'associated'] as const).map((key) => <div key={key}><dt>{t(`invites.records.${key}`)}</dt><dd>{link[key]}</dd></div>)}
      </dl>
      {!isAllowed && <p className="second">{t(`invites.link.no_type_${link.associationType}`)}</p>}
      <div className="link-card-acts">
        <Button isSmall icon="copy" onPress={() => void copy(link)}>{t('invites.link.copy')}</Button>
        <QrMenu link={link} look="small" />
        <Button isSmall variant="bare" onPress={() => onOpen({ at: 'link', link })}>{t('invites.link.show')}</Button>
        <Button isSmall variant="bare" disabledReason={closed} onPress={() => onOpen({ at: 'replace', link })}>{t('invites.link.replace')}</Button>
      </div>
    </>
  )
}

function Unmade({ type, blocked, onOpen }: { type: AssociationType; blocked: string | undefined; onOpen: OnOpen }) {
  const { t } = useTranslation()
  const make = useMakeLink(onOpen)
  return (
    <>
      <p className="second">{t(`invites.link.type_note_${type}`)}{t('invites.link.stop')}{t('invites.link.generate_note')}</p>
      <div className="link-card-acts">
        <Button isSmall isBusy={make.isBusy} disabledReason={blocked} onPress={() => make.submit({ body: { kind: 'GENERAL', associationType: type } })}>{t('invites.link.generate')}</Button>
      </div>
    </>
  )
}
