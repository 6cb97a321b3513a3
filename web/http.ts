import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'

/** One thing wrong with a body; `path` is dotted (`members.0.person`), empty for the body itself. */
export interface Issue {
  readonly path: string
  readonly message: string
}

/** Thrown for a request that gets an error on purpose; whoever asked reads `code`, `message` and `issues`. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: ContentfulStatusCode
  readonly code: string
  readonly issues: readonly Issue[]
  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    issues: readonly Issue[] = [],
  ) {
    super(message)
    this.status = status
    this.code = code
    this.issues = issues
  }
}

/** A 400 that names the one part that does not fit. */
export function misfit(path: string, message: string): Refused {
  return invalid([{ path, message }])
}

function invalid(issues: readonly Issue[]): Refused {
  return new Refused(400, 'invalid_request', 'the request does not fit', issues)
}

/** Checks `input` against `schema`. @throws Refused 400 with every issue found */
export function conform<T>(schema: z.ZodType<T>, input: unknown): T {
  const checked = schema.safeParse(input)
  if (checked.success) return checked.data
  throw invalid(
    checked.error.issues.flatMap(({ path, message, ...issue }) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'unknown field' }))
        : [{ path: path.join('.'), message }],
    ),
  )
}

/** The request's body as `schema` wants it, whatever its content type says. @throws Refused 400 */
export async function readJson<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const text = await c.req.text()
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw misfit('', 'not valid JSON')
  }
  return conform(schema, body)
}

/** A text that somebody can read: at least one character that is not a space. */
export const label = z.string().max(200).regex(/\S/, 'must not be blank')

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/**
 * Lets through only requests that were sent to a name of this server, so that a foreign page
 * whose name points here (DNS rebinding) reaches nothing.
 */
export function hostGuard(allowed: readonly string[]): MiddlewareHandler {
  const names = new Set([...LOOPBACK, ...allowed.map(bracketed)].map((name) => name.toLowerCase()))
  return async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host
    if (!names.has(host.toLowerCase().replace(/:\d{1,5}$/, ''))) {
      throw new Refused(403, 'wrong_host', 'this host name is not served here')
    }
    await next()
  }
}

/** An IPv6 address as it stands in a Host header; anything else as it is. */
export function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}

/** Requires `Authorization: Bearer <token>`. */
export function tokenGuard(token: string): MiddlewareHandler {
  // Digests have one length, so the comparison tells nothing about the token's.
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const wanted = digest(token)
  return async (c, next) => {
    const given = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (given === undefined || !timingSafeEqual(digest(given), wanted)) {
      c.header('WWW-Authenticate', 'Bearer')
      throw new Refused(401, 'unauthorized', 'a valid bearer token is needed')
    }
    await next()
  }
}

/** @throws Refused 413 for a body of more than `maxSize` bytes */
export function sizeGuard(maxSize: number): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new Refused(413, 'too_large', `the body is over ${maxSize} bytes`)
    },
  })
}

/** Scripts, styles and connections from here only; pictures also from memory (`blob:`). */
export function securityHeaders(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'blob:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    // Served over plain HTTP on the loopback address; a proxy with a certificate sets its own.
    strictTransportSecurity: false,
  })
}
