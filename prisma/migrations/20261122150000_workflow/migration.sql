-- AlterTable
ALTER TABLE "appointment" ADD COLUMN     "approval_reason" TEXT,
ADD COLUMN     "approved_by_id" UUID,
ADD COLUMN     "caller_informed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "minutes_over" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "replaces_id" UUID,
ADD COLUMN     "timeframe_rule" TEXT;

-- AlterTable
ALTER TABLE "call" ADD COLUMN     "close_reason" TEXT,
ADD COLUMN     "close_text" TEXT,
ADD COLUMN     "moves_id" UUID;

-- AlterTable
ALTER TABLE "patient" ADD COLUMN     "deceased_on" DATE,
ADD COLUMN     "is_unknown" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "service" ADD COLUMN     "cancel_by" TEXT NOT NULL DEFAULT 'any';

-- AlterTable
ALTER TABLE "slot" ADD COLUMN     "hold_extended" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "call_contact" (
    "id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "rank" SMALLINT NOT NULL,
    "is_patient" BOOLEAN NOT NULL,
    "name" TEXT,
    "relationship" TEXT,
    "phone" TEXT NOT NULL,

    CONSTRAINT "call_contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call_skip" (
    "call_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "reason_id" INTEGER NOT NULL,
    "comment" TEXT,
    "staff_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_skip_pkey" PRIMARY KEY ("call_id","service_id")
);

-- CreateTable
CREATE TABLE "referral" (
    "id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "disposition_code" TEXT NOT NULL,
    "appointment_id" UUID,
    "reason" TEXT,
    "reason_text" TEXT,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_by_id" UUID NOT NULL,
    "sent_by_code" TEXT NOT NULL,
    "uncoupled_at" TIMESTAMPTZ(3),

    CONSTRAINT "referral_pkey" PRIMARY KEY ("id")
);

-- The numbers to ring about calls that were taken before contacts had ranks: what the caller gave, else what the register has.
INSERT INTO "call_contact" ("id", "call_id", "rank", "is_patient", "name", "relationship", "phone")
SELECT gen_random_uuid(), call."id", 1, call."callback_phone" IS NULL OR call."caller_name" IS NULL,
  CASE WHEN call."callback_phone" IS NOT NULL THEN call."caller_name" END,
  CASE WHEN call."callback_phone" IS NOT NULL THEN call."caller_relationship" END,
  coalesce(call."callback_phone", patient."phone")
FROM "call" call
JOIN "patient" patient ON patient."id" = call."patient_id"
WHERE coalesce(call."callback_phone", patient."phone") IS NOT NULL;
ALTER TABLE "call" DROP COLUMN "callback_phone";

-- CreateIndex
CREATE INDEX "appointment_call_id_idx" ON "appointment"("call_id");

-- CreateIndex
CREATE INDEX "session_schedule_id_date_idx" ON "session"("schedule_id", "date");

-- CreateIndex
CREATE INDEX "patient_birth_date_idx" ON "patient"("birth_date");

-- CreateIndex
CREATE INDEX "call_contact_call_id_idx" ON "call_contact"("call_id");

-- CreateIndex
CREATE UNIQUE INDEX "call_contact_one_primary" ON "call_contact"("call_id") WHERE (rank = 1);

-- CreateIndex
CREATE INDEX "referral_service_id_sent_at_idx" ON "referral"("service_id", "sent_at");

-- CreateIndex
CREATE UNIQUE INDEX "referral_one_live_per_appointment" ON "referral"("appointment_id") WHERE ("uncoupled_at" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "referral_one_live_per_call" ON "referral"("call_id") WHERE ("uncoupled_at" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "appointment_replaces_id_key" ON "appointment"("replaces_id");

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_moves_id_fkey" FOREIGN KEY ("moves_id") REFERENCES "appointment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_contact" ADD CONSTRAINT "call_contact_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_skip" ADD CONSTRAINT "call_skip_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_skip" ADD CONSTRAINT "call_skip_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_skip" ADD CONSTRAINT "call_skip_reason_id_fkey" FOREIGN KEY ("reason_id") REFERENCES "reject_reason"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "appointment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_approved_by_id_fkey" FOREIGN KEY ("approved_by_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Booking: the belt behind the rules.
ALTER TABLE "service"
  ADD CONSTRAINT "service_cancel_by" CHECK ("cancel_by" IN ('any', 'booker'));
ALTER TABLE "slot"
  ADD CONSTRAINT "slot_extended_is_held" CHECK (NOT "hold_extended" OR "held_by_call" IS NOT NULL);
ALTER TABLE "call"
  ADD CONSTRAINT "call_close_reason" CHECK (("state" = 'closed') = ("close_reason" IS NOT NULL));
ALTER TABLE "call_contact"
  ADD CONSTRAINT "call_contact_rank" CHECK ("rank" > 0),
  ADD CONSTRAINT "call_contact_third_party" CHECK ("is_patient" = ("name" IS NULL) AND "is_patient" = ("relationship" IS NULL));
ALTER TABLE "appointment"
  ADD CONSTRAINT "appointment_timeframe_rule" CHECK ("timeframe_rule" IN ('TF-01', 'TF-02', 'TF-03', 'TF-04')),
  ADD CONSTRAINT "appointment_in_time" CHECK (("timeframe_rule" IS DISTINCT FROM 'TF-01' AND "timeframe_rule" IS NOT NULL) = ("minutes_over" > 0)),
  ADD CONSTRAINT "appointment_informed" CHECK ("minutes_over" = 0 OR "caller_informed"),
  ADD CONSTRAINT "appointment_approved" CHECK ((coalesce("timeframe_rule", '') = 'TF-04') = ("approved_by_id" IS NOT NULL) AND ("approved_by_id" IS NULL) = ("approval_reason" IS NULL)),
  ADD CONSTRAINT "appointment_approved_by_another" CHECK ("approved_by_id" <> "booked_by_id");
ALTER TABLE "referral"
  ADD CONSTRAINT "referral_why_without_booking" CHECK (("appointment_id" IS NULL) = ("reason" IS NOT NULL)),
  ADD CONSTRAINT "referral_uncoupled" CHECK ("uncoupled_at" IS NULL OR "appointment_id" IS NOT NULL);

-- Every booking that stands carries its referral.
INSERT INTO "referral" ("id", "call_id", "patient_id", "service_id", "disposition_code", "appointment_id", "sent_at", "sent_by_id", "sent_by_code")
SELECT gen_random_uuid(), "call_id", "patient_id", "service_id", "disposition_code", "id", "booked_at", "booked_by_id", "booked_by_code"
FROM "appointment"
WHERE "released_at" IS NULL AND "call_id" IS NOT NULL;

-- Transitions: those of lib/booking/transitions.rules.ts, and no others. A held slot is a free one.
CREATE TABLE "state_transition" (
    "kind" TEXT NOT NULL,
    "from_state" TEXT NOT NULL,
    "to_state" TEXT NOT NULL,

    CONSTRAINT "state_transition_pkey" PRIMARY KEY ("kind","from_state","to_state")
);
INSERT INTO "state_transition" ("kind", "from_state", "to_state") VALUES
  ('slot', 'free', 'busy'), ('slot', 'busy', 'free'), ('slot', 'free', 'withdrawn'), ('slot', 'withdrawn', 'free'),
  ('appointment', 'booked', 'arrived'), ('appointment', 'booked', 'noshow'), ('appointment', 'booked', 'cancelled'), ('appointment', 'booked', 'moved'),
  ('appointment', 'booked', 'entered-in-error'), ('appointment', 'arrived', 'fulfilled'), ('appointment', 'arrived', 'entered-in-error'),
  ('appointment', 'fulfilled', 'entered-in-error'), ('appointment', 'noshow', 'entered-in-error'),
  ('call', 'open', 'booked'), ('call', 'open', 'referred'), ('call', 'open', 'closed');
CREATE FUNCTION refuse_transition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  old_state text := to_jsonb(OLD) ->> TG_ARGV[0];
  new_state text := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
  IF NOT EXISTS (SELECT FROM state_transition WHERE kind = TG_TABLE_NAME AND from_state = old_state AND to_state = new_state) THEN
    RAISE EXCEPTION '% cannot go from % to %', TG_TABLE_NAME, old_state, new_state USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "slot_transition" BEFORE UPDATE OF "status" ON "slot"
  FOR EACH ROW WHEN (OLD."status" IS DISTINCT FROM NEW."status") EXECUTE FUNCTION refuse_transition('status');
CREATE TRIGGER "appointment_transition" BEFORE UPDATE OF "status" ON "appointment"
  FOR EACH ROW WHEN (OLD."status" IS DISTINCT FROM NEW."status") EXECUTE FUNCTION refuse_transition('status');
CREATE TRIGGER "call_transition" BEFORE UPDATE OF "state" ON "call"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state") EXECUTE FUNCTION refuse_transition('state');
