/** Source wording of reports: keys and placeholders are types. */
export const reportsZhCN = {} as const
