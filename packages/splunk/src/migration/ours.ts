/** Names of the add-on that this package is for, as they stand in its package. */
export const ourApp = 'siembridge_ms'
/** File with its accounts, without `.conf`. */
export const ourConf = 'siembridge_ms_account'
/** Realm of its accounts' secrets. */
export const ourRealm = 'siembridge_ms#account'
/** Collection with the state of its inputs. */
export const ourState = 'siembridge_state'
