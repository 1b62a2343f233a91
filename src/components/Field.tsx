import type { ReactNode } from 'react'
import { type Control, type FieldPath, type FieldValues, type ControllerRenderProps, useController } from 'react-hook-form'
import { fieldMessage } from './form-error.ts'
import { type FieldWiring, Labelled } from './Labelled.tsx'

type Props<V extends FieldValues, N extends FieldPath<V>> = {
  control: Control<V>
  name: N
  label: string
  isRequired?: boolean
  hint?: ReactNode
  aside?: ReactNode
  children: (input: ControllerRenderProps<V, N> & FieldWiring) => ReactNode
}

/** The only place where react-hook-form meets a field. Messages of schemas are keys under `errors.field`. */
export function Field<V extends FieldValues, N extends FieldPath<V>>({ control, name, label, children, ...rest }: Props<V, N>) {
  const { field, fieldState } = useController({ control, name })
  const error = fieldState.error && (fieldMessage(fieldState.error.message ?? '', label))
  return <Labelled label={label} error={error} {...rest}>{(wiring) => children({ ...field, ...wiring })}</Labelled>
}
