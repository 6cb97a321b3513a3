import readXlsxFile from 'read-excel-file/node'

/** The first sheet of an XLSX file, as people see it in an office program. */
export async function readSheet(bytes: Uint8Array): Promise<unknown[][]> {
  const sheets = await readXlsxFile(Buffer.from(bytes))
  return (sheets[0] as unknown as { data: unknown[][] }).data
}
