import { useRef, useState } from 'react'
import { type Control, useFieldArray } from 'react-hook-form'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { Field } from '#src/components/Field.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { type Contact, type ContactsForm, noContact } from './contacts.ts'

type Props = { control: Control<ContactsForm>; drafts: readonly Contact[]; max: number }

/** The fields of all contacts. Order, adding and removing are buttons; the focus goes along with what moved. */
export function ContactFields({ control, drafts, max }: Props) {
  const { t } = useTranslation()
  const [said, say] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const { fields, append, remove, move } = useFieldArray({ control, name: 'items' })
  const nameOf = (place: number) => drafts[place]?.name.trim() || t('customer_settings.contacts.person', { n: place + 1 })
  // After the list has been drawn anew.
  const focus = (place: number, what: 'up' | 'down' | 'remove' | 'add') => setTimeout(() => {
    const acts = what === 'add' ? list.current?.parentElement?.querySelector<HTMLElement>('.contact-add button') : list.current?.children[place]?.querySelector<HTMLElement>(`[data-act="${what}"] button`)
    acts?.focus()
  })
  const shift = (place: number, to: number, what: 'up' | 'down') => {
    say(t('customer_settings.contacts.moved', { who: nameOf(place), n: to + 1 }))
    move(place, to)
    focus(to, what)
  }
  const drop = (place: number) => {
    say(t('customer_settings.contacts.removed', { who: nameOf(place) }))
    remove(place)
    focus(Math.min(place, fields.length - 2), fields.length > 1 ? 'remove' : 'add')
  }
  return (
    <div>
      <ol className="contact-list" ref={list}>
        {fields.map((field, place) => (
          <li key={field.id}>
            <fieldset>
              <legend className="hidden-text">{t('customer_settings.contacts.person', { n: place + 1 })}</legend>
              <div className="contact-acts">
                <span aria-hidden="true">{t('customer_settings.contacts.person', { n: place + 1 })}</span>
                <Act what="up" who={nameOf(place)} why={place === 0 ? t('customer_settings.contacts.first') : undefined} onPress={() => shift(place, place - 1, 'up')} />
                <Act what="down" who={nameOf(place)} why={place === fields.length - 1 ? t('customer_settings.contacts.last') : undefined} onPress={() => shift(place, place + 1, 'down')} />
                <Act what="remove" who={nameOf(place)} onPress={() => drop(place)} />
              </div>
              <div className="contact-fields">
                <Field control={control} name={`items.${place}.name`} label={t('customer_settings.contacts.name')} isRequired>{(input) => <TextInput {...input} maxLength={64} />}</Field>
                <Field control={control} name={`items.${place}.remark`} label={t('customer_settings.contacts.remark')} hint={t('customer_settings.contacts.remark_hint')}>{(input) => <TextInput {...input} maxLength={100} />}</Field>
                <Field control={control} name={`items.${place}.mobile`} label={t('customer_settings.contacts.mobile')} hint={t('customer_settings.contacts.one_of')}>{(input) => <TextInput {...input} type="tel" inputMode="tel" maxLength={32} />}</Field>
                <Field control={control} name={`items.${place}.email`} label={t('customer_settings.contacts.email')}>{(input) => <TextInput {...input} type="email" inputMode="email" maxLength={64} spellCheck={false} autoCapitalize="none" />}</Field>
              </div>
            </fieldset>
          </li>
        ))}
      </ol>
      <p className="contact-add">
        <Button icon="plus" disabledReason={fields.length >= max ? t('customer_settings.contacts.full', { max }) : undefined} onPress={() => { say(t('customer_settings.contacts.added', { n: fields.length + 1 })); append(noContact) }}>{t('customer_settings.contacts.add')}</Button>
      </p>
      <span className="hidden-text" role="status">{said}</span>
    </div>
  )
}

function Act({ what, who, why, onPress }: { what: 'up' | 'down' | 'remove'; who: string; why?: string | undefined; onPress: () => void }) {
  const { t } = useTranslation()
  return <span data-act={what}><Button variant="row" aria-label={t(`customer_settings.contacts.${what}_of`, { who })} disabledReason={why} onPress={onPress}>{t(`customer_settings.contacts.${what}`)}</Button></span>
}
