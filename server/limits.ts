// Every number of the server that is not a setting, once. Times in seconds.
export const proofLife = 30 * 60
export const passedLife = 120
export const guessesPerProof = 5
export const sendsPerProof = 4
export const resendWait = 60
export const openProofsPerPerson = 3
export const wrongPerHour = { max: 10, window: 3600, lock: 30 * 60 }
export const wrongPerDay = { max: 30, window: 24 * 3600, lock: 24 * 3600 }
export const sendsPerHour = { max: 10, window: 3600 }
export const sendsPerDay = { max: 50, window: 24 * 3600 }
export const sendsOfInstallation = { max: 1000, window: 3600 }
/** After `freely` failures each further attempt waits twice as long as the one before, from a second on. */
export const signInFailures = { perAccount: 10, perAddress: 100, window: 15 * 60, freely: 4, waitMax: 60 }
export const sessionAbsolute = 12 * 3600
export const sessionsPerPerson = 5
export const requestKeyDays = 7
export const lookUps = { max: 60, window: 60 }
export const revealCalls = { max: 60, window: 3600 }
export const revealSubjects = { max: 1000, window: 24 * 3600 }
export const revealShown = 60
/** Lives of the link under which a password is set: a new colleague has a day, an administrator and a reset half an hour. */
export const setUpLife = { member: 24 * 3600, administrator: 30 * 60, reset: 30 * 60 }
export const setUpAttempts = { max: 30, window: 15 * 60 }
/** How long a code to a current contact leaves the form of one change open. */
export const openingLife = 600
/** An authenticator app's secret waits this long for its first code, and a challenge this long for a passkey. */
export const secretLife = 600
export const passkeyLife = 300
export const authenticatorsPerPerson = 10
/** How far back a device counts as known. */
export const knownDeviceDays = 90
/** Prospects and invitations. */
export const reportLife = 15 * 24 * 3600
export const reportReminder = 3 * 24 * 3600
export const reportChecks = { max: 60, window: 3600 }
export const invitationLife = 7 * 24 * 3600
export const invitationWait = 60
export const mailsPerAddress = { max: 10, window: 24 * 3600 }
export const mailsPerPartner = { max: 200, window: 24 * 3600 }
/** Project specialists: the link, and invitations of a partner with their repetitions. */
export const specialistLinkLife = 7 * 24 * 3600
export const specialistInvitations = { max: 100, window: 24 * 3600 }
export const customLinksPerPartner = { max: 100, window: 24 * 3600 }
/** An unreported account older than this cannot be associated. */
export const accountAge = 7 * 24 * 3600
/** Codes to people who are not signed in to a console. */
export const publicSendsPerDestination = { hour: { max: 5, window: 3600 }, day: { max: 10, window: 24 * 3600 } }
export const publicSendsPerAddress = { hour: { max: 30, window: 3600 }, day: { max: 100, window: 24 * 3600 } }
export const accountsPerMobile = 5
/** Numbers tried behind one mail invitation, so that the hidden digits of the reported one cannot be found by trying. */
export const numbersPerInvitation = { max: 30, window: 24 * 3600 }
/** Openings of a link are counted once per network address in this time. */
export const openingsApart = 60
/** What all files of a partner may be together, in bytes; how long an uploaded one waits to be handed in; and how many one person may upload. */
export const filesPerPartner = 200 * 1024 * 1024
export const looseFileLife = 24 * 3600
export const uploadsPerPerson = { max: 20, window: 3600 }
/** How long somebody may take at the provider of the unified ID. */
export const handshakeLife = 600
/** Incentives: working days left at which people are reminded of an unconfirmed statement, and how many rows one import has at most. */
export const confirmReminders = [10, 5, 1] as const
export const importedLinesMax = 100_000
/** Payouts: how long a voucher quota takes, how long it is valid, working days until a bank transfer arrives, and how long a partner that left may redeem. */
export const voucherQuotaWait = 600
export const voucherQuotaYears = 1
export const payoutWorkingDays = 2
export const redeemYears = 1
/** How long an uploaded whitelist waits to be confirmed. */
export const whitelistPreviewLife = 30 * 60
