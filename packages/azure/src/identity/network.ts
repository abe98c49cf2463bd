import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import type { Http, HttpRequest } from '@siembridge/core/http'

/**
 * What MSAL reaches the network by: our client, so that proxy, private authority and deadlines hold for tokens too. MSAL drops the cause
 * of what fails: `failed` is told of it.
 */
export function networkModule(http: Http, failed: (failure: unknown) => void): INetworkModule {
  const send = async <T>(request: HttpRequest): Promise<NetworkResponse<T>> => {
    try {
      const { status, headers, body } = await http.request({ deadlineMs: 30_000, maxBytes: 1 << 20, ...request })
      return { status, headers: { ...headers }, body: parsed(body) as T }
    } catch (error) {
      failed(error)
      throw error
    }
  }
  return {
    sendGetRequestAsync: (url, options?: NetworkRequestOptions) =>
      send({ method: 'GET', url, headers: options?.headers ?? {} }),
    sendPostRequestAsync: (url, options?: NetworkRequestOptions) =>
      send({ method: 'POST', url, headers: options?.headers ?? {}, body: options?.body ?? '' }),
  }
}

/** A gateway's page in HTML becomes an answer without the members that MSAL looks for. */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return { error: 'not_json', error_description: 'the answer is no JSON: a proxy or a sign-in page stands between' }
  }
}
