-- What the schema files cannot say stands at the end of this file: exclusions, checks, triggers, expression indexes.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS cube;
CREATE EXTENSION IF NOT EXISTS earthdistance;

-- CreateTable
CREATE TABLE "audit_event" (
    "seq" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "organisation_code" TEXT,
    "roles" TEXT[],
    "request_id" TEXT NOT NULL,
    "subject" TEXT,
    "patient_id" UUID,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "staff" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "organisation_code" TEXT NOT NULL,
    "password_hash" TEXT,
    "subject" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_role" (
    "staff_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "scope" TEXT NOT NULL,

    CONSTRAINT "staff_role_pkey" PRIMARY KEY ("staff_id","role","scope")
);

-- CreateTable
CREATE TABLE "form_draft" (
    "id" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "form_draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expire" TIMESTAMP(3),

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "call" (
    "id" UUID NOT NULL,
    "organisation_code" TEXT NOT NULL,
    "handler_id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "caller_name" TEXT,
    "caller_relationship" TEXT,
    "callback_phone" TEXT,
    "disposition_code" TEXT NOT NULL,
    "disposition_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "postcode" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "icb_code" TEXT,
    "country" CHAR(1) NOT NULL,
    "place_precision" TEXT NOT NULL,
    "is_at_home" BOOLEAN NOT NULL,
    "practice_code" TEXT,
    "symptom_group" INTEGER,
    "discriminators" INTEGER[],
    "state" TEXT NOT NULL DEFAULT 'open',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call_event" (
    "call_id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "call_event_pkey" PRIMARY KEY ("call_id","seq")
);

-- CreateTable
CREATE TABLE "appointment" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "slot_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "call_id" UUID,
    "patient_id" UUID NOT NULL,
    "disposition_code" TEXT,
    "status" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "overlap_accepted" BOOLEAN NOT NULL DEFAULT false,
    "booked_by_id" UUID NOT NULL,
    "booked_by_code" TEXT NOT NULL,
    "booked_at" TIMESTAMPTZ(3) NOT NULL,
    "released_at" TIMESTAMPTZ(3),
    "cancel_reason" TEXT,
    "cancel_text" TEXT,

    CONSTRAINT "appointment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment_version" (
    "appointment_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,

    CONSTRAINT "appointment_version_pkey" PRIMARY KEY ("appointment_id","version")
);

-- CreateTable
CREATE TABLE "organisation" (
    "ods_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "icb_code" TEXT,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("ods_code")
);

-- CreateTable
CREATE TABLE "service_type" (
    "id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "single_result_only" BOOLEAN NOT NULL,

    CONSTRAINT "service_type_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_type_rank" (
    "type_id" INTEGER NOT NULL,
    "area" TEXT NOT NULL,
    "rank" SMALLINT NOT NULL,

    CONSTRAINT "service_type_rank_pkey" PRIMARY KEY ("area","type_id")
);

-- CreateTable
CREATE TABLE "disposition" (
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "call_text" TEXT,
    "family" TEXT NOT NULL,
    "contact_mode" TEXT NOT NULL,
    "timeframe_minutes" INTEGER,
    "timeframe_label" TEXT,
    "is_bookable_gp" BOOLEAN NOT NULL,
    "outside_timeframe_rule" TEXT,
    "numeric_id" INTEGER NOT NULL,

    CONSTRAINT "disposition_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "reject_reason" (
    "id" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "short_text" TEXT NOT NULL,
    "requires_comment" BOOLEAN NOT NULL,
    "clinician_only" BOOLEAN NOT NULL,
    "category" TEXT NOT NULL,

    CONSTRAINT "reject_reason_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "symptom_group" (
    "id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "symptom_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "symptom_discriminator" (
    "id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "symptom_discriminator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "symptom_pair" (
    "group_id" INTEGER NOT NULL,
    "discriminator_id" INTEGER NOT NULL,

    CONSTRAINT "symptom_pair_pkey" PRIMARY KEY ("group_id","discriminator_id")
);

-- CreateTable
CREATE TABLE "service" (
    "id" UUID NOT NULL,
    "dos_id" TEXT NOT NULL,
    "ods_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type_id" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "address" TEXT NOT NULL,
    "postcode" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "icb_code" TEXT,
    "public_phone" TEXT,
    "staff_phone" TEXT,
    "website" TEXT,
    "handler_instructions" TEXT,
    "patient_information" TEXT,
    "is_bookable" BOOLEAN NOT NULL DEFAULT false,
    "is_booking_only" BOOLEAN NOT NULL DEFAULT false,
    "hold_minutes" INTEGER NOT NULL DEFAULT 5,
    "is_open_all_hours" BOOLEAN NOT NULL DEFAULT false,
    "is_only_if_open" BOOLEAN NOT NULL DEFAULT false,
    "only_if_open_minutes" INTEGER NOT NULL DEFAULT 30,
    "is_restricted" BOOLEAN NOT NULL DEFAULT false,
    "is_demonstration" BOOLEAN NOT NULL DEFAULT false,
    "genders" TEXT[],
    "referral_roles" TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "service_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_disposition" (
    "code" TEXT NOT NULL,
    "service_id" UUID NOT NULL,

    CONSTRAINT "service_disposition_pkey" PRIMARY KEY ("code","service_id")
);

-- CreateTable
CREATE TABLE "service_symptom" (
    "group_id" INTEGER NOT NULL,
    "discriminator_id" INTEGER NOT NULL,
    "service_id" UUID NOT NULL,

    CONSTRAINT "service_symptom_pkey" PRIMARY KEY ("group_id","discriminator_id","service_id")
);

-- CreateTable
CREATE TABLE "service_age" (
    "service_id" UUID NOT NULL,
    "days_from" INTEGER NOT NULL,
    "days_to" INTEGER NOT NULL,

    CONSTRAINT "service_age_pkey" PRIMARY KEY ("service_id","days_from")
);

-- CreateTable
CREATE TABLE "service_area" (
    "service_id" UUID NOT NULL,
    "icb_code" TEXT NOT NULL,

    CONSTRAINT "service_area_pkey" PRIMARY KEY ("service_id","icb_code")
);

-- CreateTable
CREATE TABLE "service_practice" (
    "service_id" UUID NOT NULL,
    "practice" TEXT NOT NULL,

    CONSTRAINT "service_practice_pkey" PRIMARY KEY ("service_id","practice")
);

-- CreateTable
CREATE TABLE "opening" (
    "service_id" UUID NOT NULL,
    "day" SMALLINT NOT NULL,
    "from_minute" SMALLINT NOT NULL,
    "to_minute" SMALLINT NOT NULL,

    CONSTRAINT "opening_pkey" PRIMARY KEY ("service_id","day","from_minute")
);

-- CreateTable
CREATE TABLE "opening_exception" (
    "service_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "from_minute" SMALLINT NOT NULL,
    "to_minute" SMALLINT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "opening_exception_pkey" PRIMARY KEY ("service_id","date","from_minute")
);

-- CreateTable
CREATE TABLE "capacity_state" (
    "id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "colour" TEXT NOT NULL,
    "note" TEXT,
    "set_by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "resets_at" TIMESTAMPTZ(3),

    CONSTRAINT "capacity_state_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "region" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "region_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "icb" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "short_name" TEXT NOT NULL,
    "region_code" TEXT NOT NULL,
    "is_current" BOOLEAN NOT NULL,

    CONSTRAINT "icb_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "icb_successor" (
    "old_code" TEXT NOT NULL,
    "new_code" TEXT NOT NULL,
    "lsoa_count" INTEGER NOT NULL,

    CONSTRAINT "icb_successor_pkey" PRIMARY KEY ("old_code","new_code")
);

-- CreateTable
CREATE TABLE "postcode" (
    "postcode" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "country" CHAR(1) NOT NULL,
    "icb_code" TEXT,
    "sub_icb" TEXT,
    "district" TEXT,
    "quality" SMALLINT NOT NULL,

    CONSTRAINT "postcode_pkey" PRIMARY KEY ("postcode")
);

-- CreateTable
CREATE TABLE "postcode_area" (
    "area" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "country" CHAR(1) NOT NULL,
    "icb_code" TEXT,

    CONSTRAINT "postcode_area_pkey" PRIMARY KEY ("area")
);

-- CreateTable
CREATE TABLE "search_distance" (
    "area" TEXT NOT NULL,
    "kilometres" INTEGER NOT NULL,

    CONSTRAINT "search_distance_pkey" PRIMARY KEY ("area")
);

-- CreateTable
CREATE TABLE "bank_holiday" (
    "date" DATE NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "bank_holiday_pkey" PRIMARY KEY ("date")
);

-- CreateTable
CREATE TABLE "patient" (
    "id" UUID NOT NULL,
    "nhs_number" CHAR(10),
    "given_name" TEXT NOT NULL,
    "family_name" TEXT NOT NULL,
    "birth_date" DATE NOT NULL,
    "sex" TEXT NOT NULL,
    "address_line" TEXT,
    "town" TEXT,
    "postcode" TEXT NOT NULL,
    "phone" TEXT,

    CONSTRAINT "patient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbound_request" (
    "door" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbound_request_pkey" PRIMARY KEY ("door","sender","method","request_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loaded_data" (
    "name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "loaded_data_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "registry_entry" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "appointment_id" UUID,
    "nhs_number" CHAR(10),
    "match_key" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "service_name" TEXT NOT NULL,
    "organisation_code" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registry_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registry_entry_version" (
    "entry_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registry_entry_version_pkey" PRIMARY KEY ("entry_id","version")
);

-- CreateTable
CREATE TABLE "schedule" (
    "id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "channel" TEXT,
    "practitioner_role" TEXT,
    "practitioner_name" TEXT,
    "practitioner_gender" TEXT,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "template" (
    "id" UUID NOT NULL,
    "schedule_id" UUID NOT NULL,
    "weekdays" SMALLINT[],
    "opens_minute" SMALLINT NOT NULL,
    "closes_minute" SMALLINT NOT NULL,
    "slot_minutes" SMALLINT NOT NULL,
    "places" SMALLINT NOT NULL,
    "works_holidays" BOOLEAN NOT NULL DEFAULT false,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "made_up_to" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "schedule_id" UUID NOT NULL,
    "template_id" UUID,
    "date" DATE NOT NULL,
    "opens_at" TIMESTAMPTZ(3) NOT NULL,
    "closes_at" TIMESTAMPTZ(3) NOT NULL,
    "slot_minutes" SMALLINT NOT NULL,
    "places" SMALLINT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "slot" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "place_no" SMALLINT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'free',
    "held_by_call" UUID,
    "held_until" TIMESTAMPTZ(3),

    CONSTRAINT "slot_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_event_subject_idx" ON "audit_event"("subject");

-- CreateIndex
CREATE INDEX "audit_event_patient_id_at_idx" ON "audit_event"("patient_id", "at");

-- CreateIndex
CREATE INDEX "audit_event_request_id_idx" ON "audit_event"("request_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_subject_key" ON "staff"("subject");

-- CreateIndex
CREATE INDEX "call_handler_id_state_opened_at_idx" ON "call"("handler_id", "state", "opened_at");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_reference_key" ON "appointment"("reference");

-- CreateIndex
CREATE INDEX "appointment_patient_id_starts_at_idx" ON "appointment"("patient_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_service_id_starts_at_idx" ON "appointment"("service_id", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_one_live_per_slot" ON "appointment"("slot_id") WHERE ("released_at" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "appointment_one_live_per_call" ON "appointment"("call_id") WHERE ("released_at" IS NULL);

-- CreateIndex
CREATE INDEX "organisation_name_trgm" ON "organisation" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "disposition_numeric_id_key" ON "disposition"("numeric_id");

-- CreateIndex
CREATE UNIQUE INDEX "service_dos_id_key" ON "service"("dos_id");

-- CreateIndex
CREATE INDEX "service_name_trgm" ON "service" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "service_ods_code_idx" ON "service"("ods_code");

-- CreateIndex
CREATE INDEX "service_disposition_service_id_idx" ON "service_disposition"("service_id");

-- CreateIndex
CREATE INDEX "service_symptom_service_id_idx" ON "service_symptom"("service_id");

-- CreateIndex
CREATE INDEX "service_practice_practice_idx" ON "service_practice"("practice");

-- CreateIndex
CREATE INDEX "opening_day" ON "opening"("day", "from_minute", "to_minute", "service_id");

-- CreateIndex
CREATE INDEX "capacity_state_service_id_at_idx" ON "capacity_state"("service_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "patient_nhs_number" ON "patient"("nhs_number") WHERE ("nhs_number" IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "outbox_dedupe_key_key" ON "outbox"("dedupe_key");

-- CreateIndex
CREATE INDEX "outbox_waiting" ON "outbox"("not_before") WHERE ("done_at" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "registry_entry_appointment_id_key" ON "registry_entry"("appointment_id");

-- CreateIndex
CREATE INDEX "registry_entry_nhs_number_starts_at_idx" ON "registry_entry"("nhs_number", "starts_at");

-- CreateIndex
CREATE INDEX "registry_entry_match_key_starts_at_idx" ON "registry_entry"("match_key", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "registry_entry_source_external_id_key" ON "registry_entry"("source", "external_id");

-- CreateIndex
CREATE INDEX "schedule_service_id_idx" ON "schedule"("service_id");

-- CreateIndex
CREATE INDEX "template_schedule_id_idx" ON "template"("schedule_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_template_id_date_key" ON "session"("template_id", "date");

-- CreateIndex
CREATE INDEX "slot_free" ON "slot"("service_id", "starts_at") WHERE (status = 'free');

-- CreateIndex
CREATE INDEX "slot_held_by_call" ON "slot"("held_by_call") WHERE ("held_by_call" IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "slot_session_id_starts_at_place_no_key" ON "slot"("session_id", "starts_at", "place_no");

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_organisation_code_fkey" FOREIGN KEY ("organisation_code") REFERENCES "organisation"("ods_code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_role" ADD CONSTRAINT "staff_role_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_handler_id_fkey" FOREIGN KEY ("handler_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_disposition_code_fkey" FOREIGN KEY ("disposition_code") REFERENCES "disposition"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_event" ADD CONSTRAINT "call_event_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "slot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_booked_by_id_fkey" FOREIGN KEY ("booked_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_version" ADD CONSTRAINT "appointment_version_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_type_rank" ADD CONSTRAINT "service_type_rank_type_id_fkey" FOREIGN KEY ("type_id") REFERENCES "service_type"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "symptom_pair" ADD CONSTRAINT "symptom_pair_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "symptom_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "symptom_pair" ADD CONSTRAINT "symptom_pair_discriminator_id_fkey" FOREIGN KEY ("discriminator_id") REFERENCES "symptom_discriminator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service" ADD CONSTRAINT "service_ods_code_fkey" FOREIGN KEY ("ods_code") REFERENCES "organisation"("ods_code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service" ADD CONSTRAINT "service_type_id_fkey" FOREIGN KEY ("type_id") REFERENCES "service_type"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_disposition" ADD CONSTRAINT "service_disposition_code_fkey" FOREIGN KEY ("code") REFERENCES "disposition"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_disposition" ADD CONSTRAINT "service_disposition_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_symptom" ADD CONSTRAINT "service_symptom_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_age" ADD CONSTRAINT "service_age_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_area" ADD CONSTRAINT "service_area_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_practice" ADD CONSTRAINT "service_practice_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opening" ADD CONSTRAINT "opening_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opening_exception" ADD CONSTRAINT "opening_exception_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capacity_state" ADD CONSTRAINT "capacity_state_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "icb" ADD CONSTRAINT "icb_region_code_fkey" FOREIGN KEY ("region_code") REFERENCES "region"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "icb_successor" ADD CONSTRAINT "icb_successor_old_code_fkey" FOREIGN KEY ("old_code") REFERENCES "icb"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registry_entry" ADD CONSTRAINT "registry_entry_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registry_entry_version" ADD CONSTRAINT "registry_entry_version_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "registry_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "template" ADD CONSTRAINT "template_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedule"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedule"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_template_id_fkey" FOREIGN KEY ("template_id") REFERENCES "template"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot" ADD CONSTRAINT "slot_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Directory: search box and nearest-first order (D-007), opening hours that never overlap (D-021).
CREATE INDEX "service_position" ON "service" USING gist (ll_to_earth("latitude", "longitude"));
ALTER TABLE "service"
  ADD CONSTRAINT "service_status" CHECK ("status" IN ('active', 'closed', 'suspended')),
  ADD CONSTRAINT "service_hold_minutes" CHECK ("hold_minutes" BETWEEN 1 AND 15),
  ADD CONSTRAINT "service_genders" CHECK ("genders" <@ ARRAY['M', 'F', 'I']);
ALTER TABLE "service_age"
  ADD CONSTRAINT "service_age_range" CHECK ("days_from" <= "days_to");
ALTER TABLE "opening"
  ADD CONSTRAINT "opening_minutes" CHECK ("day" BETWEEN 1 AND 8 AND 0 <= "from_minute" AND "from_minute" < "to_minute" AND "to_minute" <= 1439),
  ADD CONSTRAINT "opening_no_overlap" EXCLUDE USING gist ("service_id" WITH =, "day" WITH =, int4range("from_minute", "to_minute") WITH &&);
ALTER TABLE "opening_exception"
  ADD CONSTRAINT "opening_exception_minutes" CHECK (0 <= "from_minute" AND "from_minute" <= "to_minute" AND "to_minute" <= 1439);
ALTER TABLE "capacity_state"
  ADD CONSTRAINT "capacity_colour" CHECK ("colour" IN ('green', 'amber', 'red')),
  ADD CONSTRAINT "capacity_reset" CHECK (("colour" = 'green') = ("resets_at" IS NULL));

-- Schedules: one schedule is in one place at a time.
ALTER TABLE "template"
  ADD CONSTRAINT "template_minutes" CHECK (0 <= "opens_minute" AND "opens_minute" < "closes_minute" AND "closes_minute" <= 1440),
  ADD CONSTRAINT "template_slot_minutes" CHECK ("slot_minutes" BETWEEN 5 AND 120),
  ADD CONSTRAINT "template_places" CHECK ("places" > 0);
ALTER TABLE "session"
  ADD CONSTRAINT "session_status" CHECK ("status" IN ('open', 'withdrawn')),
  ADD CONSTRAINT "session_hours" CHECK ("opens_at" < "closes_at"),
  ADD CONSTRAINT "session_no_overlap" EXCLUDE USING gist ("schedule_id" WITH =, tstzrange("opens_at", "closes_at") WITH &&) WHERE ("status" <> 'withdrawn');
ALTER TABLE "slot"
  ADD CONSTRAINT "slot_status" CHECK ("status" IN ('free', 'busy', 'withdrawn')),
  ADD CONSTRAINT "slot_hours" CHECK ("starts_at" < "ends_at"),
  ADD CONSTRAINT "slot_hold" CHECK (("held_by_call" IS NULL) = ("held_until" IS NULL)),
  ADD CONSTRAINT "slot_hold_is_free" CHECK ("held_by_call" IS NULL OR "status" = 'free');

-- People.
ALTER TABLE "patient"
  ADD CONSTRAINT "patient_nhs_number_digits" CHECK ("nhs_number" ~ '^[0-9]{10}$'),
  ADD CONSTRAINT "patient_sex" CHECK ("sex" IN ('female', 'male', 'indeterminate'));
CREATE UNIQUE INDEX "staff_email" ON "staff" (lower("email"));

-- Booking: the belt behind the claim.
ALTER TABLE "call"
  ADD CONSTRAINT "call_state" CHECK ("state" IN ('open', 'booked', 'referred', 'closed')),
  ADD CONSTRAINT "call_ended" CHECK (("state" = 'open') = ("ended_at" IS NULL));
ALTER TABLE "appointment"
  ADD CONSTRAINT "appointment_status" CHECK ("status" IN ('booked', 'arrived', 'fulfilled', 'noshow', 'cancelled', 'moved', 'entered-in-error')),
  ADD CONSTRAINT "appointment_released" CHECK (("released_at" IS NOT NULL) = ("status" IN ('cancelled', 'moved', 'entered-in-error'))),
  ADD CONSTRAINT "appointment_hours" CHECK ("starts_at" < "ends_at"),
  ADD CONSTRAINT "appointment_no_overlap" EXCLUDE USING gist ("patient_id" WITH =, tstzrange("starts_at", "ends_at") WITH &&)
    WHERE ("released_at" IS NULL AND NOT "overlap_accepted");

-- Records that are added to and never changed.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['audit_event', 'call_event', 'appointment_version', 'registry_entry_version', 'capacity_state'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_insert_only', name);
  END LOOP;
END $$;
