import { refuse, ok, type Result } from '@/lib/platform/result';

/** The largest file, in bytes. */
const MAX_BYTES = 1_000_000;

/** The text of an uploaded file; refuses in words what is no text of a size that can be read at once. */
export async function uploadedText(file: FormDataEntryValue | null): Promise<Result<string, string>> {
  if (!(file instanceof File) || file.size === 0) return refuse('Choose a file that has something in it');
  if (file.size > MAX_BYTES) return refuse('The file is larger than 1 MB: split it into several');
  const text = utf8(await file.arrayBuffer());
  // A zero byte is in no text: this is a workbook, or text of another encoding.
  return text === null || text.includes('\0') ? refuse('The file is not CSV in UTF-8: in the spreadsheet, save it as “CSV UTF-8”') : ok(text);
}

function utf8(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
