import { NATIONS } from '@/lib/crossborder/default-scope.rules';
import { approver, outcome, party, type BorderDefault } from '@/lib/crossborder/schema';
import { db } from '@/lib/platform/db';

/** What holds in each nation where nothing is agreed, with when it was set and by whom; nobody: as shipped. England, Wales, Scotland. */
export async function borderDefaults(): Promise<readonly (BorderDefault & { at: Date; setBy: string | null })[]> {
  const latest = await Promise.all(NATIONS.map((nation) => db.borderDefault.findFirst({ where: { nation }, orderBy: { version: 'desc' }, include: { setBy: { select: { name: true } } } })));
  return latest.flatMap((row, index) => {
    const nation = NATIONS[index];
    if (!row || !nation) return [];
    const { version, urgentMinutes, pricePence, noshowPence, at, setBy } = row;
    return {
      ...{ nation, version, urgentMinutes, pricePence, noshowPence, at, setBy: setBy?.name ?? null },
      urgentOutcome: outcome.parse(row.urgentOutcome),
      emergencyOutcome: outcome.parse(row.emergencyOutcome),
      otherOutcome: outcome.parse(row.otherOutcome),
      failedContact: party.parse(row.failedContact),
      followUp: party.parse(row.followUp),
      approvers: row.approvers.map((who) => approver.parse(who)),
    };
  });
}
