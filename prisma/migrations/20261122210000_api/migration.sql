-- AlterTable
ALTER TABLE "appointment" ADD COLUMN     "booked_through_id" UUID,
ALTER COLUMN "booked_by_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "appointment_version" ADD COLUMN     "provenance" JSONB;

-- AlterTable
ALTER TABLE "audit_event" ADD COLUMN     "correlation_id" TEXT,
ADD COLUMN     "provenance" JSONB;

-- AlterTable
ALTER TABLE "service" ADD COLUMN     "refuses_from" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "api_client" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "organisation_code" TEXT NOT NULL,
    "acts_for" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "book_services" TEXT[] DEFAULT ARRAY['*']::TEXT[],
    "cancel_services" TEXT[] DEFAULT ARRAY['*']::TEXT[],
    "issuer" TEXT,
    "is_behind_proxy" BOOLEAN NOT NULL DEFAULT false,
    "needs_proxy_headers" BOOLEAN NOT NULL DEFAULT false,
    "needs_document" BOOLEAN NOT NULL DEFAULT true,
    "refuses_long_tokens" BOOLEAN NOT NULL DEFAULT false,
    "requests_per_minute" INTEGER NOT NULL DEFAULT 600,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "is_demonstration" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "api_client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_client_secret" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_client_secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_client_key" (
    "client_id" UUID NOT NULL,
    "kid" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "public_key" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_client_key_pkey" PRIMARY KEY ("client_id","kid")
);

-- CreateTable
CREATE TABLE "signing_key" (
    "kid" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "public_key" JSONB NOT NULL,
    "private_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "signs_from" TIMESTAMPTZ(3) NOT NULL,
    "retires_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("kid")
);

-- CreateTable
CREATE TABLE "booking_submission" (
    "appointment_id" UUID NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "booking_submission_pkey" PRIMARY KEY ("appointment_id")
);

-- CreateTable
CREATE TABLE "appointment_contact" (
    "id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "rank" SMALLINT NOT NULL,
    "is_patient" BOOLEAN NOT NULL,
    "name" TEXT,
    "relationship" TEXT,
    "phone" TEXT NOT NULL,

    CONSTRAINT "appointment_contact_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_client_issuer_key" ON "api_client"("issuer");

-- CreateIndex
CREATE INDEX "api_client_secret_client_id_idx" ON "api_client_secret"("client_id");

-- CreateIndex
CREATE INDEX "appointment_contact_appointment_id_idx" ON "appointment_contact"("appointment_id");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_contact_one_primary" ON "appointment_contact"("appointment_id") WHERE (rank = 1);

-- CreateIndex
CREATE INDEX "slot_busy" ON "slot"("service_id", "starts_at") WHERE (status = 'busy');

-- AddForeignKey
ALTER TABLE "api_client" ADD CONSTRAINT "api_client_organisation_code_fkey" FOREIGN KEY ("organisation_code") REFERENCES "organisation"("ods_code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_client_secret" ADD CONSTRAINT "api_client_secret_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "api_client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_client_key" ADD CONSTRAINT "api_client_key_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "api_client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_booked_through_id_fkey" FOREIGN KEY ("booked_through_id") REFERENCES "api_client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "booking_submission" ADD CONSTRAINT "booking_submission_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_contact" ADD CONSTRAINT "appointment_contact_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The belt behind the rules.
ALTER TABLE "appointment"
  ADD CONSTRAINT "appointment_booked_by_somebody" CHECK (("booked_by_id" IS NULL) <> ("booked_through_id" IS NULL));
ALTER TABLE "appointment_contact"
  ADD CONSTRAINT "appointment_contact_rank" CHECK ("rank" > 0),
  ADD CONSTRAINT "appointment_contact_third_party" CHECK ("is_patient" = ("name" IS NULL) AND "is_patient" = ("relationship" IS NULL));
ALTER TABLE "api_client"
  ADD CONSTRAINT "api_client_scopes" CHECK ("scopes" <@ ARRAY['organization/slot.read', 'patient/appointment.read', 'patient/appointment.write', 'registry/appointment.read', 'registry/appointment.write']),
  ADD CONSTRAINT "api_client_rate" CHECK ("requests_per_minute" BETWEEN 1 AND 1000000),
  ADD CONSTRAINT "api_client_proxy" CHECK (NOT "is_behind_proxy" OR ("issuer" IS NOT NULL AND NOT "is_demonstration"));
ALTER TABLE "api_client_key"
  ADD CONSTRAINT "api_client_key_algorithm" CHECK ("algorithm" IN ('RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'));
ALTER TABLE "signing_key"
  ADD CONSTRAINT "signing_key_retires" CHECK ("retires_at" > "signs_from");
CREATE TRIGGER "booking_submission_insert_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "booking_submission" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "appointment_contact_insert_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "appointment_contact" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
