/** Everything that is audited. A name never changes its meaning: a new meaning is a new name. */
export const AUDIT_TYPES = [
  'staff.signed-in',
  'staff.sign-in-refused',
  'patient.found',
  'patient.not-found',
  'patient.created',
  'call.opened',
  'call.viewed',
  'call.listed',
  'call.record-viewed',
  'call.handed-over',
  'call.closed',
  'call.referred',
  'call.contacts-set',
  'call.services-skipped',
  'call.read-back',
  'call.refused',
  'slot.held',
  'slot.hold-refused',
  'slot.let-go',
  'slot.hold-extended',
  'slot.extend-refused',
  'appointment.booked',
  'appointment.refused',
  'appointment.viewed',
  'appointment.found',
  'appointment.cancelled',
  'appointment.cancel-refused',
  'appointment.moved',
  'appointment.move-refused',
  'appointment.amended',
  'appointment.amend-refused',
  'appointment.arrived',
  'appointment.fulfilled',
  'appointment.noshow',
  'appointment.attend-refused',
  'appointment.entered-in-error',
  'appointment.in-error-refused',
  'appointment.attendance-undone',
  'appointment.orphaned',
  'appointment.refitted',
  'registry.viewed',
  'service.access-refused',
  'service.created',
  'service.changed',
  'service.change-refused',
  'service.capacity-set',
  'schedule.extended',
  'schedule.changed',
  'schedule.change-refused',
  'schedule.kept-back-released',
  'schedule.day-viewed',
  'schedule.day-exported',
  'schedule.exported',
  'schedule.import-refused',
  'contact.listed',
  'contact.added',
  'contact.taken',
  'contact.attempted',
  'contact.resolved',
  'contact.refused',
] as const;

export type AuditType = (typeof AUDIT_TYPES)[number];

/** What a detail may hold: ids, codes, counts, before and after. Never a name, NHS number or free text about a patient. */
export type AuditDetail = { [key: string]: string | number | boolean | null | string[] | AuditDetail };

export type AuditEvent = {
  type: AuditType;
  /** The id of what was changed or looked at. */
  subject?: string;
  patientId?: string;
  detail?: AuditDetail;
};
