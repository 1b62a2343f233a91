import { type Ref, useImperativeHandle, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { AssociationType } from '#contract/customers.ts'
import { RadioCards } from '#src/components/RadioCards.tsx'

/** What a form that was handed in without a choice sends the person to. */
export type Focusable = { focus: () => void }

type Props = { types: readonly AssociationType[]; value: AssociationType | undefined; onChange: (type: AssociationType) => void; isWrong: boolean; ref?: Ref<Focusable> }

/** What the customer is invited as. The two differ in who charges it, so nothing is chosen beforehand where both are possible.
 *  @param isWrong nothing was chosen although something had to be. */
export function TypeChoice({ types, value, onChange, isWrong, ref }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useImperativeHandle(ref, () => ({ focus: () => box.current?.querySelector<HTMLElement>('input:enabled')?.focus() }), [])
  return (
    <div ref={box} className="type-choice">
      <RadioCards
        legend={t('development.field.type')} value={value} onChange={onChange}
        options={AssociationType.options.map((type) => ({
          value: type, label: t(`development.type.${type}`), note: t(`development.type_note.${type}`), disabledReason: types.includes(type) ? undefined : t('development.type_none'),
        }))}
      />
      <p className="field-error" aria-live="polite">{isWrong && value === undefined && t('development.type_required')}</p>
    </div>
  )
}

/** @returns the type to begin with: the one there was before, or the only one there is. */
export const firstType = (types: readonly AssociationType[], before: AssociationType | undefined): AssociationType | undefined =>
  before !== undefined && types.includes(before) ? before : types.length === 1 ? types[0] : undefined
