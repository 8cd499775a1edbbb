/** The search attributes of a run, registered automatically; typed as Temporal names the types. */
export const searchAttributes = {
  process: { name: 'CounterpointProcess', type: 'KEYWORD' },
  version: { name: 'CounterpointVersion', type: 'KEYWORD' },
  owner: { name: 'CounterpointOwner', type: 'KEYWORD' },
  /** `running`, `waiting`, or the outcome. */
  state: { name: 'CounterpointState', type: 'KEYWORD' },
  /** The roles that must decide something before the run goes on. */
  waitingRoles: { name: 'CounterpointWaitingRoles', type: 'KEYWORD_LIST' },
} as const;
