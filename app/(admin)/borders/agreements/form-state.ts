import type { AgreementLook } from '@/components/crossborder/agreement-look';
import type { Candidate } from '@/lib/platform/errors';
import type { FormState } from '@/lib/platform/form';

/** Of the form of an agreement. Besides: how it stands to others as it was sent, what came in the place of an abolished board, and which of that was put in. */
export type AgreementFormState = FormState & { look?: AgreementLook; successors?: { field: 'from' | 'to'; choices: readonly Candidate[] }; put?: string };
