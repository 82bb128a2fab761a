import type { SentDocument } from '@/lib/booking/submission.schema';
import { instant } from '@/lib/fhir/shared/bundle';
import type { ContainedDocument } from '@/lib/fhir/stu3/appointment-schema';
import { DOCUMENT_TYPE, UUID_SYSTEM } from '@/lib/fhir/stu3/appointment-systems';
import { missing, optionalCode, optionalInstant, optionalText, requiredCode, requiredText, within, wrong, type Place } from '@/lib/fhir/stu3/place';
import { isId } from '@/lib/platform/id';

/**
 * The contained DocumentReference as it was sent (B-270 to B-274), at its place; without `indexed` it is as of `now`. Null when
 * something is missing or wrong; every fault is reported at its element.
 */
export function readDocument(place: Place, { document, now }: { document: ContainedDocument; now: Date }): SentDocument | null {
  const id = readIdentifier(place, document);
  requiredCode(within(place, 'status'), { sent: document.status, codes: ['current'] });
  const type = readType(within(place, 'type'), document.type);
  const indexedAt = instant(optionalInstant(within(place, 'indexed'), document.indexed) ?? now);
  const attachment = readAttachment(place, document);
  return id && type && attachment ? { id, type, ...attachment, indexedAt } : null;
}

function readIdentifier(place: Place, { identifier: sent = [] }: ContainedDocument): string | null {
  const index = Math.max(0, sent.findIndex(({ system }) => system === UUID_SYSTEM));
  const identifier = sent[index];
  if (!identifier) return missing(within(place, 'identifier'));

  const at = within(place, `identifier[${index}]`);
  const system = requiredText(within(at, 'system'), identifier.system);
  if (system && system !== UUID_SYSTEM) return wrong(within(at, 'system'), { says: `The identifier of the document must be of the system ${UUID_SYSTEM}` });
  if (!identifier.value) return missing(within(at, 'value'));
  return isId(identifier.value) ? identifier.value.toLowerCase() : wrong(within(at, 'value'), { says: 'The identifier of the document must be a UUID' });
}

function readType(at: Place, type: ContainedDocument['type']): SentDocument['type'] | null {
  const codings = type?.coding ?? [];
  const index = Math.max(0, codings.findIndex(({ system }) => system === DOCUMENT_TYPE));
  const coding = codings[index];
  if (!coding) return missing(at);

  const placed = within(at, `coding[${index}]`);
  const system = requiredCode(within(placed, 'system'), { sent: coding.system, codes: [DOCUMENT_TYPE] });
  const code = requiredText(within(placed, 'code'), coding.code);
  return system && code ? { system, code, display: optionalText(within(placed, 'display'), coding.display) } : null;
}

function readAttachment(place: Place, { content = [] }: ContainedDocument): Pick<SentDocument, 'contentType' | 'language'> | null {
  if (content.length > 1) wrong(within(place, 'content[1]'), { says: 'A document has one content' });
  const at = within(place, 'content[0].attachment');
  const attachment = content[0]?.attachment;
  if (!attachment) return missing(at);

  // Dropped in silence, the sender would believe that the document arrived.
  for (const element of ['data', 'url'] as const) {
    if (attachment[element]) wrong(within(at, element), { says: `The document travels separately: leave ${element} out`, code: 'business-rule' });
  }
  const contentType = requiredText(within(at, 'contentType'), attachment.contentType);
  const language = optionalCode(within(at, 'language'), { sent: attachment.language, codes: ['en', 'en-GB'] });
  return contentType ? { contentType, language } : null;
}
