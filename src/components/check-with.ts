import { type FieldErrors, type FieldValues, get, type Resolver, set } from 'react-hook-form'
import type * as z from 'zod/mini'

/** Checks a form's values with a schema, by which the server may check them, too. Of several faults of a field the first is shown.
 *  @param schema its messages are keys under `errors.field`. @returns what useForm takes as its resolver. */
export const checkWith = <In extends FieldValues, Out>(schema: z.ZodMiniType<Out, In>): Resolver<In, unknown, Out> => (values) => {
  const checked = schema.safeParse(values)
  if (checked.success) return { values: checked.data, errors: {} }
  const errors: FieldErrors<In> = {}
  for (const { path, code, message } of checked.error.issues) {
    const place = path.join('.')
    if (!get(errors, place)) set(errors, place, { type: code, message })
  }
  return { values: {}, errors }
}
