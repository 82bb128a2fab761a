import { z } from 'zod';
import { changeRequest, type Appointment } from '@/lib/booking/appointment.schema';
import type { Patient } from '@/lib/patient/schema';
import { localDate } from '@/lib/schedule/schema';

/** What a front desk marks, and how it takes a mark back. */
export const attendanceMark = z.enum(['arrive', 'fulfil', 'no-show', 'undo']);
export type AttendanceMark = z.infer<typeof attendanceMark>;

/** What a button of the day list sends: the mark, the version that was looked at, and the list that it was pressed in. */
export const attendanceRequest = changeRequest.extend({ mark: attendanceMark, serviceId: z.uuid(), date: localDate });

/** One appointment as the list of its day shows it. */
export type DayListLine = Pick<
  Appointment,
  'id' | 'reference' | 'status' | 'version' | 'startsAt' | 'endsAt' | 'reason' | 'channel' | 'practitionerRole' | 'practitionerName' | 'practitionerGender'
> & {
  patientId: string;
  /** Its place in the schedule is gone, and the appointment stands. */
  isOrphaned: boolean;
  patient: Pick<Patient, 'nhsNumber' | 'givenName' | 'familyName' | 'birthDate' | 'isUnknown'>;
};

/** Who comes on a day, by time, and whose appointment of that day was cancelled, moved or entered in error. */
export type DayList = { standing: readonly DayListLine[]; ended: readonly DayListLine[] };
