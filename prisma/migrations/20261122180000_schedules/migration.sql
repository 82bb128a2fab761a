-- DropIndex
DROP INDEX "slot_session_id_starts_at_place_no_key";

-- AlterTable
ALTER TABLE "schedule" ADD COLUMN     "name" TEXT;

-- AlterTable
ALTER TABLE "service" ADD COLUMN     "access_needs" TEXT;

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "breaks" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "closes_minute" SMALLINT,
ADD COLUMN     "extras" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "horizon_days" SMALLINT NOT NULL DEFAULT 56,
ADD COLUMN     "is_adjusted" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "kept_back_percent" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN     "kept_back_released_at" TIMESTAMPTZ(3),
ADD COLUMN     "notice_minutes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "opens_minute" SMALLINT,
ADD COLUMN     "practitioner_key" TEXT,
ADD COLUMN     "release_minutes" INTEGER NOT NULL DEFAULT 0;

-- Wall time of the sessions that are there; 0 at the end is the midnight after the day.
UPDATE "session"
SET "opens_minute" = extract(hour FROM "opens_at" AT TIME ZONE 'Europe/London') * 60 + extract(minute FROM "opens_at" AT TIME ZONE 'Europe/London'),
  "closes_minute" = coalesce(nullif(extract(hour FROM "closes_at" AT TIME ZONE 'Europe/London') * 60 + extract(minute FROM "closes_at" AT TIME ZONE 'Europe/London'), 0), 1440);
ALTER TABLE "session" ALTER COLUMN "opens_minute" SET NOT NULL, ALTER COLUMN "closes_minute" SET NOT NULL;

-- AlterTable
ALTER TABLE "slot" ADD COLUMN     "kept_back_until" TIMESTAMPTZ(3),
ADD COLUMN     "offered_from" TIMESTAMPTZ(3),
ADD COLUMN     "offered_until" TIMESTAMPTZ(3),
ADD COLUMN     "orphaned_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "template" ADD COLUMN     "breaks" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "horizon_days" SMALLINT NOT NULL DEFAULT 56,
ADD COLUMN     "kept_back_percent" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN     "notice_minutes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "release_minutes" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "contact_task" (
    "id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "new_appointment_id" UUID,
    "cause" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID,
    "owner_id" UUID,
    "resolved_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "outcome_text" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "contact_task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_attempt" (
    "id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" UUID NOT NULL,
    "result" TEXT NOT NULL,
    "note" TEXT,

    CONSTRAINT "contact_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "closure" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID NOT NULL,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "closure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "closure_service" (
    "closure_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,

    CONSTRAINT "closure_service_pkey" PRIMARY KEY ("closure_id","service_id")
);

