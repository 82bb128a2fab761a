-- DropForeignKey
ALTER TABLE "registry_entry" DROP CONSTRAINT "registry_entry_appointment_id_fkey";

-- DropIndex
DROP INDEX "registry_entry_match_key_starts_at_idx";

-- AlterTable
ALTER TABLE "appointment" ADD COLUMN     "kept_beside" UUID[] DEFAULT ARRAY[]::UUID[];

-- AlterTable
ALTER TABLE "registry_entry" ADD COLUMN     "check_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "check_failures" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN     "check_outcome" TEXT,
ADD COLUMN     "created_at" TIMESTAMPTZ(3),
ADD COLUMN     "is_sealed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "linked_at" TIMESTAMPTZ(3),
ADD COLUMN     "patient_display" TEXT,
ADD COLUMN     "patient_system" TEXT,
ADD COLUMN     "patient_value" TEXT,
ADD COLUMN     "place" TEXT,
ADD COLUMN     "registered_by_code" TEXT,
ADD COLUMN     "registered_by_id" UUID,
ADD COLUMN     "service_dos_id" TEXT,
ALTER COLUMN "match_key" DROP NOT NULL,
ALTER COLUMN "service_name" DROP NOT NULL;

-- AlterTable
ALTER TABLE "registry_entry_version" ADD COLUMN     "ends_at" TIMESTAMPTZ(3),
ADD COLUMN     "nhs_number" CHAR(10),
ADD COLUMN     "starts_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "service_type" ADD COLUMN     "is_sensitive" BOOLEAN NOT NULL DEFAULT false;

-- What is known of the entries that exist: all of them are Onward's own. Mental health, sexual health and sexual assault referral are sensitive.
UPDATE "service_type" SET "is_sensitive" = true WHERE "id" IN (7, 29, 142, 143);
UPDATE "registry_entry"
SET "service_dos_id" = "service"."dos_id", "place" = "service"."postcode", "is_sealed" = "service_type"."is_sensitive", "created_at" = "appointment"."booked_at"
FROM "appointment"
JOIN "service" ON "service"."id" = "appointment"."service_id"
JOIN "service_type" ON "service_type"."id" = "service"."type_id"
WHERE "appointment"."id" = "registry_entry"."appointment_id";
ALTER TABLE "registry_entry_version" DISABLE TRIGGER "registry_entry_version_insert_only";
UPDATE "registry_entry_version"
SET "starts_at" = "registry_entry"."starts_at", "ends_at" = "registry_entry"."ends_at", "nhs_number" = "registry_entry"."nhs_number"
FROM "registry_entry"
WHERE "registry_entry"."id" = "registry_entry_version"."entry_id";
ALTER TABLE "registry_entry_version" ENABLE TRIGGER "registry_entry_version_insert_only";
ALTER TABLE "registry_entry" ALTER COLUMN "created_at" SET NOT NULL;
ALTER TABLE "registry_entry_version" ALTER COLUMN "starts_at" SET NOT NULL, ALTER COLUMN "ends_at" SET NOT NULL;

