/** Source wording of console: keys and placeholders are types. */
export const consoleZhCN = {} as const
