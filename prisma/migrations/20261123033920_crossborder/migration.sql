-- CreateTable
CREATE TABLE "agreement" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "from_kind" TEXT NOT NULL,
    "from_code" TEXT,
    "to_kind" TEXT NOT NULL,
    "to_code" TEXT,
    "service_type_id" INTEGER,
    "service_id" UUID,
    "dispositions" TEXT[] NOT NULL,
    "families" TEXT[] NOT NULL,
    "weekdays" SMALLINT[] NOT NULL,
    "from_minute" SMALLINT,
    "to_minute" SMALLINT,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "daily_quota" INTEGER,
    "outcome" TEXT NOT NULL,
    "price_pence" INTEGER,
    "noshow_pence" INTEGER,
    "failed_contact" TEXT NOT NULL,
    "follow_up" TEXT NOT NULL,
    "approvers" TEXT[] NOT NULL,
    "key" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "edition" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "proposed_at" TIMESTAMPTZ(3),
    "proposed_by_id" UUID,
    "proposed_side" TEXT,
    "settled_at" TIMESTAMPTZ(3),
    "settled_by_id" UUID,
    "settled_text" TEXT,

    CONSTRAINT "agreement_pkey" PRIMARY KEY ("id","version")
);

-- CreateTable
CREATE TABLE "agreement_quota" (
    "agreement_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "used" INTEGER NOT NULL,
    "quota" INTEGER NOT NULL,

    CONSTRAINT "agreement_quota_pkey" PRIMARY KEY ("agreement_id","day")
);

-- CreateTable
CREATE TABLE "border_default" (
    "nation" CHAR(1) NOT NULL,
    "version" INTEGER NOT NULL,
    "urgent_minutes" INTEGER NOT NULL,
    "urgent_outcome" TEXT NOT NULL,
    "emergency_outcome" TEXT NOT NULL,
    "other_outcome" TEXT NOT NULL,
    "price_pence" INTEGER,
    "noshow_pence" INTEGER,
    "failed_contact" TEXT NOT NULL,
    "follow_up" TEXT NOT NULL,
    "approvers" TEXT[] NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "set_by_id" UUID,

    CONSTRAINT "border_default_pkey" PRIMARY KEY ("nation","version")
);

-- CreateTable
CREATE TABLE "border_decision" (
    "appointment_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "is_crossing" BOOLEAN NOT NULL,
    "rule_kind" TEXT NOT NULL,
    "rule_id" TEXT NOT NULL,
    "rule_version" INTEGER NOT NULL,
    "rule_words" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "is_override" BOOLEAN NOT NULL,
    "responsible_code" TEXT,
    "responsible_how" TEXT NOT NULL,
    "host_code" TEXT,
    "host_how" TEXT NOT NULL,
    "contract_code" TEXT,
    "contract_how" TEXT NOT NULL,
    "payer_code" TEXT,
    "price_pence" INTEGER,
    "noshow_pence" INTEGER,
    "failed_contact" TEXT NOT NULL,
    "follow_up" TEXT NOT NULL,
    "quota_day" DATE,
    "approval_id" UUID,
    "carried_from_id" UUID,
    "looked" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "border_decision_pkey" PRIMARY KEY ("appointment_id")
);

