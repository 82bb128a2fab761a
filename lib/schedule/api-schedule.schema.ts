import { z } from 'zod';

/** Who sees patients, by an id that is the same in all diaries of one organisation. The gender is null when it is not stated. */
export type ApiPractitioner = { id: string; name: string; gender: string | null };

/** The role in which somebody of an organisation sees patients; `practitionerId` is null when nobody is named. */
export type ApiPractitionerRole = { id: string; name: string; odsCode: string; practitionerId: string | null };

/** A diary as other systems read it. What is not stated is null. */
export type ApiSchedule = {
  id: string;
  dosId: string;
  channel: string | null;
  practitioner: ApiPractitioner | null;
  role: ApiPractitionerRole | null;
};

/** Whether text from a URL could be the id of a diary. */
export function isScheduleId(text: string): boolean {
  return z.uuid().safeParse(text).success;
}

/** Whether text from a URL could be the id of a practitioner or of a role: 32 hexadecimal digits. */
export function isPersonId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}
