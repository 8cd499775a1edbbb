/** The number of the gRPC status that an error has itself; its causes are not looked at. Nothing for other errors. */
export function grpcStatusOf(error: unknown): number | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined;
}
