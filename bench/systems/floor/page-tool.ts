/** The tool of the long conversation, as a model is told of it. */
export const pageTool = {
  type: 'function',
  function: {
    name: 'page',
    description: 'Read a page of so many bytes.',
    parameters: {
      type: 'object',
      properties: { key: { type: 'string' }, bytes: { type: 'integer' } },
      required: ['key', 'bytes'] as string[], // the peer's types want one that may change
      additionalProperties: false,
    },
  },
} as const;
