import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { OrderType, type Quota } from '#contract/coupons.ts'
import { Checkbox } from '#src/components/Checkbox.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { productsOf } from './issue-rules.ts'
import type { IssueState } from './use-issue-form.ts'

/** Narrows what the coupons may pay for. Only what the quota allows is offered. */
export function AdvancedScope({ form: { values, set }, quota }: { form: IssueState; quota: Quota }) {
  const { t } = useTranslation()
  const orders = quota.scope.orderTypes.length > 0 ? quota.scope.orderTypes : OrderType.options
  return (
    <details className="more">
      <summary>{t('coupons.issuing.advanced')}</summary>
      <p className="caption">{t('coupons.issuing.advanced_note')}</p>
      <fieldset className="scope-ticks">
        <legend className="label">{t('coupons.issuing.orders')}</legend>
        {orders.map((one) => (
          <Checkbox key={one} label={t(`coupons.scope.order.${one}`)} isChecked={values.orderTypes.includes(one)} onChange={(isWanted) => set('orderTypes', toggled(values.orderTypes, one, isWanted))}>
            <span>{t(`coupons.scope.order.${one}`)}</span>
          </Checkbox>
        ))}
      </fieldset>
      {quota.scope.products.length > 0
        ? (
          <fieldset className="scope-ticks">
            <legend className="label">{t('coupons.issuing.products')}</legend>
            {quota.scope.products.map((one) => <Checkbox key={one} label={one} isChecked={values.products.includes(one)} onChange={(isWanted) => set('products', toggled(values.products, one, isWanted))}><span>{one}</span></Checkbox>)}
          </fieldset>
        )
        : <ProductsField key={quota.id} products={values.products} onChange={(products) => set('products', products)} />}
    </details>
  )
}

/** A quota without limits offers no list, so products are typed. */
function ProductsField({ products, onChange }: { products: readonly string[]; onChange: (products: string[]) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(products.join(t('common.list_separator')))
  const type = (next: string) => {
    setText(next)
    onChange(productsOf(next))
  }
  return <Labelled label={t('coupons.issuing.products')} hint={t('coupons.issuing.products_hint')}>{(wiring) => <TextInput {...wiring} value={text} onChange={type} />}</Labelled>
}

const toggled = <V,>(present: readonly V[], value: V, isWanted: boolean): V[] => (isWanted ? [...present, value] : present.filter((one) => one !== value))
