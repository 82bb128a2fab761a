import type { Metadata } from 'next';
import { PageShell } from '@/components/layout/page-shell';
import { Link } from '@/components/ui/link';
import { SummaryList } from '@/components/ui/summary-list';
import manifest from '@/package.json';

export const metadata: Metadata = { title: 'About' };
// The notice in the footer is a setting of the running installation, not of the build.
export const dynamic = 'force-dynamic';

const SOURCES = [
  { key: 'Postcodes', value: 'Ordnance Survey and Office for National Statistics · Open Government Licence v3.0' },
  { key: 'Boards and regions', value: 'Office for National Statistics · Open Government Licence v3.0' },
  { key: 'Places of care', value: 'NHS England Organisation Data Service and the NHS website · Open Government Licence v3.0' },
  { key: 'Dispositions and service types', value: 'Published NHS documents · Open Government Licence v3.0, some short labels from projects under the MIT licence' },
  { key: 'Patients', value: 'Invented for Onward · CC0' },
];

const LICENCES = [
  { key: 'Onward', value: 'MIT licence' },
  { key: 'NHS.UK frontend', value: 'Styles and icons · MIT licence · © NHS England' },
  { key: 'Version', value: manifest.version },
];

export default function AboutPage() {
  return (
    <PageShell>
      <div className="max-w-measure">
        <h1>About Onward</h1>
        <p>
          Onward is direct appointment booking for NHS 111. A call handler enters where the patient is and what the triage ended with; Onward finds the
          services that can help, shows what is free now, holds a slot while they talk, books it, and moves or cancels it afterwards. Other systems do the
          same through <Link href="/developers">the NHS Booking API</Link>. Commissioners agree what holds for bookings across their borders, and see who owes whom.
        </p>
        <h2>What is invented</h2>
        <p>
          Names and places of services are real and public. Opening hours, what a service accepts, capacity, slots, staff, patients, agreements and prices are invented where
          this installation runs the demonstration: no organisation named here offers these slots, and nothing can really be booked. Titles and timeframes
          of dispositions are partial and partly inferred.
        </p>
        <p>
          <strong>Not for clinical use.</strong> Onward is not an NHS service and has no connection with NHS England.
        </p>
        <h2 id="data">Where the data comes from</h2>
        <section className="panel mb-4" aria-labelledby="data">
          <p>
            Contains OS data © Crown copyright and database right 2025. Contains Royal Mail data © Royal Mail copyright and database right 2025. Contains
            National Statistics data © Crown copyright and database right 2025. Source: Office for National Statistics licensed under the Open Government
            Licence v3.0. Contains NHS England Organisation Data Service data and information from the NHS website, licensed under the Open Government
            Licence v3.0.
          </p>
          <p>
            The licence: <a href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">Open Government Licence v3.0</a>
          </p>
          <SummaryList rows={SOURCES} />
        </section>
        <h2 id="licences">Licences and version</h2>
        <section className="panel" aria-labelledby="licences">
          <SummaryList rows={LICENCES} />
        </section>
      </div>
    </PageShell>
  );
}
