import type { FormState } from '@/lib/platform/form';

/** What a file of services changes, in words; `applied` is what the form that applies it sends back. */
export type Look = { services: readonly { name: string; cells: readonly { column: string; before: string; after: string }[] }[]; same: number; applied: string };

/** The import form with what came of the file: a look at its changes, or that all of its rows are already so. */
export type ImportState = FormState & { look?: Look; nothingIn?: number };
