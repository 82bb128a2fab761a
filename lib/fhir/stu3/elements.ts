import type { Element } from '@/lib/fhir/shared/format';

/**
 * What STU3 has and R4, whose definitions the library brings, has not, or has otherwise: for the resources that Onward sends or takes, and in the
 * order of STU3, which XML is bound to. Source: FHIR 3.0.1.
 */
export const STU3_ELEMENTS: readonly Element[] = [
  { of: 'Appointment', name: 'reason', type: 'CodeableConcept', isMany: true, after: 'appointmentType' },
  { of: 'Appointment', name: 'indication', type: 'Reference', isMany: true, after: 'reason' },
  { of: 'Appointment', name: 'serviceCategory', type: 'CodeableConcept' },
  { of: 'Appointment', name: 'incomingReferral', type: 'Reference', isMany: true, after: 'comment' },
  { of: 'CapabilityStatement', name: 'acceptUnknown', type: 'code', after: 'fhirVersion' },
  { of: 'CapabilityStatement', name: 'profile', type: 'Reference', isMany: true, after: 'implementationGuide' },
  { of: 'CapabilityStatement.document', name: 'profile', type: 'Reference' },
  { of: 'CapabilityStatement.rest.resource', name: 'profile', type: 'Reference' },
  { of: 'DocumentReference', name: 'class', type: 'CodeableConcept', after: 'type' },
  { of: 'DocumentReference', name: 'created', type: 'dateTime', after: 'subject' },
  { of: 'DocumentReference', name: 'indexed', type: 'instant', after: 'created' },
  { of: 'DocumentReference.context', name: 'encounter', type: 'Reference' },
  // The library would ask for it in each extension, and say on the console that it does not know the type.
  { of: 'Extension', name: 'valueUuid', type: 'uri' },
  { of: 'HealthcareService', name: 'category', type: 'CodeableConcept' },
  { of: 'HealthcareService', name: 'eligibility', type: 'CodeableConcept' },
  { of: 'HealthcareService', name: 'eligibilityNote', type: 'string', after: 'eligibility' },
  { of: 'HealthcareService', name: 'programName', type: 'string', isMany: true, after: 'eligibilityNote' },
  { of: 'Location', name: 'type', type: 'CodeableConcept' },
  { of: 'Patient', name: 'animal', type: 'BackboneElement', after: 'contact' },
  { of: 'Patient.animal', name: 'species', type: 'CodeableConcept' },
  { of: 'Patient.animal', name: 'breed', type: 'CodeableConcept', after: 'species' },
  { of: 'Patient.animal', name: 'genderStatus', type: 'CodeableConcept', after: 'breed' },
  { of: 'Schedule', name: 'serviceCategory', type: 'CodeableConcept' },
  { of: 'Slot', name: 'serviceCategory', type: 'CodeableConcept' },
];
