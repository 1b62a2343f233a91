import type { AuthenticatorChangedTold, ContactChangedTold, MessageText, NewDeviceTold, PasswordChangedTold, PersonalPurpose } from './wording.ts'

const sign = '[Partner Center]'

/** What a code does that changes something of the person's own, in English. Completes "You are about to". */
export const personal: Record<PersonalPurpose, string> = {
  mobile: 'change your mobile', email: 'change your email', password: 'change your password', authenticator: 'change your authenticators', 'new-mobile': 'confirm your new mobile', 'new-email': 'confirm your new email', reset: 'reset your password',
}
export const changed = { mobile: 'mobile', email: 'email', password: 'password', authenticator: 'list of authenticators' }
const noDevice = 'unknown device'

export function newDevice({ at, device, address }: NewDeviceTold): MessageText {
  const deed = `Your account signed in on a new device on ${at}`
  return {
    sms: `${sign} ${deed}. If this was not you, change your password now.`, subject: 'New sign-in',
    mail: `${deed}.\n\nDevice: ${device ?? noDevice}\nAddress: ${address}\n\nIf this was not you, change your password now, end the other sign-ins and tell your administrator.`,
  }
}

export function contactChanged({ what, at }: ContactChangedTold): MessageText {
  const deed = `Your ${changed[what]} was changed on ${at}`
  return { sms: `${sign} ${deed}. If this was not you, tell your administrator now.`, subject: 'Contact changed', mail: `${deed}. Codes and notices no longer come to the old one.\n\nIf this was not you, tell your administrator now.` }
}

export function passwordChanged({ how, at }: PasswordChangedTold): MessageText {
  const deed = how === 'unified' ? `Your password ended on ${at}: you sign in with your unified ID from now on` : `Your password was ${how} on ${at}`
  return { sms: `${sign} ${deed}. If this was not you, tell your administrator now.`, subject: 'Password changed', mail: `${deed}. All other sign-ins have ended.\n\nIf this was not you, tell your administrator now.` }
}

export function authenticatorChanged(told: AuthenticatorChangedTold): MessageText {
  const warning = 'If this was not you, tell your administrator now.'
  if (told.what === 'cleared') {
    const cleared = `${told.by} removed all authenticators of your account on ${told.at}`
    return { sms: `${sign} ${cleared}. If you did not ask for it, tell your administrator now.`, subject: 'Authenticators removed', mail: `${cleared}, and your sign-ins have ended. Add a new one under Account Information.\n\nIf you did not ask for it, tell your administrator now.` }
  }
  const { what, kind, name, at } = told
  const deed = `The ${kind === 'totp' ? 'authenticator app' : 'passkey'} “${name}” was ${what === 'added' ? 'added to' : 'removed from'} your account on ${at}`
  return {
    sms: `${sign} ${deed}. ${warning}`, subject: `Authenticator ${what}`,
    mail: `${deed}. ${what === 'added' ? 'From now on it confirms your operations.' : 'It confirms nothing any more.'}\n\n${warning}`,
  }
}
