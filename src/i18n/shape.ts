/** The same keys as the Chinese source, plus the singular form that Chinese does not have. */
export type Shape<T> = { [K in keyof T]: T[K] extends string ? string : Shape<T[K]> } & Singulars<T>
type Singulars<T> = { [K in keyof T as K extends `${infer Base}_other` ? `${Base}_one` : never]: string }