-- CreateTable
CREATE TABLE "registry_source" (
    "id" UUID NOT NULL,
    "root" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "reads_for_code" TEXT NOT NULL,
    "is_on" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "failures" SMALLINT NOT NULL DEFAULT 0,
    "rests_until" TIMESTAMPTZ(3),

    CONSTRAINT "registry_source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registry_access" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "patient_id" UUID,
    "entry_id" UUID,
    "reason" TEXT NOT NULL,
    "text" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registry_access_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guard_choice" (
    "appointment_id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "kinds" TEXT[],
    "choice" TEXT NOT NULL,
    "reason" TEXT,
    "staff_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "guard_choice_pkey" PRIMARY KEY ("appointment_id","entry_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "registry_source_root_key" ON "registry_source"("root");

-- CreateIndex
CREATE INDEX "registry_access_staff_id_expires_at_idx" ON "registry_access"("staff_id", "expires_at");

-- CreateIndex
CREATE INDEX "registry_access_at_idx" ON "registry_access"("at");

-- CreateIndex
CREATE INDEX "registry_entry_match_key_starts_at_idx" ON "registry_entry"("match_key", "starts_at") WHERE ("match_key" IS NOT NULL);

-- CreateIndex
CREATE INDEX "registry_entry_patient_system_patient_value_idx" ON "registry_entry"("patient_system", "patient_value") WHERE ("patient_value" IS NOT NULL);

-- CreateIndex
CREATE INDEX "registry_entry_check_due_at_idx" ON "registry_entry"("check_due_at") WHERE ("check_due_at" IS NOT NULL);

-- AddForeignKey
ALTER TABLE "registry_entry" ADD CONSTRAINT "registry_entry_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registry_entry" ADD CONSTRAINT "registry_entry_registered_by_id_fkey" FOREIGN KEY ("registered_by_id") REFERENCES "api_client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registry_access" ADD CONSTRAINT "registry_access_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registry_access" ADD CONSTRAINT "registry_access_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registry_access" ADD CONSTRAINT "registry_access_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "registry_entry"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guard_choice" ADD CONSTRAINT "guard_choice_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guard_choice" ADD CONSTRAINT "guard_choice_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "registry_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guard_choice" ADD CONSTRAINT "guard_choice_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The belt behind the rules.
ALTER TABLE "registry_entry"
  ADD CONSTRAINT "registry_entry_source" CHECK ("source" IN ('onward', 'registered')),
  ADD CONSTRAINT "registry_entry_points_somewhere" CHECK (("source" = 'onward') = ("appointment_id" IS NOT NULL) AND ("source" = 'onward') = ("registered_by_code" IS NULL)),
  ADD CONSTRAINT "registry_entry_pointer" CHECK ("source" = 'onward' OR "external_id" LIKE 'https://%'),
  ADD CONSTRAINT "registry_entry_somebody" CHECK ("source" = 'onward' OR "nhs_number" IS NOT NULL OR ("patient_system" IS NOT NULL AND "patient_value" IS NOT NULL)),
  ADD CONSTRAINT "registry_entry_nhs_number_digits" CHECK ("nhs_number" ~ '^[0-9]{10}$'),
  ADD CONSTRAINT "registry_entry_status" CHECK ("status" IN ('booked', 'arrived', 'fulfilled', 'noshow', 'cancelled', 'moved', 'entered-in-error')),
  ADD CONSTRAINT "registry_entry_hours" CHECK ("starts_at" < "ends_at"),
  ADD CONSTRAINT "registry_entry_linked" CHECK ("linked_at" IS NULL OR "nhs_number" IS NOT NULL);
ALTER TABLE "registry_source"
  ADD CONSTRAINT "registry_source_root" CHECK ("root" LIKE 'https://%' AND "root" NOT LIKE '%/');
ALTER TABLE "registry_access"
  ADD CONSTRAINT "registry_access_kind" CHECK (("kind" = 'sealed' AND "entry_id" IS NOT NULL) OR ("kind" = 'patient' AND "patient_id" IS NOT NULL AND "entry_id" IS NULL)),
  ADD CONSTRAINT "registry_access_expires" CHECK ("expires_at" > "at");
ALTER TABLE "guard_choice"
  ADD CONSTRAINT "guard_choice_choice" CHECK ("choice" IN ('keep', 'move', 'cancel')),
  ADD CONSTRAINT "guard_choice_reason" CHECK ("choice" <> 'keep' OR "reason" IS NOT NULL);
ALTER TABLE "appointment"
  ALTER COLUMN "kept_beside" SET NOT NULL,
  ADD CONSTRAINT "appointment_kept_beside" CHECK ("overlap_accepted" OR cardinality("kept_beside") = 0);
CREATE TRIGGER "registry_access_insert_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "registry_access" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "guard_choice_insert_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "guard_choice" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- An overlap is accepted with the appointments that were looked at, and with no other: the exclusion leaves such pairs out, so they are
-- looked at here. The patient is locked first, as every booking does: of two at once the second sees the first. Accepted with none named:
-- a door whose standard does not look.
CREATE FUNCTION refuse_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM patient WHERE id = NEW.patient_id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT FROM appointment AS other
    WHERE other.patient_id = NEW.patient_id AND other.id <> NEW.id AND other.released_at IS NULL
      AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at
      AND other.id <> ALL (NEW.kept_beside) AND NEW.id <> ALL (other.kept_beside)
  ) THEN
    RAISE EXCEPTION 'the patient has another appointment at this time' USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'appointment_no_overlap', TABLE = 'appointment';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "appointment_refuse_overlap" AFTER INSERT ON "appointment" FOR EACH ROW WHEN (NEW.released_at IS NULL AND NOT (NEW.overlap_accepted AND cardinality(NEW.kept_beside) = 0)) EXECUTE FUNCTION refuse_overlap();
