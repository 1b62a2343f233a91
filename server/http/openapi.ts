import * as z from 'zod/mini'
import { Problem } from '#contract/errors.ts'
import type { Mounted } from './mount.ts'

const schemaOf = (schema: z.ZodMiniType, io: 'input' | 'output') => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

/** What stands behind the question mark: a parameter for each property of the schema. */
const queryParameters = (query: z.ZodMiniType) => {
  const { properties = {}, required = [] } = schemaOf(query, 'input')
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }))
}

/** @param mounted every endpoint of the application. @returns the description of the API as OpenAPI 3.1, made from the contract itself. */
export function describeApi(mounted: readonly Mounted[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { endpoint, permission } of mounted) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    const names = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
    const header = (name: string, required: boolean) => ({ name, in: 'header', required, schema: { type: 'string' } })
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: {
      operationId: `${endpoint.method.toLowerCase()} ${endpoint.path}`,
      ...(endpoint.proof && { 'x-sensitive-operation': endpoint.proof }), 'x-permission': permission,
      parameters: [
        ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
        ...(endpoint.query ? queryParameters(endpoint.query) : []),
        ...(endpoint.method !== 'GET' && !endpoint.reads && (!endpoint.isPublic || permission === 'customer') ? [header('X-CSRF', true)] : []),
        ...(endpoint.idempotent ? [header('Idempotency-Key', true)] : []), ...(endpoint.proof ? [header('X-Proof-Id', false)] : []),
      ],
      ...(endpoint.body && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(endpoint.body, 'input') } } } }),
      responses: {
        200: { description: 'Done', content: { 'application/json': { schema: schemaOf(endpoint.response, 'output') } } },
        default: { description: 'Refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
      },
      security: permission === 'customer' ? [{ customer: [] }] : endpoint.isPublic ? [] : [{ session: [] }],
    } }
  }
  return {
    openapi: '3.1.0', info: { title: 'Partner center', version: '1' }, paths,
    components: { schemas: { Problem: schemaOf(Problem, 'output') }, securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'session' }, customer: { type: 'apiKey', in: 'cookie', name: 'customer' } } },
  }
}