-- CreateTable
CREATE TABLE "schedule_proposal" (
    "id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "edit" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "applied_at" TIMESTAMPTZ(3),

    CONSTRAINT "schedule_proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_run" (
    "id" UUID NOT NULL,
    "job" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "made" INTEGER NOT NULL DEFAULT 0,
    "fault" TEXT,

    CONSTRAINT "job_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "contact_task_open" ON "contact_task"("service_id", "created_at") WHERE ("resolved_at" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "contact_task_one_open" ON "contact_task"("appointment_id") WHERE ("resolved_at" IS NULL);

-- CreateIndex
CREATE INDEX "contact_attempt_task_id_at_idx" ON "contact_attempt"("task_id", "at");

-- CreateIndex
CREATE INDEX "closure_service_service_id_idx" ON "closure_service"("service_id");

-- CreateIndex
CREATE INDEX "schedule_proposal_service_id_at_idx" ON "schedule_proposal"("service_id", "at");

-- CreateIndex
CREATE INDEX "job_run_job_started_at_idx" ON "job_run"("job", "started_at" DESC);

-- CreateIndex
CREATE INDEX "slot_session_id_idx" ON "slot"("session_id");

-- CreateIndex
CREATE INDEX "slot_orphaned" ON "slot"("service_id", "starts_at") WHERE (orphaned_at IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "slot_one_a_place" ON "slot"("session_id", "starts_at", "place_no") WHERE (status <> 'withdrawn' AND orphaned_at IS NULL);

-- AddForeignKey
ALTER TABLE "contact_task" ADD CONSTRAINT "contact_task_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_task" ADD CONSTRAINT "contact_task_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_task" ADD CONSTRAINT "contact_task_new_appointment_id_fkey" FOREIGN KEY ("new_appointment_id") REFERENCES "appointment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_task" ADD CONSTRAINT "contact_task_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_attempt" ADD CONSTRAINT "contact_attempt_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "contact_task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_attempt" ADD CONSTRAINT "contact_attempt_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "closure_service" ADD CONSTRAINT "closure_service_closure_id_fkey" FOREIGN KEY ("closure_id") REFERENCES "closure"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "closure_service" ADD CONSTRAINT "closure_service_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule_proposal" ADD CONSTRAINT "schedule_proposal_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Schedules: the belt behind the rules.
ALTER TABLE "template"
  ADD CONSTRAINT "template_breaks" CHECK (jsonb_typeof("breaks") = 'array'),
  ADD CONSTRAINT "template_offer" CHECK ("kept_back_percent" BETWEEN 0 AND 100 AND "release_minutes" >= 0 AND "notice_minutes" >= 0 AND "horizon_days" BETWEEN 1 AND 56);
ALTER TABLE "session"
  ADD CONSTRAINT "session_breaks" CHECK (jsonb_typeof("breaks") = 'array' AND jsonb_typeof("extras") = 'array'),
  ADD CONSTRAINT "session_offer" CHECK ("kept_back_percent" BETWEEN 0 AND 100 AND "release_minutes" >= 0 AND "notice_minutes" >= 0 AND "horizon_days" BETWEEN 1 AND 56),
  ADD CONSTRAINT "session_minutes" CHECK (0 <= "opens_minute" AND "opens_minute" < 1440 AND 0 < "closes_minute" AND "closes_minute" <= 1440),
  ADD CONSTRAINT "session_practitioner_once" EXCLUDE USING gist ("practitioner_key" WITH =, tstzrange("opens_at", "closes_at") WITH &&)
    WHERE ("status" <> 'withdrawn' AND "practitioner_key" IS NOT NULL);
ALTER TABLE "slot"
  ADD CONSTRAINT "slot_orphan_is_booked" CHECK ("orphaned_at" IS NULL OR "status" = 'busy'),
  ADD CONSTRAINT "slot_offer" CHECK ("offered_until" IS NULL OR "offered_until" <= "starts_at");
ALTER TABLE "closure"
  ADD CONSTRAINT "closure_kind" CHECK ("kind" IN ('closure', 'pause')),
  ADD CONSTRAINT "closure_times" CHECK ("starts_at" < "ends_at");

-- People to contact.
ALTER TABLE "contact_task"
  ADD CONSTRAINT "contact_task_cause" CHECK ("cause" IN ('orphaned', 'moved', 'cancelled')),
  ADD CONSTRAINT "contact_task_resolved" CHECK (("resolved_at" IS NULL) = ("outcome" IS NULL)),
  ADD CONSTRAINT "contact_task_outcome" CHECK ("outcome" IN ('told', 'rebooked', 'refitted', 'not-needed', 'gave-up'));
ALTER TABLE "contact_attempt"
  ADD CONSTRAINT "contact_attempt_result" CHECK ("result" IN ('reached', 'no-answer', 'left-message', 'wrong-number'));
CREATE TRIGGER "contact_attempt_insert_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "contact_attempt" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Attendance can be undone; and what an orphan leaves when it ends is no slot any more.
INSERT INTO "state_transition" ("kind", "from_state", "to_state") VALUES
  ('appointment', 'arrived', 'booked'), ('appointment', 'fulfilled', 'arrived'), ('appointment', 'noshow', 'booked'), ('slot', 'busy', 'withdrawn');
