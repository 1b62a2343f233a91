/** @param address as the request came from. @returns what limits count: IPv6 addresses per /64, because one household or office has that many. */
export const network = (address: string): string => (address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address)
