import type { TFunction } from 'i18next'
import type { Member, MemberState } from '#contract/members.ts'
import type { Tone } from '#src/components/StatusTag.tsx'

/** How a state looks: whoever can work is quiet. */
export const stateLook = {
  ACTIVE: { tone: 'success', isPlain: true },
  INVITED: { tone: 'info', isPlain: false },
  DISABLED: { tone: 'neutral', isPlain: false },
  LOCKED: { tone: 'warning', isPlain: false },
} as const satisfies Record<MemberState, { tone: Tone; isPlain: boolean }>

/** @returns a member's masked name with the login name, which tells two people of one name apart. */
export const nameOf = ({ nameMasked, login }: Pick<Member, 'nameMasked' | 'login'>): string => `${nameMasked} ${login}`.trim()

/** @returns the names of a member's roles, built-in ones first. */
export const roleNames = ({ roles, customRoles }: Pick<Member, 'roles' | 'customRoles'>, t: TFunction): string[] => [...roles.map((role) => t(`roles.name.${role}`)), ...customRoles.map(({ name }) => name)]
