import { listed, notFound, refused, type RestAnswer, type RestEntry, type RestRequest } from './request.ts'

interface Secret {
  readonly app: string
  readonly realm: string
  readonly name: string
  value: string
}

/** Bytes of a value that Splunk keeps whole in one entry. */
const longest = 255

/** `storage/passwords`: secrets by realm and name. What is longer than an entry holds is refused, as splunkd fails to read it back. */
export class Passwords {
  readonly secrets: Secret[] = []

  answer({ method, path, form, app }: RestRequest): RestAnswer {
    const [id] = path
    if (id === undefined)
      return method === 'POST' ? this.create(form, app) : listed(this.secrets.map((one) => entryOf(one)))
    const secret = this.secrets.find((one) => idOf(one) === id)
    if (!secret) return notFound(id)
    if (method === 'DELETE') {
      this.secrets.splice(this.secrets.indexOf(secret), 1)
      return listed(this.secrets.map((one) => entryOf(one)))
    }
    if (method === 'POST') {
      const value = form.get('password')
      if (value === null || value === '') return refused(400, 'The following required arguments are missing: password.')
      if (Buffer.byteLength(value) > longest) return tooLong
      secret.value = value
    }
    return listed([entryOf(secret)])
  }

  private create(form: URLSearchParams, app: string): RestAnswer {
    const [name, value, realm] = [form.get('name'), form.get('password'), form.get('realm') ?? '']
    if (!name || !value) return refused(400, 'The following required arguments are missing: name, password.')
    if (Buffer.byteLength(value) > longest) return tooLong
    const secret = { app, realm, name, value }
    if (this.secrets.some((one) => idOf(one) === idOf(secret)))
      return refused(409, `Cannot perform action "POST" with resource "${idOf(secret)}": it already exists`)
    this.secrets.push(secret)
    return listed([entryOf(secret)], 201)
  }
}

const tooLong = refused(400, `Password is longer than ${longest} bytes`)

/** `realm:name:`, a colon in either written as `\:`. */
const idOf = ({ realm, name }: Pick<Secret, 'realm' | 'name'>): string =>
  `${realm.replaceAll(':', String.raw`\:`)}:${name.replaceAll(':', String.raw`\:`)}:`

const entryOf = (secret: Secret): RestEntry => ({
  name: idOf(secret),
  app: secret.app,
  content: {
    realm: secret.realm,
    username: secret.name,
    clear_password: secret.value,
    encr_password: '$7$simulated',
    password: '********',
  },
})