-- CreateTable
CREATE TABLE "border_approval" (
    "id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "slot_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "organisation_code" TEXT NOT NULL,
    "responsible_code" TEXT,
    "host_code" TEXT,
    "rule_id" TEXT NOT NULL,
    "rule_version" INTEGER NOT NULL,
    "rule_words" TEXT NOT NULL,
    "is_override" BOOLEAN NOT NULL,
    "approvers" TEXT[] NOT NULL,
    "price_pence" INTEGER,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_by_id" UUID NOT NULL,
    "asked_text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "answered_at" TIMESTAMPTZ(3),
    "answered_by_id" UUID,
    "answered_as" TEXT,
    "answer_text" TEXT,

    CONSTRAINT "border_approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commissioner_duty" (
    "staff_id" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "commissioner_duty_pkey" PRIMARY KEY ("staff_id")
);

-- CreateTable
CREATE TABLE "ledger_month" (
    "month" DATE NOT NULL,
    "payer_code" TEXT NOT NULL,
    "host_code" TEXT NOT NULL,
    "frozen_at" TIMESTAMPTZ(3) NOT NULL,
    "frozen_by_id" UUID NOT NULL,
    "pence" INTEGER NOT NULL,

    CONSTRAINT "ledger_month_pkey" PRIMARY KEY ("payer_code","host_code","month")
);

-- CreateTable
CREATE TABLE "ledger_line" (
    "month" DATE NOT NULL,
    "payer_code" TEXT NOT NULL,
    "host_code" TEXT NOT NULL,
    "appointment_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "pence" INTEGER NOT NULL,

    CONSTRAINT "ledger_line_pkey" PRIMARY KEY ("appointment_id","month")
);

-- CreateTable
CREATE TABLE "what_if" (
    "id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "agreement_version" INTEGER NOT NULL,
    "edition" INTEGER NOT NULL,
    "month" DATE NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_by_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "result" JSONB,
    "fault" TEXT,

    CONSTRAINT "what_if_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "agreement_one_open" ON "agreement"("id") WHERE (state <> 'agreed' AND state <> 'superseded' AND state <> 'withdrawn');

-- CreateIndex
CREATE INDEX "agreement_agreed" ON "agreement"("from_code", "to_code") WHERE ("state" = 'agreed');

-- CreateIndex
CREATE INDEX "agreement_state_idx" ON "agreement"("state");

-- CreateIndex
CREATE INDEX "border_decision_crossing" ON "border_decision"("starts_at") WHERE ("is_crossing" = true);

-- CreateIndex
CREATE INDEX "border_decision_pair" ON "border_decision"("payer_code", "host_code", "starts_at") WHERE ("is_crossing" = true);

-- CreateIndex
CREATE INDEX "border_decision_rule_id_rule_version_idx" ON "border_decision"("rule_id", "rule_version");

-- CreateIndex
CREATE INDEX "border_approval_host_code_asked_at_idx" ON "border_approval"("host_code", "asked_at");

-- CreateIndex
CREATE INDEX "border_approval_responsible_code_asked_at_idx" ON "border_approval"("responsible_code", "asked_at");

-- CreateIndex
CREATE INDEX "border_approval_organisation_code_asked_at_idx" ON "border_approval"("organisation_code", "asked_at");

-- CreateIndex
CREATE UNIQUE INDEX "border_approval_one_open" ON "border_approval"("call_id", "slot_id") WHERE (state <> 'declined');

-- CreateIndex
CREATE INDEX "ledger_line_payer_code_host_code_month_idx" ON "ledger_line"("payer_code", "host_code", "month");

-- CreateIndex
CREATE INDEX "what_if_agreement_id_agreement_version_asked_at_idx" ON "what_if"("agreement_id", "agreement_version", "asked_at");

-- AddForeignKey
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_proposed_by_id_fkey" FOREIGN KEY ("proposed_by_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_settled_by_id_fkey" FOREIGN KEY ("settled_by_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "border_default" ADD CONSTRAINT "border_default_set_by_id_fkey" FOREIGN KEY ("set_by_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "border_decision" ADD CONSTRAINT "border_decision_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "border_decision" ADD CONSTRAINT "border_decision_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "border_approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "border_approval" ADD CONSTRAINT "border_approval_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "border_approval" ADD CONSTRAINT "border_approval_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "slot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "border_approval" ADD CONSTRAINT "border_approval_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "border_approval" ADD CONSTRAINT "border_approval_asked_by_id_fkey" FOREIGN KEY ("asked_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "border_approval" ADD CONSTRAINT "border_approval_answered_by_id_fkey" FOREIGN KEY ("answered_by_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commissioner_duty" ADD CONSTRAINT "commissioner_duty_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_month" ADD CONSTRAINT "ledger_month_frozen_by_id_fkey" FOREIGN KEY ("frozen_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_line" ADD CONSTRAINT "ledger_line_payer_code_host_code_month_fkey" FOREIGN KEY ("payer_code", "host_code", "month") REFERENCES "ledger_month"("payer_code", "host_code", "month") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_line" ADD CONSTRAINT "ledger_line_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "what_if" ADD CONSTRAINT "what_if_agreement_id_agreement_version_fkey" FOREIGN KEY ("agreement_id", "agreement_version") REFERENCES "agreement"("id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "what_if" ADD CONSTRAINT "what_if_asked_by_id_fkey" FOREIGN KEY ("asked_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The belt behind the rules.
ALTER TABLE "agreement"
  ADD CONSTRAINT "agreement_state" CHECK ("state" IN ('draft', 'proposed', 'agreed', 'declined', 'superseded', 'withdrawn')),
  ADD CONSTRAINT "agreement_from" CHECK ("from_kind" IN ('commissioner', 'region', 'any') AND ("from_kind" = 'any') = ("from_code" IS NULL)),
  ADD CONSTRAINT "agreement_to" CHECK ("to_kind" IN ('commissioner', 'region', 'any') AND ("to_kind" = 'any') = ("to_code" IS NULL)),
  ADD CONSTRAINT "agreement_two_sides" CHECK ("from_kind" <> 'commissioner' OR "from_code" IS DISTINCT FROM "to_code"),
  ADD CONSTRAINT "agreement_narrowed_once" CHECK ("service_type_id" IS NULL OR "service_id" IS NULL),
  ADD CONSTRAINT "agreement_minutes" CHECK (("from_minute" IS NULL) = ("to_minute" IS NULL) AND "from_minute" BETWEEN 0 AND 1439 AND "to_minute" BETWEEN 1 AND 1440 AND "from_minute" <> "to_minute"),
  ADD CONSTRAINT "agreement_weekdays" CHECK ("weekdays" <@ ARRAY[1, 2, 3, 4, 5, 6, 7, 8]::smallint[]),
  ADD CONSTRAINT "agreement_dates" CHECK ("valid_to" >= "valid_from"),
  ADD CONSTRAINT "agreement_quota_counts" CHECK ("daily_quota" >= 1),
  ADD CONSTRAINT "agreement_outcome" CHECK ("outcome" IN ('allow', 'notify', 'approval', 'refuse')),
  ADD CONSTRAINT "agreement_price" CHECK ("price_pence" >= 0 AND "noshow_pence" >= 0),
  ADD CONSTRAINT "agreement_priced_whole" CHECK (("price_pence" IS NULL) = ("noshow_pence" IS NULL)),
  ADD CONSTRAINT "agreement_refusal_is_bare" CHECK ("outcome" <> 'refuse' OR ("price_pence" IS NULL AND "daily_quota" IS NULL)),
  ADD CONSTRAINT "agreement_accountable" CHECK ("failed_contact" IN ('host-service', 'booker', 'host', 'responsible') AND "follow_up" IN ('host-service', 'booker', 'host', 'responsible')),
  ADD CONSTRAINT "agreement_approvers" CHECK ("approvers" <@ ARRAY['host', 'responsible', 'supervisor', 'clinician'] AND ("outcome" = 'approval') = (cardinality("approvers") > 0)),
  ADD CONSTRAINT "agreement_proposed" CHECK (("proposed_at" IS NULL) = ("proposed_by_id" IS NULL) AND ("proposed_at" IS NULL) = ("proposed_side" IS NULL) AND ("state" NOT IN ('proposed', 'agreed', 'superseded') OR "proposed_at" IS NOT NULL)),
  ADD CONSTRAINT "agreement_proposed_side" CHECK ("proposed_side" IN ('from', 'to')),
  ADD CONSTRAINT "agreement_two_people" CHECK ("state" NOT IN ('agreed', 'superseded') OR ("settled_at" IS NOT NULL AND "settled_by_id" IS NOT NULL AND "settled_by_id" <> "proposed_by_id")),
  -- One key has one agreed version on a day.
  ADD CONSTRAINT "agreement_one_at_a_time" EXCLUDE USING gist ("key" WITH =, daterange("valid_from", "valid_to", '[]') WITH &&) WHERE ("state" = 'agreed');
ALTER TABLE "agreement_quota" ADD CONSTRAINT "agreement_quota_used" CHECK ("used" BETWEEN 0 AND "quota");
ALTER TABLE "border_default"
  ADD CONSTRAINT "border_default_nation" CHECK ("nation" IN ('E', 'W', 'S')),
  ADD CONSTRAINT "border_default_minutes" CHECK ("urgent_minutes" BETWEEN 0 AND 10080),
  ADD CONSTRAINT "border_default_outcomes" CHECK (ARRAY["urgent_outcome", "emergency_outcome", "other_outcome"] <@ ARRAY['allow', 'notify', 'approval', 'refuse']),
  ADD CONSTRAINT "border_default_price" CHECK ("price_pence" >= 0 AND "noshow_pence" >= 0 AND ("price_pence" IS NULL) = ("noshow_pence" IS NULL)),
  ADD CONSTRAINT "border_default_accountable" CHECK ("failed_contact" IN ('host-service', 'booker', 'host', 'responsible') AND "follow_up" IN ('host-service', 'booker', 'host', 'responsible')),
  ADD CONSTRAINT "border_default_approvers" CHECK ("approvers" <@ ARRAY['host', 'responsible', 'supervisor', 'clinician'] AND cardinality("approvers") > 0);
ALTER TABLE "border_decision"
  ADD CONSTRAINT "border_decision_rule" CHECK ("rule_kind" IN ('same', 'unknown', 'agreement', 'default')),
  ADD CONSTRAINT "border_decision_outcome" CHECK ("outcome" IN ('allow', 'notify', 'approval', 'refuse')),
  ADD CONSTRAINT "border_decision_crossing" CHECK ("is_crossing" = ("rule_kind" IN ('agreement', 'default')) AND (NOT "is_crossing" OR ("responsible_code" <> "host_code" AND "payer_code" IS NOT NULL))),
  ADD CONSTRAINT "border_decision_price" CHECK ("price_pence" >= 0 AND "noshow_pence" >= 0 AND ("price_pence" IS NULL) = ("noshow_pence" IS NULL)),
  -- A refused booking is none; what needs approval has it, unless the service itself gave the patient another slot.
  ADD CONSTRAINT "border_decision_approved" CHECK ("outcome" <> 'refuse' AND ("outcome" <> 'approval' OR "approval_id" IS NOT NULL OR "carried_from_id" IS NOT NULL));
ALTER TABLE "border_approval"
  ADD CONSTRAINT "border_approval_state" CHECK ("state" IN ('waiting', 'approved', 'declined')),
  ADD CONSTRAINT "border_approval_answered" CHECK (("state" = 'waiting') = ("answered_at" IS NULL) AND ("answered_at" IS NULL) = ("answered_by_id" IS NULL) AND ("answered_at" IS NULL) = ("answered_as" IS NULL)),
  ADD CONSTRAINT "border_approval_answered_as" CHECK ("answered_as" IN ('host', 'responsible', 'supervisor', 'clinician')),
  ADD CONSTRAINT "border_approval_declined_with_words" CHECK ("state" <> 'declined' OR "answer_text" IS NOT NULL),
  ADD CONSTRAINT "border_approval_other_person" CHECK ("answered_by_id" <> "asked_by_id");
ALTER TABLE "ledger_month" ADD CONSTRAINT "ledger_month_first_day" CHECK (extract(day FROM "month") = 1);
ALTER TABLE "ledger_line" ADD CONSTRAINT "ledger_line_kind" CHECK ("kind" IN ('charge', 'correction'));
ALTER TABLE "what_if" ADD CONSTRAINT "what_if_progress" CHECK ("done" BETWEEN 0 AND "total");

CREATE TRIGGER "border_default_insert_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "border_default" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "border_decision_insert_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "border_decision" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ledger_month_insert_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_month" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ledger_line_insert_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_line" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What two commissioners agreed stays as it is: it may end earlier, or give way to a later version.
CREATE FUNCTION refuse_agreed_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  mutable CONSTANT text[] := ARRAY['valid_to', 'state', 'edition', 'changed_at'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'an agreed version is never deleted' USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_agreed_stays', TABLE = 'agreement';
  END IF;
  IF to_jsonb(NEW) - mutable <> to_jsonb(OLD) - mutable
    OR NEW.state NOT IN ('agreed', 'superseded', 'withdrawn')
    OR coalesce(NEW.valid_to, 'infinity'::date) > coalesce(OLD.valid_to, 'infinity'::date) THEN
    RAISE EXCEPTION 'an agreed version never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_agreed_stays', TABLE = 'agreement';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "agreement_agreed_stays" BEFORE UPDATE OR DELETE ON "agreement" FOR EACH ROW WHEN (OLD."state" IN ('agreed', 'superseded', 'withdrawn') AND OLD."settled_at" IS NOT NULL) EXECUTE FUNCTION refuse_agreed_change();

-- Whatever ends an appointment gives back what it took of a day's quota, at every door, once.
CREATE FUNCTION give_quota_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE agreement_quota
  SET used = agreement_quota.used - 1
  FROM border_decision
  WHERE border_decision.appointment_id = NEW.id AND border_decision.quota_day = agreement_quota.day AND border_decision.rule_id = agreement_quota.agreement_id::text;
  RETURN NULL;
END $$;
CREATE TRIGGER "appointment_gives_quota_back" AFTER UPDATE OF "released_at" ON "appointment" FOR EACH ROW WHEN (OLD."released_at" IS NULL AND NEW."released_at" IS NOT NULL) EXECUTE FUNCTION give_quota_back();

-- As shipped: within six hours, and to emergency departments, at once; otherwise somebody approves it.
INSERT INTO "border_default" ("nation", "version", "urgent_minutes", "urgent_outcome", "emergency_outcome", "other_outcome", "failed_contact", "follow_up", "approvers", "at")
SELECT nation, 1, 360, 'allow', 'allow', 'approval', 'booker', 'host-service', ARRAY['host', 'responsible', 'supervisor', 'clinician'], '2026-04-01T00:00:00Z'
FROM unnest(ARRAY['E', 'W', 'S']) AS nation;
