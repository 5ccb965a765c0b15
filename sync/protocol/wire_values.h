#pragma once

// Domain values as members of messages: one writer and one reader each, shared by messages, feed
// rows and events. Readers bound what they take, so that a value behind this door is right.

#include "shared/domain/change.h"
#include "shared/domain/event.h"
#include "sync/protocol/json_reader.h"
#include "sync/protocol/json_writer.h"

namespace mado::sync {

constexpr std::int64_t kSmallIdMax = 2147483647;  // venues, slots, devices
constexpr std::int64_t kPersonIdMax = 4294967295;
constexpr std::int64_t kCountMax = INT64_MAX;  // feed numbers, event numbers, lease counters
constexpr std::int64_t kSeatsMax = 1000000;    // in one slot
constexpr int kDoseMax = 99;

void write(JsonWriter& out, const FeedPosition& position);
void write(JsonWriter& out, const Town& town);
void write(JsonWriter& out, const Vaccine& vaccine);
void write(JsonWriter& out, const Venue& venue);
void write(JsonWriter& out, const Slot& slot);
void write(JsonWriter& out, const BookingId& id);
void write(JsonWriter& out, const Booking& booking);
void write(JsonWriter& out, const SeenBooking& booking);
void write(JsonWriter& out, const CallId& id);
void write(JsonWriter& out, const Call& call);
void write(JsonWriter& out, const TownText& text);
void write(JsonWriter& out, const SettingsChanged& changed);
void write(JsonWriter& out, const Application& application);
// An event without its device, which whoever brings it names.
void write(JsonWriter& out, const Envelope& event);
void write(JsonWriter& out, const SignedHead& head);

Result<FeedPosition, WireError> read_position(const JsonObject& in);
Result<Town, WireError> read_town(const JsonObject& in);
Result<Vaccine, WireError> read_vaccine(const JsonObject& in);
Result<Venue, WireError> read_venue(const JsonObject& in);
Result<Slot, WireError> read_slot(const JsonObject& in);
Result<BookingId, WireError> read_booking_id(const JsonObject& in);
Result<Booking, WireError> read_booking(const JsonObject& in);
Result<SeenBooking, WireError> read_seen_booking(const JsonObject& in);
Result<Call, WireError> read_call(const JsonObject& in);
Result<TownText, WireError> read_town_text(const JsonObject& in);
// A setting that this version does not know is skipped.
Result<SettingsChanged, WireError> read_settings(const JsonObject& in);
Result<Application, WireError> read_application(const JsonObject& in);
Result<Envelope, WireError> read_envelope(const JsonObject& in, DeviceId device);
Result<SignedHead, WireError> read_signed_head(const JsonObject& in);
Result<Digest, WireError> digest(const JsonObject& in, std::string_view name);

Result<MunicipalityCode, WireError> municipality(const JsonObject& in, std::string_view name);
Result<VaccineCode, WireError> vaccine_code(const JsonObject& in, std::string_view name);
Result<Date, WireError> date(const JsonObject& in, std::string_view name);
// Milliseconds since 1970, up to the year 9999.
Result<Instant, WireError> instant(const JsonObject& in, std::string_view name);
void write_instant(JsonWriter& out, std::string_view name, Instant instant);

template <class Identity>
Result<Identity, WireError> id(const JsonObject& in, std::string_view name,
                               std::int64_t most = kSmallIdMax) {
    const auto number = MADO_TRY(in.integer(name, 1, most));
    return Identity(number);
}

}  // namespace mado::sync
