import { Link } from '@/components/ui/link';
import type { Profile } from '@/lib/directory/profile.queries';

/** What is still missing before a call can book here; nothing when nothing is. */
export function ProfileTodo({ profile }: { profile: Profile }) {
  const todo = missingOf(profile);
  if (todo.length === 0) return null;
  return (
    <section aria-labelledby="todo-heading" className="mb-5 border-l-6 border-blue bg-panel px-5 py-4">
      <h2 id="todo-heading" className="mb-1 text-lead">
        Still to do before a call can book here
      </h2>
      <ol className="mb-0 pl-6">
        {todo.map(({ page, words }) => (
          <li key={page}>
            <Link href={`/schedules/${profile.id}/${page}`}>{words}</Link>
          </li>
        ))}
      </ol>
    </section>
  );
}

function missingOf({ dispositions, ages, isOpenAllHours, hours, symptoms, hasSchedule, isBookable }: Profile): { page: string; words: string }[] {
  return [
    { page: 'profile/accepts', words: 'Accept dispositions', isDone: dispositions.length > 0 && ages.length > 0 },
    { page: 'profile/symptoms', words: 'Choose symptoms: calls that name one find only services that have it', isDone: symptoms.length > 0 },
    { page: 'profile/hours', words: 'Set opening hours', isDone: isOpenAllHours || hours.length > 0 },
    { page: 'templates/new', words: 'Make a weekly pattern, which makes the slots', isDone: hasSchedule },
    { page: 'profile/booking', words: 'Switch bookings on', isDone: isBookable },
  ].filter(({ isDone }) => !isDone);
}
