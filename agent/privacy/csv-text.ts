export type Cell = string | number | boolean | null;

/** RFC 4180. A cell that a spreadsheet would take for a formula begins with a quotation mark instead. */
export function csv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cell = (value: Cell): string => {
    const text = value === null ? '' : String(value);
    const safe = /^[=@\t\r]|^[+-](?!\d+$)/u.test(text) ? `'${text}` : text;
    return /[",\n\r]/u.test(safe) ? `"${safe.replace(/"/gu, '""')}"` : safe;
  };
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
