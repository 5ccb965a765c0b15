#include "sync/protocol/messages.h"

#include "sync/protocol/json_reader.h"
#include "sync/protocol/json_writer.h"
#include "sync/protocol/wire_values.h"

#include <algorithm>
#include <array>

namespace mado::sync {

namespace {

constexpr std::size_t kPemBytesMax = 16384;
constexpr std::size_t kNameBytesMax = 200;
constexpr std::size_t kVaccinesMax = 255;
constexpr std::size_t kVenuesMax = 10000;
constexpr std::size_t kCallsMax = 10000;
constexpr std::size_t kSlotsMax = 500000;
constexpr std::size_t kBookingsMax = 1000000;

constexpr JsonLimits kSmall = {64 << 10, 200};
constexpr JsonLimits kPushLimits = {kPushBytesMax, 20 * kEventsMax};
constexpr JsonLimits kAnswerLimits = {1 << 20, 20 * kEventsMax};
constexpr JsonLimits kLeaseLimits = {64 << 10, 20 * kLeaseWishesMax};
constexpr JsonLimits kSnapshotLimits = {kSnapshotBytesMax, 8000000};

struct VerdictName {
    Answer::Verdict verdict;
    std::string_view name;
};

constexpr std::array kVerdictNames = {VerdictName{Answer::Verdict::Accepted, "accepted"},
                                      VerdictName{Answer::Verdict::Worklist, "worklist"},
                                      VerdictName{Answer::Verdict::Aside, "aside"}};

void write(JsonWriter& out, const Answer& answer) {
    const auto name = std::ranges::find(kVerdictNames, answer.verdict, &VerdictName::verdict);
    MADO_CHECK(name != kVerdictNames.end());
    out.begin_object();
    out.name("number").integer(answer.number.number());
    out.name("verdict").text(name->name);
    if (!answer.reason.empty()) out.name("reason").text(answer.reason);
    out.name("position");
    write(out, answer.position);
    out.end_object();
}

Result<Answer, WireError> read_answer(const JsonObject& in) {
    Answer answer;
    answer.number = MADO_TRY(id<EventNumber>(in, "number", kCountMax));
    const auto word = MADO_TRY(in.word("verdict", 20));
    const auto name = std::ranges::find(kVerdictNames, word, &VerdictName::name);
    if (name == kVerdictNames.end()) return fail(in.wrong("verdict", "no verdict"));
    answer.verdict = name->verdict;
    if (in.has("reason")) answer.reason = MADO_TRY(in.word("reason", 60));
    answer.position = MADO_TRY(in.object("position", read_position));
    return answer;
}

void write(JsonWriter& out, const LeaseState& state) {
    out.begin_object();
    out.name("slot").integer(state.slot.number());
    out.name("granted").integer(state.lease.granted);
    out.name("used").integer(state.lease.used);
    if (state.lease.kept > 0) out.name("kept").integer(state.lease.kept);
    if (state.lease.kept_used > 0) out.name("kept_used").integer(state.lease.kept_used);
    out.end_object();
}

Result<LeaseState, WireError> read_lease_state(const JsonObject& in) {
    const auto slot = MADO_TRY(id<SlotId>(in, "slot"));
    const auto granted = MADO_TRY(in.integer("granted", 0, kCountMax));
    const auto used = MADO_TRY(in.integer("used", 0, granted));
    Lease lease{granted, used};
    if (in.has("kept")) lease.kept = MADO_TRY(in.integer("kept", 0, kCountMax));
    if (in.has("kept_used")) lease.kept_used = MADO_TRY(in.integer("kept_used", 0, kCountMax));
    if (!lease.holds()) return fail(in.wrong("kept", "more than the lease has"));
    return LeaseState{slot, lease};
}

Result<RosterFile, WireError> read_roster_file(const JsonObject& in) {
    RosterFile file;
    file.id = MADO_TRY(in.word("id", 64));
    file.bytes = MADO_TRY(in.integer("bytes", 0, std::int64_t{1} << 40));
    file.digest = MADO_TRY(digest(in, "digest"));
    return file;
}

template <class Values>
void write_list(JsonWriter& out, std::string_view name, const Values& values) {
    out.name(name).begin_list();
    for (const auto& value : values)
        write(out, value);
    out.end_list();
}

Result<EnrolRequest, WireError> read_enrol_request(const JsonObject& in) {
    EnrolRequest message;
    message.secret = MADO_TRY(in.word("secret", 64));
    message.signing_request = MADO_TRY(in.text("signing_request", kPemBytesMax));
    message.kind = MADO_TRY(in.word("kind", 40));
    message.name = MADO_TRY(in.line("name", kNameBytesMax));
    return message;
}

Result<EnrolPending, WireError> read_enrol_pending(const JsonObject& in) {
    const auto device = MADO_TRY(id<DeviceId>(in, "device"));
    auto fingerprint = MADO_TRY(in.line("fingerprint", 128));
    return EnrolPending{device, std::move(fingerprint)};
}

Result<EnrolGrant, WireError> read_enrol_grant(const JsonObject& in) {
    EnrolGrant message;
    message.device = MADO_TRY(id<DeviceId>(in, "device"));
    message.certificate = MADO_TRY(in.text("certificate", kPemBytesMax));
    message.authority = MADO_TRY(in.text("authority", kPemBytesMax));
    message.endorsement = MADO_TRY(in.word("endorsement", 100));
    message.roster_key = MADO_TRY(in.word("roster_key", 43));
    const auto key = from_base64url(message.roster_key);
    if (!key || key->size() != 32) return fail(in.wrong("roster_key", "not 32 bytes"));
    message.address = MADO_TRY(in.line("address", 300));
    message.venue = MADO_TRY(in.line("venue", 20, LineRule::MayBeEmpty));
    return message;
}

Result<PushAnswer, WireError> read_push_answer(const JsonObject& in) {
    PushAnswer message;
    message.answers = MADO_TRY(in.list("answers", kEventsMax, read_answer));
    if (in.has("expected")) {
        message.expected = MADO_TRY(id<EventNumber>(in, "expected", kCountMax));
    }
    message.fenced = MADO_TRY(in.boolean("fenced"));
    message.now = MADO_TRY(instant(in, "now_ms"));
    if (in.has("epoch")) message.epoch = MADO_TRY(in.integer("epoch", 1, kCountMax));
    return message;
}

Result<LeaseWish, WireError> read_lease_wish(const JsonObject& in) {
    const auto slot = MADO_TRY(id<SlotId>(in, "slot"));
    const auto level = MADO_TRY(in.integer("level", 0, kCountMax));
    LeaseWish wish{slot, level};
    if (in.has("dose")) wish.dose = static_cast<int>(MADO_TRY(in.integer("dose", 1, kDoseMax)));
    return wish;
}

Result<LeaseLevel, WireError> read_lease_level(const JsonObject& in) {
    const auto slot = MADO_TRY(id<SlotId>(in, "slot"));
    const auto granted = MADO_TRY(in.integer("granted", 0, kCountMax));
    LeaseLevel level{slot, granted};
    if (in.has("kept")) level.kept = MADO_TRY(in.integer("kept", 0, kCountMax));
    return level;
}

Result<LeaseRequest, WireError> read_lease_request(const JsonObject& in) {
    auto wishes = MADO_TRY(in.list("wishes", kLeaseWishesMax, read_lease_wish));
    return LeaseRequest{std::move(wishes)};
}

Result<LeaseAnswer, WireError> read_lease_answer(const JsonObject& in) {
    auto levels = MADO_TRY(in.list("levels", kLeaseWishesMax, read_lease_level));
    const auto now = MADO_TRY(instant(in, "now_ms"));
    return LeaseAnswer{std::move(levels), now};
}

Result<Snapshot, WireError> read_snapshot(const JsonObject& in) {
    const auto position = MADO_TRY(in.object("position", read_position));
    auto town = MADO_TRY(in.object("town", read_town));
    auto vaccines = MADO_TRY(in.list("vaccines", kVaccinesMax, read_vaccine));
    auto venues = MADO_TRY(in.list("venues", kVenuesMax, read_venue));
    auto slots = MADO_TRY(in.list("slots", kSlotsMax, read_slot));
    auto bookings = MADO_TRY(in.list("bookings", kBookingsMax, read_booking));
    auto leases = MADO_TRY(in.list("leases", kSlotsMax, read_lease_state));
    const auto events = MADO_TRY(in.integer("events_known", 0, kCountMax));
    auto roster = MADO_TRY(in.object("roster", read_roster_file));
    const auto now = MADO_TRY(instant(in, "now_ms"));
    std::vector<Call> calls;
    if (in.has("calls")) calls = MADO_TRY(in.list("calls", kCallsMax, read_call));
    std::vector<SettingsChanged> settings;
    if (in.has("settings")) settings = MADO_TRY(in.list("settings", 2, read_settings));
    std::vector<TownText> texts;
    if (in.has("texts")) texts = MADO_TRY(in.list("texts", kTownTextsMax, read_town_text));
    std::vector<Application> applications;
    if (in.has("applications")) {
        applications = MADO_TRY(in.list("applications", kBookingsMax, read_application));
    }
    return Snapshot{position,
                    std::move(town),
                    std::move(vaccines),
                    std::move(venues),
                    std::move(slots),
                    std::move(bookings),
                    std::move(leases),
                    EventNumber(events),
                    std::move(roster),
                    now,
                    std::move(calls),
                    std::move(settings),
                    std::move(texts),
                    std::move(applications)};
}

Result<Refusal, WireError> read_refusal(const JsonObject& in) {
    auto error = MADO_TRY(in.word("error", 60));
    auto message = MADO_TRY(in.line("message", 1000, LineRule::MayBeEmpty));
    Refusal refusal{std::move(error), std::move(message)};
    if (in.has("epoch")) refusal.epoch = MADO_TRY(in.integer("epoch", 1, kCountMax));
    return refusal;
}

}  // namespace

std::string to_json(const EnrolRequest& message) {
    JsonWriter out;
    out.begin_object();
    out.name("secret").text(message.secret);
    out.name("signing_request").text(message.signing_request);
    out.name("kind").text(message.kind);
    out.name("name").text(message.name);
    return out.end_object().take();
}

std::string to_json(const EnrolPending& message) {
    JsonWriter out;
    out.begin_object();
    out.name("device").integer(message.device.number());
    out.name("fingerprint").text(message.fingerprint);
    return out.end_object().take();
}

std::string to_json(const EnrolGrant& message) {
    JsonWriter out;
    out.begin_object();
    out.name("device").integer(message.device.number());
    out.name("certificate").text(message.certificate);
    out.name("authority").text(message.authority);
    out.name("endorsement").text(message.endorsement);
    out.name("roster_key").text(message.roster_key);
    out.name("address").text(message.address);
    out.name("venue").text(message.venue);
    return out.end_object().take();
}

std::string to_json(const PushRequest& message) {
    JsonWriter out;
    out.begin_object();
    write_list(out, "events", message.events);
    if (message.had) {
        out.name("had");
        write(out, *message.had);
    }
    if (message.gone) out.name("gone").boolean(true);
    return out.end_object().take();
}

std::string to_json(const PushAnswer& message) {
    JsonWriter out;
    out.begin_object();
    write_list(out, "answers", message.answers);
    if (message.expected) out.name("expected").integer(message.expected->number());
    out.name("fenced").boolean(message.fenced);
    write_instant(out, "now_ms", message.now);
    if (message.epoch) out.name("epoch").integer(*message.epoch);
    return out.end_object().take();
}

std::string to_json(const LeaseRequest& message) {
    JsonWriter out;
    out.begin_object().name("wishes").begin_list();
    for (const auto& wish : message.wishes) {
        out.begin_object();
        out.name("slot").integer(wish.slot.number());
        out.name("level").integer(wish.level);
        if (wish.dose) out.name("dose").integer(*wish.dose);
        out.end_object();
    }
    return out.end_list().end_object().take();
}

std::string to_json(const LeaseAnswer& message) {
    JsonWriter out;
    out.begin_object().name("levels").begin_list();
    for (const auto& level : message.levels) {
        out.begin_object();
        out.name("slot").integer(level.slot.number());
        out.name("granted").integer(level.granted);
        if (level.kept > 0) out.name("kept").integer(level.kept);
        out.end_object();
    }
    out.end_list();
    write_instant(out, "now_ms", message.now);
    return out.end_object().take();
}

std::string to_json(const Snapshot& message) {
    JsonWriter out;
    out.begin_object();
    out.name("position");
    write(out, message.position);
    out.name("town");
    write(out, message.town);
    write_list(out, "vaccines", message.vaccines);
    write_list(out, "venues", message.venues);
    write_list(out, "slots", message.slots);
    write_list(out, "bookings", message.bookings);
    write_list(out, "leases", message.leases);
    out.name("events_known").integer(message.events_known.number());
    out.name("roster").begin_object();
    out.name("id").text(message.roster.id);
    out.name("bytes").integer(message.roster.bytes);
    out.name("digest").bytes(message.roster.digest);
    out.end_object();
    write_instant(out, "now_ms", message.now);
    if (!message.calls.empty()) write_list(out, "calls", message.calls);
    if (!message.settings.empty()) write_list(out, "settings", message.settings);
    if (!message.texts.empty()) write_list(out, "texts", message.texts);
    if (!message.applications.empty()) write_list(out, "applications", message.applications);
    return out.end_object().take();
}

std::string to_json(const Refusal& message) {
    JsonWriter out;
    out.begin_object();
    out.name("error").text(message.error);
    out.name("message").text(message.message);
    if (message.epoch) out.name("epoch").integer(*message.epoch);
    return out.end_object().take();
}

Result<EnrolRequest, WireError> parse_enrol_request(std::string_view json) {
    return read_message(json, kSmall, read_enrol_request);
}

Result<EnrolPending, WireError> parse_enrol_pending(std::string_view json) {
    return read_message(json, kSmall, read_enrol_pending);
}

Result<EnrolGrant, WireError> parse_enrol_grant(std::string_view json) {
    return read_message(json, kSmall, read_enrol_grant);
}

Result<PushRequest, WireError> parse_push_request(std::string_view json, DeviceId device) {
    const auto of_device = [device](const JsonObject& in) { return read_envelope(in, device); };
    const auto read = [&](const JsonObject& in) -> Result<PushRequest, WireError> {
        auto events = MADO_TRY(in.list("events", kEventsMax, of_device));
        for (std::size_t i = 1; i < events.size(); ++i) {
            if (events[i].number.number() - 1 != events[i - 1].number.number()) {
                return fail(in.wrong("events", "numbers that do not rise by one"));
            }
        }
        PushRequest request{std::move(events)};
        if (in.has("had")) request.had = MADO_TRY(in.object("had", read_signed_head));
        if (in.has("gone")) request.gone = MADO_TRY(in.boolean("gone"));
        return request;
    };
    return read_message(json, kPushLimits, read);
}

Result<PushAnswer, WireError> parse_push_answer(std::string_view json) {
    return read_message(json, kAnswerLimits, read_push_answer);
}

Result<LeaseRequest, WireError> parse_lease_request(std::string_view json) {
    return read_message(json, kLeaseLimits, read_lease_request);
}

Result<LeaseAnswer, WireError> parse_lease_answer(std::string_view json) {
    return read_message(json, kLeaseLimits, read_lease_answer);
}

Result<Snapshot, WireError> parse_snapshot(std::string_view json) {
    return read_message(json, kSnapshotLimits, read_snapshot);
}

Result<Refusal, WireError> parse_refusal(std::string_view json) {
    return read_message(json, kSmall, read_refusal);
}

}  // namespace mado::sync
